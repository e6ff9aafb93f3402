package demo

import (
	"encoding/json"

	"zhanggui/app/auth"
	"zhanggui/app/money"
	"zhanggui/assets"
)

// words is the text of the example shop, in the language of its customers.
type words struct {
	Shop  string      `json:"shop"`
	Staff [][3]string `json:"staff"` // name, role, PIN
	Goods []struct {
		Title    string    `json:"title"`
		Brand    string    `json:"brand"`
		Category string    `json:"category"`
		Specs    []string  `json:"specs"`
		PriceFen money.Fen `json:"price_fen"`
		WeightG  int64     `json:"weight_g"`
	} `json:"goods"`
	Styles []string `json:"styles"`
	People struct {
		Surnames []string `json:"surnames"`
		Given    []string `json:"given"`
	} `json:"people"`
	Places []struct {
		Province string   `json:"province"`
		Cities   []string `json:"cities"`
	} `json:"places"`
	Districts   []string `json:"districts"`
	Streets     []string `json:"streets"`
	BuyerNotes  []string `json:"buyer_notes"`
	SellerNotes []string `json:"seller_notes"`
	Kits        []struct {
		Code, Title, Spec string
	} `json:"kits"`
	Gift          string            `json:"gift"`
	HoldReason    string            `json:"hold_reason"`
	ReleaseReason string            `json:"release_reason"`
	CancelReason  string            `json:"cancel_reason"`
	UnknownTitle  string            `json:"unknown_title"`
	ShopNames     map[string]string `json:"shop_names"`
}

func loadWords() (words, error) {
	var w words
	err := json.Unmarshal(assets.DemoShop, &w)
	return w, err
}

// Person is one of the example shop's five, with the PIN that demo prints.
type Person struct {
	Name string    `json:"name"`
	Role auth.Role `json:"role"`
	PIN  string    `json:"pin"`
}

// People lists the five of the example shop.
func People() ([]Person, error) {
	w, err := loadWords()
	if err != nil {
		return nil, err
	}
	list := make([]Person, 0, len(w.Staff))
	for _, s := range w.Staff {
		list = append(list, Person{Name: s[0], Role: auth.Role(s[1]), PIN: s[2]})
	}
	return list, nil
}

// channels are where the example shop sells, with their share of a hundred orders.
var channels = []struct {
	code  string
	share int
}{{"tmall", 42}, {"jd", 22}, {"pdd", 21}, {"douyin", 15}}

// couriers are whom it ships with, and the head of their numbers.
var couriers = []struct {
	code, head string
	digits     int
}{{"zto", "78", 12}, {"yto", "YT", 13}, {"sf", "SF1", 12}, {"yunda", "43", 13}}

// hours is how many of a hundred orders come in each hour of the day.
var hours = [24]int{2, 1, 1, 0, 0, 1, 2, 3, 4, 6, 7, 6, 5, 5, 5, 5, 5, 5, 5, 7, 9, 8, 5, 3}
