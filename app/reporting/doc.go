// Package reporting gives the rows behind reports and charts: typed, permission
// checked, in one snapshot each. Package reports turns them into files and
// pictures. Cost, profit and stock value are 0, and Cost is false, for people
// without finance.view_cost. It may import levels 0 to 3.
package reporting
