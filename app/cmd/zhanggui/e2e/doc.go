// Package e2e drives the real window with keys, under a screen of its own: what a
// person does from the first start to a parcel that left. It is built with the tag
// e2e and run by ./dev test:
//
//	ZHANGGUI_BIN=bin/zhanggui-e2e ZHANGGUI_ZG=bin/zg ZHANGGUI_SHOTS=bin/shots \
//		xvfb-run -a go test -tags e2e ./app/cmd/zhanggui/e2e
//
// A test asks the window's test port what it shows and polls until it is so: there
// is no sleep and no pixel in a story. What the stories did to the data they ask
// the command line.
package e2e
