package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"zhanggui/app/fault"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

// errSealMoved says that another process has sealed meanwhile: ours is void,
// its rows are sealed.
var errSealMoved = errors.New("store: sealed by another process")

// sealRows is the most rows of one ledger in one seal (postings go with their
// entries): a seal stays small enough to read at once.
const sealRows = 50_000

// markBytes is how many bytes of the running hash a seal keeps for every row:
// enough to name the row at which the chain first breaks (the whole hash at the
// end proves that it does).
const markBytes = 2

// ledger is one append-only table as the seals read it.
type ledger struct {
	table   string
	columns []string // the first is the number that orders the rows
	order   string
}

// The sealed tables. The order of the columns is part of the hash.
var (
	auditLedger = ledger{"audit_log", []string{
		"seq", "at_ms", "actor_id", "actor", "role", "action", "entity", "entity_id", "msg", "args",
		"before_json", "after_json", "desk", "version",
	}, "seq"}
	moveLedger = ledger{"stock_moves", []string{
		"seq", "warehouse", "sku_id", "at_ms", "biz_day", "reason", "qty", "value_fen", "balance_qty",
		"balance_fen", "unsaleable", "ref_kind", "ref_id", "number", "line_id", "note", "actor_id", "actor", "reverses_seq",
	}, "seq"}
	entryLedger = ledger{"journal_entries", []string{
		"seq", "at_ms", "biz_day", "kind", "ref_kind", "ref_id", "number", "reverses_seq",
		"actor_id", "actor",
	}, "seq"}
	postingLedger = ledger{
		"postings",
		[]string{"entry_seq", "no", "biz_day", "account", "channel", "shop_id", "sku_id", "qty", "amount_fen"},
		"entry_seq, no",
	}
	importLedger = ledger{"import_rows", []string{
		"seq", "import_id", "file_rows", "result", "ref_kind", "ref_id", "number", "col", "value",
		"code", "msg", "args", "before_json", "after_json",
	}, "seq"}
	ledgers = []ledger{auditLedger, moveLedger, entryLedger, postingLedger, importLedger}
)

// each calls fn with the number and the text of every row with from < number
// <= to, in order, at most limit rows (0 for all). A text says everything in the
// row without ambiguity: every value with its length before it, "-" for NULL.
func (l ledger) each(ctx context.Context, q sqlkit.Q, from, to int64, limit int, fn func(key int64, text []byte) error) error {
	query := `SELECT ` + strings.Join(l.columns, ", ") + ` FROM ` + l.table + ` WHERE ` + l.columns[0] + ` > $1 AND ` + l.columns[0] + ` <= $2 ORDER BY ` + l.order
	if limit > 0 {
		query += ` LIMIT ` + strconv.Itoa(limit)
	}
	values := make([]sql.RawBytes, len(l.columns))
	dest := make([]any, len(values))
	for i := range values {
		dest[i] = &values[i]
	}
	var text []byte
	return sqlkit.Each(ctx, q, func(row sqlkit.Scanner) error {
		if err := row.Scan(dest...); err != nil {
			return err
		}
		text = text[:0]
		for _, v := range values {
			if v == nil {
				text = append(text, '-')
				continue
			}
			text = append(append(strconv.AppendInt(text, int64(len(v)), 10), ':'), v...)
		}
		key, err := strconv.ParseInt(string(values[0]), 10, 64)
		if err != nil {
			return err
		}
		return fn(key, text)
	}, query, from, to)
}

// sealHead is what a seal says about one ledger.
type sealHead struct {
	From  int64  `json:"from"` // the first number after the last seal
	To    int64  `json:"to"`   // the last number sealed
	Count int64  `json:"count"`
	Hash  string `json:"hash"`  // running hash after the last row
	Marks string `json:"marks"` // markBytes of the running hash after each row, base64
}

// seal is one row of audit_seals.
type seal struct {
	seq   int64
	at    when.Millis
	heads string
	prev  string
	hash  string
}

func scanSeal(s sqlkit.Scanner) (seal, error) {
	var v seal
	err := s.Scan(&v.seq, &v.at, &v.heads, &v.prev, &v.hash)
	return v, err
}

