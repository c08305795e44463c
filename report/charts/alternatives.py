"""What each figure says, in one to three sentences from the same table, for those who cannot see it."""

from statistics import median

import pandas as pd

from report.charts import headcounts as heads
from report.charts import points, standing
from report.charts.lettering import band_text, score_text
from report.charts.records import Record, groups, records
from report.charts.scale import Scale
from report.charts.standing import sentences
from report.charts.trend import NO_MERGER, Merger
from survey.response import AnswerState
from survey.text import format_day
from survey.translation import words


def score_bar(table: pd.DataFrame, scale: Scale) -> str:
    """From one library's row of `tables.scores.totals`."""
    _ = words(scale.language)
    row = records(table)[0]
    if row["score"] != row["score"]:
        told = _("{name}: chưa đủ dữ liệu để xếp mức, điểm nằm trong khoảng {band}.")
    elif row["high"] > row["low"]:
        told = _("{name}: {score} điểm trên 100, mức {level}; khi trả lời đủ, điểm nằm trong khoảng {band}.")
    else:
        told = _("{name}: {score} điểm trên 100, mức {level}.")
    return sentences(
        told.format(
            name=row["short"],
            score=score_text(row["score"], scale),
            level=row["level_words"],
            band=band_text(row["low"], row["high"], scale),
        ),
        _("Mốc {year}: {line}.").format(year=scale.first, line=score_text(row["line"], scale)),
    )


def dimension_radar(table: pd.DataFrame, scale: Scale) -> str:
    """From one library's rows of `tables.scores.by_dimension`."""
    _ = words(scale.language)
    rows = records(table)
    return sentences(
        f"{rows[0]['short']}.",
        standing.extremes(
            standing.values(rows, "dimension_short", "score"), scale, standing.in_scores(scale)
        ),
        _("{n} trên {all} trụ cột đạt mốc {year}.").format(
            n=standing.on_line(rows, "score"), all=len(rows), year=scale.first
        ),
        standing.too_little(rows, "dimension_short", scale),
    )


def target_bars(table: pd.DataFrame, scale: Scale) -> str:
    """From one library's rows of `tables.scores.by_indicator`."""
    _ = words(scale.language)
    rows = records(table)
    answered = [row for row in rows if row["state"] == AnswerState.ANSWERED]
    first, last = (
        sum(row[column] >= 1 - standing.CLOSE for row in answered) for column in ("share_first", "share")
    )
    return sentences(
        _(
            "{answered} trên {all} chỉ số có số liệu: {a} đạt chỉ tiêu {first}, {b} đạt chỉ tiêu {last}."
        ).format(answered=len(answered), all=len(rows), a=first, b=last, first=scale.first, last=scale.last),
        standing.farthest([(row["indicator"], 100 * row["share"]) for row in answered], scale),
        standing.missing_values(rows, scale),
    )


def stacked_points(table: pd.DataFrame, scale: Scale) -> str:
    """From `tables.scores.by_dimension`; only what was sent counts, and only a stated score is set in an order."""
    _ = words(scale.language)
    everybody = [rows for _name, rows in groups(table, "library")]
    libraries = [rows for rows in everybody if rows[0]["sent"]]
    known = [rows for rows in libraries if points.stated(rows)]
    earned = [(str(rows[0]["short"]), points.assured(rows)) for rows in known]
    over = sum(points.assured(rows) >= points.line(rows) - standing.CLOSE for rows in libraries)
    unknown = [rows[0] | {"score": float("nan")} for rows in libraries if rows not in known]
    return sentences(
        standing.extremes(earned, scale, standing.in_points(scale)),
        standing.middle(earned, scale, standing.in_points(scale)),
        _on_line(over, len(libraries), scale),
        standing.too_little(unknown, "short", scale),
        standing.unsent([rows[0] for rows in everybody], "short", scale),
    )


def tile_map(table: pd.DataFrame, scale: Scale) -> str:
    """From `tables.scores.totals`; also right for any other figure of the libraries' scores."""
    everybody = records(table)
    rows = [row for row in everybody if row["sent"]]
    scores = standing.values(rows, "short", "score")
    return sentences(
        standing.extremes(scores, scale, standing.in_scores(scale)),
        standing.middle(scores, scale, standing.in_scores(scale)),
        _on_line(standing.on_line(rows, "score"), len(rows), scale),
        standing.too_little(rows, "short", scale),
        standing.unsent(everybody, "short", scale),
    )


