package storetest

import (
	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
)

func pictures(h *House) {
	p := &domain.Product{ID: ids.New[ids.ProductKind](h.IDs), Code: "PIC", Title: "画"}
	one := &domain.SKU{ID: ids.New[ids.SKUKind](h.IDs), Product: p.ID, Code: "PIC-1"}
	two := &domain.SKU{ID: ids.New[ids.SKUKind](h.IDs), Product: p.ID, Code: "PIC-2"}
	picture := &domain.Picture{SKU: two.ID, JPEG: []byte{0xff, 0xd8, 0, 1, 2}, Width: 480, Height: 320, SHA256: "ab12", At: 1776000000000}
	h.noZero(*picture)
	h.Write(func(tx core.Tx) {
		h.OK(tx.Catalog().SaveProduct(p))
		h.OK(tx.Catalog().SaveSKU(one, ""))
		h.OK(tx.Catalog().SaveSKU(two, ""))
		h.OK(tx.Catalog().SavePicture(picture))
	})
	h.Read(func(r core.Reads) {
		got, err := r.Catalog().Picture(two.ID)
		h.OK(err)
		require.Equal(h.T, picture, got)
		got, err = r.Catalog().Picture(one.ID)
		h.OK(err)
		require.Nil(h.T, got)
		got, err = r.Catalog().PictureOfProduct(p.ID)
		h.OK(err)
		require.Equal(h.T, picture, got)
	})

	picture.JPEG, picture.SHA256, picture.Width = []byte{9}, "cd34", 100
	own := &domain.Picture{SKU: one.ID, JPEG: []byte{7}, Width: 1, Height: 2, SHA256: "ef", At: 5}
	h.Write(func(tx core.Tx) {
		h.OK(tx.Catalog().SavePicture(picture))
		h.OK(tx.Catalog().SavePicture(own))
	})
	h.Read(func(r core.Reads) {
		got, err := r.Catalog().Picture(two.ID)
		h.OK(err)
		require.Equal(h.T, picture, got)
		got, err = r.Catalog().PictureOfProduct(p.ID)
		h.OK(err)
		require.Equal(h.T, own, got, "the first code's")
	})
	tooBig := *own
	tooBig.JPEG = make([]byte, domain.PictureBytes+1)
	require.Error(h.T, h.Try(func(tx core.Tx) error { return tx.Catalog().SavePicture(&tooBig) }))

	h.Write(func(tx core.Tx) {
		h.OK(tx.Catalog().DeletePicture(one.ID))
		h.OK(tx.Catalog().DeletePicture(one.ID))
		h.OK(tx.Catalog().DeleteSKU(two.ID))
	})
	h.Read(func(r core.Reads) {
		got, err := r.Catalog().PictureOfProduct(p.ID)
		h.OK(err)
		require.Nil(h.T, got)
	})
}
