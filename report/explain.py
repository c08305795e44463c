"""Every number in words: the formula with this library's own values, targets and their sources."""

from report import check_words, explain_level, explain_review, labels
from report.round_report import SELF, VERIFIED, RoundReport
from scoring.aggregate import Aggregate
from scoring.matrix import State
from scoring.scorecard import Scorecard
from survey.framework import AnyIndicator, NumberIndicator, RatioIndicator
from survey.text import Language, decimals_apart, format_fixed, format_number, format_percent
from survey.translation import words


def indicator(
    report: RoundReport, library: str, name: str, *, basis: str = SELF, language: Language = "vi"
) -> list[str]:
    """How the points of one indicator come about, a sentence a line."""
    _ = words(language)
    card = report.card(basis)
    row, column = card.row(library), card.matrix.indicators.index(name)
    asked = report.framework.indicators[name]
    maximum = format_number(asked.maximum, language)
    state = card.matrix.state[row, column]
    if state == State.NOT_APPLICABLE:
        return [_("Không áp dụng: rút khỏi cả điểm đạt được và điểm tối đa.")]
    if state != State.ANSWERED:
        waits = basis == VERIFIED and report.matrix.state[row, column] == State.ANSWERED
        why = (
            _("Chưa thẩm định nên chưa tính: cận dưới 0 điểm, cận trên {maximum} điểm.")
            if waits
            else _("Chưa có câu trả lời bằng số: cận dưới 0 điểm, cận trên {maximum} điểm.")
        )
        return [why.format(maximum=maximum)]
    lines = [
        *explain_review.unproven(report, library, name, basis, language),
        _value_line(card, row, column, asked, language),
    ]
    goal, zero = asked.target(report.framework.last_milestone).value, asked.zero
    share = format_number(float(card.share[row, column]), language, decimals=4)
    lines.append(
        _("s = (x − {zero}) / ({goal} − {zero}) = {raw}, giới hạn từ 0 đến 1: s = {share}").format(
            zero=format_number(zero, language, decimals=2),
            goal=format_number(goal, language, decimals=2),
            raw=format_number(float(card.uncapped[row, column]), language, decimals=4),
            share=share,
        )
    )
    lines.append(
        _("Điểm = s × điểm tối đa = {share} × {maximum} = {points}").format(
            share=share,
            maximum=maximum,
            points=format_fixed(float(card.points[row, column]), language, decimals=2),
        )
    )
    lines.append(_weight_line(report, asked, language))
    lines += [_target_line(report, asked, year, language) for year in report.framework.milestones]
    lines += check_words.confirmed(report.responses[library].answer(name), language)
    lines.append(explain_review.verified(report, library, name, language))
    return lines


def _value_line(card: Scorecard, row: int, column: int, asked: AnyIndicator, language: Language) -> str:
    _ = words(language)
    x = float(card.matrix.value[row, column])
    if isinstance(asked, RatioIndicator):
        return _("x = 100 × {a} / {b} = {x} %").format(
            a=format_number(float(card.matrix.numerator[row, column]), language, decimals=2),
            b=format_number(float(card.matrix.denominator[row, column]), language, decimals=2),
            x=format_number(x, language, decimals=2),
        )
    shown = labels.value_text(asked, x, language)
    if isinstance(asked, NumberIndicator):
        return f"x = {shown}"
    return _("x = {x} ({shown})").format(x=format_number(x, language, decimals=2), shown=shown)


def _weight_line(report: RoundReport, asked: AnyIndicator, language: Language) -> str:
    _ = words(language)
    of = report.framework.total_points
    return _("Trọng số: {maximum} trên {of} điểm = {share}").format(
        maximum=format_number(asked.maximum, language),
        of=format_number(of, language),
        share=format_percent(asked.maximum / of, language, decimals=1),
    )


def _target_line(report: RoundReport, asked: AnyIndicator, year: int, language: Language) -> str:
    _ = words(language)
    target = asked.target(year)
    return _("Chỉ tiêu {year}: {target} ({kind}; {source})").format(
        year=year,
        target=labels.target_text(asked, target, language),
        kind=labels.set_by(target.source, language),
        source=labels.cited(report.sources, target.source, language),
    )


