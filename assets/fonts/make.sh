#!/bin/sh
# Build the two embedded fonts from Noto Sans SC. The result is committed; run
# this only to change the set of characters. Needs npm and Debian's fonttools
# and unicode-data. The same inputs give the same bytes.
set -eu
cd "$(dirname "$0")"
package='@expo-google-fonts/noto-sans-sc@0.4.3'
sha256='0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -n "${NOTO_TGZ:-}" ]; then
	cp "$NOTO_TGZ" "$work/noto.tgz" # already downloaded
else
	(cd "$work" && npm pack --silent "$package" >name && mv "$(cat name)" noto.tgz)
fi
echo "$sha256  $work/noto.tgz" | sha256sum --check --quiet
tar -xzf "$work/noto.tgz" -C "$work"

/usr/bin/python3 charset.py >"$work/charset.txt"
for weight in 400Regular 500Medium; do
	pyftsubset "$work/package/$weight/NotoSansSC_$weight.ttf" \
		--unicodes-file="$work/charset.txt" \
		--output-file="NotoSansSC-${weight#???}.ttf" \
		--no-hinting --layout-features=ccmp,locl,liga,kern \
		--drop-tables+=vhea,vmtx,BASE,DSIG \
		--notdef-outline --name-IDs='*'
done
cp "$work/package/LICENSE_FONT" OFL.txt
ls -l ./*.ttf
