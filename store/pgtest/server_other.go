//go:build !unix

package pgtest

import "errors"

// start cannot hold a server of its own here.
func start() (admin string, stop func() error, err error) {
	return "", nil, errors.New("pgtest: on this system set " + EnvDSN + "=postgres://... to a running server")
}
