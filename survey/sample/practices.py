"""Practices that invented libraries share, so that there is something to learn from in the sample."""

from datetime import UTC, datetime

from survey.framework.definition import Definition
from survey.framework.loading import DATA
from survey.framework.yaml_file import read_file, read_yaml
from survey.practice import Practice
from survey.sample.accounts import demo_login
from survey.store import Store

FILE = DATA / "sample" / "practices.yaml"
UNTOLD = datetime.min.replace(tzinfo=UTC)  # the store says when


class _Told(Definition):
    words: str
    evidence: bool


class _Practices(Definition):
    rounds: dict[str, dict[str, dict[str, _Told]]]


def load_practices(store: Store) -> None:
    """Share what the file tells, under the login of each library."""
    told = _Practices.model_validate(read_yaml(read_file(FILE), name=FILE.name))
    for round_id, libraries in told.rounds.items():
        for library, by_question in libraries.items():
            for question, one in by_question.items():
                by = demo_login(library)
                practice = Practice(round_id, library, question, one.words, one.evidence, by, UNTOLD)
                store.practices.share(practice)
