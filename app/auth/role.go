package auth

// Role is a person's post in the shop.
type Role string

// The five posts of the team, and the program itself for scheduled work.
const (
	Supervisor Role = "supervisor" // 运营主管
	Service    Role = "service"    // 客服
	Warehouse  Role = "warehouse"  // 仓库
	Finance    Role = "finance"    // 财务
	Promotion  Role = "promotion"  // 推广
	System     Role = "system"     // 系统: boot and scheduled jobs only, never a person
)

// Roles lists the posts a person can have, in the order of the sign-in screen.
var Roles = []Role{Supervisor, Service, Warehouse, Finance, Promotion}

// Valid tells whether a person can have the role.
func (r Role) Valid() bool {
	for _, known := range Roles {
		if r == known {
			return true
		}
	}
	return false
}

// PINLength is the least number of digits: 6 for the posts that decide on
// money, 4 for the others (DECIDED 12, QUALITY R20).
func (r Role) PINLength() int {
	if r == Supervisor || r == Finance {
		return 6
	}
	return 4
}
