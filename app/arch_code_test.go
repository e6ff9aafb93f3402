package app_test

import (
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"strings"
)

// codeRules are the rules of ARCHITECTURE §1 about what a file says.
var codeRules = []struct {
	name  string
	check func(f *file) []string
}{
	{"time", checkTime},
	{"float", checkFloat},
	{"sql", checkSQL},
	{"go", checkGoroutines},
	{"door", checkDoor},
	{"thread", checkThread},
	{"skip", checkSkips},
}

// checkTime: only app/when asks for the time, also in tests (a clock is an argument).
func checkTime(f *file) []string {
	if f.pkg == "app/when" {
		return nil
	}
	return f.uses("time", "ask app/when, not the system, for the time", "Now", "Since", "Until")
}

// checkFloat: rules and store count in whole numbers. A literal such as 1.5 is
// a float64 as well, and math's functions want them.
func checkFloat(f *file) []string {
	if f.test || !(within(f.pkg, "app/domain") || within(f.pkg, "app/money") || within(f.pkg, "store")) {
		return nil
	}
	var bad []string
	ast.Inspect(f.ast, func(n ast.Node) bool {
		switch v := n.(type) {
		case *ast.Ident:
			if v.Name == "float64" || v.Name == "float32" {
				bad = append(bad, f.at(v)+v.Name+" in a rule or in the store; statistics live in app/stats")
			}
		case *ast.BasicLit:
			if v.Kind == token.FLOAT {
				bad = append(bad, f.at(v)+v.Value+" is a float in a rule or in the store")
			}
		}
		return true
	})
	return bad
}

var (
	selectStar = regexp.MustCompile(`(?is)\bselect\s+(distinct\s+)?(\w+\.)?\*`)
	looksSQL   = regexp.MustCompile(`(?is)^\s*(select\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\S+\s+set\s|delete\s+from\s|(create|drop|alter)\s+(unique\s+)?(table|index|view|trigger|database)\s|vacuum\b|with\s+\w+\s*(\([^)]*\))?\s+as\s*\()`)
)

// starred is the message about a query that takes whatever columns there are.
const starred = "a query selects every column: name them"

// checkSQL: column lists are explicit, values are arguments.
func checkSQL(f *file) []string {
	var bad []string
	ast.Inspect(f.ast, func(n ast.Node) bool {
		switch v := n.(type) {
		case *ast.BasicLit:
			if v.Kind == token.STRING && selectStar.MatchString(text(v)) {
				bad = append(bad, f.at(v)+starred)
			}
		case *ast.CallExpr:
			for _, name := range []string{"Sprintf", "Fprintf", "Appendf", "Sprint"} {
				if f.calls(v, "fmt", name) && formatsSQL(v) {
					bad = append(bad, f.at(v)+"fmt."+name+" builds SQL: use arguments or store/sqlkit")
				}
			}
		}
		return true
	})
	return bad
}

// formatsSQL tells whether one of the first two arguments begins like a statement.
func formatsSQL(call *ast.CallExpr) bool {
	for _, arg := range call.Args[:min(2, len(call.Args))] {
		for {
			sum, ok := arg.(*ast.BinaryExpr)
			if !ok {
				break
			}
			arg = sum.X
		}
		if lit, ok := arg.(*ast.BasicLit); ok && lit.Kind == token.STRING && looksSQL.MatchString(text(lit)) {
			return true
		}
	}
	return false
}

// checkGoroutines: in ui only kit starts goroutines (kit.Run), so that results
// come back on the window's goroutine.
func checkGoroutines(f *file) []string {
	if f.test || !within(f.pkg, "ui") || within(f.pkg, "ui/kit") {
		return nil
	}
	var bad []string
	ast.Inspect(f.ast, func(n ast.Node) bool {
		if stmt, ok := n.(*ast.GoStmt); ok {
			bad = append(bad, f.at(stmt)+"goroutine in ui outside ui/kit: use kit.Run")
		}
		return true
	})
	return bad
}

// checkDoor: core.Do is the one door for writing. Services never hold a
// transaction of their own, the window never reaches below its services.
func checkDoor(f *file) []string {
	if f.test {
		return nil
	}
	const core = module + "app/core"
	switch g := groupOf(f.pkg).name; g {
	case "service", "app", "reports":
		return f.uses(core, "write through core.Do only", "Tx")
	case "flow":
		return f.uses(core, "works on the unit it is given", "Store", "Do", "Read", "NewEngine")
	case "shell", "screen", "kit", "theme":
		return f.uses(core, "the window calls services", "Tx", "Reads", "Store", "Do", "Read", "NewEngine", "Unit")
	case "work":
		return f.uses(core, "this level only reads files or runs what it is given", "Tx", "Store", "NewEngine")
	}
	return nil
}

