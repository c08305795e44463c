"""Imports go one way, as design.md draws it: the table is data, the check reads every module of the tree."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
ROOTS = ("app", "start", "api", "ui", "report", "scoring", "survey", "benchmarks")

# The words of the domain: values in, values out; no database, no screen, no clock.
WORDS = ("survey.text", "survey.errors")
ANSWERS = ("survey.framework", "survey.response", *WORDS)
RULES = (
    "survey.checks", "survey.comparing", "survey.comparison", "survey.entry", "survey.figures", "survey.members",
    "survey.numbers", "survey.outliers", "survey.part_sums", "survey.practice", "survey.proposals", "survey.reminders",
    "survey.review", "survey.rounds", "survey.scenario", "survey.sending", "survey.workflow",
)  # fmt: skip
PURE = (*ANSWERS, *RULES, "survey.translation")
ACCOUNTS = ("survey.second_factor", "survey.provider", "survey.letters")
KEPT = (
    "survey.store", "survey.papers", "survey.evidence", "survey.access", "survey.reasons", "survey.roles", "survey.logs",
    *ACCOUNTS, *PURE
)  # fmt: skip

# What each part may import of ours, besides itself. The longest prefix counts.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "survey.text": (),
    "survey.errors": ("survey.text",),
    "survey.translation": ("survey.text",),
    "survey.framework": WORDS,
    "survey.response": WORDS,
    "survey.rounds": WORDS,
    "survey.scenario": ("survey.response", *WORDS),
    "survey.numbers": WORDS,
    "survey.members": ("survey.framework", *WORDS),
    "survey.proposals": ("survey.framework", *WORDS),
    "survey.figures": ANSWERS,
    "survey.entry": ("survey.figures", "survey.numbers", *ANSWERS),
    "survey.outliers": ANSWERS,
    "survey.part_sums": ("survey.figures", *ANSWERS),
    "survey.comparison": ("survey.outliers", "survey.part_sums"),
    "survey.checks": (
        "survey.comparison",
        "survey.figures",
        "survey.numbers",
        "survey.outliers",
        "survey.part_sums",
        *ANSWERS,
    ),
    "survey.comparing": (
        "survey.checks",
        "survey.comparison",
        "survey.outliers",
        "survey.part_sums",
        *ANSWERS,
    ),
    "survey.sending": ("survey.checks", "survey.comparison", *ANSWERS),
    "survey.papers": ("survey.evidence", *ANSWERS),
    "survey.passwords": WORDS,
    "survey.practice": WORDS,
    "survey.evidence": WORDS,
    "survey.logs": WORDS,
    "survey.installation": (),
    "survey.mail": WORDS,
    "survey.reminders": ("survey.response", "survey.rounds", *WORDS),
    "survey.reminder_letters": ("survey.mail", "survey.reminders", "survey.response", *WORDS),
    "survey.second_factor": (),
    "survey.provider": WORDS,
    "survey.letters": WORDS,
    "survey.review": ("survey.response", *WORDS),
    "survey.workflow": ("survey.response", "survey.review", "survey.rounds", *WORDS),
    "survey.access": ("survey.response", "survey.rounds", "survey.workflow", *WORDS),
    "survey.reasons": ("survey.framework", "survey.review", *WORDS),
    "survey.roles": ("survey.access", "survey.framework", *WORDS),
    "survey.store": ("survey.access", "survey.passwords", "survey.evidence", "survey.second_factor", *PURE),
    "scoring": ANSWERS,
    "report": ("scoring", *PURE),
    "ui": ("report", "scoring", *KEPT),
    "api": ("report", "survey.passwords", *KEPT),
    # Composition roots: they put parts together that know nothing of each other.
    "survey.sample": KEPT,
    "survey.opening": ("survey.sample", *KEPT),
    "survey.upkeep": ("survey.opening", *KEPT),
    "survey.personal": ("survey.opening", *WORDS),
    "survey.remind": (
        "survey.opening",
        "survey.mail",
        "survey.reminder_letters",
        "survey.installation",
        *KEPT,
    ),
    "survey.__main__": (
        "report",
        "survey.remind",
        "survey.personal",
        "survey.upkeep",
        "survey.opening",
        "ui.application",
        *KEPT,
    ),
    "app": (
        "api",
        "ui",
        "report",
        "survey.installation",
        "survey.mail",
        "survey.opening",
        "survey.sample",
        *KEPT,
    ),
    "start": (),
    "benchmarks": ROOTS,
}

# Where a package of others may be imported; what is not listed may not be imported at all. Benchmarks are not held to it:
# they measure us against the bare libraries.
MAY_USE: dict[str, tuple[str, ...]] = {
    "streamlit": ("app", "ui"),
    "starlette": ("app", "api"),
    "anyio": ("api",),
    "jinja2": ("api",),
    "uvicorn": ("app", "api"),
    "sqlalchemy": ("survey.store",),
    "alembic": ("survey.store",),
    "psycopg": ("survey.store",),
    "argon2": ("survey.passwords",),
    "pyotp": ("survey.second_factor",),
    "segno": ("api",),
    "authlib": ("api",),
    "joserfc": ("api",),
    "requests": ("api",),
    "numpy": ("scoring", "report", "benchmarks"),
    "scipy": ("scoring",),
    "pandas": ("scoring", "report"),
    "plotly": ("report",),
    "kaleido": ("report",),
    "choreographer": ("report",),
    "openpyxl": ("report",),
    "pydantic": ("survey",),
    "pydantic_core": ("survey.framework",),
    "PIL": ("survey.evidence",),
    "yaml": ("survey.framework.yaml_file",),
    "babel": ("survey.text", "survey.translation", "report"),
}

NO_CLOCK_NO_SCREEN_NO_DATABASE = frozenset(
    {"datetime", "time", "random", "os", "socket", "sqlite3", "subprocess", "threading", "logging", "urllib"}
)
JUNK_DRAWERS = frozenset(
    {"utils", "util", "helpers", "helper", "common", "manager", "managers", "service", "services", "misc"}
)


@cache
def modules() -> dict[str, Path]:
    """Every module of ours by its name; a package by the name of its folder."""
    found: dict[str, Path] = {}
    for root in ROOTS:
        top = PROJECT / root
        files = [PROJECT / f"{root}.py"] if not top.is_dir() else sorted(top.rglob("*.py"))
        for file in files:
            if file.is_file():
                parts = file.relative_to(PROJECT).with_suffix("").parts
                found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(modules()[name].read_text(encoding="utf-8"), filename=name)


def imported(name: str) -> Iterator[tuple[str, int]]:
    """Every module that a module imports, with the line; `from package import module` names the module."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield (inner if inner in modules() else base), node.lineno


