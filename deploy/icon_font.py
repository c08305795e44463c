"""Make the small icon font that the server gives instead of Streamlit's whole one (375 KB on a first visit).

    pip install fonttools brotli && python deploy/icon_font.py

Reads the names of icons in Streamlit's own frontend, keeps these and drops the other 3,900. Run it after an
upgrade of Streamlit; a test compares the list of names with the font.
"""

import re
from pathlib import Path

import streamlit
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

STATIC = Path(streamlit.__file__).parent / "static" / "static"
TARGET = Path(__file__).resolve().parents[1] / "api" / "assets" / "fonts" / "material-symbols-subset.woff2"
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"


def icons_in_use() -> set[str]:
    """Names that the frontend draws: `:material/name:` anywhere in its scripts."""
    found: set[str] = set()
    for script in (STATIC / "js").glob("*.js"):
        found |= set(re.findall(r":material/([a-z0-9_]+)", script.read_text(encoding="utf-8")))
    return found


def main() -> None:
    wanted = icons_in_use()
    font = TTFont(next((STATIC / "media").glob("MaterialSymbols-Rounded*.woff2")))
    names = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            inner = getattr(table, "ExtSubTable", table)
            if not hasattr(inner, "ligatures"):
                continue
            for first, ligatures in list(inner.ligatures.items()):
                kept = [
                    ligature
                    for ligature in ligatures
                    if "".join(names.get(part, "?") for part in (first, *ligature.Component)) in wanted
                ]
                if kept:
                    inner.ligatures[first] = kept
                else:
                    del inner.ligatures[first]
    options = Options(flavor="woff2", layout_features=["*"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(text=LETTERS)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(TARGET)
    TARGET.with_suffix(".txt").write_text("\n".join(sorted(wanted)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
