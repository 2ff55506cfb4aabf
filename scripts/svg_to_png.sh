#!/bin/sh
# Draws a PNG beside every SVG of a folder, where rsvg-convert (librsvg) is installed; the SVGs stand alone too.
set -eu

# Textual's SVGs reckon with cells 12.2 px wide and fetch Fira Code from the web, which librsvg never does. DejaVu
# Sans Mono, 0.602 em wide, fills the same cells at 20.264 px. `xml:space` keeps spaces at the start of a run.
drawable() {
    sed -e 's/<svg class/<svg xml:space="preserve" class/' \
        -e 's/font-family: Fira Code, monospace/font-family: DejaVu Sans Mono, monospace/' \
        -e 's/font-size: 20px/font-size: 20.264px/' "$1"
}

folder=$1
if ! command -v rsvg-convert > /dev/null 2>&1; then
    echo "rsvg-convert is not on PATH, so the SVGs in $folder stay without PNGs (apt install librsvg2-bin fonts-dejavu-core)" >&2
    exit 0
fi
for svg in "$folder"/*.svg; do
    [ -e "$svg" ] || continue
    drawable "$svg" | rsvg-convert --output "${svg%.svg}.png"
done
