package i18n

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/assets"
)

// use is one place in Go where a key is written out.
type use struct {
	place string
	key   string
	sure  bool // handed to a function that takes a key; else it only looks like one
}

// keyTakers are the functions whose literal argument is always a key, with the
// argument's place.
var keyTakers = map[string]int{"T": 0, "N": 0, "M": 0, "Missing": -1}

var (
	looksLikeKey = regexp.MustCompile(`^[a-z]+(\.[a-z_0-9]+)+$`)
	looksLikeCut = regexp.MustCompile(`^[a-z]+(\.[a-z_0-9]+)*\.$`) // "right." + x
	fileEnding   = regexp.MustCompile(`\.(go|sql|json|csv|txt|xlsx|xls|png|svg|ttf|db|zip|md|log|html|toml|tar|gz|so|dll|zhanggui)$`)
)

// TestKeys_UsedInGo_AllExist reads every Go file of the program outside tests.
// What is handed to T, N or a fault must be a key; any other literal of a key's
// form must be one when its first word is an area of the language files.
func TestKeys_UsedInGo_AllExist(t *testing.T) {
	t.Parallel()
	c := embedded(t)
	areas := c.Areas()
	places := map[string]string{} // of the missing keys, each with its first place
	for _, u := range usesIn(t, filepath.Join("..", "..")) {
		if why := missing(c, areas, u); why != "" && places[why] == "" {
			places[why] = u.place
		}
	}
	if len(places) > 0 {
		lines := make([]string, 0, len(places))
		for key, place := range places {
			lines = append(lines, key+"   "+place)
		}
		slices.Sort(lines)
		t.Fatalf("%d keys used in Go have no text; add them to assets/i18n/*/<area>.json:\n%s", len(lines), strings.Join(lines, "\n"))
	}
}

// missing says what is wrong with a use, "" when nothing is.
func missing(c *Catalogue, areas []string, u use) string {
	tr := c.Tr(Chinese)
	if strings.HasSuffix(u.key, ".") {
		for _, k := range c.Keys(Chinese) {
			if strings.HasPrefix(k, u.key) {
				return ""
			}
		}
		area, _, _ := strings.Cut(u.key, ".")
		if slices.Contains(areas, area) {
			return u.key + "… (no key begins so)"
		}
		return ""
	}
	if tr.Has(u.key) {
		return ""
	}
	area, _, _ := strings.Cut(u.key, ".")
	if u.sure || slices.Contains(areas, area) {
		return u.key
	}
	return ""
}

// usesIn lists what looks like a key in the Go files under root. The store's
// literals are SQL names, so only its fault keys count.
func usesIn(t *testing.T, root string) []use {
	t.Helper()
	var uses []use
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		found := usesOf(rel, src)
		if strings.HasPrefix(filepath.ToSlash(rel), "store/") {
			found = slices.DeleteFunc(found, func(u use) bool { return !strings.HasPrefix(u.key, "fault.") })
		}
		uses = append(uses, found...)
		return nil
	})
	require.NoError(t, err)
	return uses
}

// usesOf lists the uses in one file; a file that does not parse just now is
// read as far as it goes.
func usesOf(name string, src []byte) []use {
	set := token.NewFileSet()
	file, _ := parser.ParseFile(set, name, src, 0)
	if file == nil {
		return nil
	}
	w := walker{set: set, sure: map[*ast.BasicLit]bool{}, skip: map[*ast.BasicLit]bool{}}
	ast.Inspect(file, w.mark)
	ast.Inspect(file, w.collect)
	return w.uses
}

type walker struct {
	set        *token.FileSet
	sure, skip map[*ast.BasicLit]bool
	uses       []use
}

// mark notes which literals surely are keys and which surely are not.
func (w *walker) mark(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ImportSpec:
		w.skip[n.Path] = true
	case *ast.Field:
		if n.Tag != nil {
			w.skip[n.Tag] = true
		}
	case *ast.CallExpr:
		w.call(n)
	}
	return true
}

func (w *walker) call(c *ast.CallExpr) {
	name, owner := "", ""
	switch f := c.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
		if x, ok := f.X.(*ast.Ident); ok {
			owner = x.Name
		}
	}
	at, takes := keyTakers[name]
	switch {
	case owner == "fault" && name == "New", name == "Field" && len(c.Args) == 2:
		at, takes = 1, true
	case name == "ID": // test ids of controls: kit.ID(w, "ship.entry")
		for _, a := range c.Args {
			if lit, ok := a.(*ast.BasicLit); ok {
				w.skip[lit] = true
			}
		}
		return
	}
	if takes && at >= 0 && at < len(c.Args) {
		if lit, ok := c.Args[at].(*ast.BasicLit); ok {
			w.sure[lit] = true
		}
	}
}

func (w *walker) collect(n ast.Node) bool {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING || w.skip[lit] {
		return true
	}
	text, err := strconv.Unquote(lit.Value)
	if err != nil {
		return true
	}
	right := slices.Contains(auth.Actions, auth.Action(text))
	like := looksLikeKey.MatchString(text) && !fileEnding.MatchString(text) && !right
	if like || looksLikeCut.MatchString(text) {
		sure := w.sure[lit] && like
		w.uses = append(w.uses, use{place: w.set.Position(lit.Pos()).String(), key: text, sure: sure})
	}
	return true
}

func TestUsesOf_Literals_SortedIntoSureAndLikely(t *testing.T) {
	t.Parallel()
	src := "package x\nimport \"a.b/c\"\nvar _ = []string{tr.T(\"orders.title\"), \"common.ok\", \"right.\" + a, \"orders.json\", \"orders.view\", \"Not.key\"}\n" +
		"var e = fault.New(fault.Invalid, \"fault.x\", \"n\", 1).Field(\"qty\", \"fault.y\")\nvar _ = kit.ID(w, \"ship.entry\")\n"

	var got []string
	for _, u := range usesOf("x.go", []byte(src)) {
		got = append(got, u.key+" "+strconv.FormatBool(u.sure))
	}

	require.Equal(t, []string{"orders.title true", "common.ok false", "right. false", "fault.x true", "fault.y true"}, got)
}

func TestMissing_KnownAndUnknown_Told(t *testing.T) {
	t.Parallel()
	c, err := Load(assets.I18n)
	require.NoError(t, err)
	areas := []string{"common", "right"}
	for u, want := range map[use]string{
		{key: "common.ok"}: "", {key: "common.zzz"}: "common.zzz", {key: "other.zzz"}: "",
		{key: "other.zzz", sure: true}: "other.zzz", {key: "right."}: "", {key: "common.zzz."}: "common.zzz.… (no key begins so)",
	} {
		require.Equal(t, want, missing(c, areas, u), u.key)
	}
}
