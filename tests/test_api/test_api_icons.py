"""The small typefaces know every icon and sign that pages draw."""

import re
from pathlib import Path

import streamlit

from api import assets
from api.small_fonts import ICONS, SIGNS
from test_api.visiting import Open

STATIC = Path(streamlit.__file__).parent / "static" / "static"
NAMES = Path(assets.FOLDER / "fonts" / "material-symbols-subset.txt")


def test_every_icon_of_the_frontend_was_kept_when_the_typeface_was_made():
    drawn = {
        name
        for script in (STATIC / "js").glob("*.js")
        for name in re.findall(r":material/([a-z0-9_]+)", script.read_text(encoding="utf-8"))
    }
    assert drawn == set(NAMES.read_text(encoding="utf-8").split())


def test_the_small_typeface_is_given_in_place_of_the_whole_one(visit: Open):
    whole = next((STATIC / "media").glob("MaterialSymbols-Rounded*.woff2"))
    answer = visit().open(f"/static/media/{whole.name}")
    assert answer.status_code == 200
    assert answer.content == assets.ASSETS[ICONS].content
    assert len(answer.content) < whole.stat().st_size / 20


def test_signs_alone_are_given_in_place_of_the_typeface_that_stands_last(visit: Open):
    whole = next((STATIC / "media").glob("SourceSansVF-Upright*.woff2"))
    answer = visit().open(f"/static/media/{whole.name}")
    assert answer.status_code == 200
    assert answer.content == assets.ASSETS[SIGNS].content
    assert len(answer.content) < whole.stat().st_size / 50
