package ids

import (
	"encoding/binary"
	"math/rand/v2"
	"sync"
)

// Seeded makes the same ids for the same seed (example shop, tests). The ids
// have the form of UUIDv7 and rise, so that they sort in the order they were made.
type Seeded struct {
	mu sync.Mutex // guards rnd and n
	n  uint64
	r  *rand.Rand
}

// NewSeeded makes a source that repeats itself for the same seed.
func NewSeeded(seed uint64) *Seeded {
	return &Seeded{r: rand.New(rand.NewPCG(seed, 0x7a68616e67677569))}
}

// NewID makes the next id.
func (s *Seeded) NewID() [16]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	var id [16]byte
	binary.BigEndian.PutUint64(id[:8], (0x0190_0000_0000+s.n>>12)<<16|0x7000|s.n&0xfff)
	binary.BigEndian.PutUint64(id[8:], s.r.Uint64()&^(3<<62)|2<<62)
	return id
}
