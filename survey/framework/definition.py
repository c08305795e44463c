"""What every part of a questionnaire's file is made of: ids, numbers, days, and where a number comes from."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from survey.text import Text

SourceKind = Literal["national", "province", "federation"]


class Definition(BaseModel):
    """Base of everything read from YAML: immutable, no unknown keys, every number finite."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _is_name(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]*[A-Za-z0-9][A-Za-z0-9_-]*", name):
        raise ValueError("an id is made of letters without accents, digits, - and _")
    return name


def _is_item_name(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", name):
        raise ValueError("an item's id is made of letters without accents, digits, -, _ and dots")
    return name


def _is_day(day: object) -> object:
    if isinstance(day, int | float):
        raise ValueError("Input should be a valid date such as 2026-01-15")
    return day


# Ids stand in addresses, file names and in figures such as D2.denominator, so a question's id has no dot.
Id = Annotated[str, AfterValidator(_is_name)]
# Ids of items stand side by side in one cell of a CSV file, with ; between them.
ItemId = Annotated[str, AfterValidator(_is_item_name)]
# Nothing is read as something else: "30" and yes are no numbers, 1 is no yes, 20260115 is no day.
Number = Annotated[float, Field(strict=True, ge=-1e15, le=1e15)]
Threshold = Annotated[float, Field(strict=True, gt=0, le=1)]
Whole = Annotated[int, Field(strict=True)]
Year = Annotated[int, Field(strict=True, ge=1900, le=2200)]
Flag = Annotated[bool, Field(strict=True)]
Day = Annotated[date, BeforeValidator(_is_day)]


class Citation(Definition):
    """Where a number comes from.

    document: a key of `data/sources.yaml`. checked: the day a person last compared this line
    with the text of the source. adopted: the day the Federation adopted it; None of what was shipped.
    """

    kind: SourceKind
    document: str
    clause: Text
    checked: Day
    adopted: Day | None = None


class Target(Definition):
    """A value to reach by the end of `year`, in the indicator's own scale.

    Scale: percent for a ratio, the number itself, the level 0-5, the count of items of a
    checklist, 1 for a yes.
    """

    year: Year
    value: Number
    source: Citation
