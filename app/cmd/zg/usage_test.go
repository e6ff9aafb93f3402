package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWrongUsage_EachMistake_ExitTwoNamesTheWord needs no shop: words are judged
// before anything is opened.
func TestWrongUsage_EachMistake_ExitTwoNamesTheWord(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		words []string
		named string
	}{
		"no command":            {nil, "No command"},
		"unknown command":       {[]string{"frobnicate"}, "frobnicate"},
		"unknown help":          {[]string{"help", "frobnicate"}, "frobnicate"},
		"unknown flag":          {[]string{"list", "orders", "--sideways"}, "--sideways"},
		"unknown global flag":   {[]string{"--sideways", "list", "orders"}, "--sideways"},
		"flag without value":    {[]string{"list", "orders", "--limit"}, "--limit"},
		"number expected":       {[]string{"list", "orders", "--limit", "few"}, "few"},
		"limit below zero":      {[]string{"list", "orders", "--limit", "-5"}, "-5"},
		"offset below zero":     {[]string{"list", "orders", "--offset", "-1"}, "-1"},
		"boolean with word":     {[]string{"list", "orders", "--desc=perhaps"}, "perhaps"},
		"language":              {[]string{"version", "--lang", "fr"}, "fr"},
		"unknown list":          {[]string{"list", "people"}, "people"},
		"list without name":     {[]string{"list"}, "1"},
		"two lists":             {[]string{"list", "orders", "lines"}, "lines"},
		"unknown field":         {[]string{"list", "orders", "--where", "colour = red"}, "colour"},
		"unknown staff field":   {[]string{"list", "staff", "--where", "colour = red"}, "colour"},
		"unknown audit field":   {[]string{"list", "audit", "--where", "args = x"}, "args"},
		"unknown sort":          {[]string{"list", "skus", "--sort", "colour"}, "colour"},
		"condition without op":  {[]string{"list", "orders", "--where", "stage shipped"}, "stage shipped"},
		"condition w/o field":   {[]string{"list", "orders", "--where", "= shipped"}, "= shipped"},
		"operator alone":        {[]string{"list", "orders", "--where", "stage ! shipped"}, "stage ! shipped"},
		"init without shop":     {[]string{"init", "--owner", "Zhao"}, "--shop"},
		"init without owner":    {[]string{"init", "--shop", "S"}, "--owner"},
		"init with words":       {[]string{"init", "S", "--shop", "S", "--owner", "Z"}, "“S”"},
		"demo orders":           {[]string{"demo", "--orders", "many"}, "many"},
		"demo until":            {[]string{"demo", "--until", "tomorrow"}, "tomorrow"},
		"import nothing":        {[]string{"import"}, "1"},
		"import channel":        {[]string{"import", "a.csv", "--channel", "moon"}, "moon"},
		"import rate":           {[]string{"import", "a.csv", "--rate", "x1"}, "x1"},
		"rejects of two":        {[]string{"import", "a.csv", "b.csv", "--rejects", "c.csv"}, "--rejects"},
		"template kind":         {[]string{"template", "orders", "a.xlsx"}, "orders"},
		"template file":         {[]string{"template", "products"}, "2"},
		"receive without qty":   {[]string{"receive", "CUP-1"}, "2"},
		"receive cost":          {[]string{"receive", "CUP-1", "3", "--cost", "1.50"}, "1.50"},
		"adjust without reason": {[]string{"adjust", "CUP-1", "-3"}, "--reason"},
		"adjust reason":         {[]string{"adjust", "CUP-1", "-3", "--reason", "whim"}, "whim"},
		"ship without courier":  {[]string{"ship", "1", "--waybill", "2"}, "--courier"},
		"ship without waybill":  {[]string{"ship", "1", "--courier", "yto"}, "--waybill"},
		"ship without order":    {[]string{"ship", "--courier", "yto", "--waybill", "2"}, "1"},
		"ship list and order":   {[]string{"ship", "1", "--list", "f"}, "“1”"},
		"undo what":             {[]string{"undo", "everything", "1"}, "everything"},
		"undo nothing":          {[]string{"undo", "shipment"}, "2"},
		"return without line":   {[]string{"return", "W"}, "2"},
		"waybills without out":  {[]string{"waybills", "tmall"}, "--out"},
		"split one parcel":      {[]string{"split", "1", "1:1"}, "3"},
		"unsplit with parcels":  {[]string{"split", "1", "--undo", "1:1"}, "1:1"},
		"merge one":             {[]string{"merge", "1"}, "2"},
		"map without sku":       {[]string{"map", "tmall", "X"}, "3"},
		"staff verb":            {[]string{"staff", "dismiss", "Li"}, "dismiss"},
		"staff role":            {[]string{"staff", "add", "Li", "--role", "king"}, "king"},
		"staff right":           {[]string{"staff", "grant", "Li", "moon.view"}, "moon.view"},
		"staff nothing granted": {[]string{"staff", "grant", "Li"}, "3"},
		"setting key":           {[]string{"setting", "moon.phase"}, "moon.phase"},
		"report what":           {[]string{"report", "moods"}, "moods"},
		"report by":             {[]string{"report", "sales", "--by", "mood"}, "mood"},
		"report ending":         {[]string{"report", "sales", "--out", "a.doc"}, "a.doc"},
		"version with words":    {[]string{"version", "now"}, "now"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			r := d.fails(2, c.words...)
			require.Contains(t, r.err, c.named)
			require.Contains(t, r.err, "zg ")
			require.Empty(t, r.out)
			noHan(t, r.err)

			var doc struct{ Error wrong }
			j := d.fails(2, append([]string{"--json"}, c.words...)...)
			require.NoError(t, json.Unmarshal([]byte(j.out), &doc), j.out)
			require.Equal(t, codeUsage, doc.Error.Code)
			require.NotEmpty(t, doc.Error.Message)
			require.Empty(t, j.err)
			require.NoFileExists(t, d.data)
		})
	}
}

