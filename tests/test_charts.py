"""Figures draw the numbers of their tables, keep what is missing apart from 0, and tell nothing by colour alone."""

import importlib
import math
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pandas as pd
import plotly.graph_objects as go
import pytest

from report.charts import (
    alternatives,
    distance,
    headcounts,
    heat,
    lettering,
    library,
    palette,
    pictures,
    points,
    radar,
    spread,
    theme,
    tiles,
    trend,
)
from report.charts.scale import Scale
from report.round_report import RoundReport, round_report
from report.tables import programme, rounds, scores
from survey.framework import Framework, load_framework
from survey.framework.asked import ChecklistIndicator, LevelIndicator, NumberIndicator, RatioIndicator
from survey.members import load_members
from survey.response import Answer, AnswerState, Recorded, Response, ResponseState
from survey.rounds import Round, RoundState

DATA = Path(__file__).resolve().parents[1] / "data"
FRAMEWORK = load_framework(DATA / "frameworks" / "qd206.yaml").framework
MEMBERS = load_members(DATA / "members.yaml")
OTHER = load_framework(Path(__file__).parent / "frameworks" / "reading_rooms.yaml").framework
# Each with the share of every answer's way to its 2030 target; Bắc Kạn has not begun, Hà Giang stopped half way.
SHARES = {"thai_nguyen": 0.9, "lao_cai": 0.7, "son_la": 0.5, "cao_bang": 0.3, "lai_chau": 0.0}
NOT_BEGUN, HALF_WAY = "bac_kan", "ha_giang"
ODD = {
    "B1": Answer(state=AnswerState.UNKNOWN),
    "B3": Answer(state=AnswerState.NOT_APPLICABLE, reason="không có đối tượng"),
    "B5": Answer(),
    "B6": Answer(state=AnswerState.ANSWERED, numerator=0, denominator=50),
}


def answered(name: str, share: float) -> Answer:
    """An answer that has come `share` of the way to its last target."""
    indicator = FRAMEWORK.indicators[name]
    value = share * indicator.target(FRAMEWORK.last_milestone).value
    if isinstance(indicator, RatioIndicator):
        return Answer(state=AnswerState.ANSWERED, numerator=round(10 * value), denominator=1000)
    if isinstance(indicator, ChecklistIndicator):
        items = tuple(item.id for item in indicator.items[: round(value)])
        return Answer(state=AnswerState.ANSWERED, items=items)
    whole = isinstance(indicator, LevelIndicator | NumberIndicator)
    return Answer(state=AnswerState.ANSWERED, value=round(value) if whole else float(share >= 0.5))


def response(round_id: str, library_id: str) -> Response:
    given: dict[str, Answer] = {}
    if library_id in SHARES:
        given = {name: answered(name, SHARES[library_id]) for name in FRAMEWORK.indicators}
    if library_id == HALF_WAY:
        given = {name: answered(name, 0.5) for name in FRAMEWORK.indicators if name[0] in "AB"}
    if library_id == "cao_bang":
        given |= ODD
    return Response(
        round_id,
        library_id,
        state=ResponseState.DRAFT if library_id == NOT_BEGUN else ResponseState.SUBMITTED,
        recorded={name: Recorded(answer, 1) for name, answer in given.items()},
    )


def report_of(day: date, libraries: Sequence[str]) -> RoundReport:
    round_id = f"r{day:%Y%m}"
    held = Round(round_id, f"Đợt {day:%m/%Y}", "qd206", 1, day, day, day, RoundState.PUBLISHED)
    members = [member for member in MEMBERS.valid_on(day) if member.id in libraries]
    return round_report(held, FRAMEWORK, members, {m.id: response(round_id, m.id) for m in members}, {})


ALL = (*SHARES, NOT_BEGUN, HALF_WAY)
REPORT = report_of(date(2025, 6, 30), ALL)
TOTALS, DIMENSIONS = scores.totals(REPORT), scores.by_dimension(REPORT)
INDICATORS, PROGRAMME = scores.by_indicator(REPORT), programme.of_federation(REPORT)
TREND = rounds.trend(
    [REPORT, report_of(date(2024, 12, 31), SHARES), report_of(date(2025, 12, 31), ["son_la"])]
)
TILES = {member.id: member.tile for member in REPORT.members}
SCALE, NARROW = Scale.of(FRAMEWORK), Scale.of(FRAMEWORK, room="narrow")
SPREAD = spread.indicator_spread(INDICATORS, SCALE, own="cao_bang")


def of(table: pd.DataFrame, *libraries: str) -> pd.DataFrame:
    return table[table["library"].isin(libraries)]


def part(figure: go.Figure, meta: str) -> go.Figure:
    """The one trace that is called so."""
    found = [trace for trace in figure.data if trace.meta == meta]
    assert len(found) == 1
    return found[0]


def every_figure(scale: Scale) -> dict[str, go.Figure]:
    return {
        "dimension_radar": radar.dimension_radar(of(DIMENSIONS, HALF_WAY), scale),
        "radar_compare": radar.radar_compare(of(DIMENSIONS, *SHARES), scale, own="son_la"),
        "target_bars": library.target_bars(of(INDICATORS, "cao_bang"), scale),
        "score_bar": library.score_bar(of(TOTALS, HALF_WAY), scale),
        "stacked_points": points.stacked_points(DIMENSIONS, scale, own="son_la"),
        "heat_map": heat.heat_map(INDICATORS, scale, own="son_la"),
        "target_distance": distance.target_distance(SPREAD, scale, own="Cao Bằng"),
        "trend_lines": trend.trend_lines(TREND, scale, own="son_la", chosen=("lao_cai",)),
        "tile_map": tiles.tile_map(TOTALS, TILES, scale, own="son_la"),
        "headcounts": headcounts.headcounts(PROGRAMME, scale),
    }


