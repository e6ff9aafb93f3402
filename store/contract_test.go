package store_test

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/when"
	"zhanggui/store"
)

// openStore opens a store for the contract and closes it when the test ends.
func openStore(t testing.TB, dsn string) core.Store {
	t.Helper()
	s, err := store.Open(context.Background(), dsn, store.Options{
		Process: filepath.Base(t.TempDir()) + t.Name(), Desk: "desk", User: "wang", PID: os.Getpid(), Clock: when.System{}, NoSync: true,
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// sqliteTemplate is a migrated file, made once.
var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "zhanggui-contract-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "shop.zhanggui")
	s, err := store.Open(context.Background(), file, store.Options{Clock: when.System{}, NoSync: true})
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

// TestContract_UsesEveryMethod compares the methods of every repository with
// what the contract's source calls as "x.Orders().Method".
func TestContract_UsesEveryMethod(t *testing.T) {
	t.Parallel()
	used := usedMethods(t, "storetest")

	var missing []string
	for _, door := range []reflect.Type{reflect.TypeFor[core.Tx](), reflect.TypeFor[core.Reads]()} {
		for i := range door.NumMethod() {
			repo := door.Method(i)
			methods := repo.Type.Out(0)
			require.NotZero(t, methods.NumMethod(), repo.Name)
			for j := range methods.NumMethod() {
				if name := repo.Name + "." + methods.Method(j).Name; !used[name] {
					missing = append(missing, name)
				}
			}
		}
	}

	sort.Strings(missing)
	require.Empty(t, missing, "the contract says nothing about these methods")
}

// usedMethods collects "Orders.Get" for every expression x.Orders().Get of a package.
func usedMethods(t *testing.T, dir string) map[string]bool {
	t.Helper()
	used := map[string]bool{}
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		ast.Inspect(tree, func(n ast.Node) bool {
			method, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			call, ok := method.X.(*ast.CallExpr)
			if !ok || len(call.Args) > 0 {
				return true
			}
			if repo, ok := call.Fun.(*ast.SelectorExpr); ok {
				used[repo.Sel.Name+"."+method.Sel.Name] = true
			}
			return true
		})
	}
	return used
}

func TestListFields_EveryList_HasItsFields(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"orders", "lines", "parcels", "skus", "stock", "moves", "entries", "customers", "imports", "import_rows"} {
		fields := store.ListFields(name)
		require.NotEmpty(t, fields, name)
		require.True(t, sort.StringsAreSorted(fields))
	}
	require.Contains(t, strings.Join(store.ListFields("orders"), " "), "paid_fen")
	require.Nil(t, store.ListFields("wishes"))
}
