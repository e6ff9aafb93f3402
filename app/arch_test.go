package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// This file holds ARCHITECTURE §1 as a test: which package may import which,
// and who may use which library. The rules about what the code says are in
// arch_code_test.go; arch_bite_test.go proves that each rule bites.

// module is the import path before every package of ours.
const module = "zhanggui/"

// group is a kind of package with the same rights. A package belongs to the
// first group one of whose folders it is or lies in; app/<anything else> is a
// service, ui/<anything else> a screen.
type group struct {
	name    string
	folders []string
	may     []string // groups it may import; its own group only where named
}

var (
	basics = []string{"base", "rules"}
	below  = []string{"base", "rules", "core", "work"}
	all    = []string{"base", "rules", "core", "work", "flow", "service", "app", "boot", "store", "reports", "assets"}
)

var groups = []group{
	{"base", []string{"app/money", "app/when", "app/ids", "app/fault", "app/stats"}, []string{"base"}},
	{"i18n", []string{"app/i18n"}, []string{"base", "assets"}},
	{"rules", []string{"app/domain", "app/auth", "app/pinyin"}, basics},
	{"core", []string{"app/core"}, basics},
	{"work", []string{"app/ingest", "app/job"}, with(below, "i18n")},         // ingest says its progress in job's words
	{"flow", []string{"app/flow"}, below},                                    // steps that several services share
	{"demo", []string{"app/demo"}, with(below, "flow", "service", "assets")}, // the example shop works with the services, above them
	{"boot", []string{"app/boot"}, with(all, "i18n")},
	{"apptest", []string{"app/apptest"}, with(all, "i18n", "boot", "pgtest")},
	{"window", []string{"app/cmd/zhanggui"}, with(all, "i18n", "demo", "shell", "kit", "theme")},
	{"zg", []string{"app/cmd/zg"}, with(all, "i18n", "demo")},
	{"pgtest", []string{"store/pgtest"}, nil},
	{"storetest", []string{"store/storetest"}, []string{"base", "rules", "core", "store", "pgtest"}},
	{"store", []string{"store"}, []string{"base", "rules", "core", "store"}},
	{"reports", []string{"reports"}, []string{"base", "rules", "i18n", "core", "service", "reports", "assets"}},
	{"assets", []string{"assets"}, []string{"assets"}},
	{"kittest", []string{"ui/kit/kittest"}, with(basics, "i18n", "core", "work", "kit", "theme", "assets", "apptest", "app")},
	{"kit", []string{"ui/kit"}, with(basics, "i18n", "core", "work", "kit", "theme", "assets")},
	{"theme", []string{"ui/theme"}, with(basics, "theme", "assets")},
	{"shell", []string{"ui/shell"}, with(below, "i18n", "service", "demo", "app", "reports", "assets", "kit", "theme", "screen")},
	{"screen", []string{"ui"}, with(below, "i18n", "service", "app", "reports", "assets", "kit", "theme")},
	{"service", nil, with(below, "i18n", "flow", "assets")},
	{"app", nil, with(below, "i18n", "service")},
}

func with(list []string, more ...string) []string {
	return append(append([]string{}, list...), more...)
}

// narrow lists what single packages may import of ours, where that is less
// than their group may.
var narrow = map[string][]string{
	"app/when":  {},
	"app/fault": {},
	"app/ids":   {},
	"app/stats": {},
	"app/money": {"app/fault"},
	"app/auth":  {"app/ids", "app/when", "app/fault"},
}

