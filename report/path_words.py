"""What is said of a path of least effort: that there is none, what it costs, and what the review must do."""

from report import labels
from report.round_report import RoundReport
from scoring.demands import Goal
from scoring.path import Obstacle, Plan, needs_verified
from survey.framework import Framework
from survey.text import Language, format_fixed, format_number, format_percent
from survey.translation import words


def goal_name(goal: Goal, framework: Framework, language: Language) -> str:
    """What is to be reached, in a few words."""
    _ = words(language)
    if goal.level is not None:
        return _("mức {level}").format(level=labels.level(framework, goal.level, language))
    if goal.score is not None:
        return _("{score} điểm").format(score=format_number(goal.score, language, decimals=2))
    names = {target.id: target.label.to(language) for target in framework.programme_targets}
    return "; ".join(f"{name} · {names[name]}" for name in goal.targets)


def obstacle(found: Obstacle, goal: Goal, report: RoundReport, library: str, language: Language) -> str:
    """Why there is no path, in one sentence."""
    _ = words(language)
    name = goal_name(goal, report.framework, language)
    if found is Obstacle.DOES_NOT_APPLY:
        return _(
            "Không có con đường tới «{goal}»: đích này, hoặc một điều kiện của nó, không áp dụng với thư viện."
        ).format(goal=name)
    if found is Obstacle.TOO_FAR:
        return _(
            "Không có con đường tới «{goal}»: dù mọi chỉ số áp dụng đều đạt chỉ tiêu năm {year} vẫn chưa đủ."
        ).format(goal=name, year=report.framework.last_milestone)
    card = report.self_card
    return _(
        "Chưa tới được «{goal}»: cần ít nhất {needed} số điểm được thẩm định, hiện mới có {share} và câu trả lời thay đổi "
        "phải được thẩm định lại. Nếu tin rằng thẩm định sẽ chấp nhận, hãy đánh dấu ô ở trên."
    ).format(
        goal=name,
        needed=format_percent(needs_verified(goal, report.framework), language),
        share=format_percent(float(card.verified_share[card.row(library)]), language),
    )


def summary(plan: Plan, framework: Framework, language: Language) -> str:
    """Cost, steps and the state after, in one sentence."""
    _ = words(language)
    name = goal_name(plan.goal, framework, language)
    if not plan.steps:
        return _("Đã đạt «{goal}», không cần làm gì thêm.").format(goal=name)
    card = plan.card
    low, high = (format_fixed(float(ends[0]), language) for ends in (card.total.low, card.total.high))
    stated = card.total.score[0] == card.total.score[0]
    said = _(
        "{n} bước, tổng công sức {cost}: điểm {score}, mức {level}. Không có cách nào tốn ít công hơn."
    ).format(
        n=len(plan.steps),
        cost=format_number(plan.cost, language, decimals=2),
        score=low if stated else f"{low} – {high}",
        level=labels.level(framework, int(card.level.level[0]), language),
    )
    if not any(step.gain > 0 for step in plan.steps):
        said += " " + _(
            "Điều đang thiếu là độ phủ: chỉ cần trả lời các câu này, kể cả trả lời là 0, cho đủ {limit} để được xếp mức."
        ).format(limit=format_percent(framework.thresholds.total_coverage, language))
    return said


def review_needed(plan: Plan, language: Language) -> str:
    """What the plan leaves to the review; "" where the level asks nothing of it."""
    _ = words(language)
    if not plan.needs_verified:
        return ""
    return _(
        "Kế hoạch này cần thẩm định: ít nhất {share} số điểm phải được thẩm định thì mức mới được công nhận."
    ).format(share=format_percent(plan.needs_verified, language))
