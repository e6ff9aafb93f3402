package auth_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/fault"
)

func TestHash_RightAndWrongPIN(t *testing.T) {
	t.Parallel()
	p := auth.Cheap()
	hash, err := p.Hash("385216")
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$"), hash)

	ok, rehash, err := p.Check(hash, "385216")
	require.NoError(t, err)
	require.True(t, ok)
	require.False(t, rehash)

	for _, wrong := range []string{"385217", "", "38521", "3852160", " 385216"} {
		ok, rehash, err = p.Check(hash, wrong)
		require.NoError(t, err)
		require.False(t, ok, wrong)
		require.False(t, rehash)
	}
}

func TestHash_SamePINTwice_DiffersBySalt(t *testing.T) {
	t.Parallel()
	one, err := auth.Cheap().Hash("385216")
	require.NoError(t, err)
	two, err := auth.Cheap().Hash("385216")
	require.NoError(t, err)
	require.NotEqual(t, one, two)
}

func TestCheckPIN_StandardParameters(t *testing.T) {
	t.Parallel()
	hash, err := auth.HashPIN("385216")
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(hash, "$argon2id$v=19$m=65536,t=3,p=1$"), hash)

	ok, rehash, err := auth.CheckPIN(hash, "385216")
	require.NoError(t, err)
	require.True(t, ok)
	require.False(t, rehash)
}

// TestCheckPIN_ReferenceHash checks a hash of the reference implementation
// (phc-winner-argon2, src/test.c), so that ours are everybody's argon2id.
func TestCheckPIN_ReferenceHash(t *testing.T) {
	t.Parallel()
	const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"

	ok, rehash, err := auth.CheckPIN(reference, "password")

	require.NoError(t, err)
	require.True(t, ok)
	require.True(t, rehash, "2 passes are fewer than ours")
}

func TestCheckPIN_HashOfLessWork_AsksForRehash(t *testing.T) {
	t.Parallel()
	hash, err := auth.Cheap().Hash("385216")
	require.NoError(t, err)

	ok, rehash, err := auth.CheckPIN(hash, "385216")
	require.NoError(t, err)
	require.True(t, ok)
	require.True(t, rehash)

	ok, rehash, err = auth.CheckPIN(hash, "000000")
	require.NoError(t, err)
	require.False(t, ok)
	require.False(t, rehash, "a wrong PIN must not be stored again")
}

func TestCheckPIN_DamagedHash_Invalid(t *testing.T) {
	t.Parallel()
	good, err := auth.Cheap().Hash("385216")
	require.NoError(t, err)
	parts := strings.Split(good, "$")
	with := func(i int, v string) string {
		changed := append([]string{}, parts...)
		changed[i] = v
		return strings.Join(changed, "$")
	}
	for name, hash := range map[string]string{
		"none":             "",
		"plain":            "385216",
		"bcrypt":           "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
		"other kind":       with(1, "argon2i"),
		"other version":    with(2, "v=16"),
		"no parameters":    with(3, ""),
		"no passes":        with(3, "m=64,t=0,p=1"),
		"no threads":       with(3, "m=64,t=1,p=0"),
		"too many threads": with(3, "m=64,t=1,p=999"),
		"too little":       with(3, "m=7,t=1,p=1"),
		"eats the machine": with(3, "m=4294967295,t=1,p=1"),
		"takes for ever":   with(3, "m=64,t=4294967295,p=1"),
		"trailing text":    with(3, "m=64,t=1,p=1,x"),
		"salt no base64":   with(4, "!!!"),
		"salt short":       with(4, "AAAA"),
		"key no base64":    with(5, "!!!"),
		"key short":        with(5, "AAAA"),
		"padded":           good + "=",
		"cut off":          good[:len(good)-1],
	} {
		ok, rehash, err := auth.CheckPIN(hash, "385216")
		require.Equal(t, "fault.auth.pin_damaged", fault.Key(err), name)
		require.False(t, ok, name)
		require.False(t, rehash, name)
	}
}

func TestValidatePIN_ByRole(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		role auth.Role
		pin  string
		key  string
	}{
		{auth.Warehouse, "3852", ""},
		{auth.Service, "385216", ""},
		{auth.Promotion, "9174", ""},
		{auth.Supervisor, "385216", ""},
		{auth.Finance, "918273645", ""},
		{auth.Warehouse, "385", "fault.auth.pin_short"},
		{auth.Supervisor, "3852", "fault.auth.pin_short"},
		{auth.Finance, "38521", "fault.auth.pin_short"},
		{auth.Service, "", "fault.auth.pin_short"},
		{auth.Service, "3852169307418", "fault.auth.pin_long"},
		{auth.Service, "38a2", "fault.auth.pin_digits"},
		{auth.Service, "38 52", "fault.auth.pin_digits"},
		{auth.Service, "３８５２", "fault.auth.pin_digits"},
	} {
		err := auth.ValidatePIN(c.role, c.pin)
		require.Equal(t, c.key, fault.Key(err), "%s %q", c.role, c.pin)
		if c.key != "" {
			require.Equal(t, map[string]string{"pin": c.key}, fault.From(err).Fields)
		}
	}
	require.Equal(t, "6", fault.From(auth.ValidatePIN(auth.Finance, "1")).Args["least"])
	require.Equal(t, "12", fault.From(auth.ValidatePIN(auth.Finance, "3852169307418")).Args["most"])
}

func TestValidatePIN_Trivial_Weak(t *testing.T) {
	t.Parallel()
	for _, pin := range []string{
		"0000", "111111", "999999999999", "1234", "123456", "4321", "654321", "7890", "210987",
		"1212", "123123", "121212", "1122", "2211", "112233", "332211", "2580", "5201314", "147258",
	} {
		require.Equal(t, "fault.auth.pin_weak", fault.Key(auth.ValidatePIN(auth.Service, pin)), pin)
	}
	for _, pin := range []string{"3852", "1357", "1235", "112234", "112244", "907431", "1223"} {
		require.NoError(t, auth.ValidatePIN(auth.Service, pin), pin)
	}
}
