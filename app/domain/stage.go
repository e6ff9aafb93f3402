package domain

// Stage is the status that people see, derived from the four facts and stored
// beside them only so that lists can be indexed and counted by it.
type Stage string

// The stages, in the order an order walks through them.
const (
	StageUnpaid    Stage = "unpaid"
	StageToAudit   Stage = "to_audit"
	StageException Stage = "exception"
	StageHold      Stage = "hold"
	StageToShip    Stage = "to_ship"
	StagePart      Stage = "part_shipped"
	StageShipped   Stage = "shipped"
	StageCompleted Stage = "completed"
	StageReturned  Stage = "returned"
	StageCancelled Stage = "cancelled"
)

// Stages lists them all, for chips and counters.
var Stages = []Stage{
	StageUnpaid, StageToAudit, StageException, StageHold, StageToShip, StagePart,
	StageShipped, StageCompleted, StageReturned, StageCancelled,
}

// Stage derives the shown status.
func (o *Order) Stage() Stage {
	switch {
	case o.Closing == ClosingCancelled:
		return StageCancelled
	case o.Fulfil == FulReturned:
		return StageReturned
	case o.Closing == ClosingCompleted:
		return StageCompleted
	case o.Fulfil == FulShipped:
		return StageShipped
	case o.Audit == AuditHold:
		return StageHold
	case !o.Payable():
		return StageUnpaid
	case o.Audit == AuditException:
		return StageException
	case o.Audit == AuditNew:
		return StageToAudit
	case o.Fulfil == FulPart:
		return StagePart
	}
	return StageToShip
}
