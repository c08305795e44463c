"""Every number in words: the formula with this library's own values, targets and their sources."""

from report import labels
from report.round_report import SELF, RoundReport
from scoring.aggregate import Aggregate
from scoring.levels import NO_LEVEL
from scoring.matrix import State
from scoring.scorecard import Scorecard
from survey.framework import AnyIndicator, NumberIndicator, RatioIndicator
from survey.text import Language, format_fixed, format_number, format_percent
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
        return [
            _("Chưa có câu trả lời bằng số: cận dưới 0 điểm, cận trên {maximum} điểm.").format(
                maximum=maximum
            )
        ]
    lines = [_value_line(card, row, column, asked, language)]
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
    lines += [_target_line(report, asked, year, language) for year in report.framework.milestones]
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


def _target_line(report: RoundReport, asked: AnyIndicator, year: int, language: Language) -> str:
    _ = words(language)
    target = asked.target(year)
    document = report.sources.get(target.source.document)
    return _("Chỉ tiêu {year}: {target} ({kind}; {document}, {clause})").format(
        year=year,
        target=labels.target_text(asked, target, language),
        kind=labels.source_kind(target.source.kind, language),
        document=document.number if document else target.source.document,
        clause=target.source.clause.to(language),
    )


def dimension(
    report: RoundReport, library: str, name: str, *, basis: str = SELF, language: Language = "vi"
) -> list[str]:
    """How the score of one dimension comes about."""
    card = report.card(basis)
    column = [entry.id for entry in report.framework.dimensions].index(name)
    at = (card.row(library), column)
    return _sum_lines(
        card.dimensions, at, report.framework.thresholds.dimension_coverage, card.posts.first, language
    )


def total(report: RoundReport, library: str, *, basis: str = SELF, language: Language = "vi") -> list[str]:
    """How the score and the level of the whole come about."""
    card = report.card(basis)
    row = card.row(library)
    lines = _sum_lines(
        card.total, (row,), report.framework.thresholds.total_coverage, card.posts.first, language
    )
    return lines + level(report, library, basis=basis, language=language)


def _sum_lines(
    sums: Aggregate, at: tuple[int, ...], threshold: float, year: int, language: Language
) -> list[str]:
    _ = words(language)
    if sums.applicable[at] == 0:
        return [_("Không có chỉ số nào áp dụng, nên không có điểm.")]
    earned = format_number(float(sums.earned[at]), language, decimals=2)
    applicable = format_number(float(sums.applicable[at]), language, decimals=2)
    low, high = (format_fixed(float(value[at]), language, decimals=2) for value in (sums.low, sums.high))
    coverage = format_percent(float(sums.coverage[at]), language, decimals=1)
    stated = sums.score[at] == sums.score[at]
    lines = [
        _("Cận dưới = 100 × {earned} / {applicable} = {low}").format(
            earned=earned, applicable=applicable, low=low
        ),
        _("Cận trên (nếu mọi câu còn thiếu đạt đủ điểm) = {high}").format(high=high),
    ]
    words_of_limit = format_percent(threshold, language)
    if stated:
        lines.append(
            _("Độ phủ {coverage}, đạt ngưỡng {limit}: điểm chính thức là cận dưới, {low}").format(
                coverage=coverage, limit=words_of_limit, low=low
            )
        )
    else:
        lines.append(
            _("Độ phủ {coverage}, dưới ngưỡng {limit}: chưa đủ dữ liệu để công bố điểm").format(
                coverage=coverage, limit=words_of_limit
            )
        )
    lines.append(
        _("Mốc {year} trên cùng các chỉ số áp dụng: {line}").format(
            year=year,
            line=format_fixed(float(sums.line[at]), language, decimals=2),
        )
    )
    return lines


def level(report: RoundReport, library: str, *, basis: str = SELF, language: Language = "vi") -> list[str]:
    """The level, and each gate that holds it back ("điều kiện đang giữ lại")."""
    _ = words(language)
    card = report.card(basis)
    row, framework = card.row(library), report.framework
    by_score, reached = int(card.level.by_score[row]), int(card.level.level[row])
    if by_score == NO_LEVEL:
        return [_("Chưa đủ dữ liệu để xếp mức.")]
    lines = [_("Theo điểm số: mức {level}").format(level=labels.level(framework, by_score, language))]
    lines += [
        _("Điều kiện đang giữ lại: {why}").format(why=why)
        for why in held_back(report, library, basis, language)
    ]
    lines.append(_("Mức được xếp: {level}").format(level=labels.level(framework, reached, language)))
    possible = int(card.reach.level[row])
    if possible > reached:
        lines.append(
            _("Nếu trả lời nốt {n} câu còn thiếu, có thể đến mức {level}").format(
                n=int(card.unknowns[row]), level=labels.level(framework, possible, language)
            )
        )
    return lines


def held_back(report: RoundReport, library: str, basis: str, language: Language) -> list[str]:
    """The gates that keep the level below what the score gives, in words."""
    _ = words(language)
    card, framework = report.card(basis), report.framework
    row, gated = card.row(library), card.level
    by_score = gated.by_score[row]
    found = []
    if gated.weakest_cap[row] < by_score:
        weakest = int(gated.weakest_cap[row]) - framework.gates.above_weakest
        names = [
            dimension.label.to(language)
            for column, dimension in enumerate(framework.dimensions)
            if card.dimension_floor[row, column] == weakest
        ]
        found.append(
            _("trụ cột yếu nhất ({names}) ở mức {level}, toàn bộ không được cao hơn quá {n} bậc").format(
                names=", ".join(names), level=weakest, n=framework.gates.above_weakest
            )
        )
    if gated.key_cap[row] < by_score:
        missing = [
            name
            for column, name in enumerate(card.matrix.indicators)
            if card.posts.key[column] and not card.points[row, column] > 0
        ]
        found.append(_("chỉ số điều kiện chưa trả lời hoặc bằng 0: {names}").format(names=", ".join(missing)))
    if gated.verified_cap[row] < by_score:
        needed = min(gate.share for gate in framework.gates.verified if gate.level > gated.verified_cap[row])
        found.append(
            _("mới có {share} số điểm được thẩm định, cần ít nhất {needed}").format(
                share=format_percent(float(card.verified_share[row]), language, decimals=1),
                needed=format_percent(needed, language),
            )
        )
    if gated.floor_cap[row] < by_score and framework.gates.floor:
        found.append(
            _("mọi trụ cột phải đạt ít nhất mức {level}").format(level=framework.gates.floor.dimension_level)
        )
    return found
