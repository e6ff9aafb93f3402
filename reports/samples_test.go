package reports_test

import (
	"math"
	"strconv"

	"zhanggui/reports"
)

var nan = math.NaN()

// samples are the charts of the golden pictures; names and numbers are invented.
func samples() map[string]reports.Chart {
	return map[string]reports.Chart{
		"this_last":  thisLast(),
		"stacked":    stacked(),
		"ranked":     ranked(),
		"lines":      lines(),
		"bars":       bars(),
		"targets":    targets(),
		"share":      share(),
		"pareto":     pareto(),
		"pareto_up":  paretoUp(),
		"heat":       heat(),
		"line_last":  lineLast(),
		"negative":   negative(),
		"grouped":    grouped(),
		"many_lines": manyLines(),
	}
}

func months() []string {
	var m []string
	for i := 1; i <= 12; i++ {
		m = append(m, strconv.Itoa(i)+"月")
	}
	return m
}

func thisLast() reports.Chart {
	return reports.Chart{
		Kind: reports.Bars, Title: "每月 GMV，今年对去年", Status: "warn", Ordered: true,
		Sentence: "1–3 月 339.5万，比去年 +18.9%；4 月预计 121.0万，达成 98.4%", Labels: months(),
		Series: []reports.Series{
			{Name: "今年", Values: []float64{1180000, 1010000, 1195000, 890000, nan, nan, nan, nan, nan, nan, nan, nan}},
			{Name: "去年", Role: reports.Last, Values: []float64{965000, 845000, 1050000, 1030000, 1128000, 1680000, 990000, 975000, 1040000, 1190000, 2030000, 1210000}},
			{Values: []float64{nan, nan, nan, 1210000, nan, nan, nan, nan, nan, nan, nan, nan}, Role: reports.Forecast},
			{Name: "目标", Role: reports.Target, Values: []float64{1120000, 985000, 1180000, 1230000, 1300000, 1900000, 1140000, 1120000, 1190000, 1360000, 2150000, 1380000}},
		},
	}
}

func stacked() reports.Chart {
	part := func(base, step float64) []float64 {
		v := make([]float64, 8)
		for i := range v {
			v[i] = base + step*float64(i) + 1500*math.Sin(float64(i))
		}
		return v
	}
	return reports.Chart{
		Kind: reports.Stacked, Title: "每周净销售，按渠道", Ordered: true,
		Sentence: "最近一周 27.1万，比前一周 +3.6%；抖音 8 周升 2 个百分点",
		Labels:   []string{"02-23", "03-02", "03-09", "03-16", "03-23", "03-30", "04-06", "04-13"},
		Series: []reports.Series{
			{Name: "天猫", Colour: reports.ChannelColour("tmall"), Values: part(94000, 200)},
			{Name: "京东", Colour: reports.ChannelColour("jd"), Values: part(51000, 1100)},
			{Name: "拼多多", Colour: reports.ChannelColour("pdd"), Values: part(43000, 900)},
			{Name: "抖音", Colour: reports.ChannelColour("douyin"), Values: part(42000, 1500)},
			{Name: "微信小店", Colour: reports.ChannelColour("wechat"), Values: part(10000, 500)},
		},
	}
}

func ranked() reports.Chart {
	return reports.Chart{
		Kind: reports.Ranked, Title: "渠道贡献毛利", Status: "warn",
		Sentence: "近 7 天 7.55万，比前 7 天 −3.1%；抖音降得最多",
		Labels:   []string{"微信小店", "天猫", "抖音", "京东", "拼多多"},
		Series: []reports.Series{
			{Name: "近 7 天", Values: []float64{6100, 29800, 6800, 19400, 13400}},
			{Name: "前 7 天", Role: reports.Last, Values: []float64{5500, 32100, 9400, 18000, 12900}},
		},
	}
}

func lines() reports.Chart {
	const days = 30
	fast, slow, target := make([]float64, days), make([]float64, days), make([]float64, days)
	labels := make([]string, days)
	for i := range days {
		fast[i] = 97.7 + 0.8*math.Sin(float64(i)*1.7)
		slow[i] = 99.75 + 0.22*math.Sin(float64(i)*2.3)
		target[i] = 97
		labels[i] = "04-" + strconv.Itoa(i+1)
	}
	fast[26], fast[29] = 94.6, 98.6
	return reports.Chart{
		Kind: reports.Line, Title: "准时发货率", Status: "ok", Unit: reports.UnitPercent, Labels: labels,
		Sentence: "30 天平均 24 小时内 97.6%，48 小时内 99.72%",
		Series: []reports.Series{
			{Name: "24h", Values: fast}, {Name: "48h", Values: slow, Colour: 4}, {Name: "目标", Role: reports.Target, Values: target},
		},
		Marks: []reports.Mark{{Series: 0, At: 26, Text: "04-27 直播后积压"}},
	}
}

func bars() reports.Chart {
	return reports.Chart{
		Kind: reports.Bars, Title: "库存金额，按可售天数", Status: "warn",
		Sentence: "共 48.6万，186 个 SKU；90 天以上压住 4.4万，占 9.1%",
		Labels:   []string{"0 天", "1–7 天", "8–14 天", "15–30 天", "31–60 天", "61–90 天", "> 90 天"},
		Sub:      []string{"3 个", "9 个", "26 个", "58 个", "54 个", "23 个", "13 个"},
		Colours:  []int{0, 0, 0, 0, 0, 0, 5},
		Series:   []reports.Series{{Values: []float64{0, 18000, 46000, 149000, 162000, 67000, 44000}}},
	}
}

