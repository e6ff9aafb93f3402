// Package flow holds the steps that more than one service takes inside a
// transaction: reserving and releasing an order's goods, running its checks,
// booking a stock move with its journal entry. Services never import each
// other (ARCHITECTURE §1); what they share beside the rules in domain stands
// here, works on the one Unit it is given, and starts no transaction of its own.
package flow
