"""The level in words: what the score gives, what holds it back, and the shortest way to lift that."""

from report import labels
from report.round_report import SELF, VERIFIED, RoundReport
from scoring.aggregate import CLOSE
from scoring.levels import NO_LEVEL
from scoring.lifting import Lift, Raise, Why, shortest_lift
from survey.text import Language, format_number, format_percent
from survey.translation import words


def level(report: RoundReport, library: str, *, basis: str = SELF, language: Language = "vi") -> list[str]:
    """The level, and each gate that holds it back ("điều kiện đang giữ lại")."""
    _ = words(language)
    card = report.card(basis)
    row, framework = card.row(library), report.framework
    by_score, reached = int(card.level.by_score[row]), int(card.level.level[row])
    if by_score == NO_LEVEL:
        return [_("Chưa đủ dữ liệu để xếp mức."), *_possible(report, library, basis, language)]
    lines = [_("Theo điểm số: mức {level}").format(level=labels.level(framework, by_score, language))]
    lines += [
        _("Điều kiện đang giữ lại: {why}").format(why=why)
        for why in held_back(report, library, basis, language)
    ]
    lines += shortest_way(report, library, basis, language)
    lines.append(_("Mức được xếp: {level}").format(level=labels.level(framework, reached, language)))
    return [*lines, *_possible(report, library, basis, language)]


def _possible(report: RoundReport, library: str, basis: str, language: Language) -> list[str]:
    """The level that open answers could still bring; in the verified score what nobody decided is open too."""
    _ = words(language)
    card = report.card(basis)
    row = card.row(library)
    possible = int(card.reach.level[row])
    if possible <= int(card.level.level[row]):
        return []
    told = (
        _("Nếu {n} câu còn thiếu hoặc chưa thẩm định đều được đủ điểm, có thể đến mức {level}")
        if basis == VERIFIED
        else _("Nếu trả lời nốt {n} câu còn thiếu, có thể đến mức {level}")
    )
    return [told.format(n=int(card.unknowns[row]), level=labels.level(report.framework, possible, language))]


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
        found += _keys_words(report, library, missing, basis, language)
    if gated.verified_cap[row] < by_score:
        needed = min(gate.share for gate in framework.gates.verified if gate.level > gated.verified_cap[row])
        found.append(
            _("mới có {share} số điểm được thẩm định, cần ít nhất {needed}").format(
                share=labels.share_text(float(card.verified_share[row]), [needed], language, decimals=1),
                needed=format_percent(needed, language),
            )
        )
    if gated.floor_cap[row] < by_score and framework.gates.floor:
        found.append(
            _("mọi trụ cột phải đạt ít nhất mức {level}").format(level=framework.gates.floor.dimension_level)
        )
    return found


def _keys_words(
    report: RoundReport, library: str, missing: list[str], basis: str, language: Language
) -> list[str]:
    """Why key indicators earn nothing: no answer above 0, or one that the review has not let stand."""
    _ = words(language)
    waiting = [name for name in missing if basis == VERIFIED and _own_points(report, library, name) > 0]
    lacking = [name for name in missing if name not in waiting]
    told = (
        (_("chỉ số điều kiện chưa trả lời hoặc bằng 0: {names}"), lacking),
        (_("chỉ số điều kiện chưa được thẩm định chấp nhận, hoặc thiếu tài liệu: {names}"), waiting),
    )
    return [said.format(names=", ".join(names)) for said, names in told if names]


def _own_points(report: RoundReport, library: str, name: str) -> float:
    """What the library's own answer earns, whatever the review said of it."""
    card = report.self_card
    return float(card.points[card.row(library), card.matrix.indicators.index(name)])


def shortest_way(report: RoundReport, library: str, basis: str, language: Language) -> list[str]:
    """The shortest list of answers that would lift what holds the level back by one; nothing held, nothing said."""
    _ = words(language)
    card = report.card(basis)
    lift = shortest_lift(card, report.framework, library)
    if lift is None:
        return []
    asked = (
        _to_accept(report, library, lift, language)
        if basis == VERIFIED
        else [
            _("đạt đủ điểm ở {names}").format(names=_raised(one, others, language))
            for one, others in _by_reason(lift)
        ]
    )
    if lift.verified and basis != VERIFIED:
        asked.append(
            _("đưa {n} câu ra thẩm định: {names}").format(
                n=len(lift.verified), names=", ".join(lift.verified)
            )
        )
    return [
        _("Con đường ngắn nhất để lên mức {level}: {ways}").format(
            level=labels.level(report.framework, lift.level, language), ways="; ".join(asked)
        )
    ]


def _to_accept(report: RoundReport, library: str, lift: Lift, language: Language) -> list[str]:
    """In the verified score every point is one that the review accepts: of an answer that is there, or a better one."""
    _ = words(language)
    maxima = {name: one.maximum for name, one in report.framework.indicators.items()}
    there = [
        one.indicator
        for one in lift.answers
        if _own_points(report, library, one.indicator) >= maxima[one.indicator] - CLOSE
    ]
    better = [one.indicator for one in lift.answers if one.indicator not in there]
    told = (
        (_("được thẩm định chấp nhận {names} (đã trả lời đủ điểm)"), there),
        (_("đạt đủ điểm và được thẩm định chấp nhận {names}"), better),
    )
    return [said.format(names=", ".join(names)) for said, names in told if names]


def _by_reason(lift: Lift) -> list[tuple[Raise, list[Raise]]]:
    """The answers to better in groups that share one reason, each with its first."""
    groups: dict[tuple[Why, str], list[Raise]] = {}
    for one in lift.answers:
        key = (one.why, one.dimension if one.why is Why.DIMENSION else "")
        groups.setdefault(key, []).append(one)
    return [(group[0], group) for group in groups.values()]


def _raised(first: Raise, group: list[Raise], language: Language) -> str:
    _ = words(language)
    names = ", ".join(one.indicator for one in group)
    if first.why is Why.KEY:
        return _("{names} (chỉ số điều kiện)").format(names=names)
    gain = format_number(sum(one.gain for one in group), language, decimals=2)
    return _("{names} (trụ cột {dimension}, nhiều nhất được thêm {gain} điểm)").format(
        names=names, dimension=first.dimension, gain=gain
    )
