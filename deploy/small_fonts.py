"""Make the small typefaces that the server gives instead of Streamlit's whole ones (545 KB on a first visit).

    apt-get install fonts-noto-core && pip install fonttools brotli && python deploy/small_fonts.py

Icons: reads their names in Streamlit's own frontend, keeps these and drops the other 3,900. Signs: the few that
pages draw and the typeface for Vietnamese lacks. Run it after an upgrade of Streamlit or for a new sign; tests
compare both with what is drawn.
"""

import re
from pathlib import Path

import streamlit
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

STATIC = Path(streamlit.__file__).parent / "static" / "static"
FONTS = Path(__file__).resolve().parents[1] / "api" / "assets" / "fonts"
TARGET = FONTS / "material-symbols-subset.woff2"
NOTO = Path("/usr/share/fonts/truetype/noto/NotoSansSymbols2-Regular.ttf")
SIGNS = "✓✗○●□■▲▼◆"
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"


def icons_in_use() -> set[str]:
    """Names that the frontend draws: `:material/name:` anywhere in its scripts."""
    found: set[str] = set()
    for script in (STATIC / "js").glob("*.js"):
        found |= set(re.findall(r":material/([a-z0-9_]+)", script.read_text(encoding="utf-8")))
    return found


def make_icons() -> None:
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


def make_signs() -> None:
    font = TTFont(NOTO)
    subsetter = Subsetter(Options(flavor="woff2", notdef_outline=True))
    subsetter.populate(text=SIGNS)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(FONTS / "signs.woff2")


if __name__ == "__main__":
    make_icons()
    make_signs()
