// Package dash gives the home screen its figures: the sales of a period beside
// those before it, the work that waits for a post in the order it is due, and
// the wave that leaves next. Every figure comes from a kept sum or an index;
// each kind of work is left out for people who may not see what is behind it.
// It may import levels 0 to 3.
package dash
