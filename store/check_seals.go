package store

import (
	"encoding/base64"

	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

// sealPage is how many seals are read at once; a seal may hold a megabyte.
const sealPage = 10

// checkSeals is I7: the chain of seals holds from its beginning (or from the
// last clean full check on), every sealed row is as it was sealed, none is
// missing and none was slipped in. A chain cut off at its end is found by the
// heads that backups have kept.
func (c *checking) checkSeals() error {
	w := &sealWalk{c: c, seals: c.finding("I7 seals"), rows: map[string]*finding{}, heads: map[string]sealHead{}}
	for _, l := range ledgers {
		w.rows[l.table] = c.finding("I7 " + l.table + " as sealed")
	}
	if err := w.start(); err != nil {
		return err
	}
	for {
		list, err := sqlkit.Rows(c.ctx, c.ses, scanSeal, `SELECT seq, at_ms, heads, prev_hash, hash FROM audit_seals WHERE seq > $1 ORDER BY seq LIMIT 10`, w.last.seq)
		if err != nil {
			return err
		}
		for _, v := range list {
			if err := w.check(v); err != nil {
				return err
			}
			c.within(v.seq-c.since.Seal, c.now.Seal-c.since.Seal)
		}
		if len(list) < sealPage {
			break
		}
	}
	if err := w.unsealed(); err != nil {
		return err
	}
	return w.outside()
}

// sealWalk verifies seal after seal.
type sealWalk struct {
	c     *checking
	seals *finding
	rows  map[string]*finding
	last  seal
	heads map[string]sealHead // of the last seal
}

// start begins after the seal that the last clean full check had verified.
func (w *sealWalk) start() error {
	if w.c.since.Seal == 0 {
		return nil
	}
	list, err := sqlkit.Rows(w.c.ctx, w.c.ses, scanSeal, `SELECT seq, at_ms, heads, prev_hash, hash FROM audit_seals WHERE seq = $1`, w.c.since.Seal)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		w.seals.broke("seal", w.c.since.Seal, "row", "missing")
		return nil
	}
	w.last = list[0]
	heads, err := w.last.read()
	if err != nil {
		w.seals.broke("seal", w.last.seq, "heads", "unreadable")
		return nil
	}
	w.heads = heads
	return nil
}

// check verifies one seal and the rows that it covers.
func (w *sealWalk) check(v seal) error {
	w.seals.count++
	if v.prev != w.last.hash {
		w.seals.broke("seal", v.seq, "prev", "broken")
	}
	if v.sum() != v.hash {
		w.seals.broke("seal", v.seq, "hash", "broken")
	}
	heads, err := v.read()
	if err != nil {
		w.seals.broke("seal", v.seq, "heads", "unreadable")
		w.last = v
		return nil
	}
	for _, l := range ledgers {
		was, head := w.heads[l.table], heads[l.table]
		if head.From != was.To+1 || head.To < was.To {
			w.seals.broke("seal", v.seq, "ledger", l.table, "from", head.From, "want", was.To+1)
		}
		if err := w.checkRows(l, was, head); err != nil {
			return err
		}
	}
	w.last, w.heads = v, heads
	return nil
}

// checkRows hashes the rows of one range again and names the first at which
// the running hash leaves the one that was sealed.
func (w *sealWalk) checkRows(l ledger, was, head sealHead) error {
	f := w.rows[l.table]
	marks, err := base64.RawStdEncoding.DecodeString(head.Marks)
	if err != nil {
		marks = nil
	}
	c := newChain(was.Hash)
	bad := int64(0)
	err = l.each(w.c.ctx, w.c.ses, was.To, head.To, 0, func(key int64, text []byte) error {
		f.count++
		c.add(text)
		if at := c.n * markBytes; bad == 0 && (at > len(marks) || string(marks[at-markBytes:at]) != string(c.sum[:markBytes])) {
			bad = key
		}
		c.marks = c.marks[:0] // only sealing keeps them
		return nil
	})
	if err != nil {
		return err
	}
	if int64(c.n) == head.Count && (c.n == 0 || c.hex() == head.Hash) {
		return nil
	}
	if bad == 0 {
		bad = head.To // rows are missing at the end of the range
	}
	f.broke("ledger", l.table, "seq", bad, "rows", c.n, "sealed", head.Count)
	return nil
}

// unsealed counts the rows after the last seal: they are safe only from the
// next seal on (DECIDED 14).
func (w *sealWalk) unsealed() error {
	f := w.c.finding("I7 rows not yet sealed")
	for _, l := range ledgers {
		n, err := w.c.number(`SELECT COUNT(`+l.columns[0]+`) FROM `+l.table+` WHERE `+l.columns[0]+` > $1`, w.heads[l.table].To)
		if err != nil {
			return err
		}
		f.count += n
	}
	if f.count > 0 {
		f.note = "store.note.unsealed"
	}
	return nil
}

// outside looks for the heads that finished backups of this data have noted.
// Backups made before the data began or before it was restored from another
// copy know of seals that are rightly not there.
func (w *sealWalk) outside() error {
	f := w.c.finding("I7 heads kept in backups")
	began, err := w.c.number(`SELECT CAST(COALESCE(MAX(at_ms), 0) AS BIGINT) FROM audit_log WHERE msg = 'audit.restored' OR seq = (SELECT MIN(seq) FROM audit_log)`)
	if err != nil {
		return err
	}
	for _, b := range backups(w.c.s.backupFolder(), w.c.s.place()) {
		if b.SealHead == "" || b.At <= when.Millis(began) {
			continue
		}
		f.count++
		n, err := w.c.number(`SELECT COUNT(seq) FROM audit_seals WHERE hash = $1`, b.SealHead)
		if err != nil {
			return err
		}
		if n == 0 {
			f.broke("backup", b.Path, "at", b.At.Minute(), "head", b.SealHead)
		}
	}
	return nil
}
