"""The questionnaire as data: its models, and how a file becomes one."""

from survey.framework.adding import typed_document
from survey.framework.asked import (
    AnyIndicator,
    AnyQuestion,
    ChecklistIndicator,
    ChoiceQuestion,
    CountQuestion,
    LevelIndicator,
    NumberIndicator,
    RatioIndicator,
    WordsQuestion,
    YesNoIndicator,
    YesNoQuestion,
)
from survey.framework.changing import change_target
from survey.framework.definition import Citation, SourceKind, Target
from survey.framework.loading import (
    FrameworkFile,
    load_framework,
    load_sources,
    parse_framework,
)
from survey.framework.model import Dimension, Framework, SourceDocument
from survey.framework.objections import TargetChange
from survey.framework.rules import ProgrammeTarget, ProvinceTarget

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
    "typed_document",
]
