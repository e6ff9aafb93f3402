package ingest

import (
	"regexp"
	"strings"
)

// Address is a Chinese address in its parts.
type Address struct {
	Province, City, District, Rest, Postcode string
}

// provinces are the 34 with the short name that addresses also begin with.
var provinces = []struct{ full, short string }{
	{"北京市", "北京"},
	{"天津市", "天津"},
	{"上海市", "上海"},
	{"重庆市", "重庆"},
	{"河北省", "河北"},
	{"山西省", "山西"},
	{"辽宁省", "辽宁"},
	{"吉林省", "吉林"},
	{"黑龙江省", "黑龙江"},
	{"江苏省", "江苏"},
	{"浙江省", "浙江"},
	{"安徽省", "安徽"},
	{"福建省", "福建"},
	{"江西省", "江西"},
	{"山东省", "山东"},
	{"河南省", "河南"},
	{"湖北省", "湖北"},
	{"湖南省", "湖南"},
	{"广东省", "广东"},
	{"海南省", "海南"},
	{"四川省", "四川"},
	{"贵州省", "贵州"},
	{"云南省", "云南"},
	{"陕西省", "陕西"},
	{"甘肃省", "甘肃"},
	{"青海省", "青海"},
	{"台湾省", "台湾"},
	{"内蒙古自治区", "内蒙古"},
	{"广西壮族自治区", "广西"},
	{"西藏自治区", "西藏"},
	{"宁夏回族自治区", "宁夏"},
	{"新疆维吾尔自治区", "新疆"},
	{"香港特别行政区", "香港"},
	{"澳门特别行政区", "澳门"},
}

var (
	postcodeEnd = regexp.MustCompile(`\s*[(（](\d{6})[)）]\s*$`)
	cityHead    = regexp.MustCompile(`^(.{1,8}?(?:自治州|地区|盟|市|县))(.*)$`)
	areaHead    = regexp.MustCompile(`^(.{1,10}?(?:新区|自治县|自治旗|区|县|市|旗))(.*)$`)
)

// SplitAddress takes an address apart that begins with a province, in the form
// "省 市 区 街道 详细(邮编)" or without blanks. An address that begins otherwise
// stays whole in Rest: a wrong guess would print a wrong slip.
func SplitAddress(s string) Address {
	var a Address
	s = strings.TrimSpace(s)
	if m := postcodeEnd.FindStringSubmatchIndex(s); m != nil {
		a.Postcode, s = s[m[2]:m[3]], s[:m[0]]
		if a.Postcode == "000000" {
			a.Postcode = ""
		}
	}
	parts := strings.Fields(s)
	if len(parts) == 0 {
		return a
	}
	province, rest, ok := cutProvince(parts[0])
	if !ok {
		a.Rest = s
		return a
	}
	a.Province = province
	if rest == "" {
		a.byBlanks(parts[1:])
		return a
	}
	tail := strings.Join(parts[1:], " ")
	if tail != "" {
		rest += " " + tail
	}
	a.byEndings(rest)
	return a
}

// cutProvince reads a province at the head. What is left after a short name
// must not begin like a longer word ("上海路…" is a street of somewhere else).
func cutProvince(s string) (province, rest string, ok bool) {
	for _, p := range provinces {
		if r, found := strings.CutPrefix(s, p.full); found {
			return p.full, r, true
		}
	}
	for _, p := range provinces {
		r, found := strings.CutPrefix(s, p.short)
		if !found {
			continue
		}
		switch {
		case r == "", strings.HasPrefix(r, p.short): // 上海上海市…
			return p.short, r, true
		case strings.HasPrefix(r, "路"), strings.HasPrefix(r, "街"), strings.HasPrefix(r, "大道"), strings.HasPrefix(r, "东路"), strings.HasPrefix(r, "西路"):
			return "", s, false
		case cityHead.MatchString(r), areaHead.MatchString(r):
			return p.short, r, true
		}
	}
	return "", s, false
}

// byBlanks takes city, district and the rest from the parts between blanks.
func (a *Address) byBlanks(parts []string) {
	if len(parts) == 0 {
		return
	}
	if len(parts) > 1 && isMunicipality(a.Province) && !sameCity(a.Province, parts[0]) && areaHead.MatchString(parts[0]) {
		parts = append([]string{a.Province}, parts...) // 上海市 浦东新区 …: the city is left out
	}
	a.City = parts[0]
	if len(parts) > 1 {
		a.District = parts[1]
		a.Rest = strings.Join(parts[2:], " ")
	}
}

// byEndings takes them by how their names end.
func (a *Address) byEndings(rest string) {
	rest = strings.TrimSpace(rest)
	if isMunicipality(a.Province) {
		a.City = a.Province
		for _, p := range provinces[:4] {
			if strings.HasPrefix(a.Province, p.short) {
				rest = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(rest, p.full), "市"))
			}
		}
	} else if m := cityHead.FindStringSubmatch(rest); m != nil {
		a.City, rest = m[1], strings.TrimSpace(m[2])
	}
	if m := areaHead.FindStringSubmatch(rest); m != nil && !strings.ContainsAny(m[1], "路街号0123456789") {
		a.District, rest = m[1], strings.TrimSpace(m[2])
	}
	a.Rest = rest
}

func isMunicipality(p string) bool {
	for _, m := range provinces[:4] {
		if p == m.full || p == m.short {
			return true
		}
	}
	return false
}

func sameCity(province, city string) bool {
	return strings.HasPrefix(city, strings.TrimSuffix(province, "市"))
}
