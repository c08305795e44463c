"""What is said of the Federation and of gates claims no more than the figures do; worked by hand."""

from dataclasses import replace

import pytest
from test_explain import (
    CAO_BANG,
    LAI_CHAU,
    SON_LA,
    a_report,
    answered,
    everything,
    given,
    plain,
    ratio,
)

from report import explain_level, explain_targets
from report.round_report import VERIFIED
from report.tables import programme
from survey.response import Answer, AnswerState, Document, Recorded
from survey.text import decimals_apart

YES, NO = answered(1), answered(0)


def row_of(report: object, target: str) -> dict[str, object]:
    rows = programme.of_federation(report).to_dict("records")  # type: ignore[arg-type]
    return next({str(key): value for key, value in row.items()} for row in rows if row["target"] == target)


def said_of(report: object, target: str) -> str:
    return next(line for line in plain(programme.sentences(report)) if line.startswith(f"{target}:"))  # type: ignore[arg-type]


def test_a_pooled_target_is_reached_only_once_everybodys_figures_are_there():
    alone = a_report({SON_LA: given({"D2": ratio(20, 20)}), LAI_CHAU: given({}), CAO_BANG: given({})})
    row = row_of(alone, "T5")
    assert (row["share"], row["reached"], row["undecided"]) == (100, False, True)
    assert "chưa thể kết luận vì còn thiếu số liệu" in said_of(alone, "T5")
    everybody = a_report({name: given({"D2": ratio(20, 20)}) for name in (SON_LA, LAI_CHAU, CAO_BANG)})
    assert (row_of(everybody, "T5")["reached"], row_of(everybody, "T5")["undecided"]) == (True, False)


def test_a_target_that_binds_some_libraries_says_what_these_have():
    report = a_report(
        {
            SON_LA: given({"B3": ratio(80, 100), "G10": YES}),
            LAI_CHAU: given({"B3": ratio(30, 100), "G10": NO}),
            CAO_BANG: given({"B3": ratio(10, 100)}),
        }
    )
    # All: 120/300 = 40 %. Only Sơn La said that it has an important role: 80/100.
    said = said_of(report, "T3")
    assert "120/300 = 40 %" in said
    assert "ràng buộc ở 1 thư viện: 80/100 = 80 %; tham chiếu ở 2 thư viện" in said
    nobody = a_report({SON_LA: given({"B3": ratio(80, 100), "G10": NO})})
    assert "chỉ để tham chiếu ở cả 1 thư viện có số liệu" in said_of(nobody, "T3")


@pytest.mark.parametrize(
    ("value", "limit", "decimals", "found"),
    [
        (69.97, 70, 1, 2),
        (69.997, 70, 0, 3),
        (70, 70, 1, 1),
        (70.04, 70, 1, 1),
        (99.97, 100, 0, 2),
        (79.5, 80, 0, 1),
        (79.4, 80, 0, 0),
        (69.9999999999, 70, 1, 1),
    ],
)
def test_what_misses_a_limit_is_not_printed_like_it(value: float, limit: float, decimals: int, found: int):
    assert decimals_apart(value, [limit], decimals) == found


def test_a_library_just_below_its_target_is_not_told_that_it_has_what_is_needed():
    report = a_report({SON_LA: given({"D2": ratio(9997, 10000)})})
    [line] = plain(explain_targets.programme(report, SON_LA, report.framework.programme_targets[3]))
    assert line == "Chỉ số D2: hiện 99,97 %; cần 100 %"


def test_a_key_indicator_that_waits_for_the_review_is_not_called_unanswered():
    paper = (Document(number="1/KH"),)
    proven = {
        name: replace(entry, verified=True, answer=replace(entry.answer, evidence=paper))
        for name, entry in given(everything()).items()
    }
    waiting = a_report({SON_LA: {**proven, "C5": replace(proven["C5"], verified=False)}})
    assert explain_level.held_back(waiting, SON_LA, VERIFIED, "vi") == [
        "chỉ số điều kiện chưa được thẩm định chấp nhận, hoặc thiếu tài liệu: C5"
    ]
    [way] = explain_level.shortest_way(waiting, SON_LA, VERIFIED, "vi")
    assert way.endswith("được thẩm định chấp nhận C5 (đã trả lời đủ điểm)")
    nothing = a_report({SON_LA: {**proven, "C5": Recorded(Answer(AnswerState.ANSWERED), 1, verified=True)}})
    assert explain_level.held_back(nothing, SON_LA, VERIFIED, "vi") == [
        "chỉ số điều kiện chưa trả lời hoặc bằng 0: C5"
    ]
    [way] = explain_level.shortest_way(nothing, SON_LA, VERIFIED, "vi")
    assert way.endswith("đạt đủ điểm và được thẩm định chấp nhận C5")
