// Package products is the product list (上架 / 商品): every SKU with price,
// weight, bin, barcodes and stock, its card with a picture at the right, one form
// for product and SKU together with barcodes, kit parts and the codes of channels,
// and grid mode for changing many at once (sheet.go). view.go maps records to texts
// without a window. Cost is nowhere here.
package products
