package storetest

import (
	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
)

var otherTests = map[string]func(h *House){
	"Staff_EveryField_ReadBack":       staffEveryField,
	"Staff_NameUsedOrStale_Conflict":  staffConflicts,
	"Settings_SetAndReplaced":         settings,
	"Tasks_OpenAndOfRef":              tasks,
	"Log_AuditReadBack_ChangesTaken":  audit,
	"Log_AuditListed_FieldsAndSearch": auditListed,
}

func person(h *House, name string) *domain.Staff {
	return &domain.Staff{
		ID: ids.New[ids.StaffKind](h.IDs), Name: name, Role: auth.Warehouse, PINHash: "$argon2id$…", Disabled: true,
		Grants: map[auth.Action]bool{auth.FinanceViewCost: true}, Failures: 3, LockedUntil: Now + 1, FailedAt: Now, Prefs: `{"lang":"en"}`,
	}
}

func staffEveryField(h *House) {
	s := person(h, "王五")
	h.Write(func(tx core.Tx) { h.OK(tx.Staff().Save(s)) })
	h.noZero(*s)

	h.Read(func(r core.Reads) {
		got, err := r.Staff().Get(s.ID)
		h.OK(err)
		require.Equal(h.T, s, got)
		got, err = r.Staff().ByName("王五")
		h.OK(err)
		require.Equal(h.T, s, got)
		list, err := r.Staff().List()
		h.OK(err)
		require.Equal(h.T, []domain.Staff{*s}, list)
		_, err = r.Staff().ByName("王六")
		h.Fault(err, fault.NotFound, "fault.staff.unknown")
	})

	s.Name, s.Role, s.PINHash, s.Disabled, s.Grants, s.Failures, s.LockedUntil, s.FailedAt, s.Prefs = "王六", auth.Finance, "x", false, nil, 0, 0, 0, ""
	h.Write(func(tx core.Tx) { h.OK(tx.Staff().Save(s)) })
	h.Read(func(r core.Reads) {
		got, err := r.Staff().Get(s.ID)
		h.OK(err)
		require.Equal(h.T, s, got)
	})
}

func staffConflicts(h *House) {
	a, b := person(h, "王五"), person(h, "王五")
	h.Write(func(tx core.Tx) { h.OK(tx.Staff().Save(a)) })
	h.Fault(h.Try(func(tx core.Tx) error { return tx.Staff().Save(b) }), fault.Conflict, "fault.staff.name_used")
	stale := *a
	h.Write(func(tx core.Tx) { h.OK(tx.Staff().Save(a)) })
	h.Fault(h.Try(func(tx core.Tx) error { return tx.Staff().Save(&stale) }), fault.Conflict, "fault.conflict_version")
}

func settings(h *House) {
	h.Write(func(tx core.Tx) {
		h.OK(tx.Settings().Set("shop.name", "山海雨具"))
		h.OK(tx.Settings().Set("ship.waves", "11:00"))
		h.OK(tx.Settings().Set("ship.waves", "11:00,16:30"))
	})

	h.Read(func(r core.Reads) {
		got, err := r.Settings().All()
		h.OK(err)
		require.Equal(h.T, "山海雨具", got["shop.name"])
		require.Equal(h.T, "11:00,16:30", got["ship.waves"])
	})
}

func tasks(h *House) {
	t := &domain.Task{
		ID: ids.New[ids.TaskKind](h.IDs), Kind: "receipt_cost", RefKind: "receipt", RefID: "R-1", Number: "R-1", Role: auth.Finance,
		DueAt: Now + 5, MadeAt: Now, DoneAt: Now + 3, Outcome: "done", Args: map[string]string{"sku": "MUG-1"}, DoneBy: "赵六",
	}
	h.noZero(*t)
	open := &domain.Task{ID: ids.New[ids.TaskKind](h.IDs), Kind: "call", RefKind: "order", RefID: "O-1", Role: auth.Service, DueAt: Now, MadeAt: Now}
	h.Write(func(tx core.Tx) {
		h.OK(tx.Tasks().Save(t))
		h.OK(tx.Tasks().Save(open))
	})

	h.Read(func(r core.Reads) {
		got, err := r.Tasks().OfRef("receipt", "R-1")
		h.OK(err)
		require.Equal(h.T, []domain.Task{*t}, got)
		got, err = r.Tasks().Open()
		h.OK(err)
		require.Equal(h.T, []domain.Task{*open}, got)
	})
	open.DoneAt, open.DoneBy, open.Outcome = Now+1, "李四", "accepted"
	h.Write(func(tx core.Tx) { h.OK(tx.Tasks().Save(open)) })
	h.Read(func(r core.Reads) {
		got, err := r.Tasks().Open()
		h.OK(err)
		require.Empty(h.T, got)
	})
}

func auditLine(h *House, actor, entity, id string) core.AuditLine {
	return core.AuditLine{
		At: Now, ActorID: ids.New[ids.StaffKind](h.IDs), Actor: actor, Role: auth.Service, Action: auth.OrdersView, Entity: entity, EntityID: id,
		Key: "audit.held", Args: map[string]string{"order": id}, Before: `{"a":1}`, After: `{"a":2}`, Desk: "desk-1", Version: "1.0",
	}
}

func audit(h *House) {
	line := auditLine(h, "李四", "order", "O-1")
	h.Write(func(tx core.Tx) {
		h.OK(tx.Log().AddAudit([]core.AuditLine{line}))
		h.OK(tx.Log().AddChanges("p1", Now, []core.Change{{Topic: core.TopicOrders, IDs: []string{"O-1"}}}))
	})

	h.Read(func(r core.Reads) {
		page, err := r.Log().ListAudit(core.Query{Conds: []core.Cond{{Field: "entity_id", Op: "=", Value: "O-1"}}})
		h.OK(err)
		require.Len(h.T, page.Rows, 1)
		h.noZero(page.Rows[0])
		line.Seq = page.Rows[0].Seq
		require.Equal(h.T, line, page.Rows[0])
	})
}

func auditListed(h *House) {
	h.Write(func(tx core.Tx) {
		h.OK(tx.Log().AddAudit([]core.AuditLine{auditLine(h, "李四", "order", "O-1"), auditLine(h, "王五", "parcel", "P-1"), auditLine(h, "王五", "order", "O-2")}))
	})

	h.Read(func(r core.Reads) {
		page, err := r.Log().ListAudit(core.Query{Totals: true, Chip: "order"})
		h.OK(err)
		require.Equal(h.T, 2, page.Total)
		require.Equal(h.T, "O-2", page.Rows[0].EntityID)
		page, err = r.Log().ListAudit(core.Query{Search: "王五"})
		h.OK(err)
		require.Len(h.T, page.Rows, 2)
	})
}
