// Package products is the product list (上架 / 商品): every SKU with price,
// weight, bin, barcodes and stock, its card at the right, and one form for
// product and SKU together with barcodes, kit parts and the codes of channels.
// view.go maps records to texts without a window. Cost is nowhere here.
package products
