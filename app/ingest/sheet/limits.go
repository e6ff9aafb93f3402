package sheet

// The limits and why they stand where they stand.
const (
	// MaxFile is far above any export seen (a million orders are ~150 MB of CSV).
	MaxFile = 300 << 20
	// MaxCell is the longest text of one cell in UTF-8 bytes; the longest
	// honest cells are remarks of a few KB.
	MaxCell = 64 << 10
	// MaxRow is the sum of one row's texts in bytes.
	MaxRow = 1 << 20
	// MaxColumns is Excel's own last column, XFD.
	MaxColumns = 16384
	// MaxRowNumber is Excel's own last row.
	MaxRowNumber = 1 << 20
	// MaxUnzipped is the size of all parts of an xlsx together when unpacked.
	MaxUnzipped = 512 << 20
	// MaxRatio is how much bigger a part may be than its packed form; real
	// sheets stay under 60, bombs reach 1000.
	MaxRatio = 200
	// RatioFloor is the part size under which the ratio says nothing.
	RatioFloor = 1 << 20
	// MaxParts is the number of files inside an xlsx (pictures included).
	MaxParts = 65535
	// MaxSharedText is the size of the shared string table; it is held in memory.
	MaxSharedText = 128 << 20
	// MaxSharedStrings is the count of shared strings; each costs 16 bytes more.
	MaxSharedStrings = 5_000_000
	// MaxXLS is the size of the workbook stream of an old xls, held in memory;
	// its 65,536 rows rarely need 30 MB.
	MaxXLS = 64 << 20
	// MaxSheets is the number of sheets in a book.
	MaxSheets = 1024
)

// Limits bounds what a file may cost. Take DefaultLimits and change single
// fields: a zero field allows nothing.
type Limits struct {
	File          int64 // bytes of the file
	Cell          int   // bytes of one cell's text
	Row           int   // bytes of one row's texts
	Columns       int   // cells of one row
	RowNumber     int   // highest row number of a workbook's sheet
	Unzipped      int64 // bytes of all parts of an xlsx, unpacked
	Ratio         int64 // unpacked to packed size of one part
	Parts         int   // files inside an xlsx
	SharedText    int64 // bytes of the shared string table
	SharedStrings int   // count of shared strings
	XLS           int64 // bytes of the workbook stream of an old xls
	Sheets        int   // sheets of one book
}

// DefaultLimits are the limits of the program.
func DefaultLimits() Limits {
	return Limits{
		File: MaxFile, Cell: MaxCell, Row: MaxRow, Columns: MaxColumns, RowNumber: MaxRowNumber,
		Unzipped: MaxUnzipped, Ratio: MaxRatio, Parts: MaxParts,
		SharedText: MaxSharedText, SharedStrings: MaxSharedStrings, XLS: MaxXLS, Sheets: MaxSheets,
	}
}
