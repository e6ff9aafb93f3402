package domain

import (
	"strconv"
	"strings"

	"zhanggui/app/when"
)

// Cut is the cut-off of a shipping wave (requirements N03): what is passed until
// then leaves with it.
type Cut struct {
	No int         `json:"no"` // 1 is the day's first wave
	At when.Millis `json:"at_ms"`
}

// NextCuts gives the next cut-off after an instant and the one after that;
// after the day's last it is tomorrow's first. waves are rising times of day
// "11:00" as the settings keep them; without any both are zero.
func NextCuts(waves []string, now when.Millis) (next, after Cut) {
	var coming []Cut
	for _, day := range []when.Day{now.Day(), now.Day().Add(1), now.Day().Add(2)} {
		for i, w := range waves {
			if at, ok := timeOfDay(w); ok && day.Start()+at > now {
				coming = append(coming, Cut{No: i + 1, At: day.Start() + at})
			}
		}
	}
	if len(coming) < 2 {
		return Cut{}, Cut{}
	}
	return coming[0], coming[1]
}

// timeOfDay reads "hh:mm" as the span since midnight.
func timeOfDay(s string) (when.Millis, bool) {
	h, m, ok := strings.Cut(s, ":")
	hour, errH := strconv.Atoi(h)
	minute, errM := strconv.Atoi(m)
	if !ok || errH != nil || errM != nil {
		return 0, false
	}
	return when.Millis(hour)*when.Hour + when.Millis(minute)*when.Minute, true
}
