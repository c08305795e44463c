"""What answers are compared with beside the library's own last round: the other libraries, and its parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from survey.outliers import Spread
from survey.part_sums import PartSum


@dataclass(frozen=True)
class Comparison:
    """others: by question, the spread of those that have sent in this round. parts: by figure, for a merged library."""

    others: Mapping[str, Spread] = field(default_factory=lambda: MappingProxyType({}))
    parts: Mapping[str, PartSum] = field(default_factory=lambda: MappingProxyType({}))


NOTHING_TO_COMPARE = Comparison()
