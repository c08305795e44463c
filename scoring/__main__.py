"""Score a CSV of answers: python -m scoring --framework FILE --answers CSV > scores.csv"""

import argparse
import io
import sys
from pathlib import Path

from scoring.answers_csv import AnswersFileError, read_answers
from scoring.scorecard import score
from scoring.scores_csv import write_scores
from survey.errors import DefinitionError
from survey.framework import load_framework
from survey.framework.yaml_file import read_file


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scoring", description=__doc__)
    parser.add_argument("--framework", type=Path, required=True, help="framework file (YAML)")
    parser.add_argument("--answers", type=Path, required=True, help="answers (CSV, UTF-8)")
    options = parser.parse_args(arguments)
    try:
        framework = load_framework(options.framework).framework
        answers = read_answers(read_file(options.answers), framework)
    except DefinitionError as error:
        print(error, file=sys.stderr)
        return 1
    except AnswersFileError as error:
        print(f"{options.answers.name}: {len(error.faults)} fault(s)", file=sys.stderr)
        print("\n".join(f"  {fault}" for fault in error.faults), file=sys.stderr)
        return 1
    out = io.StringIO()
    write_scores(score(answers.matrix(framework), framework), framework, out)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(out.getvalue())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