def every_alternative(scale: Scale) -> dict[str, str]:
    return {
        "dimension_radar": alternatives.dimension_radar(of(DIMENSIONS, HALF_WAY), scale),
        "radar_compare": alternatives.radar_compare(of(DIMENSIONS, *SHARES), scale),
        "target_bars": alternatives.target_bars(of(INDICATORS, "cao_bang"), scale),
        "score_bar": alternatives.score_bar(of(TOTALS, HALF_WAY), scale),
        "stacked_points": alternatives.stacked_points(DIMENSIONS, scale),
        "heat_map": alternatives.heat_map(INDICATORS, scale),
        "target_distance": alternatives.target_distance(SPREAD, scale, own="Cao Bằng"),
        "trend_lines": alternatives.trend_lines(TREND, scale, own="son_la"),
        "tile_map": alternatives.tile_map(TOTALS, scale),
        "headcounts": alternatives.headcounts(PROGRAMME, scale),
    }


FIGURES = {"wide": every_figure(SCALE), "narrow": every_figure(NARROW)}
CASES = [pytest.param(room, name, id=f"{name}, {room}") for room, found in FIGURES.items() for name in found]


# The numbers are the table's.


@pytest.mark.parametrize("library_id", [*SHARES, HALF_WAY, NOT_BEGUN])
def test_the_radar_draws_the_tables_scores_and_leaves_unstated_ones_open(library_id: str):
    table = of(DIMENSIONS, library_id)
    figure = radar.dimension_radar(table, SCALE)
    expected = [None if math.isnan(score) else score for score in table["score"]]
    assert list(part(figure, "score").r) == [*expected, expected[0]]
    assert list(part(figure, "line").r[:-1]) == list(table["line"])


def test_the_radar_shows_missing_answers_as_the_band_between_the_bounds():
    table = of(DIMENSIONS, HALF_WAY)
    figure = radar.dimension_radar(table, SCALE)
    assert list(part(figure, "low").r[:-1]) == list(table["low"])
    assert list(part(figure, "high").r[:-1]) == list(table["high"])
    assert "band" not in str(radar.dimension_radar(of(DIMENSIONS, "son_la"), SCALE).data)


def test_a_corner_says_when_nothing_is_known_or_nothing_applies():
    nothing = radar.dimension_radar(of(DIMENSIONS, NOT_BEGUN), SCALE)
    assert all("chưa có<br>số liệu" in text for text in nothing.layout.polar.angularaxis.ticktext)
    table = of(DIMENSIONS, "son_la").copy()
    table.loc[table["dimension"] == "A", ["score", "low", "high", "line"]] = float("nan")
    corners = radar.dimension_radar(table, SCALE).layout.polar.angularaxis.ticktext
    assert "không áp<br>dụng" in corners[0]
    assert part(radar.dimension_radar(table, SCALE), "score").r[0] is None


def test_a_corner_shows_the_band_where_no_score_is_stated():
    table = of(DIMENSIONS, "son_la").copy()
    table.loc[table["dimension"] == "A", ["score", "low", "high"]] = [float("nan"), 12.0, 60.5]
    assert "12,0 – 60,5" in radar.dimension_radar(table, SCALE).layout.polar.angularaxis.ticktext[0]


def test_compared_libraries_keep_their_own_numbers_and_no_two_look_alike():
    figure = radar.radar_compare(of(DIMENSIONS, *SHARES), SCALE, own="son_la")
    outlines = [trace for trace in figure.data if trace.meta == "score"]
    for outline, library_id in zip(outlines, of(DIMENSIONS, *SHARES)["library"].unique(), strict=True):
        assert list(outline.r[:-1]) == list(of(DIMENSIONS, library_id)["score"])
    for one, other in combinations(outlines, 2):
        assert one.line.color != other.line.color
        assert one.line.dash != other.line.dash
        assert one.marker.symbol != other.marker.symbol


def test_a_radar_compares_six_libraries_at_most_and_marks_the_unfinished_one():
    figure = radar.radar_compare(DIMENSIONS, SCALE)
    names = [trace.name for trace in figure.data if trace.meta == "score"]
    assert len(names) == radar.MOST
    assert "Hà Giang (thiếu số liệu)" in names


def test_target_bars_draw_the_share_of_the_way_for_answered_indicators_only():
    table = of(INDICATORS, "cao_bang")
    figure = library.target_bars(table, SCALE)
    drawn = [x for trace in figure.data if str(trace.meta).startswith("share") for x in trace.x]
    given = table[table["state"] == "answered"]
    assert drawn == [100 * share for share in given["share"]]
    assert len(drawn) == len(table) - 3


def test_an_answer_of_zero_has_a_bar_and_a_number_where_a_missing_one_has_words():
    figure = library.target_bars(of(INDICATORS, "cao_bang"), SCALE)
    texts = [note.text for note in figure.layout.annotations]
    for words in ("<i>Không có số liệu</i>", "<i>Không áp dụng</i>", "<i>Chưa trả lời</i>"):
        assert texts.count(words) == 1
    assert texts.count("0\u00a0%") == 1
    assert 0.0 in part(figure, "share B").x


def test_the_2025_marks_stand_where_the_targets_lie_and_not_where_nothing_applies():
    table = of(INDICATORS, "cao_bang")
    strokes = part(library.target_bars(table, SCALE), "line")
    applicable = table[table["state"] != "not_applicable"]
    expected = 100 * applicable["target_first"] / applicable["target_last"]
    assert list(strokes.x) == pytest.approx(list(expected))


