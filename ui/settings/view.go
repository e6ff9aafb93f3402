package settings

import (
	"bytes"
	"encoding/json"
	"sort"
	"strconv"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/settings"
	"zhanggui/app/users"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// inForm shows a refusal under a field of the form: under the field it names,
// else under the given one, instead of in a box over the form.
func inForm(err error, field string) error {
	if err == nil {
		return nil
	}
	f := fault.From(err)
	switch f.Code {
	case fault.Invalid, fault.Conflict, fault.NotFound, fault.Denied, fault.Limit:
	default:
		return err
	}
	if f.Code == fault.Invalid && len(f.Fields) > 0 {
		return err
	}
	shown := fault.New(fault.Invalid, f.Key).Because(err)
	shown.Args = f.Args
	if len(f.Fields) == 0 {
		return shown.Field(field, f.Key)
	}
	shown.Fields = f.Fields
	return shown
}

// settingName is what a setting is called. Amounts and rates are shown in yuan
// and per cent here, so their names say no unit.
func settingName(tr i18n.Tr, key string) string {
	switch key {
	case "stock.adjust_limit":
		return tr.T("setup.name.adjust_limit")
	case "tax.vat":
		return tr.T("setup.name.vat")
	}
	return tr.T("setting." + key)
}

// settingText is a value as people read it.
func settingText(tr i18n.Tr, kind domain.SettingKind, value string) string {
	n, err := strconv.ParseInt(value, 10, 64)
	switch {
	case value == "":
		return i18n.Dash
	case err != nil:
		return strings.ReplaceAll(value, ",", ", ")
	case kind == domain.SetFen:
		return tr.Money(money.Fen(n))
	case kind == domain.SetBP:
		return i18n.Percent(money.BP(n), 2)
	case kind == domain.SetWhole:
		return i18n.Count(n)
	}
	return value
}

// settingRange is what a value may be.
func settingRange(tr i18n.Tr, v settings.Value) string {
	if v.Kind == domain.SetText || v.Kind == domain.SetTimes {
		return ""
	}
	return settingText(tr, v.Kind, strconv.FormatInt(v.Min, 10)) + " – " + settingText(tr, v.Kind, strconv.FormatInt(v.Max, 10))
}

// rate reads a percentage ("6", "6.5%") as basis points.
// Errors: Invalid fault.not_number under the field.
func rate(text, field string) (string, error) {
	clean := strings.TrimSpace(strings.TrimRight(strings.TrimSpace(text), "%％"))
	v, err := money.Parse(clean)
	if err != nil {
		return "", fault.New(fault.Invalid, "fault.invalid").Field(field, "fault.not_number").Because(err)
	}
	return strconv.FormatInt(int64(v), 10), nil
}

// rateText is basis points as they are typed: 650 is 6.5.
func rateText(value string) string {
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n == 0 {
		return "0"
	}
	return strings.TrimRight(strings.TrimRight(money.Fen(n).String(), "0"), ".")
}

// personState is how a person stands: at work, locked out by wrong PINs, or off.
func personState(p users.Person, now when.Millis) (theme.Status, string) {
	switch {
	case p.Disabled:
		return theme.Idle, "setup.staff.off"
	case p.LockedUntil > now:
		return theme.Warn, "setup.staff.locked"
	}
	return theme.OK, "setup.staff.on"
}

// exceptions are a person's own rights beside the post's: given and withdrawn.
func exceptions(tr i18n.Tr, p users.Person) string {
	given, gone := 0, 0
	for _, yes := range p.Grants {
		if yes {
			given++
		} else {
			gone++
		}
	}
	var facts []string
	if given > 0 {
		facts = append(facts, tr.T("setup.staff.given", "n", given))
	}
	if gone > 0 {
		facts = append(facts, tr.T("setup.staff.gone", "n", gone))
	}
	return i18n.Join(facts...)
}

// The choices of one right.
const (
	rightOfPost = ""
	rightYes    = "yes"
	rightNo     = "no"
)

// choiceOf is what a person's exceptions say about a right.
func choiceOf(grants map[auth.Action]bool, a auth.Action) string {
	yes, set := grants[a]
	switch {
	case !set:
		return rightOfPost
	case yes:
		return rightYes
	}
	return rightNo
}

// grantsOf turns choices into exceptions; one that says what the post says anyway stays:
// a later change of the post must not take it away.
func grantsOf(choices map[auth.Action]string) map[auth.Action]bool {
	grants := map[auth.Action]bool{}
	for a, c := range choices {
		if c != rightOfPost {
			grants[a] = c == rightYes
		}
	}
	return grants
}

// change is the command that leaves a person as he is.
func change(p users.Person) users.ChangeCmd {
	return users.ChangeCmd{ID: p.ID, Version: p.Version, Name: p.Name, Role: p.Role, Disabled: p.Disabled, Grants: p.Grants}
}

// checkTone is how an invariant stands.
func checkTone(r core.CheckResult) (theme.Status, string) {
	switch {
	case r.Bad > 0:
		return theme.Urgent, "setup.check.broken"
	case r.Note != "":
		return theme.Info, "setup.check.noted"
	}
	return theme.OK, "status.ok"
}

// checkRows are the results as rows of a grid, the broken ones first.
func checkRows(tr i18n.Tr, results []core.CheckResult) fixedRows {
	sorted := append([]core.CheckResult(nil), results...)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].Bad > 0 && sorted[j].Bad == 0 })
	rows := make(fixedRows, len(sorted))
	for i, r := range sorted {
		tone, word := checkTone(r)
		what := strings.Join(r.Broken, "  ")
		if what == "" && r.Note != "" {
			what = tr.T(r.Note)
		}
		cell := kit.Muted(what)
		if r.Bad > 0 {
			cell = kit.Toned(theme.Urgent, what)
		}
		rows[i] = &kit.Row{ID: r.Name, Cells: []kit.Cell{
			kit.Pill(tone, tr.T(word)), kit.Text(tr.Invariant(r.Name)), kit.Count(r.Count), kit.CountOrDash(r.Bad), cell,
		}}
	}
	return rows
}