def dimension(
    report: RoundReport, library: str, name: str, *, basis: str = SELF, language: Language = "vi"
) -> list[str]:
    """How the score of one dimension comes about."""
    card = report.card(basis)
    column = [entry.id for entry in report.framework.dimensions].index(name)
    at = (card.row(library), column)
    return _sum_lines(report, card.dimensions, at, report.framework.thresholds.dimension_coverage, language)


def total(report: RoundReport, library: str, *, basis: str = SELF, language: Language = "vi") -> list[str]:
    """How the score and the level of the whole come about."""
    card = report.card(basis)
    row = card.row(library)
    lines = _sum_lines(report, card.total, (row,), report.framework.thresholds.total_coverage, language)
    lines += _verified(report, library, language)
    return lines + explain_level.level(report, library, basis=basis, language=language)


def _verified(report: RoundReport, library: str, language: Language) -> list[str]:
    """How much of what the library earned by its own answers was verified; nothing where it earned nothing."""
    card = report.self_card
    row = card.row(library)
    earned, share = float(card.total.earned[row]), float(card.verified_share[row])
    if not earned > 0:
        return []
    asked = [gate.share for gate in report.framework.gates.verified]
    return [
        words(language)(
            "Tỷ lệ đã thẩm định = {verified} điểm còn lại sau thẩm định / {earned} điểm tự chấm = {share}"
        ).format(
            verified=format_number(share * earned, language, decimals=2),
            earned=format_number(earned, language, decimals=2),
            share=labels.share_text(share, asked, language, decimals=1),
        )
    ]


def _sum_lines(
    report: RoundReport, sums: Aggregate, at: tuple[int, ...], threshold: float, language: Language
) -> list[str]:
    _, year = words(language), report.framework.first_milestone
    cuts = [level.at_least for level in report.framework.levels]
    if sums.applicable[at] == 0:
        return [_("Không có chỉ số nào áp dụng, nên không có điểm.")]
    earned = format_number(float(sums.earned[at]), language, decimals=2)
    applicable = format_number(float(sums.applicable[at]), language, decimals=2)
    shown = decimals_apart(float(sums.low[at]), cuts, 2)
    low, high = (format_fixed(float(value[at]), language, decimals=shown) for value in (sums.low, sums.high))
    coverage = labels.share_text(float(sums.coverage[at]), [threshold], language, decimals=1)

    def part(share: float) -> str:
        """The points of which a percentage of what applies was made."""
        return format_number(float(share * sums.applicable[at] / 100), language, decimals=2)

    return [
        _("Cận dưới = 100 × {earned} / {applicable} = {low}").format(
            earned=earned, applicable=applicable, low=low
        ),
        _(
            "Cận trên (mọi câu còn thiếu đạt đủ điểm) = 100 × ({earned} + {open}) / {applicable} = {high}"
        ).format(earned=earned, open=part(sums.high[at] - sums.low[at]), applicable=applicable, high=high),
        _("Độ phủ = {answered} điểm tối đa của câu đã trả lời / {applicable} = {coverage}").format(
            answered=part(100 * sums.coverage[at]), applicable=applicable, coverage=coverage
        ),
        _stated_line(coverage, threshold, low if sums.score[at] == sums.score[at] else "", language),
        _("Mốc {year} trên cùng các chỉ số áp dụng = 100 × {points} / {applicable} = {line}").format(
            year=year,
            points=part(sums.line[at]),
            applicable=applicable,
            line=format_fixed(float(sums.line[at]), language, decimals=2),
        ),
    ]


def _stated_line(coverage: str, threshold: float, low: str, language: Language) -> str:
    """Whether the coverage lets a score be stated. low: the score where it does, else ""."""
    _ = words(language)
    told = (
        _("Độ phủ {coverage}, đạt ngưỡng {limit}: điểm chính thức là cận dưới, {low}")
        if low
        else _("Độ phủ {coverage}, dưới ngưỡng {limit}: chưa đủ dữ liệu để công bố điểm")
    )
    return told.format(coverage=coverage, limit=format_percent(threshold, language), low=low)
