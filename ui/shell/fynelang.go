package shell

import (
	"fyne.io/fyne/v2/lang"

	"zhanggui/app/i18n"
	"zhanggui/assets"
)

// speakFyne gives Fyne's own words (its file dialog, the menu of a text field) in
// our language. Fyne has no call to choose a language: it follows the system's.
// So our words go in under the name of the system's locale, and the last ones
// given win (TECH A8).
func speakFyne(l i18n.Lang) {
	words, err := assets.I18n.ReadFile("i18n/fyne." + string(l) + ".json")
	if err != nil {
		return
	}
	if err := lang.AddTranslationsForLocale(words, lang.SystemLocale()); err != nil {
		return // Fyne then speaks the system's language: its few words only
	}
}
