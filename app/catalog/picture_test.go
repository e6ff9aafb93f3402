package catalog_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
)

var (
	red  = color.NRGBA{R: 220, A: 255}
	blue = color.NRGBA{B: 220, A: 255}
)

// halves is a picture red at the left and blue at the right.
func halves(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := red
			if x >= w/2 {
				c = blue
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, img))
	return b.Bytes()
}

func jpegOf(t testing.TB, img image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}))
	return b.Bytes()
}

// held puts an EXIF orientation into a JPEG.
func held(file []byte, turn uint16) []byte {
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	tiff = binary.BigEndian.AppendUint16(tiff, turn)
	body := append([]byte("Exif\x00\x00"), append(tiff, 0, 0, 0, 0, 0, 0)...)
	out := append([]byte{}, file[:2]...)
	out = binary.BigEndian.AppendUint16(append(out, 0xff, 0xe1), uint16(len(body)+2))
	return append(append(out, body...), file[2:]...)
}

func unpack(t testing.TB, p domain.Picture) image.Image {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(p.JPEG))
	require.NoError(t, err)
	require.EqualValues(t, p.Width, img.Bounds().Dx())
	require.EqualValues(t, p.Height, img.Bounds().Dy())
	require.LessOrEqual(t, max(p.Width, p.Height), int64(domain.PictureSide))
	require.LessOrEqual(t, len(p.JPEG), domain.PictureBytes)
	return img
}

func isRed(c color.Color) bool { r, _, b, _ := c.RGBA(); return r > b }

func TestThumbnail_FitsAndKeepsItsShape(t *testing.T) {
	t.Parallel()
	p, err := catalog.Thumbnail(pngOf(t, halves(1200, 800)))
	require.NoError(t, err)
	img := unpack(t, p)
	require.Equal(t, image.Pt(480, 320), img.Bounds().Size())
	require.True(t, isRed(img.At(40, 160)))
	require.False(t, isRed(img.At(440, 160)))

	p, err = catalog.Thumbnail(pngOf(t, halves(3, 900)))
	require.NoError(t, err)
	require.EqualValues(t, 1, p.Width, "as narrow as it is, never nothing")
	p, err = catalog.Thumbnail(pngOf(t, halves(20, 10)))
	require.NoError(t, err)
	require.EqualValues(t, 20, p.Width, "a small one does not grow")
}

func TestThumbnail_Noise_IsSqueezedUntilItFits(t *testing.T) {
	t.Parallel()
	img := image.NewNRGBA(image.Rect(0, 0, 900, 900))
	r := rand.New(rand.NewPCG(1, 2))
	for i := range img.Pix {
		img.Pix[i] = uint8(r.IntN(256))
	}
	p, err := catalog.Thumbnail(pngOf(t, img))
	require.NoError(t, err)
	unpack(t, p)
}

func TestThumbnail_SeeThrough_IsWhite(t *testing.T) {
	t.Parallel()
	p, err := catalog.Thumbnail(pngOf(t, image.NewNRGBA(image.Rect(0, 0, 60, 60))))
	require.NoError(t, err)
	r, g, b, _ := unpack(t, p).At(30, 30).RGBA()
	require.Equal(t, []uint32{0xffff, 0xffff, 0xffff}, []uint32{r, g, b})
}

func TestThumbnail_Photo_StandsUpright(t *testing.T) {
	t.Parallel()
	file := jpegOf(t, halves(900, 600), 90)
	for turn, where := range map[uint16]struct{ w, h, redX, redY int }{
		1: {480, 320, 20, 160}, 2: {480, 320, 460, 160}, 3: {480, 320, 460, 160}, 4: {480, 320, 20, 160},
		5: {320, 480, 160, 20}, 6: {320, 480, 160, 20}, 7: {320, 480, 160, 460}, 8: {320, 480, 160, 460},
	} {
		p, err := catalog.Thumbnail(held(file, turn))
		require.NoError(t, err)
		img := unpack(t, p)
		require.Equal(t, image.Pt(where.w, where.h), img.Bounds().Size(), "turn %d", turn)
		require.True(t, isRed(img.At(where.redX, where.redY)), "turn %d", turn)
		require.False(t, isRed(img.At(where.w-1-where.redX, where.h-1-where.redY)), "turn %d", turn)
	}
}

func TestThumbnail_KeptOne_IsTakenAsItIs(t *testing.T) {
	t.Parallel()
	p, err := catalog.Thumbnail(pngOf(t, halves(1200, 800)))
	require.NoError(t, err)
	again, err := catalog.Thumbnail(p.JPEG)
	require.NoError(t, err)
	require.Equal(t, p.SHA256, again.SHA256)
}

