"""The method in plain sentences, with the framework's own numbers; the same on screen and in files."""

from survey.framework import Framework
from survey.text import Language, format_number, format_percent
from survey.translation import words


def paragraphs(framework: Framework, language: Language) -> list[tuple[str, list[str]]]:
    """Titles with their sentences, in reading order."""
    return [
        _standing(framework, language),
        _points(framework, language),
        _missing(framework, language),
        _levels(framework, language),
        _programme(framework, language),
    ]


def _standing(framework: Framework, language: Language) -> tuple[str, list[str]]:
    _ = words(language)
    return _("Bộ chỉ số này là gì"), [framework.label.to(language), framework.note.to(language)]


def _points(framework: Framework, language: Language) -> tuple[str, list[str]]:
    _ = words(language)
    first, last = framework.first_milestone, framework.last_milestone
    total = format_number(framework.total_points, language)
    return _("Cách tính điểm"), [
        _(
            "Mỗi chỉ số có điểm tối đa; tất cả cộng lại là {total} điểm. "
            "Điểm số = 100 × điểm đạt được / điểm tối đa của các chỉ số áp dụng."
        ).format(total=total),
        _(
            "Với giá trị x, điểm không b và chỉ tiêu T của năm {last}: s = (x − b) / (T − b), giới hạn từ 0 đến 1; "
            "điểm đạt được = s × điểm tối đa. Không chuẩn hóa theo thư viện khác."
        ).format(last=last),
        _(
            "Mốc {first} là điểm số của một thư viện đạt đúng mọi chỉ tiêu năm {first}, "
            "tính trên cùng các chỉ số áp dụng và cùng thang điểm ({last} = 100)."
        ).format(first=first, last=last),
        _(
            "Đây là bộ công thức số {set}. Số này thuộc phiên bản của bộ chỉ số, cùng câu hỏi, trọng số và chỉ tiêu: "
            "phiên bản đã lưu luôn được tính bằng bộ công thức của chính nó."
        ).format(set=framework.formulas),
    ]


def _missing(framework: Framework, language: Language) -> tuple[str, list[str]]:
    _ = words(language)
    limits = framework.thresholds
    return _("Khi thiếu câu trả lời"), [
        _(
            "Có bốn trạng thái: đã trả lời, không có số liệu, không áp dụng, chưa trả lời. Số 0 là một câu trả lời. "
            "«Không áp dụng» được rút khỏi cả điểm đạt được và điểm tối đa."
        ),
        _(
            "Cận dưới coi các câu không có số liệu hoặc chưa trả lời là 0 điểm; cận trên coi là đủ điểm. "
            "Độ phủ = điểm tối đa của các câu đã trả lời / điểm tối đa của các câu áp dụng."
        ),
        _(
            "Điểm chính thức là cận dưới, chỉ công bố khi độ phủ đạt ít nhất {dimension} ở một trụ cột "
            "và {total} ở toàn bộ; dưới mức đó ghi «chưa đủ dữ liệu» và chỉ nêu hai cận."
        ).format(
            dimension=format_percent(limits.dimension_coverage, language),
            total=format_percent(limits.total_coverage, language),
        ),
    ]


def _levels(framework: Framework, language: Language) -> tuple[str, list[str]]:
    _ = words(language)
    gates = framework.gates
    lines = [
        _("Mức {level} · {name}: từ {cut} điểm. {meaning}").format(
            level=level.level,
            name=level.label.to(language),
            cut=format_number(level.at_least, language, decimals=1),
            meaning=level.meaning.to(language),
        )
        for level in framework.levels
    ]
    lines.append(
        _(
            "Mức của toàn bộ không cao hơn mức của trụ cột yếu nhất quá {n} bậc; từ mức {key} mọi chỉ số điều kiện "
            "phải được trả lời và lớn hơn 0."
        ).format(n=gates.above_weakest, key=gates.key_indicators_from)
    )
    lines += [
        _("Mức {level} cần ít nhất {share} số điểm đã được thẩm định.").format(
            level=gate.level, share=format_percent(gate.share, language)
        )
        for gate in gates.verified
    ]
    if gates.floor:
        lines.append(
            _("Mức {level} cần mọi trụ cột đạt ít nhất mức {floor}.").format(
                level=gates.floor.level, floor=gates.floor.dimension_level
            )
        )
    return _("Mức độ chuyển đổi số và điều kiện"), lines


def _programme(framework: Framework, language: Language) -> tuple[str, list[str]]:
    _ = words(language)
    lines = [
        f"{target.id}. {target.wording.to(language)} {target.operational.to(language)}"
        for target in framework.programme_targets
    ]
    if framework.outlook:
        lines.append(f"{framework.outlook.label.to(language)}: {framework.outlook.wording.to(language)}")
    return _("Chỉ tiêu của chương trình"), lines