func targets() reports.Chart {
	return reports.Chart{
		Kind: reports.Ranked, Title: "广告 ROAS 与保本线", Status: "urgent", Unit: reports.UnitPlain,
		Sentence: "竖线为保本；加投 ≥ 1.3 倍保本，低于保本停投（已 3 天）",
		Labels:   []string{"京东", "微信小店", "拼多多", "天猫", "抖音"},
		Colours:  []int{1, 4, 2, 5, 3},
		Beside:   []string{"4.2 / 2.8 加投", "3.9 / 2.6 加投", "3.8 / 3.4 保持", "3.1 / 2.9 保持", "2.2 / 2.9 停投"},
		Series: []reports.Series{
			{Values: []float64{4.2, 3.9, 3.8, 3.1, 2.2}},
			{Name: "保本", Role: reports.Target, Values: []float64{2.8, 2.6, 3.4, 2.9, 2.9}},
		},
	}
}

func share() reports.Chart {
	return reports.Chart{
		Kind: reports.Share, Title: "销售额构成", Sentence: "天猫和京东占 57%",
		Labels: []string{"天猫", "京东", "拼多多", "抖音", "微信小店"}, Colours: []int{5, 1, 2, 3, 4},
		Series: []reports.Series{{Values: []float64{95000, 60000, 49000, 54000, 13500}}},
	}
}

func pareto() reports.Chart {
	v := make([]float64, 14)
	labels := make([]string, len(v))
	for i := range v {
		v[i] = 52000 * math.Pow(0.74, float64(i))
		labels[i] = "SKU-" + strconv.Itoa(i+1)
	}
	return reports.Chart{
		Kind: reports.Pareto, Title: "商品销售集中度", Status: "info", Sentence: "前 6 个 SKU 占销售额的 84%",
		Labels: labels, Series: []reports.Series{{Values: v}},
	}
}

// paretoUp has names short enough to stand under upright bars, and a rest without a bar.
func paretoUp() reports.Chart {
	c := pareto()
	c.Labels, c.Series, c.Rest = []string{"A", "B", "C", "D", "E"}, []reports.Series{{Values: c.Series[0].Values[:5]}}, 38_000
	return c
}

func heat() reports.Chart {
	var rows []reports.Series
	for d, name := range []string{"周一", "周二", "周三", "周四", "周五", "周六", "周日"} {
		v := make([]float64, 12)
		for h := range v {
			v[h] = math.Round(20 + 60*math.Exp(-math.Pow(float64(h)-7+float64(d)/3, 2)/9) + 4*float64(d))
		}
		rows = append(rows, reports.Series{Name: name, Values: v})
	}
	rows[3].Values[2] = nan
	labels := make([]string, 12)
	for h := range labels {
		labels[h] = strconv.Itoa(2*h) + ":00"
	}
	return reports.Chart{
		Kind: reports.Heat, Title: "下单时段", Unit: reports.UnitCount, Sentence: "14:00 前后最多，周末整体高 20%",
		Labels: labels, Series: rows, Ordered: true,
	}
}

func lineLast() reports.Chart {
	const n = 24
	now, last := make([]float64, n), make([]float64, n)
	labels := make([]string, n)
	for i := range n {
		now[i], last[i] = nan, 9000+900*float64(i)+2600*math.Sin(float64(i)/2)
		if i < 15 {
			now[i] = 9800 + 1150*float64(i) + 2200*math.Cos(float64(i)/2)
		}
		labels[i] = strconv.Itoa(i) + ":00"
	}
	return reports.Chart{
		Kind: reports.Line, Title: "今日销售，对上周同日", Status: "ok", Sentence: "到 14:00 累计 2.77万，比上周同日 +21%",
		Labels: labels, Series: []reports.Series{{Name: "今日", Values: now}, {Name: "上周", Role: reports.Last, Values: last}},
	}
}

func negative() reports.Chart {
	return reports.Chart{
		Kind: reports.Bars, Title: "每月利润", Status: "urgent", Sentence: "3 月亏 8,200 元，因退货集中", Ordered: true,
		Labels: months()[:6], Series: []reports.Series{{Values: []float64{12500, 4100, -8200, 9600, -1500, 14200}}},
	}
}

func grouped() reports.Chart {
	return reports.Chart{
		Kind: reports.Grouped, Title: "单数，按渠道和仓库", Unit: reports.UnitCount,
		Labels: []string{"天猫", "京东", "拼多多", "抖音"},
		Series: []reports.Series{
			{Name: "杭州仓", Values: []float64{420, 310, 280, 150}},
			{Name: "广州仓", Values: []float64{380, 120, 330, 260}},
			{Name: "成都仓", Values: []float64{90, 60, 140, 75}},
		},
	}
}

func manyLines() reports.Chart {
	c := reports.Chart{Kind: reports.Line, Title: "各商品周销量", Unit: reports.UnitCount, Chosen: 2}
	for i := range 8 {
		v := make([]float64, 12)
		for w := range v {
			v[w] = 60 + 22*float64(i) + 18*math.Sin(float64(w+i*2))
		}
		c.Series = append(c.Series, reports.Series{Name: "商品 " + strconv.Itoa(i+1), Values: v})
	}
	for w := range 12 {
		c.Labels = append(c.Labels, "第"+strconv.Itoa(w+1)+"周")
	}
	return c
}
