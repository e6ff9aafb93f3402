package storetest

import (
	"context"
	"reflect"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
)

var cancelledTests = map[string]func(h *House){
	"EveryMethod_Stopped_SaysCancelled": everyMethodStopped,
}

// everyMethodStopped calls every method of every repository after the person
// pressed stop: none may swallow it, and nothing is written.
func everyMethodStopped(h *House) {
	o := h.Order()
	ctx, stop := context.WithCancel(context.Background())
	err := h.Store.Write(ctx, func(tx core.Tx) error {
		h.OK(tx.Orders().Insert([]*domain.Order{o}, ids.ImportID{}, Now))
		stop()
		h.callAll(reflect.ValueOf(&tx).Elem())
		return nil
	})
	require.Equal(h.T, fault.Cancelled, fault.From(err).Code)
	h.Read(func(r core.Reads) {
		found, err := r.Orders().FindByNumber(o.Number)
		h.OK(err)
		require.Empty(h.T, found)
	})

	ctx, stop = context.WithCancel(context.Background())
	err = h.Store.Read(ctx, func(r core.Reads) error {
		stop()
		h.callAll(reflect.ValueOf(&r).Elem())
		return nil
	})
	require.Equal(h.T, fault.Cancelled, fault.From(err).Code)
}

// callAll calls every method of every repository of a door.
func (h *House) callAll(door reflect.Value) {
	h.T.Helper()
	for i := range door.NumMethod() {
		repo := door.Method(i).Call(nil)[0]
		for j := range repo.NumMethod() {
			name := door.Type().Method(i).Name + "." + repo.Type().Method(j).Name
			method := repo.Method(j)
			args := make([]reflect.Value, method.Type().NumIn())
			for k := range args {
				args[k] = filledValue(method.Type().In(k))
			}
			results := method.Call(args)
			err, _ := results[len(results)-1].Interface().(error)
			require.Equal(h.T, fault.Cancelled, fault.From(err).Code, "%s: %v", name, err)
		}
	}
}

// filledValue makes a value that a method does something with: lists of one,
// numbers of one, texts of a letter.
func filledValue(t reflect.Type) reflect.Value {
	if t == reflect.TypeFor[*domain.Entry]() { // one without postings is refused before anything else
		return reflect.ValueOf(&domain.Entry{Postings: make([]domain.Posting, 1)})
	}
	if t == reflect.TypeFor[core.SalesBy]() {
		return reflect.ValueOf(core.BySKU)
	}
	v := reflect.New(t).Elem()
	switch t.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(t.Elem()))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(t, 1, 1))
		v.Index(0).Set(filledValue(t.Elem()))
	case reflect.Int64, reflect.Int:
		v.SetInt(1)
	case reflect.String:
		v.SetString("x")
	}
	return v
}
