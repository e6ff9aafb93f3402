package auth

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"zhanggui/app/fault"
)

// Params is the work one PIN hash costs (argon2id, RFC 9106). A stored hash
// carries its own, so raising them later never locks anybody out: CheckPIN
// then asks for a rehash.
type Params struct {
	MemoryKiB uint32 // memory in KiB
	Passes    uint32 // passes over that memory
	Threads   uint8  // lanes; 1, because the desks have two cores
}

// Standard is what the program uses: 64 MiB and 3 passes, about 0.3 s on a
// plain PC (QUALITY R21; OWASP's least is 19 MiB and 2 passes).
func Standard() Params { return Params{MemoryKiB: 64 * 1024, Passes: 3, Threads: 1} }

// Cheap is for tests, which sign in thousands of times. Never store it for a real shop:
// the next sign-in there would rehash it.
func Cheap() Params { return Params{MemoryKiB: 64, Passes: 1, Threads: 1} }

// Sizes of a hash, and the most work a stored hash may ask for: a file that
// somebody has tampered with must not make the desk reserve gigabytes.
const (
	saltBytes    = 16
	minSaltBytes = 8 // RFC 9106's least
	keyBytes     = 32
	maxMemoryKiB = 1 << 20 // 1 GiB
	maxPasses    = 64
	maxThreads   = 16
)

// PINMax is the most digits a PIN may have; longer ones are typing mistakes.
const PINMax = 12

// HashPIN hashes a PIN with the Standard parameters into a PHC string,
// "$argon2id$v=19$m=65536,t=3,p=1$salt$key". It does not judge the PIN:
// ValidatePIN does. Errors: Internal when the system has no randomness.
func HashPIN(pin string) (string, error) { return Standard().Hash(pin) }

// CheckPIN tells whether pin is the one of hash. rehash is true when it is and
// the hash was made with less work than Standard: store HashPIN(pin) then.
// Errors: Invalid fault.auth.pin_damaged when hash is not one of ours (or none).
func CheckPIN(hash, pin string) (ok, rehash bool, err error) { return Standard().Check(hash, pin) }

// Hash hashes a PIN with these parameters.
// Errors: Internal when the system has no randomness.
func (p Params) Hash(pin string) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := rand.Read(salt); err != nil {
		return "", fault.Wrap(err, "pin salt")
	}
	h := hashed{params: p, salt: salt, key: p.key(pin, salt)}
	return h.String(), nil
}

// Check is CheckPIN measured against these parameters.
func (p Params) Check(hash, pin string) (ok, rehash bool, err error) {
	h, err := parseHash(hash)
	if err != nil {
		return false, false, err
	}
	if subtle.ConstantTimeCompare(h.key, h.params.key(pin, h.salt)) != 1 {
		return false, false, nil
	}
	return true, h.params.MemoryKiB < p.MemoryKiB || h.params.Passes < p.Passes, nil
}

func (p Params) key(pin string, salt []byte) []byte {
	return argon2.IDKey([]byte(pin), salt, p.Passes, p.MemoryKiB, p.Threads, keyBytes)
}

// hashed is a PHC string taken apart.
type hashed struct {
	params    Params
	salt, key []byte
}

// String prints the PHC form, base64 without padding.
func (h hashed) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		h.params.MemoryKiB, h.params.Passes, h.params.Threads, b64.EncodeToString(h.salt), b64.EncodeToString(h.key))
}

// parseHash reads what String printed, and nothing else: printing it again
// must give the same text, so that trailing rubbish or a second spelling is damage.
func parseHash(s string) (hashed, error) {
	damaged := fault.New(fault.Invalid, "fault.auth.pin_damaged")
	parts := strings.Split(s, "$")
	if len(parts) != 6 {
		return hashed{}, damaged
	}
	var h hashed
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.params.MemoryKiB, &h.params.Passes, &h.params.Threads); err != nil {
		return hashed{}, damaged.Because(err)
	}
	var errSalt, errKey error
	h.salt, errSalt = base64.RawStdEncoding.DecodeString(parts[4])
	h.key, errKey = base64.RawStdEncoding.DecodeString(parts[5])
	if errSalt != nil || errKey != nil || len(h.salt) < minSaltBytes || len(h.key) != keyBytes {
		return hashed{}, damaged
	}
	if !h.params.sane() || h.String() != s {
		return hashed{}, damaged
	}
	return h, nil
}

// sane keeps argon2 from panicking (0 passes, 0 threads) and from eating the machine.
func (p Params) sane() bool {
	return p.Passes >= 1 && p.Passes <= maxPasses && p.Threads >= 1 && p.Threads <= maxThreads &&
		p.MemoryKiB >= 8*uint32(p.Threads) && p.MemoryKiB <= maxMemoryKiB
}

// ValidatePIN judges a new PIN for a person of that role: digits only, long
// enough (Role.PINLength), at most PINMax, and none of those that everybody tries first.
// Errors: Invalid with the field "pin" set to fault.auth.pin_digits,
// fault.auth.pin_short (argument least), fault.auth.pin_long (most) or fault.auth.pin_weak.
func ValidatePIN(role Role, pin string) error {
	refuse := func(key string, pairs ...any) error {
		return fault.New(fault.Invalid, key, pairs...).Field("pin", key)
	}
	for _, c := range []byte(pin) {
		if c < '0' || c > '9' {
			return refuse("fault.auth.pin_digits")
		}
	}
	switch {
	case len(pin) < role.PINLength():
		return refuse("fault.auth.pin_short", "least", role.PINLength())
	case len(pin) > PINMax:
		return refuse("fault.auth.pin_long", "most", PINMax)
	case trivial(pin):
		return refuse("fault.auth.pin_weak")
	}
	return nil
}

// wellKnown are PINs that leaked lists show at the top and that no pattern below catches:
// the middle column of the keypad, and numbers that sound like words in Chinese.
var wellKnown = map[string]bool{
	"2580": true, "0852": true, "258000": true, "147258": true, "147369": true, "159357": true, "159753": true,
	"1314": true, "201314": true, "5201314": true, "1314520": true, "521314": true,
}

// trivial tells whether a PIN is one digit or a short block repeated (1111,
// 1212, 123123), pairs (1122), a run up or down (1234, 9876, 7890), or well known.
func trivial(pin string) bool {
	if wellKnown[pin] || isRun(pin, 1) || isRun(pin, 9) || isPairs(pin) {
		return true
	}
	for period := 1; period <= len(pin)/2; period++ {
		if pin[period:] == pin[:len(pin)-period] {
			return true
		}
	}
	return false
}

// isRun tells whether each digit is the one before plus step, modulo 10 (9 is one down).
func isRun(pin string, step byte) bool {
	for i := 1; i < len(pin); i++ {
		if (pin[i-1]-'0'+step)%10 != pin[i]-'0' {
			return false
		}
	}
	return true
}

// isPairs tells whether the digits come in twos that run up or down: 1122, 332211.
func isPairs(pin string) bool {
	if len(pin)%2 != 0 {
		return false
	}
	half := make([]byte, 0, len(pin)/2)
	for i := 0; i < len(pin); i += 2 {
		if pin[i] != pin[i+1] {
			return false
		}
		half = append(half, pin[i])
	}
	return isRun(string(half), 1) || isRun(string(half), 9)
}
