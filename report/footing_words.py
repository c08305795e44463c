"""What the comparison of the Federation before and after a merger rests on, in words."""

from report import verified_words
from report.round_report import VERIFIED, RoundReport
from report.tables.footing import Footing
from survey.members import Member
from survey.text import Language
from survey.translation import words


def sentences(footing: Footing, *, basis: str, language: Language = "vi") -> list[str]:
    """What is compared with what, who is left out and why averages are not compared."""
    _ = words(language)
    many, few = len(footing.before.members), len(footing.after.members)
    said = [
        _("«{before}» có {many} thành viên ({then} đã gửi), «{after}» có {few} ({now} đã gửi).").format(
            before=footing.before.round.name,
            many=many,
            then=_sent_count(footing.before),
            after=footing.after.round.name,
            few=few,
            now=_sent_count(footing.after),
        ),
        _(
            "Không so trực tiếp điểm trung bình của {many} và {few} thư viện: một thư viện hợp nhất thay cho hai thư viện "
            "nên trọng lượng trong trung bình đổi, dù trong kho không có gì thay đổi."
        ).format(many=many, few=few),
    ]
    left_out = [_left_out(one, language) for one in footing.left_out]
    return [*said, *of_basis(footing, basis=basis, language=language), *left_out]


def of_basis(footing: Footing, *, basis: str, language: Language = "vi") -> list[str]:
    """What is added up on one basis, and which round has nothing on it."""
    said = [_pooling(basis, language).format(n=len(footing.compared))]
    if basis == VERIFIED:
        said.append(verified_words.how_added(language))
        for report in (footing.before, footing.after):
            said += verified_words.never_reviewed(report, language)
    return said


def _pooling(basis: str, language: Language) -> str:
    _ = words(language)
    if basis == VERIFIED:
        return _(
            "Tỷ lệ gộp cộng tử số và mẫu số đã thẩm định, trên {n} địa bàn trọn vẹn ở cả hai đợt, nơi nào đã được thẩm định "
            "cả hai lần; thư viện hợp nhất được so với tổng các thư viện cũ của mình."
        )
    return _(
        "Tỷ lệ gộp cộng tử số và mẫu số do thư viện khai, trên {n} địa bàn trọn vẹn ở cả hai đợt, nơi nào đã gửi và có số "
        "liệu cả hai lần; thư viện hợp nhất được so với tổng các thư viện cũ của mình."
    )


def _sent_count(report: RoundReport) -> int:
    return sum(not response.editable for response in report.responses.values())


def _left_out(member: Member, language: Language) -> str:
    _ = words(language)
    names = ", ".join(part.to(language) for part in member.outside_parts)
    short = member.short.to(language)
    if not names:
        return _("Không tính {library}: không có trong đợt trước.").format(library=short)
    return _("Không tính {library}: số liệu trước sắp xếp chưa gồm {names}.").format(
        library=short, names=names
    )
