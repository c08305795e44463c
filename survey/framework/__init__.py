"""The questionnaire as data: its models, and how a file becomes one."""

from survey.framework.changing import change_target
from survey.framework.loading import (
    FrameworkFile,
    load_framework,
    load_sources,
    parse_framework,
)
from survey.framework.model import (
    AnyIndicator,
    AnyQuestion,
    ChecklistIndicator,
    ChoiceQuestion,
    Citation,
    CountQuestion,
    Dimension,
    Framework,
    LevelIndicator,
    NumberIndicator,
    ProgrammeTarget,
    ProvinceTarget,
    RatioIndicator,
    SourceDocument,
    SourceKind,
    Target,
    WordsQuestion,
    YesNoIndicator,
    YesNoQuestion,
)
from survey.framework.objections import TargetChange

__all__ = [
    "AnyIndicator",
    "AnyQuestion",
    "ChecklistIndicator",
    "ChoiceQuestion",
    "Citation",
    "CountQuestion",
    "Dimension",
    "Framework",
    "FrameworkFile",
    "LevelIndicator",
    "NumberIndicator",
    "ProgrammeTarget",
    "ProvinceTarget",
    "RatioIndicator",
    "SourceDocument",
    "SourceKind",
    "Target",
    "TargetChange",
    "WordsQuestion",
    "YesNoIndicator",
    "YesNoQuestion",
    "change_target",
    "load_framework",
    "load_sources",
    "parse_framework",
]