def _on_line(reached: int, sent: int, scale: Scale) -> str:
    if not sent:
        return ""
    told = words(scale.language)("{n} trên {all} thư viện đã gửi đạt mốc {year}.")
    return told.format(n=reached, all=sent, year=scale.first)


def heat_map(table: pd.DataFrame, scale: Scale) -> str:
    """From `tables.scores.by_indicator`."""
    _ = words(scale.language)
    middles = [(name, 100 * _median(rows, "share")) for name, rows in groups(table, "indicator")]
    return sentences(
        _("{libraries} thư viện, {indicators} chỉ số; so theo trung vị của các thư viện đã gửi.").format(
            libraries=table["library"].nunique(), indicators=len(middles)
        ),
        standing.extremes(middles, scale, standing.in_percent(scale)),
        standing.missing_values(records(table), scale),
    )


def radar_compare(table: pd.DataFrame, scale: Scale) -> str:
    """From the chosen libraries' rows of `tables.scores.by_dimension`."""
    nobody = words(scale.language)("chưa đủ dữ liệu.")
    told = []
    for _dimension, rows in groups(table, "dimension"):
        scores = standing.values(rows, "short", "score")
        said = standing.extremes(scores, scale, standing.in_scores(scale)) or nobody
        told.append(f"{rows[0]['dimension_short']}, {said[0].lower()}{said[1:]}")
    return sentences(*told)


def target_distance(table: pd.DataFrame, scale: Scale, *, own: str = "") -> str:
    """From `spread.indicator_spread` or `spread.dimension_spread`; own: the name as in the figure."""
    _ = words(scale.language)
    rows = records(table)
    told = _("Trung vị đạt chỉ tiêu {year} ở {n} trên {all} nội dung.").format(
        year=scale.first, n=standing.on_line(rows, "median"), all=len(rows)
    )
    mine = _("{name}: đạt ở {n} nội dung, cao hơn trung vị ở {above} nội dung.").format(
        name=own,
        n=standing.on_line(rows, "own"),
        above=sum(row["own"] > row["median"] + standing.CLOSE for row in rows),
    )
    return sentences(
        told,
        standing.farthest([(str(row["id"]), row["median"]) for row in rows], scale),
        mine if own else "",
    )


def trend_lines(table: pd.DataFrame, scale: Scale, *, own: str = "", merger: Merger = NO_MERGER) -> str:
    """From `tables.rounds.trend`; own: the library's id; merger: as in the figure."""
    _ = words(scale.language)
    rounds = [rows for _name, rows in groups(table.sort_values("reference_date", kind="stable"), "round")]
    middles = [f"{rows[0]['round_name']} ({_score(_median(rows, 'score'), scale)})" for rows in rounds]
    mine = [row for rows in rounds for row in rows if row["library"] == own]
    scores = [f"{row['round_name']} ({_score(row['score'], scale)})" for row in mine]
    return sentences(
        _("Trung vị điểm qua {n} kỳ: {medians}.").format(n=len(rounds), medians="; ".join(middles)),
        f"{mine[0]['short']}: {'; '.join(scores)}." if mine else "",
        _merged(rounds[-1], scale, merger),
        standing.too_little(rounds[-1], "short", scale),
    )


def _merged(newest: list[Record], scale: Scale, merger: Merger) -> str:
    """Whose line begins anew with the merger."""
    names = [str(row["short"]) for row in newest if row["library"] in merger.parts.values()]
    if merger.on is None or not names:
        return ""
    told = words(scale.language)(
        "Sáp nhập ngày {day}: điểm của {names} không nối với điểm của các thư viện trước sáp nhập."
    )
    return told.format(day=format_day(merger.on, scale.language), names=", ".join(names))


def headcounts(table: pd.DataFrame, scale: Scale) -> str:
    """From `tables.programme.of_federation`."""
    _ = words(scale.language)
    rows = records(table)
    told = [f"{row['target']}: {heads.note(row, scale)}" for row in rows]
    return sentences(
        _("Liên hiệp đạt {n} trên {all} chỉ tiêu.").format(
            n=sum(bool(row["reached"]) for row in rows), all=len(rows)
        ),
        "; ".join(told) + ".",
    )


def _median(rows: list[Record], column: str) -> float:
    """The median of what was sent and is stated; NaN where nothing is."""
    known = [float(row[column]) for row in rows if row["sent"] and row[column] == row[column]]
    return median(known) if known else float("nan")


def _score(score: float, scale: Scale) -> str:
    return score_text(score, scale) if score == score else words(scale.language)("chưa đủ dữ liệu")