def test_marks_count_from_the_zero_point_also_where_less_is_better():
    lines = Scale.of(OTHER).lines
    assert lines["X2"] == pytest.approx(100 * (24 - 48) / (12 - 48))


def test_the_score_bar_runs_from_the_assured_to_the_possible_score():
    row = of(TOTALS, HALF_WAY).iloc[0]
    bars = [trace for trace in library.score_bar(of(TOTALS, HALF_WAY), SCALE).data if trace.legend is None]
    assured, possible = (bar for bar in bars if bar.type == "bar")
    assert (assured.x[0], possible.base[0], possible.base[0] + possible.x[0]) == pytest.approx(
        (row["low"], row["low"], row["high"])
    )
    assert (
        lettering.score_text(row["line"], SCALE)
        in part(library.score_bar(of(TOTALS, HALF_WAY), SCALE), "line").name
    )


def test_the_score_bar_names_every_level_between_its_cut_points():
    strip = [t for t in library.score_bar(of(TOTALS, "son_la"), SCALE).data if t.legend == "legend2"]
    assert [t.base[0] for t in strip] == [level.at_least for level in FRAMEWORK.levels]
    assert [t.name for t in strip] == [f"{level.level} {level.label.vi}" for level in FRAMEWORK.levels]


def test_stacked_points_are_the_earned_points_of_each_dimension():
    figure = points.stacked_points(DIMENSIONS, SCALE)
    for dimension in SCALE.dimensions:
        rows = DIMENSIONS[(DIMENSIONS["dimension"] == dimension) & DIMENSIONS["begun"]]
        assert list(part(figure, f"points {dimension}").x) == list(rows["earned"])


def test_stacked_points_add_up_to_the_totals_and_end_at_what_is_possible():
    figure = points.stacked_points(DIMENSIONS, SCALE)
    begun = TOTALS.reset_index()[TOTALS["begun"].to_numpy()]
    parts = [part(figure, f"points {dimension}").x for dimension in SCALE.dimensions]
    assert [sum(row) for row in zip(*parts, strict=True)] == pytest.approx(list(begun["earned"]))
    open_points = dict(zip(part(figure, "open").y, part(figure, "open").x, strict=True))
    expected = (begun["high"] - begun["low"]) * begun["applicable"] / 100
    assert [open_points.get(y, 0) for y in begun.index] == pytest.approx(list(expected), abs=1e-9)
    lines = begun["line"] * begun["applicable"] / 100
    assert list(part(figure, "line").x) == pytest.approx(list(lines))


def test_stacked_points_without_missing_answers_have_no_hatched_end():
    figure = points.stacked_points(of(DIMENSIONS, "son_la"), SCALE)
    assert "open" not in [trace.meta for trace in figure.data]
    nothing_applies = of(DIMENSIONS, "son_la").assign(applicable=0.0, earned=0.0, line=float("nan"))
    assert part(points.stacked_points(nothing_applies, SCALE), "line").x == (None,)


def test_a_library_that_has_not_begun_has_words_and_neither_bar_nor_number():
    figure = points.stacked_points(DIMENSIONS, SCALE)
    place = list(TOTALS["library"]).index(NOT_BEGUN)
    drawn = [trace for trace in figure.data if trace.meta and str(trace.meta).startswith(("points", "open"))]
    assert not any(place in trace.y for trace in drawn)
    assert [note.text for note in figure.layout.annotations if note.y == place] == ["<i>chưa bắt đầu</i>"]


def test_a_library_that_has_not_sent_says_so_under_its_name():
    draft = of(DIMENSIONS, "son_la").assign(state="Bản nháp", sent=False)
    table = pd.concat([draft, of(DIMENSIONS, "lao_cai").assign(state="Đã gửi", sent=True)])
    ticks = points.stacked_points(table, SCALE).layout.yaxis.ticktext
    assert ["bản nháp" in tick for tick in ticks] == [True, False]
    draft = of(INDICATORS, "son_la").assign(state_of_response="Bản nháp", sent=False)
    assert all("bản" in tick for tick in heat.heat_map(draft, SCALE).layout.xaxis.ticktext)


def test_the_median_of_the_stated_scores_stands_across_the_points():
    stated = TOTALS[TOTALS["score"].notna()]["earned"]
    assert list(part(points.stacked_points(DIMENSIONS, SCALE), "median").x) == [stated.median()] * 2
    two = points.stacked_points(of(DIMENSIONS, "son_la", "lao_cai"), SCALE)
    assert "median" not in [trace.meta for trace in two.data]


def test_points_and_map_agree_on_who_has_a_score():
    halves = {name: Recorded(answered(name, 0.5), 1) for name in FRAMEWORK.indicators if name[0] != "D"}
    assert sum(FRAMEWORK.indicators[name].maximum for name in halves) == 840  # the whole is covered, D is not
    held = REPORT.round
    lacking = Response(held.id, "son_la", ResponseState.SUBMITTED, recorded=halves)
    members = [MEMBERS.by_id["son_la"], MEMBERS.by_id["cao_bang"]]
    both = {"son_la": lacking, "cao_bang": response(held.id, "cao_bang")}
    report = round_report(held, FRAMEWORK, members, both, {})
    told = alternatives.stacked_points(scores.by_dimension(report), SCALE)
    assert "Chưa đủ dữ liệu" not in told
    assert "Chưa đủ dữ liệu" not in alternatives.tile_map(scores.totals(report), SCALE)


