package value_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/ingest/value"
)

func TestText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"  红色 XL ":             "红色 XL",
		"\t广东省 广州市":            "广东省 广州市",
		"　全角空白　":               "全角空白",
		"a\u00a0b":             "a b",
		"a\tb":                 "a b",
		"第一行\r\n第二行\r第三行":      "第一行\n第二行\n第三行",
		"杯\u200b子\ufeff\u202e": "杯子",
		"Cafe\u0301":           "Café",
		"谢谢😀":                  "谢谢😀",
		"👨\u200d👩\u200d👧":      "👨\u200d👩\u200d👧",
		"a\u200db":             "ab",
		"𠮷野家":                  "𠮷野家",
		"`微信商品":                "微信商品",
		"'=1+1":                "=1+1",
		"'13800000000":         "13800000000",
		"'tis":                 "'tis",
		"=1+1":                 "=1+1",
		"-":                    "-",
		"颜色分类：红;尺码：XL":         "颜色分类：红;尺码：XL",
		"a\x00\x07b":           "ab",
		"":                     "",
		"Lumi\u00e8re":         "Lumière",
		"\u2028x":              "x",
	} {
		require.Equal(t, want, value.Text(text(in)), "%q", in)
	}
}

func TestHeaderKey(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"收货地址 ":         "收货地址",
		"收入金额（+元）":      "收入金额(+元)",
		"收入金额(元)":       "收入金额(元)",
		"商品ID":          "商品id",
		"Order  Number": "order number",
		"\ufeff订单编号":    "订单编号",
		"`交易时间":         "交易时间",
		"整体\n消耗\t":      "整体 消耗",
		"　总金额　":         "总金额",
		"ＳＫＵ":           "sku",
		`="订单号"`:        "订单号",
		"":              "",
	} {
		require.Equal(t, want, value.HeaderKey(in), "%q", in)
	}
	require.NotEqual(t, value.HeaderKey("动账流水号"), value.HeaderKey("动帐流水号"))
}
