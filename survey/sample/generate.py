"""Write the sample anew: python -m survey.sample.generate"""

from pathlib import Path

from survey.framework import load_framework
from survey.framework.loading import DATA
from survey.members import load_members
from survey.sample.files import answers_csv, notes_yaml
from survey.sample.responses import SampleRound, make_responses
from survey.sample.rounds import SAMPLE, sample_rounds

FRAMEWORK = DATA / "frameworks" / "qd206.yaml"


def make_sample() -> list[SampleRound]:
    """Invent the four rounds with their responses."""
    return make_responses(load_framework(FRAMEWORK).framework, load_members(), sample_rounds())


def file_texts(sample: list[SampleRound]) -> dict[str, str]:
    """The text of every generated file by its name."""
    texts: dict[str, str] = {}
    for made in sample:
        texts[f"{made.round_.id}.csv"] = answers_csv(made)
        texts[f"{made.round_.id}-notes.yaml"] = notes_yaml(made)
    return texts


def main(folder: Path = SAMPLE) -> None:
    for name, text in file_texts(make_sample()).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":  # pragma: no cover - main is tested, with a folder of its own
    main()
