// Package catalog keeps what the shop sells: products with their SKUs, kits,
// barcodes, the codes that channels use for them, and the shops themselves.
// It may import levels 0 to 3.
package catalog
