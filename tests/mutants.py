"""Change `scoring/` in one small place after another and count the changes that the tests notice.

    pip install mutmut==3.8.1              once; it is no part of the usual test tools
    python -m tests.mutants                all modules, some 40 minutes on two processors
    python -m tests.mutants levels slopes  these modules

Works on a copy, so that nothing here changes; prints killed, survived and the share for each module.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
COPIED = (
    "app.py",
    "api",
    "benchmarks",
    "data",
    "docs",
    "pyproject.toml",
    "report",
    "scoring",
    "survey",
    "tests",
    "ui",
)
TESTS = (
    "test_scoring_cases", "test_programme", "test_pace_cases", "test_reviewed_scores", "test_reviewed_cases",
    "test_province_targets",
    "test_scoring_properties", "test_lifting", "test_bridge", "test_merging", "test_merged_verified",
    "test_scoring_cli", "test_ranking",
    "test_self_check", "test_self_check_tables", "test_learning", "test_what_if_tables", "test_path_cases",
    "test_cheapest_path", "test_investment", "test_steps", "test_demands", "test_small_paths", "test_planned_answers",
    "test_pace_properties", "test_pace_table", "test_ranking_tables",
)  # fmt: skip
# Fewer cases at random than usual: each change of a line runs the tests anew.
CASES = {"SCORING_CASES": "60", "PATH_CASES": "20"}
SURVIVED = (0,)
SUSPENDED = (None, 33)  # not run, or no test reaches it


def settings() -> str:
    tests = ", ".join(f'"tests/{name}.py"' for name in TESTS if (PROJECT / f"tests/{name}.py").is_file())
    copied = ", ".join(f'"{name}"' for name in COPIED if name not in ("scoring", "pyproject.toml"))
    return (
        f'\n[tool.mutmut]\nsource_paths = ["scoring"]\nalso_copy = [{copied}]\n'
        f'do_not_mutate = ["scoring/__main__.py"]\npytest_add_cli_args_test_selection = [{tests}]\n'
        'pytest_add_cli_args = ["-k", "not postgresql"]\n'
    )


def copy_to(folder: Path) -> None:
    for name in COPIED:
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(settings())


def print_table(folder: Path) -> None:
    """One line for each module: what the tests noticed, what they did not."""
    killed_in_all = tried_in_all = 0
    for file in sorted((folder / "mutants" / "scoring").glob("*.meta")):
        codes = list(json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"].values())
        tried = [code for code in codes if code not in SUSPENDED]
        killed = sum(code not in SURVIVED for code in tried)
        killed_in_all, tried_in_all = killed_in_all + killed, tried_in_all + len(tried)
        if tried:
            name = file.name.removesuffix(".meta")
            print(f"{name:22} {killed:5} of {len(tried):5} {100 * killed / len(tried):6.1f} %")
    if tried_in_all:
        print(f"{'all':22} {killed_in_all:5} of {tried_in_all:5} {100 * killed_in_all / tried_in_all:6.1f} %")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="*")
    modules = parser.parse_args(arguments).modules
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_to(folder)
        command = [sys.executable, "-m", "mutmut", "run", *(f"scoring.{module}*" for module in modules)]
        run = subprocess.run(command, cwd=folder, env={**os.environ, **CASES}, check=False)
        print_table(folder)
    return run.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
