package app_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// must parses a piece of code as if it stood at path.
func must(t *testing.T, path, code string) *file {
	t.Helper()
	f, err := parse(path, "package p\n"+code)
	require.NoError(t, err)
	return f
}

func TestImports_Bite(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ path, imports string }{
		{"app/money/x.go", "zhanggui/app/domain"},
		{"app/money/x.go", "os"},
		{"app/when/x.go", "zhanggui/app/fault"},
		{"app/domain/x.go", "zhanggui/app/core"},
		{"app/domain/x.go", "zhanggui/app/i18n"},
		{"app/core/x.go", "zhanggui/store"},
		{"app/core/x.go", "zhanggui/app/job"},
		{"app/ingest/x.go", "zhanggui/app/orders"},
		{"app/ingest/sheet/x.go", "zhanggui/store"},
		{"app/orders/x.go", "zhanggui/app/stock"},
		{"app/inbox/x.go", "zhanggui/app/orders"},
		{"app/flow/x.go", "zhanggui/app/orders"},
		{"app/ingest/x.go", "zhanggui/app/flow"},
		{"app/orders/x.go", "zhanggui/store"},
		{"app/orders/x.go", "zhanggui/reports"},
		{"app/orders/x.go", "fyne.io/fyne/v2"},
		{"app/orders/x_test.go", "zhanggui/ui/kit"},
		{"app/app.go", "zhanggui/store"},
		{"app/cmd/zg/x.go", "zhanggui/ui/kit"},
		{"app/cmd/zg/x.go", "fyne.io/fyne/v2"},
		{"store/x.go", "zhanggui/app/orders"},
		{"store/x.go", "zhanggui/app/i18n"},
		{"store/x.go", "fyne.io/fyne/v2/widget"},
		{"reports/x.go", "zhanggui/store"},
		{"reports/x.go", "modernc.org/sqlite"},
		{"ui/kit/x.go", "zhanggui/app/orders"},
		{"ui/kit/x.go", "zhanggui/app"},
		{"ui/orders/x.go", "zhanggui/ui/shipping"},
		{"ui/orders/x.go", "zhanggui/ui/shell"},
		{"ui/orders/x.go", "zhanggui/store"},
		{"ui/orders/x.go", "zhanggui/app/boot"},
		{"ui/orders/x.go", "fyne.io/fyne/v2/app"},
		{"ui/orders/x.go", "fyne.io/fyne/v2/test"},
		{"ui/shell/x.go", "fyne.io/fyne/v2/app"},
		{"app/orders/x_test.go", "github.com/stretchr/testify/assert"},
		{"app/orders/x.go", "github.com/stretchr/testify/require"},
		{"app/orders/x.go", "example.org/new/library"},
		{"tools/x.go", "fmt"},
	} {
		f := must(t, c.path, `import _ "`+c.imports+`"`)
		require.NotEmpty(t, checkImports(f), "%s importing %s", c.path, c.imports)
	}
}

func TestImports_AllowWhatTheTableSays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ path, imports string }{
		{"app/money/x.go", "zhanggui/app/fault"},
		{"app/stats/x.go", "gonum.org/v1/gonum/stat"},
		{"app/domain/x.go", "zhanggui/app/auth"},
		{"app/i18n/x.go", "zhanggui/assets"},
		{"app/core/x.go", "zhanggui/app/domain"},
		{"app/ingest/x.go", "zhanggui/app/ingest/sheet"},
		{"app/orders/x.go", "zhanggui/app/job"},
		{"app/orders/x.go", "zhanggui/app/flow"},
		{"app/ingest/x.go", "zhanggui/app/job"},
		{"app/orders/x_test.go", "zhanggui/app/apptest"},
		{"app/app.go", "zhanggui/app/orders"},
		{"app/boot/x.go", "zhanggui/store"},
		{"app/cmd/zg/x.go", "zhanggui/app/boot"},
		{"app/cmd/zhanggui/main.go", "fyne.io/fyne/v2/app"},
		{"store/x.go", "github.com/jackc/pgx/v5/stdlib"},
		{"store/x_test.go", "zhanggui/store/pgtest"},
		{"reports/x.go", "zhanggui/app/reporting"},
		{"ui/kit/x.go", "zhanggui/app/job"},
		{"ui/orders/x.go", "zhanggui/app/orders"},
		{"ui/orders/x_test.go", "fyne.io/fyne/v2/test"},
		{"ui/shell/x.go", "zhanggui/ui/orders"},
	} {
		f := must(t, c.path, `import _ "`+c.imports+`"`)
		require.Empty(t, checkImports(f), "%s importing %s", c.path, c.imports)
	}
}

