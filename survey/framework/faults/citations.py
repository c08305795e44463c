"""Where targets come from: every document is listed, and of the kind that it backs."""

from collections.abc import Iterator

from survey.framework.definition import Citation
from survey.framework.model import Framework, SourceDocument


def citations(framework: Framework, cited: dict[str, SourceDocument]) -> Iterator[str]:
    known = framework.documents(cited)
    for where, citation in _all_citations(framework):
        source = known.get(citation.document)
        if source is None:
            yield f"{where} > source > document: '{citation.document}' is not listed in sources.yaml"
        elif citation.kind != "federation" and source.kind != citation.kind:
            yield (
                f"{where} > source > kind: '{citation.document}' is a {source.kind} document "
                f"and cannot back a {citation.kind} target"
            )


def _all_citations(framework: Framework) -> Iterator[tuple[str, Citation]]:
    for indicator in framework.indicators.values():
        for target in indicator.targets:
            yield f"indicators > {indicator.id} > targets > {target.year}", target.source
    for own in framework.province_targets:
        yield f"province_targets > {own.library} {own.indicator} {own.year}", own.source
    for programme_target in framework.programme_targets:
        yield f"programme_targets > {programme_target.id}", programme_target.source
    if framework.outlook:
        yield "outlook", framework.outlook.source