// libraries says which folders may import which module from outside; "" is
// everywhere. A module that is not here is not ours to use yet: add it with a
// line in docs/decisions.md.
var libraries = map[string][]string{
	"fyne.io/fyne/v2":                {"ui", "app/cmd/zhanggui"},
	"fyne.io/fyne/v2/app":            {"app/cmd/zhanggui"},
	"fyne.io/fyne/v2/test":           {"ui/kit/kittest", testsOnly + "ui"},
	"modernc.org/sqlite":             {"store"},
	"github.com/jackc/pgx":           {"store"},
	"github.com/pressly/goose":       {"store"},
	"github.com/xuri/excelize":       {"reports", "app/ingest", testsOnly},
	"github.com/richardlehane/mscfb": {"app/ingest"},
	"github.com/wcharczuk/go-chart":  {"reports"},
	"github.com/golang/freetype":     {"reports", "ui", "assets", testsOnly},
	"github.com/fyne-io/oksvg":       {"assets/icons/make", "reports"},
	"github.com/srwiley/rasterx":     {"assets/icons/make", "reports"},
	"golang.org/x/image":             {"app/catalog", "reports", "ui", "assets", testsOnly},
	"golang.org/x/text":              {"app/ingest", "app/i18n", "app/domain", "reports", "ui", testsOnly},
	"golang.org/x/crypto":            {"app/auth", "app/backup"},
	"golang.org/x/sync":              {"app", "store", "reports"},
	"golang.org/x/sys":               {"app/boot", "app/backup", "app/cmd", "store", "ui/kit"},
	"github.com/mozillazg/go-pinyin": {"app/pinyin"},
	"github.com/google/uuid":         {"app/ids"},
	"gonum.org/v1/gonum/stat":        {"app/stats"},
	"github.com/rymdport/portal":     {"ui/kit", "app/cmd/zhanggui"},
	"pgregory.net/rapid":             {testsOnly},
	"github.com/stretchr/testify/require": {
		testsOnly, "app/apptest", "store/storetest", "ui/kit/kittest",
	},
}

// testsOnly before a folder means: only in its _test.go files.
const testsOnly = "tests:"

// baseMayNot are the standard packages that would bring I/O into level 0.
var baseMayNot = []string{"os", "net", "io/fs", "database/sql", "path/filepath", "log", "embed"}

// file is one parsed Go file of the project.
type file struct {
	path string // "app/orders/ship.go"
	pkg  string // "app/orders"
	test bool
	set  *token.FileSet
	ast  *ast.File
	used map[string]string // import path -> the name it has in this file
}

// at prints a place for a message.
func (f *file) at(n ast.Node) string {
	return f.path + ":" + strconv.Itoa(f.set.Position(n.Pos()).Line) + ": "
}

// parse reads one file's text; path is relative to the module's root.
func parse(path, text string) (*file, error) {
	f := &file{path: path, pkg: pathDir(path), test: strings.HasSuffix(path, "_test.go"), set: token.NewFileSet(), used: map[string]string{}}
	var err error
	if f.ast, err = parser.ParseFile(f.set, path, text, parser.SkipObjectResolution); err != nil {
		return nil, err
	}
	for _, spec := range f.ast.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		name := p[strings.LastIndex(p, "/")+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		f.used[p] = name
	}
	return f, nil
}

func pathDir(p string) string {
	if i := strings.LastIndex(p, "/"); i >= 0 {
		return p[:i]
	}
	return "."
}

// sources reads every file of the project with that ending, by path.
func sources(t *testing.T, ending string) map[string]string {
	t.Helper()
	found := map[string]string{}
	root := os.DirFS("..")
	require.NoError(t, fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != "." && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "bin") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ending) {
			return nil
		}
		text, err := fs.ReadFile(root, path)
		found[path] = string(text)
		return err
	}))
	return found
}

// project parses every Go file.
func project(t *testing.T) []*file {
	t.Helper()
	var files []*file
	for path, text := range sources(t, ".go") {
		f, err := parse(path, text)
		require.NoError(t, err)
		files = append(files, f)
	}
	sort.Slice(files, func(i, j int) bool { return files[i].path < files[j].path })
	require.NotEmpty(t, files)
	return files
}

// within tells whether a package is that folder or lies in it.
func within(pkg, folder string) bool {
	return pkg == folder || strings.HasPrefix(pkg, folder+"/")
}

