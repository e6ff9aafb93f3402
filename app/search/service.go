package search

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/pinyin"
)

// Service answers the command palette. Make it with New.
type Service struct{ e *core.Engine }

// New makes the service on the engine.
func New(e *core.Engine) *Service { return &Service{e: e} }

// Kind is what a hit is.
type Kind string

// The kinds of hits, in the order in which they are given.
const (
	Order   Kind = "order"
	Parcel  Kind = "parcel"
	Person  Kind = "person"
	SKU     Kind = "sku"
	Product Kind = "product"
)

// Hit is one record that was found. The row of its kind is set; a person is
// known by the newest order.
type Hit struct {
	Kind   Kind
	Find   string          // what the search of its list finds it by
	Order  *core.OrderRow  // of an order and a person
	Parcel *core.ParcelRow // of a parcel
	SKU    *core.SKURow    // of a SKU and a product
}

// Bounds of what is asked: a few of each kind, for a text somebody typed.
const (
	mostHits   = 20
	textLimit  = 100 // characters: the longest number is far shorter
	fewLetters = 2   // of a name: one letter is half of all people
)

// Find finds at most limit records of each kind for a text. It never fails for
// what the person may not see: that kind is left out. Names and phones find
// orders and people only for who may see them whole (orders.persons).
func (s *Service) Find(ctx context.Context, text string, limit int) ([]Hit, error) {
	return core.Read(ctx, s.e, auth.SelfManage, func(r core.Reads) ([]Hit, error) {
		actor, err := core.ActorOf(ctx, r)
		if err != nil {
			return nil, err
		}
		text := clean(text)
		if text == "" || limit <= 0 {
			return nil, nil
		}
		f := &finder{r: r, actor: actor, text: text, limit: min(limit, mostHits)}
		for _, step := range []func() error{f.orders, f.parcels, f.people, f.goods} {
			if err := step(); err != nil {
				return nil, err
			}
		}
		return f.hits, nil
	})
}

// clean takes the blanks out of a grouped number (3317 2204 5581 9560), makes
// wide letters narrow and cuts what nobody types.
func clean(text string) string {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > textLimit {
		text = string([]rune(text)[:textLimit])
	}
	text = strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' { // the wide forms of ASCII
			return r - '！' + '!'
		}
		return r
	}, text)
	joined := strings.Join(strings.Fields(text), "")
	if strings.Trim(joined, "0123456789") == "" {
		return joined
	}
	return text
}

// finder gathers the hits of one text.
type finder struct {
	r     core.Reads
	actor auth.Actor
	text  string
	limit int
	hits  []Hit
}

func (f *finder) may(a auth.Action) bool { return auth.Allows(f.actor, a) }

func (f *finder) orders() error {
	if !f.may(auth.OrdersView) {
		return nil
	}
	persons := f.may(auth.OrdersPersons)
	rows, err := f.r.Orders().Recall(f.text, persons, f.limit)
	for i := range rows {
		row := &rows[i]
		if !persons {
			mask(row)
		}
		f.hits = append(f.hits, Hit{Kind: Order, Find: row.Number, Order: row})
	}
	return err
}

func mask(row *core.OrderRow) {
	row.Receiver, row.Phone = domain.MaskName(row.Receiver), domain.MaskPhone(row.Phone)
}

func (f *finder) parcels() error {
	if !f.may(auth.ShippingView) {
		return nil
	}
	rows, err := f.r.Parcels().Recall(f.text, f.limit)
	for i := range rows {
		f.hits = append(f.hits, Hit{Kind: Parcel, Find: rows[i].Waybill, Parcel: &rows[i]})
	}
	return err
}

// people finds receivers by a part of the name or its pinyin initials: lm is 李明.
func (f *finder) people() error {
	if !f.may(auth.OrdersView) || !f.may(auth.OrdersPersons) || !nameLike(f.text) {
		return nil
	}
	want := domain.NormalCode(f.text)
	latin := strings.IndexFunc(want, func(r rune) bool { return r < 'a' || r > 'z' }) < 0
	rows, err := f.r.Orders().RecallPeople(func(name string) bool {
		if strings.Contains(domain.NormalCode(name), want) {
			return true
		}
		return latin && pinyin.Begins(name, want)
	}, f.text, f.limit)
	for i := range rows {
		f.hits = append(f.hits, Hit{Kind: Person, Find: rows[i].Receiver, Order: &rows[i]})
	}
	return err
}

// nameLike tells whether a text can be a name: letters, no digits, more than one.
func nameLike(text string) bool {
	for _, r := range text {
		if unicode.IsDigit(r) {
			return false
		}
	}
	return utf8.RuneCountInString(text) >= fewLetters
}

// goods finds SKUs by code, spec, title, pinyin initials and barcode, and the
// products that several of them belong to.
func (f *finder) goods() error {
	if !f.may(auth.CatalogView) {
		return nil
	}
	page, err := f.r.Catalog().List(core.Query{Search: f.text, Page: core.Page{Limit: 2 * f.limit}})
	if err != nil {
		return err
	}
	seen := map[string]int{}
	var skus, products []Hit
	for i := range page.Rows {
		row := &page.Rows[i]
		if len(skus) < f.limit {
			skus = append(skus, Hit{Kind: SKU, Find: row.Code, SKU: row})
		}
		id := row.Product.String()
		if seen[id]++; seen[id] == 2 && len(products) < f.limit {
			products = append(products, Hit{Kind: Product, Find: row.Title, SKU: row})
		}
	}
	f.hits = append(append(f.hits, skus...), products...)
	return nil
}