def test_libraries_stand_in_the_tables_order_and_the_own_one_stands_out():
    turned = DIMENSIONS.iloc[::-1]
    ticks = points.stacked_points(turned, SCALE, own="son_la").layout.yaxis.ticktext
    assert len(ticks) == len(ALL)
    assert [tick.count("<b>") for tick in ticks] == [int("Sơn La" in tick) for tick in ticks]
    assert ticks[0] == turned["short"].iat[0]


def heat_cells(figure: go.Figure) -> dict[tuple[int, int], float]:
    z = part(figure, "share").z
    return {(y, x): v for y, row in enumerate(z) for x, v in enumerate(row) if v is not None}


@pytest.mark.parametrize("scale", [SCALE, NARROW], ids=["wide", "narrow"])
def test_the_heat_map_colours_answered_cells_with_the_tables_share(scale: Scale):
    figure = heat.heat_map(INDICATORS, scale)
    given = INDICATORS[INDICATORS["state"] == "answered"]
    assert sorted(heat_cells(figure).values()) == sorted(100 * given["share"])
    texts = part(figure, "numbers").text
    assert sorted(texts) == sorted(lettering.whole_text(100 * s, scale) for s in given["share"])


def test_each_kind_of_missing_cell_has_a_sign_of_its_own_and_no_number():
    figure = heat.heat_map(INDICATORS, SCALE)
    cells = heat_cells(figure)
    signs = {}
    for state in (AnswerState.UNKNOWN, AnswerState.NOT_APPLICABLE, AnswerState.UNANSWERED):
        trace = part(figure, state.value)
        assert len(trace.x) == (INDICATORS["state"] == state).sum()
        assert not set(zip(trace.y, trace.x, strict=True)) & set(cells)
        signs[state] = trace.text[0]
    assert list(signs.values()) == ["?", "–", "·"]


def test_numbers_leave_the_cells_of_a_heat_map_that_is_too_narrow_for_them():
    many = pd.concat([of(INDICATORS, "son_la").assign(library=f"l{n}", short=f"L{n}") for n in range(20)])
    assert "numbers" not in [trace.meta for trace in heat.heat_map(many, NARROW).data]
    assert "numbers" in [trace.meta for trace in heat.heat_map(many, SCALE).data]


def test_the_spread_holds_lowest_median_and_highest_of_what_is_stated():
    row = SPREAD.set_index("id").loc["B1"]
    known = 100 * INDICATORS[INDICATORS["indicator"] == "B1"]["share"].dropna()
    assert (row["lowest"], row["median"], row["highest"]) == (known.min(), known.median(), known.max())
    assert row["stated"] == len(known)
    assert math.isnan(row["own"])
    assert row["own_state"] == "Không có số liệu"


def test_the_spread_of_dimensions_leaves_unstated_scores_out():
    table = spread.dimension_spread(DIMENSIONS, SCALE, own="son_la").set_index("id")
    known = DIMENSIONS[DIMENSIONS["dimension"] == "C"]["score"].dropna()
    assert table.loc["C", "stated"] == len(known) == len(SHARES)
    assert table.loc["C", "median"] == known.median()
    own = of(DIMENSIONS, "son_la").set_index("dimension")
    assert list(table["own"]) == list(own["score"])
    assert list(table["line"]) == pytest.approx(list(own["line"]))


def test_the_line_of_the_whole_is_the_tables_line_where_everything_applies():
    assert pytest.approx(of(TOTALS, "son_la")["line"].iat[0]) == SCALE.line


def test_distances_draw_the_spread_and_the_own_library():
    figure = distance.target_distance(SPREAD, SCALE, own="Cao Bằng")
    bar = part(figure, "range")
    assert list(bar.base) == list(SPREAD["lowest"])
    assert [a + b for a, b in zip(bar.base, bar.x, strict=True)] == pytest.approx(list(SPREAD["highest"]))
    assert list(part(figure, "median").x) == list(SPREAD["median"])
    own = [None if math.isnan(value) else value for value in SPREAD["own"]]
    assert list(part(figure, "own").x) == own
    assert None in own
    assert list(part(figure, "line").x) == list(SPREAD["line"])


def test_distances_say_so_where_nobody_stated_anything():
    nobody = spread.dimension_spread(of(DIMENSIONS, NOT_BEGUN), SCALE)
    figure = distance.target_distance(nobody, SCALE)
    assert [note.text for note in figure.layout.annotations].count("<i>chưa có số liệu</i>") == 4
    assert len(part(figure, "median").x) == 0
    assert "own" not in [trace.meta for trace in figure.data]


def of_panel(figure: go.Figure, short: str, meta: str) -> list[go.Scatter]:
    """The traces in the panel whose title begins with the name."""
    notes = [note for note in figure.layout.annotations if f"<b>{short}</b>" in note.text]
    assert len(notes) == 1
    axis = notes[0].xref.removesuffix(" domain")
    return [trace for trace in figure.data if trace.meta == meta and (trace.xaxis or "x") == axis]


def test_a_panel_a_library_holds_the_scores_of_its_rounds():
    figure = trend.trend_lines(TREND, SCALE, own="lai_chau", chosen=("cao_bang",))
    newest = TREND[TREND["round"] == "r202512"]
    for short in newest["short"]:
        (line,) = of_panel(figure, short, "score")
        expected = TREND[TREND["short"] == short]["score"]
        assert list(line.y) == [None if value != value else value for value in expected]
        assert not line.connectgaps