// groupOf finds a package's group; "" for a folder the architecture does not know.
func groupOf(pkg string) group {
	for _, g := range groups {
		for _, folder := range g.folders {
			if within(pkg, folder) {
				return g
			}
		}
	}
	want := ""
	switch {
	case pkg == "app":
		want = "app"
	case within(pkg, "app"):
		want = "service"
	}
	for _, g := range groups {
		if g.name == want {
			return g
		}
	}
	return group{}
}

// unit is the folder that counts as one: app/ingest/value is part of
// app/ingest, and parts of one unit may import each other.
func unit(pkg string) string {
	parts := strings.Split(pkg, "/")
	return strings.Join(parts[:min(2, len(parts))], "/")
}

// checkImports gives what a file imports against the table.
func checkImports(f *file) []string {
	var bad []string
	if groupOf(f.pkg).name == "" {
		return []string{f.path + ": the folder " + f.pkg + " has no place in the table of arch_test.go"}
	}
	for path := range f.used {
		switch {
		case strings.HasPrefix(path, module):
			if why := refusesOwn(f, strings.TrimPrefix(path, module)); why != "" {
				bad = append(bad, f.path+": imports "+path+": "+why)
			}
		case !strings.Contains(strings.SplitN(path, "/", 2)[0], "."):
			if groupOf(f.pkg).name == "base" && !f.test && contains(baseMayNot, path) {
				bad = append(bad, f.path+": imports "+path+": level 0 does no I/O")
			}
		case !mayUseLibrary(f, path):
			bad = append(bad, f.path+": imports "+path+": not allowed here, see libraries in arch_test.go")
		}
	}
	sort.Strings(bad)
	return bad
}

// refusesOwn says why f may not import our package pkg, "" when it may. Tests
// may reach across (a scenario needs several services and a store), but never
// from below up into the window.
func refusesOwn(f *file, pkg string) string {
	from, to := groupOf(f.pkg), groupOf(pkg)
	if unit(f.pkg) == unit(pkg) && from.name == to.name {
		return ""
	}
	if f.test {
		if within(pkg, "ui") && !within(f.pkg, "ui") && !within(f.pkg, "app/cmd/zhanggui") {
			return "only ui and the window's main know the window"
		}
		return ""
	}
	if allowed, ok := narrow[f.pkg]; ok && !contains(allowed, pkg) {
		return "less than level allows: " + strings.Join(allowed, " ")
	}
	if !contains(from.may, to.name) {
		return from.name + " may not import " + to.name
	}
	return ""
}

// mayUseLibrary looks the longest matching module up in libraries.
func mayUseLibrary(f *file, path string) bool {
	best := ""
	for lib := range libraries {
		if (path == lib || strings.HasPrefix(path, lib+"/")) && len(lib) > len(best) {
			best = lib
		}
	}
	for _, place := range libraries[best] {
		folder, tests := strings.CutPrefix(place, testsOnly)
		if (!tests || f.test) && (folder == "" || within(f.pkg, folder)) {
			return true
		}
	}
	return false
}

func contains(list []string, v string) bool {
	for _, have := range list {
		if have == v {
			return true
		}
	}
	return false
}

func TestArchitecture_Imports(t *testing.T) {
	t.Parallel()
	var bad []string
	for _, f := range project(t) {
		bad = append(bad, checkImports(f)...)
	}
	require.Empty(t, bad, "\n"+strings.Join(bad, "\n"))
}

func TestArchitecture_Code(t *testing.T) {
	t.Parallel()
	files := project(t)
	fields := stateFields(files)
	var bad []string
	for _, f := range files {
		for _, rule := range codeRules {
			bad = append(bad, rule.check(f)...)
		}
		bad = append(bad, checkStateChanges(f, fields)...)
	}
	for path, text := range sources(t, ".sql") {
		if selectStar.MatchString(text) {
			bad = append(bad, path+": "+starred)
		}
	}
	require.Empty(t, bad, "\n"+strings.Join(bad, "\n"))
}
