package catalog

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
)

// Bounds of a file that is taken for a picture: a photo of any phone, and nothing
// that would fill the memory when it is unpacked.
const (
	PictureFile   = 20 << 20
	picturePixels = 40_000_000
)

// Thumbnail makes the small JPEG that is kept of a PNG or JPEG file: at most
// 480 pixels on its longest side and 60 kB, upright as the camera held it, what is
// see-through on white. A JPEG that is small enough and upright is kept as it is.
// Errors: Limit fault.catalog.picture_big, .picture_pixels; Invalid
// fault.catalog.picture_form, .picture_broken.
func Thumbnail(file []byte) (domain.Picture, error) {
	if len(file) > PictureFile {
		return domain.Picture{}, fault.New(fault.Limit, "fault.catalog.picture_big", "limit", PictureFile>>20)
	}
	config, kind, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || (kind != "jpeg" && kind != "png") {
		return domain.Picture{}, fault.New(fault.Invalid, "fault.catalog.picture_form").Because(err)
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width*config.Height > picturePixels {
		return domain.Picture{}, fault.New(fault.Limit, "fault.catalog.picture_pixels", "width", config.Width, "height", config.Height, "limit", picturePixels/1_000_000)
	}
	img, err := decode(file, kind)
	if err != nil {
		return domain.Picture{}, fault.New(fault.Invalid, "fault.catalog.picture_broken").Because(err)
	}
	turn := 1
	if kind == "jpeg" {
		turn = orientation(file)
		if turn == 1 && len(file) <= domain.PictureBytes && max(config.Width, config.Height) <= domain.PictureSide {
			return pictureOf(file, config.Width, config.Height), nil
		}
	}
	return squeeze(img, turn)
}

func decode(file []byte, kind string) (image.Image, error) {
	if kind == "png" {
		return png.Decode(bytes.NewReader(file))
	}
	return jpeg.Decode(bytes.NewReader(file))
}

// squeeze makes the picture smaller, then coarser, until it fits.
func squeeze(img image.Image, turn int) (domain.Picture, error) {
	for side := domain.PictureSide; side >= 60; side = side * 3 / 4 {
		small := upright(shrink(img, side), turn)
		for _, quality := range []int{88, 80, 70, 60, 45} {
			var b bytes.Buffer
			if err := jpeg.Encode(&b, small, &jpeg.Options{Quality: quality}); err != nil {
				return domain.Picture{}, fault.New(fault.Internal, "fault.internal").Because(err)
			}
			if b.Len() <= domain.PictureBytes {
				return pictureOf(b.Bytes(), small.Rect.Dx(), small.Rect.Dy()), nil
			}
		}
	}
	return domain.Picture{}, fault.New(fault.Invalid, "fault.catalog.picture_broken")
}

func pictureOf(data []byte, w, h int) domain.Picture {
	sum := sha256.Sum256(data)
	return domain.Picture{JPEG: data, Width: int64(w), Height: int64(h), SHA256: hex.EncodeToString(sum[:])}
}

// shrink draws the picture on white with its longest side at most side.
func shrink(img image.Image, side int) *image.RGBA {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	if long := max(w, h); long > side {
		w, h = max(1, w*side/long), max(1, h*side/long)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(out, out.Rect, img, img.Bounds(), draw.Over, nil)
	return out
}
