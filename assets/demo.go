package assets

import _ "embed"

// DemoShop is the words of the example shop: goods, people, places, notes (JSON, read by app/demo).
//
//go:embed demo/shop.json
var DemoShop []byte
