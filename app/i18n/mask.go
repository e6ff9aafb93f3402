package i18n

import "strings"

// Group4 prints a long number in groups of four digits: "3317 2204 5581 9560".
// Anything but 9 and more plain digits stays as it is; copying takes the plain one.
func Group4(no string) string {
	if len(no) < 9 || strings.Trim(no, "0123456789") != "" {
		return no
	}
	var b strings.Builder
	for i, c := range no {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Short prints a long number as its first and last four characters:
// "3317…8842". Up to ten characters stay whole.
func Short(no string) string {
	r := []rune(no)
	if len(r) <= 10 {
		return no
	}
	return string(r[:4]) + "…" + string(r[len(r)-4:])
}

// MaskName keeps the surname: 沈小云 is 沈**, 张三 is 张*, and never more than
// two stars. "" stays "".
func MaskName(name string) string {
	r := []rune(strings.TrimSpace(name))
	switch len(r) {
	case 0:
		return ""
	case 1, 2:
		return string(r[:1]) + "*"
	}
	return string(r[:1]) + "**"
}

// MaskPhone keeps the first three and the last four digits: "138****4417"; a
// short number keeps its last two. A number that came masked stays as it is;
// an extension after a dash is kept (virtual numbers).
func MaskPhone(phone string) string {
	number, ext, has := strings.Cut(strings.TrimSpace(phone), "-")
	if strings.Contains(number, "*") {
		return phone
	}
	r := []rune(number)
	switch {
	case len(r) == 0:
		return ""
	case len(r) >= 10:
		number = string(r[:len(r)-8]) + "****" + string(r[len(r)-4:])
	case len(r) > 4:
		number = "****" + string(r[len(r)-2:])
	default:
		number = "****"
	}
	if has {
		return number + "-" + ext
	}
	return number
}

// MaskAddress keeps province and city: "浙江 杭州 ****". Parts that are not
// known are left out; nothing known gives "****".
func MaskAddress(province, city string) string {
	kept := make([]string, 0, 3)
	for _, p := range []string{trimRegion(province), trimRegion(city)} {
		if p != "" && (len(kept) == 0 || kept[0] != p) {
			kept = append(kept, p)
		}
	}
	return strings.Join(append(kept, "****"), " ")
}

// trimRegion drops the ending of a province or city that people leave out.
func trimRegion(name string) string {
	name = strings.TrimSpace(name)
	for _, end := range []string{"维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "省", "市"} {
		if rest, ok := strings.CutSuffix(name, end); ok && rest != "" {
			return rest
		}
	}
	return name
}