func TestThumbnail_Refused(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	require.NoError(t, gif.Encode(&b, halves(20, 20), nil))
	whole := jpegOf(t, halves(900, 600), 90)
	huge := pngOf(t, halves(8, 8))
	binary.BigEndian.PutUint32(huge[16:], 20_000) // the header's width and height; its checksum is not looked at before
	binary.BigEndian.PutUint32(huge[20:], 20_000)
	for key, file := range map[string][]byte{
		"fault.catalog.picture_form":   b.Bytes(),
		"fault.catalog.picture_broken": whole[:len(whole)/2],
		"fault.catalog.picture_big":    make([]byte, catalog.PictureFile+1),
	} {
		_, err := catalog.Thumbnail(file)
		require.Equal(t, key, fault.Key(err))
	}
	_, err := catalog.Thumbnail(huge)
	require.Error(t, err)
	_, err = catalog.Thumbnail([]byte("<html>"))
	require.Equal(t, "fault.catalog.picture_form", fault.Key(err))
}

// FuzzThumbnail: no file breaks the program, and what is kept keeps the bounds.
func FuzzThumbnail(f *testing.F) {
	f.Add(jpegOf(f, halves(40, 30), 60))
	f.Add(held(jpegOf(f, halves(40, 30), 60), 6))
	f.Add(pngOf(f, halves(16, 16)))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x08Exif\x00\x00"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if p, err := catalog.Thumbnail(file); err == nil {
			require.LessOrEqual(t, len(p.JPEG), domain.PictureBytes)
			require.LessOrEqual(t, max(p.Width, p.Height), int64(domain.PictureSide))
		}
	})
}

func TestSetPicture_Replaced_Removed_Back_Audited(t *testing.T) {
	t.Parallel()
	apptest.Both(t, setPicture)
}

func setPicture(t *testing.T, f *apptest.Fixture) {
	list := stocked(t, f)
	pro := f.As(auth.Promotion)
	before, first, err := f.Catalog.SetPicture(pro, catalog.SetPictureCmd{SKU: list[0], File: pngOf(t, halves(900, 600))})
	require.NoError(t, err)
	require.Nil(t, before)

	got, err := f.Catalog.Picture(f.As(auth.Warehouse), list[1])
	require.NoError(t, err)
	require.Equal(t, list[0], got.SKU, "another variant's picture until it has its own")
	got, err = f.Catalog.Picture(f.As(auth.Warehouse), list[2])
	require.NoError(t, err)
	require.Nil(t, got)

	before, second, err := f.Catalog.SetPicture(pro, catalog.SetPictureCmd{SKU: list[0], File: pngOf(t, halves(100, 100)), Was: first.SHA256})
	require.NoError(t, err)
	require.Equal(t, first.SHA256, before.SHA256)
	_, back, err := f.Catalog.SetPicture(pro, catalog.SetPictureCmd{SKU: list[0], File: before.JPEG, Was: second.SHA256})
	require.NoError(t, err)
	require.Equal(t, first.JPEG, back.JPEG, "the very one")
	_, now, err := f.Catalog.SetPicture(pro, catalog.SetPictureCmd{SKU: list[0], Was: back.SHA256})
	require.NoError(t, err)
	require.Nil(t, now)
	got, err = f.Catalog.Picture(pro, list[0])
	require.NoError(t, err)
	require.Nil(t, got)

	require.Len(t, f.Audit("audit.picture_set"), 3)
	require.Contains(t, f.Audit("audit.picture_removed")[0].Before, first.SHA256)
	f.CheckClean()
}

func TestSetPicture_ChangedMeanwhile_Refused_NamesWho(t *testing.T) {
	t.Parallel()
	f, list := umbrellas(t)
	_, _, err := f.Catalog.SetPicture(f.As(auth.Supervisor), catalog.SetPictureCmd{SKU: list[0], File: pngOf(t, halves(90, 60))})
	require.NoError(t, err)

	_, _, err = f.Catalog.SetPicture(f.As(auth.Promotion), catalog.SetPictureCmd{SKU: list[0], File: pngOf(t, halves(10, 60))})

	require.Equal(t, "fault.catalog.picture_later", fault.Key(err))
	require.Equal(t, f.Person(auth.Supervisor).Name, fault.From(err).Args["name"])
	_, _, err = f.Catalog.SetPicture(f.As(auth.Warehouse), catalog.SetPictureCmd{SKU: list[0]})
	require.True(t, fault.Is(err, fault.Denied))
	_, _, err = f.Catalog.SetPicture(f.As(auth.Promotion), catalog.SetPictureCmd{SKU: ids.SKUID{9}})
	require.True(t, fault.Is(err, fault.NotFound))
}