def test_the_own_and_the_chosen_libraries_stand_out_and_nobody_does_where_none_is_chosen():
    table = TREND[TREND["round"] == "r202506"]
    figure = trend.trend_lines(table, SCALE, own="son_la", chosen=("lao_cai",))
    widths = {s: of_panel(figure, s, "score")[0].line.width for s in ("Lào Cai", "Cao Bằng")}
    assert widths["Lào Cai"] > widths["Cao Bằng"]
    plain = trend.trend_lines(table, SCALE)
    assert len({trace.line.width for trace in plain.data if trace.meta == "score"}) == 1


def test_a_round_without_a_stated_score_is_a_gap_with_a_band_and_one_not_begun_has_neither():
    table = TREND[TREND["round"] == "r202506"]
    figure = trend.trend_lines(table, SCALE)
    row = of(TREND, HALF_WAY).iloc[0]
    assert [list(band.y) for band in of_panel(figure, "Hà Giang", "band")] == [
        [row["low"], row["high"], None]
    ]
    assert not of_panel(figure, "Bắc Kạn", "band")
    assert [list(of_panel(figure, name, "score")[0].y) for name in ("Hà Giang", "Bắc Kạn")] == [[None]] * 2


def test_a_merged_library_is_not_joined_to_its_parts_which_stand_in_its_panel():
    before = [
        of(TREND, "son_la").head(1).assign(library=name, short=short, score=score)
        for name, short, score in (("thai_nguyen", "Thái Nguyên", 70.0), ("bac_kan", "Bắc Kạn", 30.0))
    ]
    after = before[0].assign(library="thai_nguyen_2025", score=75.0, reference_date=date(2025, 12, 31))
    parts = {"thai_nguyen": "thai_nguyen_2025", "bac_kan": "thai_nguyen_2025"}
    merger = trend.Merger(on=date(2025, 7, 1), parts=parts)
    figure = trend.trend_lines(pd.concat([*before, after]), SCALE, merger=merger)
    assert [list(line.y) for line in of_panel(figure, "Thái Nguyên", "score")] == [[75.0]]
    lines = of_panel(figure, "Thái Nguyên", "part")
    assert [list(line.y) for line in lines] == [[70.0], [30.0]]
    assert len({(line.line.dash, line.marker.symbol) for line in lines}) == 2
    (title,) = (note.text for note in figure.layout.annotations)
    assert "trước đó: Thái Nguyên, Bắc Kạn" in title
    (ground,) = figure.layout.shapes
    assert ground.x0 == "2025-07-01"
    assert "Từ khi sáp nhập, 01/07/2025" in [trace.name for trace in figure.data]
    told = alternatives.trend_lines(pd.concat([*before, after]), SCALE, merger=merger)
    assert "điểm của Thái Nguyên không nối với điểm của các thư viện trước sáp nhập" in told


def test_rounds_of_one_side_of_the_merger_show_no_ground():
    figure = trend.trend_lines(TREND[TREND["round"] == "r202506"], SCALE)
    assert not figure.layout.shapes


def tile_texts(scale: Scale) -> dict[str, str]:
    text = part(tiles.tile_map(TOTALS, TILES, scale), "texts").text
    return dict(zip(TOTALS["library"], text, strict=True))


def test_each_tile_stands_in_its_place_and_says_name_score_and_level():
    figure = tiles.tile_map(TOTALS, TILES, SCALE)
    texts = part(figure, "texts")
    assert list(zip(texts.y, texts.x, strict=True)) == [
        (TILES[name].row, TILES[name].column) for name in TOTALS["library"]
    ]
    row = of(TOTALS, "son_la").iloc[0]
    expected = f"<b>Sơn La</b><br>{lettering.score_text(row['score'], SCALE)}<br>mức {row['level']}"
    assert tile_texts(SCALE)["son_la"] == expected
    assert tile_texts(NARROW)["son_la"].startswith("<b>SL</b>")


def test_tiles_without_a_stated_score_show_words_and_no_level_colour():
    texts = tile_texts(SCALE)
    assert texts[HALF_WAY] == "<b>Hà Giang</b><br>chưa đủ<br>dữ liệu"
    assert texts[NOT_BEGUN] == "<b>Bắc Kạn</b><br>chưa bắt<br>đầu"
    kinds = {
        trace.name: trace for trace in tiles.tile_map(TOTALS, TILES, SCALE).data if trace.meta == "tiles"
    }
    assert kinds["Chưa đủ dữ liệu"].marker.pattern.shape == "/"
    assert kinds["Chưa gửi"].marker.color not in palette.LEVEL_STEPS


def test_a_draft_with_a_score_says_that_it_is_one():
    table = of(TOTALS, "son_la").assign(sent=False, state="Bản nháp")
    assert part(tiles.tile_map(table, TILES, SCALE), "texts").text[0].endswith("bản nháp")


def test_headcounts_draw_the_share_against_the_goal():
    figure = headcounts.headcounts(PROGRAMME, SCALE)
    drawn = sorted(x for trace in figure.data if trace.meta == "share" for x in trace.x)
    assert drawn == sorted(PROGRAMME["share"])
    assert list(part(figure, "line").x) == list(PROGRAMME["goal"])


