package core

import "sync"

// Bus hands committed changes to whoever watches. Subscribers are called on
// the publisher's goroutine and must return at once (kit.Env queues them).
type Bus struct {
	mu   sync.Mutex // guards next and subs
	next int
	subs map[int]func([]Change)
}

// NewBus makes an empty bus.
func NewBus() *Bus { return &Bus{subs: map[int]func([]Change){}} }

// Subscribe calls fn for every batch of changes until the returned stop is called.
func (b *Bus) Subscribe(fn func([]Change)) (stop func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	id := b.next
	b.next++
	b.subs[id] = fn
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.subs, id)
	}
}

// Publish hands a batch of committed changes to every subscriber.
func (b *Bus) Publish(changes []Change) {
	if len(changes) == 0 {
		return
	}
	b.mu.Lock()
	subs := make([]func([]Change), 0, len(b.subs))
	for _, fn := range b.subs {
		subs = append(subs, fn)
	}
	b.mu.Unlock()
	for _, fn := range subs {
		fn(changes)
	}
}
