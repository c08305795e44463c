"""What a figure must know of the framework besides its table: years, dimensions, levels, the 2025 marks."""

from collections.abc import Mapping
from dataclasses import dataclass

from report.charts.palette import LEVEL_STEPS, Look, look
from report.charts.theme import Room
from scoring.goalposts import goalposts
from survey.framework import Framework
from survey.text import Language


@dataclass(frozen=True)
class Cut:
    """The lowest score of a level, and its name."""

    level: int
    at_least: float
    name: str


@dataclass(frozen=True)
class Scale:
    """The scale that figures are drawn on.

    first, last: the years of the milestones. dimensions: short label by id, in order. cuts: the
    levels from the lowest up. lines: by indicator, how much of the way to the last milestone's
    target the first one's is, in percent; dimension_lines and line: the same for the dimensions and
    the whole where every indicator applies. total: the points that there are. room: "narrow" under
    about 640 pixels, so on a telephone and in half a page.
    """

    language: Language
    first: int
    last: int
    dimensions: Mapping[str, str]
    cuts: tuple[Cut, ...]
    lines: Mapping[str, float]
    dimension_lines: Mapping[str, float]
    line: float
    total: float
    room: Room = "wide"

    @classmethod
    def of(cls, framework: Framework, *, language: Language = "vi", room: Room = "wide") -> "Scale":
        posts = goalposts(framework)
        lines = 100 * posts.share(posts.targets[posts.first])
        weighed = (lines * posts.maximum) @ posts.membership
        points = posts.maximum @ posts.membership
        return cls(
            language=language,
            first=framework.first_milestone,
            last=framework.last_milestone,
            dimensions={d.id: d.short.to(language) for d in framework.dimensions},
            cuts=tuple(
                Cut(level.level, level.at_least, level.label.to(language)) for level in framework.levels
            ),
            lines=dict(zip(framework.indicators, lines.tolist(), strict=True)),
            dimension_lines={
                d.id: float(part) for d, part in zip(framework.dimensions, weighed / points, strict=True)
            },
            line=float(weighed.sum() / points.sum()),
            total=framework.total_points,
            room=room,
        )

    def look(self, dimension: str) -> Look:
        """The look of a dimension, the same in every figure."""
        return look(list(self.dimensions).index(dimension))

    def level_colour(self, level: int) -> str:
        """The colour of a level: the darker, the higher."""
        place = [cut.level for cut in self.cuts].index(level)
        return LEVEL_STEPS[round(place / max(1, len(self.cuts) - 1) * (len(LEVEL_STEPS) - 1))]