def test_headcounts_say_how_many_there_are_and_how_many_are_needed():
    row = {"kind": "share", "share": 46.2, "goal": 60.0, "met": 6, "counted": 13, "needed": 8, "reported": 12}
    row["undecided"] = False
    assert headcounts.note(row | {"reached": False}, SCALE) == "6/13, cần 8"
    assert headcounts.note(row | {"met": 8, "reached": True}, SCALE) == "8/13, đã đủ 8"
    pooled = row | {"kind": "pooled", "share": 61.26, "goal": 70.0}
    assert headcounts.note(pooled | {"reached": False}, SCALE) == "61,3\u00a0%, cần 70\u00a0%"
    assert headcounts.note(pooled | {"share": 70.0, "reached": True}, SCALE) == "70\u00a0%, đã đủ 70\u00a0%"
    missed = pooled | {"share": 69.99, "reached": False}
    assert headcounts.note(missed, SCALE) == "69,99\u00a0%, cần 70\u00a0%"
    unknown = pooled | {"share": 100.0, "reached": False, "undecided": True}
    assert headcounts.note(unknown, SCALE) == "100\u00a0%, mới có 12/13 nơi"


@pytest.mark.parametrize(
    "change", [{"share": float("nan")}, {"share": 0.0, "reported": 0}], ids=["none counted", "none reported"]
)
def test_a_target_that_nobody_reported_on_has_words_and_no_bar(change: dict[str, float]):
    table = PROGRAMME.head(1).assign(reached=False, **change)
    figure = headcounts.headcounts(table, SCALE)
    assert "share" not in [trace.meta for trace in figure.data]
    assert "<i>chưa có số liệu</i>" in [note.text for note in figure.layout.annotations]


# The look.


def test_dimensions_differ_in_colour_pattern_symbol_and_dash():
    looks = [SCALE.look(dimension) for dimension in SCALE.dimensions]
    for field in ("colour", "pattern", "symbol", "dash"):
        assert len({getattr(look, field) for look in looks}) == len(looks)
    assert palette.look(len(palette.LOOKS)) == palette.LOOKS[0]


def test_a_dimension_looks_the_same_when_it_stands_alone():
    alone = library.target_bars(of(INDICATORS, "son_la").query("dimension == 'C'"), SCALE)
    together = library.target_bars(of(INDICATORS, "son_la"), SCALE)
    assert part(alone, "share C").marker == part(together, "share C").marker


def test_level_colours_darken_step_by_step_and_carry_readable_text():
    for framework in (FRAMEWORK, OTHER):
        scale = Scale.of(framework)
        colours = [scale.level_colour(cut.level) for cut in scale.cuts]
        against_white = [palette.contrast(colour, "#FFFFFF") for colour in colours]
        assert against_white == sorted(set(against_white))
        assert all(palette.contrast(palette.readable_on(c), c) >= 4.5 for c in colours)


def test_text_in_the_heat_map_is_readable_on_every_share():
    grounds = [palette.heat_colour(step / 100) for step in range(101)]
    assert min(palette.contrast(palette.readable_on(ground), ground) for ground in grounds) >= 4.5


def test_words_and_lines_contrast_with_the_page():
    assert palette.contrast(palette.QUIET, "#FFFFFF") >= 4.5
    assert palette.contrast(palette.MARK, "#FFFFFF") >= 4.5
    assert palette.contrast(palette.ACCENT, "#FFFFFF") >= 4.5


@pytest.mark.parametrize(("room", "name"), CASES)
def test_every_figure_is_calm(room: str, name: str):
    figure = FIGURES[room][name]
    layout = figure.layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == palette.CLEAR
    assert layout.separators == ",."
    assert layout.dragmode is False
    assert layout.xaxis.fixedrange
    assert layout.yaxis.fixedrange
    assert layout.width is None
    sizes = [note.font.size for note in layout.annotations]
    assert min([layout.font.size, *sizes]) >= theme.SMALL >= 12
    assert figure.to_dict() == go.Figure(figure.to_dict()).to_dict()


@pytest.mark.parametrize(("room", "name"), CASES)
def test_no_library_id_travels_in_a_figure(room: str, name: str):
    text = FIGURES[room][name].to_json()
    assert not [library_id for library_id in ALL if library_id in text]


@pytest.mark.parametrize(("room", "name"), CASES)
def test_what_is_shown_is_vietnamese(room: str, name: str):
    figure = FIGURES[room][name]
    shown = [trace.name for trace in figure.data if trace.name and trace.showlegend is not False]
    assert not [text for text in shown if text.startswith("trace") or text in {"score", "line", "share"}]


def test_the_bar_of_buttons_is_hidden_and_numbers_follow_the_language():
    vietnamese, english = theme.config("vi"), theme.config("en")
    assert vietnamese["displayModeBar"] is english["displayModeBar"] is False
    assert vietnamese["locales"]["vi"]["format"]["decimal"] == ","
    assert english["locales"]["en"]["format"]["decimal"] == "."
    assert vietnamese["locales"]["vi"]["format"]["months"][0] == "tháng 1"
    assert (
        library.score_bar(of(TOTALS, "son_la"), Scale.of(FRAMEWORK, language="en")).layout.separators == ".,"
    )


def test_the_room_follows_the_browser():
    assert theme.room_for("", "Mozilla/5.0 (X11; Linux x86_64) Chrome/150") == "wide"
    assert theme.room_for("390", "Mozilla/5.0 (X11; Linux x86_64) Chrome/150") == "narrow"
    assert theme.room_for("1366", "Mozilla/5.0 (iPhone) Mobile/15E148") == "wide"
    assert theme.room_for("²" * 3, "Mozilla/5.0 (X11)") == "wide"
    assert theme.room_for("", "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Mobile/15E148") == "narrow"


def test_a_legend_gets_the_room_that_its_lines_take():
    wide, narrow = (points.stacked_points(DIMENSIONS, scale).layout for scale in (SCALE, NARROW))
    assert narrow.margin.t > wide.margin.t
    assert narrow.height - narrow.margin.t == wide.height - wide.margin.t


