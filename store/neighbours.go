package store

import (
	"context"
	"math/rand/v2"
	"time"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

// heartbeat is how often a process says that it still has the data open.
const heartbeat = 30 * time.Second

// staleAfter is the silence after which a process no longer counts.
const staleAfter = 2 * when.Minute

// gone tells that a registered process of this computer has ended without
// saying goodbye: its number is free again, or it has been silent for long.
func gone(opt Options, pid int, seen int64) bool {
	return silent(opt, seen) || (pid != opt.PID && !alive(pid))
}

// silent tells that a process has not been heard of for longer than a missed beat or two.
func silent(opt Options, seen int64) bool {
	return opt.Clock.Now()-when.Millis(seen) > staleAfter
}

// enter registers this process, clears away what dead ones of this computer
// left, and keeps the heart beating.
func (s *store) enter(ctx context.Context) error {
	if s.opt.ReadOnly || s.opt.Process == "" {
		return nil
	}
	err := s.insist(ctx, func(ses *session) error {
		dead, ours, err := s.deadProcesses(ctx, ses)
		if err != nil {
			return err
		}
		for _, process := range dead {
			if _, err := ses.Exec(ctx, `DELETE FROM processes WHERE process = $1`, process); err != nil {
				return err
			}
		}
		s.unclean = s.unclean || ours
		return s.beat(ctx, ses)
	})
	if err != nil {
		return err
	}
	s.running.Add(1)
	go s.keepBeating()
	return nil
}

// deadProcesses names the processes of this computer that are gone, and those
// of others that have been silent for a day. here tells whether one of the former is among them.
func (s *store) deadProcesses(ctx context.Context, ses *session) (dead []string, here bool, err error) {
	now := s.opt.Clock.Now()
	err = sqlkit.Each(ctx, ses, func(row sqlkit.Scanner) error {
		var process, desk string
		var pid int
		var seen int64
		if err := row.Scan(&process, &desk, &pid, &seen); err != nil {
			return err
		}
		ours := desk == s.opt.Desk
		if (ours && gone(s.opt, pid, seen)) || (!ours && now-when.Millis(seen) > when.DaySpan) {
			dead, here = append(dead, process), here || ours
		}
		return nil
	}, `SELECT process, desk, pid, seen_ms FROM processes WHERE process <> $1`, s.opt.Process)
	return dead, here, err
}

// beat writes this process's row and notes whether others are there.
func (s *store) beat(ctx context.Context, ses *session) error {
	now := s.opt.Clock.Now()
	_, err := ses.Exec(ctx, `INSERT INTO processes (process, desk, person, pid, since_ms, seen_ms) VALUES ($1, $2, $3, $4, $5, $5)
		ON CONFLICT (process) DO UPDATE SET seen_ms = excluded.seen_ms`, s.opt.Process, s.opt.Desk, s.opt.User, s.opt.PID, now)
	if err != nil {
		return err
	}
	others, err := s.neighbours(ctx, ses)
	if e, ok := s.engine.(*sqliteEngine); ok && err == nil {
		e.crowded.Store(len(others) > 0)
	}
	return err
}

func (s *store) keepBeating() {
	defer s.running.Done()
	t := time.NewTicker(heartbeat)
	defer t.Stop()
	for {
		select {
		case <-s.life.Done():
			return
		case <-t.C:
			// A missed beat is made up by the next one; real trouble shows in the work itself.
			_ = transact(s.life, s.engine, true, func(ses *session) error { return s.beat(s.life, ses) })
			_ = s.tidy(s.life) // the same
		}
	}
}

// leave takes this process off the list. A failure only means that the next
// opening examines the file.
func (s *store) leave() {
	if s.opt.ReadOnly || s.opt.Process == "" || s.life.Err() != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeWait)
	defer cancel()
	_ = s.insist(ctx, func(ses *session) error {
		_, err := ses.Exec(ctx, `DELETE FROM processes WHERE process = $1`, s.opt.Process)
		return err
	})
}

// insistTries is how often the list of processes is written again after a
// serialization conflict: desks that open at the same moment all write it.
const insistTries = 20

// insist runs the store's own small transactions, which no engine tries again.
func (s *store) insist(ctx context.Context, fn func(ses *session) error) error {
	for try := 1; ; try++ {
		err := transact(ctx, s.engine, true, fn)
		if !fault.Is(err, fault.Busy) || try == insistTries {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Duration(5+rand.IntN(10*try)) * time.Millisecond):
		}
	}
}

// neighbours lists the other processes that have been heard of lately.
func (s *store) neighbours(ctx context.Context, ses *session) ([]core.Neighbour, error) {
	return sqlkit.Rows(ctx, ses, func(row sqlkit.Scanner) (core.Neighbour, error) {
		var n core.Neighbour
		err := row.Scan(&n.Desk, &n.User, &n.PID, &n.Since)
		return n, err
	}, `SELECT desk, person, pid, since_ms FROM processes WHERE process <> $1 AND seen_ms >= $2 ORDER BY since_ms, process`,
		s.opt.Process, s.opt.Clock.Now()-staleAfter)
}
