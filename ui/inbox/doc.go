// Package inbox is the import inbox (导入): files dropped or chosen are
// recognised and compared before anything is written, committed with F9 and
// taken back as a whole. A file of unknown columns is mapped once. view.go maps
// files and records to texts and colours without a window.
package inbox