def test_long_labels_are_wrapped_and_names_cannot_carry_markup():
    assert lettering.wrapped("một hai ba bốn năm", line=8, lines=2) == "một hai<br>ba bốn …"
    assert lettering.wrapped("70 %") == "70\u00a0%"
    assert lettering.plain("<b>A & B</b>") == "&lt;b&gt;A &amp; B&lt;/b&gt;"
    assert lettering.stated(float("nan"), float("nan"), float("nan"), SCALE) == "–"


def test_colours_past_the_end_of_the_heat_scale_stay_the_darkest():
    assert palette.heat_colour(1.2) == palette.HEAT_STEPS[-1][1]


@pytest.mark.parametrize("framework", [FRAMEWORK, OTHER], ids=["qd206", "another framework"])
def test_figures_draw_any_framework(framework: Framework):
    day = date(2025, 6, 30)
    held = Round("r", "r", framework.id, 1, day, day, day)
    report = round_report(held, framework, [MEMBERS.by_id["son_la"]], {}, {})
    scale = Scale.of(framework)
    assert points.stacked_points(scores.by_dimension(report), scale).data
    assert library.target_bars(scores.by_indicator(report), scale).data
    assert tiles.tile_map(scores.totals(report), TILES, scale).data


# The words.


def test_alternatives_name_the_highest_the_lowest_and_who_has_too_little_data():
    told = alternatives.tile_map(TOTALS, SCALE)
    best, worst = TOTALS.loc[TOTALS["score"].idxmax()], TOTALS.loc[TOTALS["score"].idxmin()]
    assert best["short"] == "Thái Nguyên"
    assert f"Cao nhất: Thái Nguyên ({lettering.score_text(best['score'], SCALE)})" in told
    assert f"thấp nhất: Lai Châu ({lettering.score_text(worst['score'], SCALE)})" in told
    assert f"Trung vị: {lettering.score_text(TOTALS['score'].median(), SCALE)}." in told
    assert f"{(TOTALS['score'] >= TOTALS['line']).sum()} trên 6 thư viện đã gửi đạt mốc 2025." in told
    assert "Chưa đủ dữ liệu: 1 (Hà Giang). Chưa gửi nên chưa tính: Bắc Kạn." in told


def test_what_was_not_sent_counts_in_nothing_that_is_said_of_all():
    def unsent(table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(sent=table["library"] != "thai_nguyen")

    for told in (
        alternatives.tile_map(unsent(of(TOTALS, *SHARES)), SCALE),
        alternatives.stacked_points(unsent(of(DIMENSIONS, *SHARES)), SCALE),
    ):
        assert "Cao nhất: Lào Cai" in told
        assert "1 trên 4 thư viện đã gửi đạt mốc 2025." in told
        assert "Chưa gửi nên chưa tính: Thái Nguyên." in told
    rows = spread.indicator_spread(unsent(INDICATORS), SCALE, own="thai_nguyen").set_index("id")
    assert rows.loc["A3", "highest"] < rows.loc["A3", "own"]
    assert rows.loc["A3", "stated"] == len(SHARES)
    figure = tiles.tile_map(unsent(TOTALS), TILES, SCALE)
    white = next(trace for trace in figure.data if trace.name == "Chưa gửi")
    assert TILES["thai_nguyen"].column in white.x


def test_a_library_with_too_little_data_is_never_called_the_lowest():
    told = alternatives.stacked_points(of(DIMENSIONS, "son_la", "lao_cai", NOT_BEGUN, HALF_WAY), SCALE)
    assert "Cao nhất: Lào Cai" in told
    assert "thấp nhất: Sơn La" in told
    assert "Chưa đủ dữ liệu: 1 (Hà Giang). Chưa gửi nên chưa tính: Bắc Kạn." in told


def test_the_words_of_a_score_bar_depend_on_what_is_known():
    assert "chưa đủ dữ liệu để xếp mức" in alternatives.score_bar(of(TOTALS, HALF_WAY), SCALE)
    assert "khi trả lời đủ" in alternatives.score_bar(of(TOTALS, "cao_bang"), SCALE)
    row = of(TOTALS, "son_la").iloc[0]
    told = alternatives.score_bar(of(TOTALS, "son_la"), SCALE)
    assert told.startswith(f"Sơn La: {lettering.score_text(row['score'], SCALE)} điểm trên 100, mức")


def test_the_words_of_target_bars_count_states_apart():
    told = alternatives.target_bars(of(INDICATORS, "cao_bang"), SCALE)
    assert told.startswith("35 trên 38 chỉ số có số liệu")
    assert "không có số liệu 1, không áp dụng 1, chưa trả lời 1" in told
    assert "Không có giá trị" not in alternatives.target_bars(of(INDICATORS, "son_la"), SCALE)
    nothing = alternatives.target_bars(of(INDICATORS, NOT_BEGUN), SCALE)
    assert nothing.startswith("0 trên 38")
    assert "Xa chỉ tiêu" not in nothing


def test_the_words_of_a_radar_say_when_nobody_has_a_score():
    told = alternatives.radar_compare(of(DIMENSIONS, NOT_BEGUN), SCALE)
    assert told.count("chưa đủ dữ liệu") == 4
    assert "Cao nhất" not in alternatives.dimension_radar(of(DIMENSIONS, NOT_BEGUN), SCALE)
    assert "Trung vị" not in alternatives.tile_map(of(TOTALS, NOT_BEGUN), SCALE)


def test_the_words_of_distances_compare_the_own_library_with_the_median():
    told = alternatives.target_distance(SPREAD, SCALE, own="Cao Bằng")
    above = (SPREAD["own"] > SPREAD["median"]).sum()
    assert f"Cao Bằng: đạt ở {(SPREAD['own'] >= SPREAD['line'] - 1e-9).sum()} nội dung" in told
    assert f"cao hơn trung vị ở {above} nội dung." in told
    assert "Cao Bằng" not in alternatives.target_distance(SPREAD, SCALE)


def test_the_words_of_a_trend_follow_the_rounds():
    told = alternatives.trend_lines(TREND, SCALE, own="son_la")
    assert told.index("12/2024") < told.index("06/2025") < told.index("12/2025")
    only_unknown = alternatives.trend_lines(of(TREND, NOT_BEGUN), SCALE)
    assert "(chưa đủ dữ liệu)" in only_unknown


def test_the_words_of_headcounts_say_each_target():
    told = alternatives.headcounts(PROGRAMME, SCALE)
    assert told.startswith(f"Liên hiệp đạt {PROGRAMME['reached'].sum()} trên 5 chỉ tiêu.")
    assert all(f"{target}: " in told for target in PROGRAMME["target"])


@pytest.mark.parametrize("scale", [SCALE, Scale.of(FRAMEWORK, language="en")], ids=["vi", "en"])
def test_every_figure_has_words_without_gaps(scale: Scale):
    told = every_alternative(scale)
    assert set(told) == set(FIGURES["wide"])
    for text in told.values():
        assert text.endswith(".")
        assert not [gap for gap in ("nan", "{", "  ", "None", "..") if gap in text]


def test_many_ties_are_counted_instead_of_listed():
    table = pd.concat([of(TOTALS, "son_la").assign(short=f"Thư viện {n}") for n in range(1, 6)])
    assert "Cao nhất: Thư viện 1 và 4 nơi khác" in alternatives.tile_map(table, SCALE)


# Pictures.

CAPTION = pictures.Caption("Điểm của từng thư viện", "Đợt giữa năm 2025", sample=True)


@pytest.fixture
def closed_browser() -> Iterator[None]:
    yield
    pictures._BROWSER.close()


@pytest.fixture
def chromium() -> None:
    found = [
        name for name in ("chromium", "chromium-browser", "google-chrome", "chrome") if shutil.which(name)
    ]
    if not found:
        reason = "no Chromium was found on this machine"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)