def is_in(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}.")


def part_of(name: str) -> str:
    """The line of the table that holds for a module."""
    return max((prefix for prefix in MAY_IMPORT if is_in(name, prefix)), key=len, default="")


def is_ours(name: str) -> bool:
    return name.partition(".")[0] in ROOTS


def forbidden_imports(name: str) -> Iterator[str]:
    part = part_of(name)
    for target, line in imported(name):
        if is_ours(target) and not any(is_in(target, allowed) for allowed in (part, *MAY_IMPORT[part])):
            yield f"{name}, line {line}: {part} may not import {target}"


def misplaced_packages(name: str) -> Iterator[str]:
    for target, line in imported(name):
        package = target.partition(".")[0]
        if is_ours(target) or package in sys.stdlib_module_names:
            continue
        if package not in MAY_USE:
            yield f"{name}, line {line}: {package} has no place in the table"
        elif not any(is_in(name, place) for place in MAY_USE[package]):
            yield f"{name}, line {line}: {package} belongs in {', '.join(MAY_USE[package])}"


def test_the_tree_is_read():
    assert len(modules()) > 100
    for expected in (
        "app",
        "scoring",
        "scoring.__main__",
        "survey.store.engine",
        "report.tables.scores",
        "ui.pages.home",
    ):
        assert expected in modules()
    assert "survey.store.columns" in {target for target, _ in imported("survey.store.schema")}


