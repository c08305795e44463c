"""The method in plain words, with every number taken from the framework."""

from collections.abc import Iterator

from survey.framework import Framework
from survey.text import Language, format_number, format_percent
from survey.translation import words


def rules(framework: Framework, language: Language) -> list[tuple[str, str]]:
    """Name and text of each rule, in the order in which a score comes about."""
    return [
        *_nature(framework, language),
        *_points(framework, language),
        *_sums(framework, language),
        *_levels(framework, language),
    ]


def _nature(framework: Framework, language: Language) -> Iterator[tuple[str, str]]:
    _ = words(language)
    yield (
        _("Không phải bộ chỉ số của Nhà nước"),
        framework.note.to(language),
    )
    parts = "; ".join(
        f"{dimension.id}. {dimension.label.to(language)}: {format_number(dimension.points, language)}"
        for dimension in framework.dimensions
    )
    yield (
        _("Thang điểm"),
        _("{total} điểm cho {n} chỉ số thành phần. {parts}.").format(
            total=format_number(framework.total_points, language), n=len(framework.indicators), parts=parts
        ),
    )


def _points(framework: Framework, language: Language) -> Iterator[tuple[str, str]]:
    _ = words(language)
    first, last = framework.first_milestone, framework.last_milestone
    yield (
        _("Điểm của một chỉ số"),
        _(
            "Điểm = điểm tối đa × (giá trị − mốc 0 điểm) / (chỉ tiêu {last} − mốc 0 điểm), không thấp hơn 0 và "
            "không vượt điểm tối đa. Mốc 0 điểm là 0 nếu không ghi khác. Không so với thư viện khác."
        ).format(last=last),
    )
    yield (
        _("Mức chỉ tiêu năm {year}").format(year=first),
        _(
            "Đặt giá trị của mọi chỉ số áp dụng bằng chỉ tiêu năm {first} rồi tính điểm như trên; là vạch so sánh "
            "trên cùng thang điểm, trong đó 100 là đạt mọi chỉ tiêu năm {last}."
        ).format(first=first, last=last),
    )
    yield (
        _("Bốn trạng thái của câu trả lời"),
        _(
            "Đã trả lời (0 cũng là câu trả lời); không có số liệu; không áp dụng (có lý do, rút khỏi cả điểm đạt "
            "và điểm tối đa); chưa trả lời. Tỷ lệ 0/0 được coi là không áp dụng vì không có đối tượng. Câu có lỗi "
            "được coi là chưa trả lời."
        ),
    )


def _sums(framework: Framework, language: Language) -> Iterator[tuple[str, str]]:
    _ = words(language)
    limits = framework.thresholds
    yield (
        _("Điểm của trụ cột và điểm chung"),
        _(
            "Cận dưới = 100 × tổng điểm đạt được / tổng điểm tối đa của các chỉ số áp dụng. Cận trên tính thêm đủ "
            "điểm cho câu không có số liệu và câu chưa trả lời. Điểm chung cộng thẳng từ các chỉ số."
        ),
    )
    yield (
        _("Khi nào nêu điểm"),
        _(
            "Điểm là cận dưới, được nêu khi các câu đã trả lời chiếm ít nhất {dimension} điểm tối đa áp dụng của "
            "trụ cột và {total} của cả bộ (so bằng số chưa làm tròn). Thấp hơn thì ghi «Chưa đủ dữ liệu» và chỉ "
            "nêu hai cận."
        ).format(
            dimension=format_percent(limits.dimension_coverage, language),
            total=format_percent(limits.total_coverage, language),
        ),
    )
    yield (
        _("Tự chấm và thẩm định"),
        _(
            "Điểm tự chấm tính từ mọi câu trả lời; điểm thẩm định chỉ tính câu đã được xác nhận. Tỷ lệ điểm đã "
            "thẩm định = điểm của các câu đã xác nhận / tổng điểm đạt được."
        ),
    )


def _levels(framework: Framework, language: Language) -> Iterator[tuple[str, str]]:
    _, gates = words(language), framework.gates
    yield (
        _("Các mức"),
        "\n".join(
            _("Mức {level} · {name}: từ {score} điểm. {meaning}").format(
                level=level.level,
                name=level.label.to(language),
                score=format_number(level.at_least, language, decimals=1),
                meaning=level.meaning.to(language),
            )
            for level in framework.levels
        ),
    )
    keys = ", ".join(name for name, indicator in framework.indicators.items() if indicator.key)
    conditions = [
        _("Mức chung cao hơn mức của trụ cột yếu nhất (đọc từ cận dưới) nhiều nhất {n} mức.").format(
            n=gates.above_weakest
        )
    ]
    if keys:
        conditions.append(
            _("Từ mức {level}: các chỉ số điều kiện ({keys}) đều đã trả lời và có điểm.").format(
                level=gates.key_indicators_from, keys=keys
            )
        )
    conditions += [
        _("Từ mức {level}: ít nhất {share} điểm đạt được đã thẩm định.").format(
            level=gate.level, share=format_percent(gate.share, language)
        )
        for gate in gates.verified
    ]
    if gates.floor:
        conditions.append(
            _("Từ mức {level}: không trụ cột nào dưới mức {dimension}.").format(
                level=gates.floor.level, dimension=gates.floor.dimension_level
            )
        )
    yield _("Điều kiện xếp mức chung"), "\n".join(conditions)
