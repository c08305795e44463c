"""What a well-formed framework file may still get wrong, each fault in one sentence with its place."""

from collections.abc import Iterable

from survey.framework.faults import checks, citations, indicators, programme, structure, wording
from survey.framework.model import Framework, SourceDocument


def find_faults(framework: Framework, cited: dict[str, SourceDocument]) -> list[str]:
    """Return every fault of meaning, in the order of the file; an empty list when there is none."""
    return [
        *structure.duplicate_ids(framework),
        *structure.formulas(framework),
        *structure.points(framework),
        *structure.milestones(framework),
        *structure.levels(framework),
        *indicators.single(framework),
        *indicators.items(framework),
        *indicators.ranges(framework),
        *checks.checks(framework),
        *programme.programme(framework),
        *programme.province_targets(framework),
        *citations.citations(framework, cited),
        *wording.unreadable(framework, ()),
    ]


def faults_of_parts(
    framework: Framework, cited: dict[str, SourceDocument], whole: Iterable[str]
) -> list[str]:
    """What can be said of a framework from which entries with faults of their own were left out.

    whole: the dimensions that lost nothing, whose points can still be added up. Nothing is judged
    that would point to an entry left out.
    """
    complete = set(whole)
    return [
        *structure.duplicate_ids(framework),
        *structure.formulas(framework),
        *(
            fault
            for dimension in framework.dimensions
            if dimension.id in complete
            for fault in structure.points_of(dimension)
        ),
        *structure.milestones(framework),
        *structure.levels(framework),
        *indicators.single(framework),
        *indicators.items(framework),
        *indicators.ranges(framework),
        *citations.citations(framework, cited),
        *wording.unreadable(framework, ()),
    ]
