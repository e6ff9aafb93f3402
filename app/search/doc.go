// Package search finds what a person means by a few letters typed into the
// command palette: orders, parcels, people, products. Every kind is given only
// to who may see it in its own list, and what is hidden there is hidden here.
package search
