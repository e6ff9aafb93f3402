package core

// Topic is what a change is about; a screen names the topics that make it stale.
type Topic string

// The topics.
const (
	TopicOrders    Topic = "orders"
	TopicStock     Topic = "stock"
	TopicParcels   Topic = "parcels"
	TopicCatalog   Topic = "catalog"
	TopicCustomers Topic = "customers"
	TopicImports   Topic = "imports"
	TopicFinance   Topic = "finance"
	TopicStaff     Topic = "staff"
	TopicSettings  Topic = "settings"
	TopicJobs      Topic = "jobs"
	TopicTasks     Topic = "tasks"
)

// Change says that records of a topic changed. No IDs means "many".
type Change struct {
	Topic Topic
	IDs   []string
}
