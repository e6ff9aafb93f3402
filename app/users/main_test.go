package users_test

import (
	"context"
	"os"
	"testing"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/store/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// row reads a person's row past every right.
func row(f *apptest.Fixture, name string) *domain.Staff {
	return apptest.Look(f, func(r core.Reads) (*domain.Staff, error) { return r.Staff().ByName(name) })
}

// name is who has the post in the fixture.
func name(f *apptest.Fixture, role auth.Role) string { return f.Person(role).Name }

func nobody() context.Context { return context.Background() }
