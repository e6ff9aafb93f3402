// Package settings keeps the numbers and texts that the supervisor may change
// (requirements.md, "Default settings"). The list with defaults and bounds is
// domain.SettingList; a setting that was never changed is not stored.
//
// A changed setting counts from now on: deadlines, parcels and postings that
// were stored under the old value stay (rules.md §5.1). It may import levels 0 to 3.
package settings
