package ingest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/ingest"
)

func TestSplitAddress(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]ingest.Address{
		"广东省 广州市 越秀区 某街道 某路1号(510180)":  {Province: "广东省", City: "广州市", District: "越秀区", Rest: "某街道 某路1号", Postcode: "510180"},
		"广东省 广州市 越秀区 某街道某路1号（000000）":   {Province: "广东省", City: "广州市", District: "越秀区", Rest: "某街道某路1号"},
		"上海 上海市 浦东新区 张江镇 1号(201203)":    {Province: "上海", City: "上海市", District: "浦东新区", Rest: "张江镇 1号", Postcode: "201203"},
		"上海市 浦东新区 张江镇1号":                {Province: "上海市", City: "上海市", District: "浦东新区", Rest: "张江镇1号"},
		"上海":                            {Province: "上海"},
		"内蒙古自治区 呼和浩特市 赛罕区 某路":           {Province: "内蒙古自治区", City: "呼和浩特市", District: "赛罕区", Rest: "某路"},
		"广东广州市越秀区梅花路1号":                 {Province: "广东", City: "广州市", District: "越秀区", Rest: "梅花路1号"},
		"北京朝阳区三里屯1号":                    {Province: "北京", City: "北京", District: "朝阳区", Rest: "三里屯1号"},
		"北京市北京市朝阳区三里屯1号":                {Province: "北京市", City: "北京市", District: "朝阳区", Rest: "三里屯1号"},
		"云南省大理白族自治州大理市下关街道1号":           {Province: "云南省", City: "大理白族自治州", District: "大理市", Rest: "下关街道1号"},
		"新疆维吾尔自治区 巴音郭楞蒙古自治州 库尔勒市 某路 2号": {Province: "新疆维吾尔自治区", City: "巴音郭楞蒙古自治州", District: "库尔勒市", Rest: "某路 2号"},
		"广东省 广州市 越秀区 ****":              {Province: "广东省", City: "广州市", District: "越秀区", Rest: "****"},
		"上海路5号":                         {Rest: "上海路5号"},
		"某地某路1号":                        {Rest: "某地某路1号"},
		"Street 1, Wien":                {Rest: "Street 1, Wien"},
		"****":                          {Rest: "****"},
		"":                              {},
		"  江苏省   苏州市  吴江区   盛泽镇 1号  ":   {Province: "江苏省", City: "苏州市", District: "吴江区", Rest: "盛泽镇 1号"},
	} {
		require.Equal(t, want, ingest.SplitAddress(in), in)
	}
}
