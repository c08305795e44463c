"""From whom a library can learn: beside each weak indicator, the members that got there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from report.round_report import SELF, RoundReport
from scoring.learning import Example, examples, weaknesses
from scoring.matrix import Floats
from survey.text import Language


@dataclass(frozen=True)
class Learning:
    """What stands beside the weak indicators of one library.

    weak: one row for each, those with most points missing first. Columns: indicator, label, missing (points),
    below (bool: under the first target), reached_first, reached_last (how many other libraries that sent).
    examples: by indicator, the others in the order in which they are shown.
    """

    weak: pd.DataFrame
    examples: Mapping[str, tuple[Example, ...]]


def of_library(
    report: RoundReport,
    before: RoundReport | None,
    library: str,
    *,
    basis: str = SELF,
    language: Language = "vi",
) -> Learning:
    """Learn from the libraries that sent; `before` is the last published round, scored by the targets of now."""
    own = weaknesses(report.card(basis), library)
    sent = [name for name in report.responses if name in report.sent_libraries]
    card, earlier = report.only(sent).card(basis), _shares(report, before, basis)
    nobody = np.full(len(card.matrix.indicators), np.nan)
    past = np.array([earlier.get(name, nobody) for name in card.libraries]).reshape(card.share.shape)
    found = {
        one.indicator: tuple(
            examples(card.share[:, at], card.share_first[:, at], past[:, at], card.libraries, library)
        )
        for one in own
        for at in [card.matrix.indicators.index(one.indicator)]
    }
    rows = [
        {
            "indicator": one.indicator,
            "label": report.framework.indicators[one.indicator].label.to(language),
            "missing": one.missing,
            "below": one.below,
            "reached_first": sum(other.reached_first for other in found[one.indicator]),
            "reached_last": sum(other.reached_last for other in found[one.indicator]),
        }
        for one in own
    ]
    columns = ["indicator", "label", "missing", "below", "reached_first", "reached_last"]
    return Learning(pd.DataFrame(rows, columns=columns), found)


def _shares(report: RoundReport, before: RoundReport | None, basis: str) -> dict[str, Floats]:
    """By library, s of the last round under the targets of now, of those that sent then."""
    if before is None:
        return {}
    card = replace(before.only(list(before.sent_libraries)), framework=report.framework).card(basis)
    return dict(zip(card.libraries, card.share, strict=True))