// fixedRows are rows of a grid that are all there.
type fixedRows []*kit.Row

// Len is their number.
func (f fixedRows) Len() int { return len(f) }

// Row gives one.
func (f fixedRows) Row(i int) (*kit.Row, bool) {
	if i < 0 || i >= len(f) {
		return nil, false
	}
	return f[i], true
}

// size is a number of bytes: 12.3 MB.
func size(bytes int64) string {
	units := []string{"B", "KB", "MB", "GB", "TB"}
	whole, tenth, u := bytes, int64(0), 0
	for whole >= 1024 && u < len(units)-1 {
		tenth = whole % 1024 * 10 / 1024
		whole /= 1024
		u++
	}
	text := i18n.Count(whole)
	if u > 1 {
		text += "." + strconv.FormatInt(tenth, 10)
	}
	return text + " " + units[u]
}

// auditQuery asks for lines of the audit log.
func auditQuery(q kit.Query) core.Query {
	out := core.Query{Search: q.Search, Page: q.Page, Totals: true}
	add := func(field, op, value string) {
		if value != "" {
			out.Conds = append(out.Conds, core.Cond{Field: field, Op: op, Value: value})
		}
	}
	from, to := q.Filter.Days("period")
	add("at", ">=", string(from))
	if to != "" {
		add("at", "<", string(to.Add(1)))
	}
	add("role", "=", q.Filter.Text("role"))
	add("action", "=", q.Filter.Text("action"))
	if q.Chip == chipDenied {
		add("key", "=", "audit.denied")
	}
	if entity, ok := chipEntities[q.Chip]; ok {
		out.Chip = entity
	}
	return out
}

// auditText is the sentence of an audit line in the reader's language. A line
// without a sentence of its own is told by its right.
func auditText(tr i18n.Tr, l core.AuditLine) string {
	if tr.Has(l.Key) {
		return tr.M(l.Key, l.Args)
	}
	return tr.Word("right", string(l.Action))
}

// pretty prints the changed fields of an audit line one under the other.
func pretty(text string) string {
	if text == "" {
		return ""
	}
	var b bytes.Buffer
	if json.Indent(&b, []byte(text), "", "  ") != nil {
		return text
	}
	return b.String()
}
