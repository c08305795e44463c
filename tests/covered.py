"""How much of the rules is run by their own tests: python -m tests.covered

The lines of scoring, of the review's workflow and of access; one that no test runs ends with 1.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parents[1]
RULES = (
    "scoring/*.py",
    "survey/access.py",
    "survey/workflow.py",
    "survey/review.py",
    "survey/sending.py",
    "survey/store/cycle.py",
    "survey/store/reviewing.py",
    "survey/store/ruling.py",
    "survey/store/steps.py",
    "survey/store/assigning.py",
)
TESTS = (
    "tests/test_access.py",
    "tests/test_checks.py",
    "tests/test_bridge.py",
    "tests/test_cheapest_path.py",
    "tests/test_cycle_conflicts.py",
    "tests/test_demands.py",
    "tests/test_investment.py",
    "tests/test_learning.py",
    "tests/test_lifting.py",
    "tests/test_merged_verified.py",
    "tests/test_merging.py",
    "tests/test_merging_cases.py",
    "tests/test_pace_cases.py",
    "tests/test_pace_properties.py",
    "tests/test_path_cases.py",
    "tests/test_planned_answers.py",
    "tests/test_programme.py",
    "tests/test_province_targets.py",
    "tests/test_ranking.py",
    "tests/test_ranking_cases.py",
    "tests/test_reviewed_scores.py",
    "tests/test_self_check.py",
    "tests/test_small_paths.py",
    "tests/test_steps.py",
    "tests/test_scoring_cases.py",
    "tests/test_scoring_cli.py",
    "tests/test_scoring_properties.py",
    "tests/test_store_cycle.py",
    "tests/test_store_reviews.py",
    "tests/test_workflow.py",
    "scoring",
)


def main() -> int:
    run = ["-m", "coverage", "run", "--source=scoring,survey", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    told = ["report", f"--include={','.join(RULES)}", "--show-missing", "--fail-under=100"]
    with TemporaryDirectory() as folder:
        environment = {**os.environ, "PATH_CASES": "20", "COVERAGE_FILE": str(Path(folder) / "coverage")}
        for command in ([*run, *TESTS], ["-m", "coverage", "combine", "-q"], ["-m", "coverage", *told]):
            done = subprocess.run([sys.executable, *command], cwd=PROJECT, env=environment, check=False)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