// sum is the hash that the row must carry.
func (v seal) sum() string {
	h := sha256.New()
	for _, part := range []string{v.prev, strconv.FormatInt(int64(v.at), 10), v.heads} {
		h.Write([]byte(strconv.Itoa(len(part)) + ":" + part))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// read unpacks the heads.
func (v seal) read() (map[string]sealHead, error) {
	heads := map[string]sealHead{}
	err := json.Unmarshal([]byte(v.heads), &heads)
	return heads, err
}

// Seal hashes the ledger rows committed since the last seal. It reads on a
// snapshot, so that nobody waits for it, and writes one small row for every
// sealRows rows. Another process that seals at the same time does no harm.
func (s *store) Seal(ctx context.Context) error {
	if err := s.usable(true); err != nil {
		return err
	}
	bounds, err := s.sealBounds(ctx)
	if err != nil {
		return s.fault(err)
	}
	for {
		more, err := s.sealOnce(ctx, bounds)
		if errors.Is(err, errSealMoved) || fault.Is(err, fault.Busy) {
			return nil // another process is at it; what it leaves is taken next time
		}
		if err != nil || !more {
			return err
		}
	}
}

// sealOnce makes one seal; more tells that rows are left.
func (s *store) sealOnce(ctx context.Context, bounds map[string]int64) (more bool, err error) {
	next := seal{at: s.opt.Clock.Now()}
	rows := 0
	err = s.run(ctx, false, func(ses *session) error {
		last, heads, err := lastSeal(ctx, ses)
		if err != nil {
			return err
		}
		next.prev = last.hash
		for _, l := range ledgers {
			bound, limit := bounds[l.table], sealRows
			if l.table == postingLedger.table { // whole entries only
				bound, limit = heads[entryLedger.table].To, 0
			}
			h, n, err := sealLedger(ctx, ses, l, heads[l.table], bound, limit)
			if err != nil {
				return err
			}
			rows += n
			more = more || (limit > 0 && n == limit)
			heads[l.table] = h
		}
		b, err := json.Marshal(heads)
		next.heads = string(b)
		return err
	})
	if err != nil || rows == 0 {
		return false, err
	}
	next.hash = next.sum()
	return more, s.run(ctx, true, func(ses *session) error {
		last, _, err := lastSeal(ctx, ses)
		if err != nil {
			return err
		}
		if last.hash != next.prev {
			return errSealMoved
		}
		_, err = ses.Insert(ctx, `INSERT INTO audit_seals (at_ms, heads, prev_hash, hash) VALUES ($1, $2, $3, $4)`,
			next.at, next.heads, next.prev, next.hash)
		return err
	})
}

// lastSeal gives the newest seal and its heads; without one both are empty.
func lastSeal(ctx context.Context, q sqlkit.Q) (seal, map[string]sealHead, error) {
	v, err := sqlkit.One(ctx, q, scanSeal, `SELECT seq, at_ms, heads, prev_hash, hash FROM audit_seals ORDER BY seq DESC LIMIT 1`)
	if errors.Is(err, sqlkit.ErrNone) {
		return seal{}, map[string]sealHead{}, nil
	}
	if err != nil {
		return v, nil, err
	}
	heads, err := v.read()
	return v, heads, err
}

// sealLedger hashes the next rows of one ledger on top of its last head.
func sealLedger(ctx context.Context, q sqlkit.Q, l ledger, was sealHead, bound int64, limit int) (sealHead, int, error) {
	c := newChain(was.Hash)
	head := sealHead{From: was.To + 1, To: was.To, Hash: was.Hash}
	err := l.each(ctx, q, was.To, bound, limit, func(key int64, text []byte) error {
		c.add(text)
		head.To = key
		return nil
	})
	if err != nil || c.n == 0 {
		return head, 0, err
	}
	head.Count, head.Hash, head.Marks = int64(c.n), c.hex(), base64.RawStdEncoding.EncodeToString(c.marks)
	return head, c.n, nil
}

// chain is a running hash: each row is hashed together with the hash before it.
type chain struct {
	sum   [sha256.Size]byte
	buf   []byte
	marks []byte
	n     int
}

func newChain(head string) *chain {
	c := &chain{}
	if b, err := hex.DecodeString(head); err == nil {
		copy(c.sum[:], b)
	}
	return c
}

func (c *chain) add(text []byte) {
	c.buf = append(append(c.buf[:0], c.sum[:]...), text...)
	c.sum = sha256.Sum256(c.buf)
	c.marks = append(c.marks, c.sum[:markBytes]...)
	c.n++
}

func (c *chain) hex() string { return hex.EncodeToString(c.sum[:]) }
