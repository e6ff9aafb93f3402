// Package auth says who may do what: five roles, one list of actions and one
// table role × action. The engine (app/core) enforces it for every use case;
// the window asks the same Allows to hide what a person may not do, so the two
// cannot differ. Single rights can be granted or withdrawn per person
// (DECIDED 11). PINs are argon2id hashes (QUALITY R20, R21).
package auth
