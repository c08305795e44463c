"""How a place in the comparison comes about: in how many of the draws what was so."""

from report import labels
from report.rank_study import RankStudy
from report.round_report import RoundReport
from scoring.ranking import APART, TOP
from survey.text import Language, format_number, format_percent
from survey.translation import words


def place(report: RoundReport, study: RankStudy, library: str, language: Language) -> list[str]:
    """One library's interval, its chance of a place in front, and against each other library."""
    _ = words(language)
    found = study.ranking
    if library not in found.libraries:
        return [_("Chưa gửi hoặc chưa đủ dữ liệu nên chưa so được.")]
    at = found.libraries.index(library)
    lines = [
        _("{count} lần thử, hạt giống {seed}, cách tính số {procedure}.").format(
            count=format_number(study.count, language), seed=study.seed, procedure=study.procedure
        ),
        _("Khoảng hạng 5–95 %: {ranks}; hạng ở giữa: {median}.").format(
            ranks=labels.ranks(int(found.low[at]), int(found.high[at]), language),
            median=int(found.median[at]),
        ),
        _("Ở {n} hạng đầu: {share}").format(n=TOP, share=_share(float(found.top[at]), study.count, language)),
    ]
    lines += [
        _("Đứng trên {name}: {share}").format(
            name=report.member(other).short.to(language),
            share=_share(float(found.above[at, row]), study.count, language),
        )
        for row, other in enumerate(found.libraries)
        if other != library
    ]
    rule = _(
        "Nhóm mới bắt đầu ở thư viện đầu tiên mà thư viện đứng đầu nhóm thắng trong ít nhất {share} lần thử."
    )
    return [*lines, rule.format(share=format_percent(APART, language))]


def _share(share: float, count: int, language: Language) -> str:
    """4.512 trên 5.000 lần thử = 90,2 %."""
    return words(language)("{n} trên {count} lần thử = {share}").format(
        n=format_number(round(share * count), language),
        count=format_number(count, language),
        share=format_percent(share, language, decimals=1),
    )