def test_a_picture_says_what_it_shows_of_when_and_that_it_is_invented():
    figure = FIGURES["wide"]["stacked_points"]
    framed = pictures.captioned(figure, CAPTION)
    for words in (CAPTION.title, CAPTION.round_name, "DỮ LIỆU MINH HỌA"):
        assert words in framed.layout.title.text
    assert framed.layout.paper_bgcolor == "#FFFFFF"
    plot = figure.layout.height - figure.layout.margin.t
    assert framed.layout.height - framed.layout.margin.t == plot
    assert figure.layout.title.text is None


def test_a_picture_of_real_data_carries_no_warning():
    real = pictures.Caption(CAPTION.title, CAPTION.round_name)
    framed = pictures.captioned(FIGURES["wide"]["tile_map"], real, height=500)
    assert "MINH HỌA" not in framed.layout.title.text
    assert framed.layout.height > 500


@pytest.mark.usefixtures("chromium", "closed_browser")
def test_a_figure_becomes_a_png_of_the_size_asked_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pictures, "IDLE", 0.2)
    figure = FIGURES["wide"]["score_bar"]
    for _time in range(2):
        picture = pictures.to_png(figure, CAPTION, width=640, scale=1)
        assert picture.startswith(b"\x89PNG")
        assert int.from_bytes(picture[16:20], "big") == 640
    deadline = time.monotonic() + 10
    while pictures._BROWSER._open is not None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert pictures._BROWSER._open is None


class Browser:
    """Stands for kaleido's browser: the first picture fails, the others are made."""

    opened: ClassVar[list["Browser"]] = []

    def __init__(self, **_options: object) -> None:
        self.closed = False

    async def open(self) -> None:
        Browser.opened.append(self)

    async def close(self) -> None:
        self.closed = True
        raise RuntimeError("the browser is gone already")

    async def calc_fig(self, _figure: object, *, opts: object) -> bytes:
        if len(Browser.opened) == 1:
            raise RuntimeError(f"no picture with {opts}")
        return b"a picture"


@pytest.mark.usefixtures("closed_browser")
def test_a_browser_that_failed_is_replaced_for_the_next_picture(monkeypatch: pytest.MonkeyPatch):
    pictures._BROWSER.close()
    monkeypatch.setattr(Browser, "opened", [])
    monkeypatch.setattr(pictures, "import_module", lambda _name: SimpleNamespace(Kaleido=Browser))
    with pytest.raises(pictures.PictureError):
        pictures.to_png(FIGURES["wide"]["score_bar"], CAPTION)
    assert pictures.to_png(FIGURES["wide"]["score_bar"], CAPTION) == b"a picture"
    assert [browser.closed for browser in Browser.opened] == [True, False]
    with pytest.raises(RuntimeError):
        pictures._BROWSER.close()


@pytest.mark.usefixtures("closed_browser")
def test_without_a_browser_the_reader_is_told_in_both_languages(monkeypatch: pytest.MonkeyPatch):
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    pictures._BROWSER.close()
    monkeypatch.setattr(pictures, "import_module", missing)
    with pytest.raises(pictures.PictureError) as refused:
        pictures.to_png(FIGURES["wide"]["score_bar"], CAPTION)
    assert "Chromium" in refused.value.to("vi")
    assert "table" in refused.value.to("en")
    assert importlib.import_module("report.charts.pictures") is pictures
