// Command empty is a window with nothing in it but our theme and font: what every
// program of the toolkit takes before it does anything. The benchmarks of the
// window are measured beside it; it is built with the tag e2e.
package main