func TestCode_Bites(t *testing.T) {
	t.Parallel()
	star := "SELECT" + " *" // apart, so that this file does not break the rule itself
	for _, c := range []struct{ rule, path, code string }{
		{"time", "app/orders/x.go", `import "time"; var _ = time.Now()`},
		{"time", "app/orders/x_test.go", `import clock "time"; var _ = clock.Since(x)`},
		{"float", "app/domain/x.go", `var x float64`},
		{"float", "app/money/x.go", `var x = 1.5`},
		{"float", "store/sqlkit/x.go", `func f() float32`},
		{"sql", "store/x.go", "const q = `" + star + " FROM orders`"},
		{"sql", "store/x.go", "const q = `" + "SELECT" + " o.* FROM orders o`"},
		{"sql", "store/x.go", `import "fmt"; var q = fmt.Sprintf("SELECT a FROM %s", t)`},
		{"sql", "store/x.go", `import "fmt"; var q = fmt.Sprintf("insert into t values (%d)"+more, n)`},
		{"sql", "app/x/x.go", `import "fmt"; var q = fmt.Sprintf("UPDATE t SET a = %d", n)`},
		{"go", "ui/orders/x.go", `func f() { go func() {}() }`},
		{"go", "ui/shell/x.go", `func f() { go g() }`},
		{"door", "app/orders/x.go", `import "zhanggui/app/core"; func f(tx core.Tx) {}`},
		{"door", "app/flow/x.go", `import "zhanggui/app/core"; func f(e *core.Engine) { core.Do(ctx, e, c, g) }`},
		{"door", "ui/orders/x.go", `import "zhanggui/app/core"; func f(e *core.Engine) { core.Do(ctx, e, c, g) }`},
		{"door", "app/ingest/x.go", `import "zhanggui/app/core"; func f(s core.Store) {}`},
		{"thread", "ui/orders/x.go", `import "context"; func f() { g(context.Background()) }`},
		{"thread", "ui/orders/x.go", `func f(s *screen) { s.app.Orders.Get(s.env.Context(), id) }`},
		{"skip", "app/orders/x_test.go", `func TestX(t *testing.T) { t.Skip("later") }`},
	} {
		require.NotEmpty(t, broken(t, c.rule, c.path, c.code), "%s: %s: %s", c.rule, c.path, c.code)
	}
}

func TestCode_LeavesHonestCodeAlone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ rule, path, code string }{
		{"time", "app/when/x.go", `import "time"; var _ = time.Now()`},
		{"time", "app/orders/x.go", `import "time"; var _ = time.Second`},
		{"float", "app/stats/x.go", `var x float64 = 1.5`},
		{"sql", "store/x.go", "const q = `SELECT count(*), a * b FROM t`"},
		{"sql", "store/x.go", `import "fmt"; var s = fmt.Sprintf("update of %s refused", t)`},
		{"go", "ui/kit/x.go", `func f() { go g() }`},
		{"go", "app/job/x.go", `func f() { go g() }`},
		{"door", "store/x.go", `import "zhanggui/app/core"; func f(tx core.Tx) {}`},
		{"door", "app/orders/x.go", `import "zhanggui/app/core"; func f(u *core.Unit) {}`},
		{"thread", "ui/kit/x.go", `import "context"; func f() { g(context.Background()) }`},
		{"thread", "ui/orders/x.go", `func f(s *screen) { kit.Run(s.env, s.owner, func(ctx context.Context) (T, error) { return s.app.Get(ctx) }, s.show) }`},
		{"skip", "app/orders/x_test.go", `func f(p parser) { p.Skip(3) }`},
	} {
		require.Empty(t, broken(t, c.rule, c.path, c.code), "%s: %s: %s", c.rule, c.path, c.code)
	}
}

func broken(t *testing.T, rule, path, code string) []string {
	t.Helper()
	for _, r := range codeRules {
		if r.name == rule {
			return r.check(must(t, path, code))
		}
	}
	t.Fatalf("no rule %q", rule)
	return nil
}

func TestStateChanges_Bite(t *testing.T) {
	t.Parallel()
	domain := must(t, "app/domain/order.go", `
		type Audit string
		type ParcelState string
		type Order struct { Audit Audit; Title string }
		type Parcel struct { State ParcelState }
		var auditMoves = map[Audit][]Audit{}`)
	fields := stateFields([]*file{domain})
	require.Equal(t, map[string]bool{"Status": true, "Audit": true, "State": true}, fields)
	const use = `import "zhanggui/app/domain"; `

	for path, code := range map[string]string{
		"app/orders/pass.go": `func pass(o *domain.Order) { o.Audit = domain.AuditPassed }`,
		"app/orders/list.go": `func f(all []domain.Order) { all[0].Audit = "x" }`,
		"store/parcels.go":   `func (r repo) Save(p domain.Parcel) { p.State = "shipped" }`,
		"ui/orders/view.go":  `func f(o *domain.Order) { o.Status = "done" }`,
	} {
		require.NotEmpty(t, checkStateChanges(must(t, path, use+code), fields), path)
	}
	for path, code := range map[string]string{
		"app/orders/edit.go": `func f(o *domain.Order) { o.Title = "x" }`,
		"store/parcels.go":   `func scanParcel(p *domain.Parcel) { p.State = "shipped" }`,
		"app/ingest/jd.go":   `func f(p *domain.PlatformFacts) { p.Audit = "paid" }`,
	} {
		require.Empty(t, checkStateChanges(must(t, path, use+code), fields), path)
	}
	require.Empty(t, checkStateChanges(must(t, "ui/kit/list.go", `func f(b *bar) { b.State = 3 }`), fields),
		"a file that does not know domain has other states")
}