@pytest.mark.parametrize("root", ROOTS)
def test_imports_go_one_way(root: str):
    # `survey` has no line of its own: each of its modules says what it may know.
    names = [name for name in modules() if is_in(name, root) and name != "survey"]
    assert [name for name in names if not part_of(name)] == [], "a module without a line in the table"
    assert [fault for name in names for fault in forbidden_imports(name)] == []


@pytest.mark.parametrize("root", [root for root in ROOTS if root != "benchmarks"])
def test_packages_of_others_stay_where_they_belong(root: str):
    names = [name for name in modules() if is_in(name, root)]
    assert [fault for name in names for fault in misplaced_packages(name)] == []


def test_the_table_itself_goes_one_way():
    """No part may reach itself through what it may import; composition roots stand at the top."""
    reached = {
        part: {p for allowed in own for p in MAY_IMPORT if p == allowed} for part, own in MAY_IMPORT.items()
    }
    for part in MAY_IMPORT:
        if part == "benchmarks":
            continue
        seen: set[str] = set()
        waiting = set(reached[part])
        while waiting:
            other = waiting.pop()
            seen.add(other)
            waiting |= reached[other] - seen
        assert part not in seen, f"{part} reaches itself"


def test_the_check_finds_what_it_should_find(monkeypatch: pytest.MonkeyPatch):
    source = "import streamlit\nfrom survey.store import Store\nfrom ui import session\nimport flask\n"
    wrong = ast.parse(source)
    monkeypatch.setattr(sys.modules[__name__], "tree", lambda _: wrong)
    assert list(forbidden_imports("scoring.levels")) == [
        "scoring.levels, line 2: scoring may not import survey.store",
        "scoring.levels, line 3: scoring may not import ui.session",
    ]
    assert list(misplaced_packages("scoring.levels")) == [
        "scoring.levels, line 1: streamlit belongs in app, ui",
        "scoring.levels, line 4: flask has no place in the table",
    ]


def test_no_module_imports_itself_in_a_circle():
    graph = {
        name: {target for target, _ in imported(name) if target in modules()} - {name} for name in modules()
    }
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> None:
        assert name not in path, " -> ".join([*path[path.index(name) :], name])
        if name not in done:
            for target in sorted(graph[name]):
                walk(target, [*path, name])
            done.add(name)

    for name in graph:
        walk(name, [])


def test_imports_stand_at_the_top_of_a_module():
    """An import inside a function hides a circle."""
    hidden = [
        f"{name}, line {inner.lineno}"
        for name in modules()
        for node in ast.walk(tree(name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_imports_name_the_whole_way():
    relative = [
        name
        for name in modules()
        for node in ast.walk(tree(name))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_scoring_knows_no_clock_no_screen_and_no_database():
    used = {
        (name, target)
        for name in modules()
        if is_in(name, "scoring")
        for target, _ in imported(name)
        if target.partition(".")[0] in NO_CLOCK_NO_SCREEN_NO_DATABASE
    }
    assert used == set()


def test_no_module_is_a_junk_drawer():
    names = {part for name in modules() for part in name.split(".")}
    assert names & JUNK_DRAWERS == set()
    assert not [name for name in names if name.endswith(("_utils", "_helpers", "_manager", "_service"))]


def test_no_folder_of_pages_stands_beside_the_server():
    assert not (PROJECT / "pages").exists(), "Streamlit would take it for pages by itself"


def test_what_an_administrator_edits_holds_no_program_and_no_database():
    left = [
        file
        for file in (PROJECT / "data").rglob("*")
        if file.suffix in (".py", ".pyc", ".db", ".sqlite", ".pkl")
    ]
    assert left == []


def test_a_page_is_a_plain_script():
    for name, file in modules().items():
        if is_in(name, "ui.pages"):
            kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
            assert not any(isinstance(node, kinds) for node in ast.walk(tree(name))), name
            assert len(file.read_text(encoding="utf-8").splitlines()) <= 60, name
