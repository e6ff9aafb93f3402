package domain

import "zhanggui/app/fault"

func faultReason() error {
	return fault.New(fault.Invalid, "fault.check.reason").Field("reason", "fault.required")
}

func faultNotReleasable(order string, code CheckCode) error {
	return fault.New(fault.Conflict, "fault.check.not_releasable", "order", order, "check", code)
}

func faultNotFailed(order string, code CheckCode) error {
	return fault.New(fault.NotFound, "fault.check.not_failed", "order", order, "check", code)
}