// checkThread: a use case wants a context, and a screen has none of its own: what
// it calls it calls in the work of kit.Run or kit.Act, away from the window's
// goroutine, which never waits for the disk.
func checkThread(f *file) []string {
	if f.test || groupOf(f.pkg).name != "screen" {
		return nil
	}
	bad := f.uses("context", "a screen calls use cases in the work of kit.Run or kit.Act only", "Background", "TODO")
	ast.Inspect(f.ast, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && len(call.Args) == 0 {
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Context" {
				bad = append(bad, f.at(call)+"a screen has no context of its own: use kit.Run or kit.Act")
			}
		}
		return true
	})
	return bad
}

// checkSkips: a skipped test proves nothing.
func checkSkips(f *file) []string {
	if !f.test {
		return nil
	}
	var bad []string
	ast.Inspect(f.ast, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
			x, isIdent := sel.X.(*ast.Ident)
			if isIdent && contains([]string{"t", "tb", "b", "f"}, x.Name) && contains([]string{"Skip", "Skipf", "SkipNow"}, sel.Sel.Name) {
				bad = append(bad, f.at(call)+"a skipped test proves nothing")
			}
		}
		return true
	})
	return bad
}

// stateFields collects, from app/domain's own text, the fields that hold a
// state: those whose type has a table of moves (map[T][]T) or is named …State.
func stateFields(files []*file) map[string]bool {
	states := map[string]bool{}
	inspect := func(see func(n ast.Node) bool) {
		for _, f := range files {
			if f.pkg == "app/domain" && !f.test {
				ast.Inspect(f.ast, see)
			}
		}
	}
	inspect(func(n ast.Node) bool {
		switch v := n.(type) {
		case *ast.MapType:
			key, okKey := v.Key.(*ast.Ident)
			list, okList := v.Value.(*ast.ArrayType)
			if okKey && okList {
				if elem, ok := list.Elt.(*ast.Ident); ok && elem.Name == key.Name {
					states[key.Name] = true
				}
			}
		case *ast.TypeSpec:
			if strings.HasSuffix(v.Name.Name, "State") || v.Name.Name == "Fulfilment" {
				states[v.Name.Name] = true
			}
		}
		return true
	})
	fields := map[string]bool{"Status": true}
	inspect(func(n ast.Node) bool {
		if field, ok := n.(*ast.Field); ok {
			if typ, ok := field.Type.(*ast.Ident); ok && states[typ.Name] {
				for _, name := range field.Names {
					if name.IsExported() {
						fields[name.Name] = true
					}
				}
			}
		}
		return true
	})
	return fields
}

// checkStateChanges: a record changes its state by a method of app/domain.
// Without types this sees the field's name, so it looks only where domain is
// imported; the store's scan functions fill a record, they do not move it, and
// app/ingest writes down what a file says. The packages that help tests make
// records in any state.
func checkStateChanges(f *file, fields map[string]bool) []string {
	helps := map[string]bool{"work": true, "storetest": true, "apptest": true, "kittest": true}
	if f.test || f.used[module+"app/domain"] == "" || helps[groupOf(f.pkg).name] {
		return nil
	}
	var bad []string
	for _, decl := range f.ast.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || (within(f.pkg, "store") && fillsRecords(fn.Name.Name)) {
			continue
		}
		ast.Inspect(fn, func(n ast.Node) bool {
			assign, ok := n.(*ast.AssignStmt)
			if !ok {
				return true
			}
			for _, left := range assign.Lhs {
				if sel, ok := left.(*ast.SelectorExpr); ok && fields[sel.Sel.Name] {
					bad = append(bad, f.at(assign)+"sets the state field "+sel.Sel.Name+" outside app/domain: call the record's method")
				}
			}
			return true
		})
	}
	return bad
}

func fillsRecords(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "scan") || strings.HasPrefix(name, "read")
}

// uses gives every place where f names one of those things of a package.
func (f *file) uses(path, why string, names ...string) []string {
	alias, ok := f.used[path]
	if !ok {
		return nil
	}
	var bad []string
	ast.Inspect(f.ast, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && x.Name == alias && contains(names, sel.Sel.Name) {
			bad = append(bad, f.at(sel)+alias+"."+sel.Sel.Name+": "+why)
		}
		return true
	})
	return bad
}

// calls tells whether call is path.name(…).
func (f *file) calls(call *ast.CallExpr, path, name string) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != name {
		return false
	}
	x, ok := sel.X.(*ast.Ident)
	return ok && f.used[path] != "" && x.Name == f.used[path]
}

// text is what a string literal says.
func text(lit *ast.BasicLit) string {
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		return lit.Value // cannot happen in a file that parsed
	}
	return s
}
