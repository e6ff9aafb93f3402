package ingest

// commonWords are the status words a hand-made mapping knows without being
// told: those of all platforms that mean the same everywhere.
var commonWords = joinWords(
	taobaoWords, pddWords, douyinWords, kuaishouWords, xhsWords, youzanWords, wooWords,
	words(
		say(stUnpaid, "未付款", "待付款", "unpaid", "pending"),
		say(stPaid, "已付款", "待发货", "待审核", "待出库", "paid"),
		say(stShipped, "已发货", "待收货", "已出库", "shipped"),
		say(stDone, "已完成", "完成", "交易完成", "已签收", "done", "completed"),
		say(stClosed, "已取消", "取消", "已关闭", "关闭", "作废", "已作废", "cancelled", "canceled"),
		say(stRefunded, "已退款", "全额退款", "refunded"),
		say(stAsked, "退款中", "售后中"),
		say(stNone, ""),
	),
)

// joinWords merges tables; where two disagree the later one counts.
func joinWords(tables ...map[string]stance) map[string]stance {
	m := map[string]stance{}
	for _, t := range tables {
		for w, s := range t {
			m[w] = s
		}
	}
	return m
}