// TestWrongUsage_SeenOnlyWithData are the mistakes that the data must be open for.
func TestWrongUsage_SeenOnlyWithData(t *testing.T) {
	t.Parallel()
	d := newDesk(t).founded().stocked()
	d.ok("import", d.orderFile("pdd_orders", "pdd.csv", placed("260422-607198974342268")))
	for _, c := range []struct {
		named string
		words []string
	}{
		{"dreaming", []string{"list", "orders", "--chip", "dreaming"}},
		{"many", []string{"list", "orders", "--where", "units > many"}},
		{"~", []string{"list", "orders", "--where", "units ~ 3"}},
		{"soon", []string{"list", "staff", "--where", "locked_until_ms > soon"}},
		{"x", []string{"receive", "CUP-1", "x"}},
		{"--value", []string{"opening", "CUP-1", "3"}},
		{"--good", []string{"return", "YT1", "1"}},
		{"1-1", []string{"ship", "260422-607198974342268", "--courier", "yto", "--waybill", "YT8800000000001", "--line", "1-1"}},
		{"1:none", []string{"ship", "260422-607198974342268", "--courier", "yto", "--waybill", "YT8800000000001", "--line", "1:none"}},
		{"yesterday", []string{"report", "daily", "--from", "yesterday"}},
		{"noon", []string{"hold", "260422-607198974342268", "--reason", "r", "--until", "noon"}},
	} {
		r := d.fails(2, c.words...)
		require.Contains(t, r.err, c.named, c.words)
	}
}

func TestParse_FlagsAnywhere_NumbersAreNoFlags(t *testing.T) {
	t.Parallel()
	for _, words := range [][]string{
		{"--n", "3", "A", "-5", "--b", "B"}, {"A", "--b", "-5", "B", "--n=3"}, {"A", "-n", "3", "-b=true", "-5", "B"}, {"-b", "--n", "3", "--", "A", "-5", "B"},
	} {
		f := newFlags()
		n, b := f.Int("n", 0, ""), f.Bool("b", false, "")
		rest, err := parse(f, words, false)
		require.NoError(t, err)
		require.Equal(t, []string{"A", "-5", "B"}, rest)
		require.Equal(t, 3, *n)
		require.True(t, *b)
	}
}

func TestParseWhere_Operators_Read(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][3]string{
		"stage = to_ship": {"stage", "=", "to_ship"}, "units>=3": {"units", ">=", "3"}, "units <= -3": {"units", "<=", "-3"}, "a!=b": {"a", "!=", "b"},
		"title ~ a = b": {"title", "~", "a = b"}, "note = ''": {"note", "=", ""}, `note = " x "`: {"note", "=", " x "}, "note =": {"note", "=", ""}, "n<5": {"n", "<", "5"}, "n > 5": {"n", ">", "5"},
	} {
		c, err := parseWhere(text)
		require.NoError(t, err, text)
		require.Equal(t, want, [3]string{c.Field, c.Op, c.Value}, text)
	}
}
