"""The import law of DESIGN section 3, read from the source files themselves."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("plan", "templates", "validation", "ledger", "consolidate")
ALLOWED = {
    "plan": {"plan"},
    "templates": {"templates", "plan"},
    "validation": {"validation", "plan"},
    "ledger": {"ledger", "plan", "validation"},
    "consolidate": {"consolidate", "plan", "validation"},
}
# What later rooms may know of validation: its values, and for consolidate the text of its findings.
VALIDATION_FOR = {
    "consolidate": {"validation.model", "validation.messages"},
    "ledger": {"validation.model", "validation.differences"},
}
TOP = tuple(sorted(p.stem for p in ROOT.glob("cli*.py")))
# Each workbook library has its named doors, so that a slow or broken one is replaced in one place.
DOORS = {
    "python_calamine": {"validation/read.py"},
    "pandera": {"plan/schema.py", "validation/schema.py"},
    "pandas": {"plan/schema.py", "validation/schema.py"},
    "vietnam_provinces": {"plan/territory.py"},
    "click": {"cli.py", "cli_job.py", "cli_plan.py", "cli_vietnamese.py"},
    "rich": {"cli_report.py"},
    "tomli_w": {"plan/folder.py"},
    "docx": {"plan/word/open.py", "consolidate/report/ink.py", "consolidate/report/paper.py"},
    "jinja2": {"consolidate/page/draw.py"},
    "sqlalchemy": {"ledger/book.py", "ledger/kept.py", "ledger/tables.py", "ledger/told.py"},
}


def modules(*rooms: str) -> list[Path]:
    return sorted(p for room in rooms or ROOMS for p in (ROOT / room).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Every dotted name that a file imports, also inside functions and under TYPE_CHECKING."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_room_imports_only_what_the_law_allows(path: Path) -> None:
    """Data flows one way: no room knows a room further down the line, templates and validation not each other."""
    room = path.relative_to(ROOT).parts[0]
    ours = {n for n in imported(path) if n.split(".")[0] in (*ROOMS, "tests") or n.startswith("cli")}
    strangers = {n for n in ours if n.split(".")[0] not in ALLOWED[room] and not n.startswith("click")}
    assert not strangers


@pytest.mark.parametrize("path", modules("consolidate", "ledger"), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_later_rooms_know_only_the_values_of_validation(path: Path) -> None:
    """They take findings, verdicts and entries; how they were read is none of their business."""
    modules_used = {".".join(n.split(".")[:2]) for n in imported(path) if n.startswith("validation.")}
    assert modules_used <= VALIDATION_FOR[path.relative_to(ROOT).parts[0]]


def test_there_are_no_cycles_between_modules() -> None:
    """Every module of ours can be read without knowing one that knows it."""
    names = {p.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."): p for p in modules()}
    graph = {name: {n for n in imported(p) if n in names and n != name} for name, p in names.items()}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path, name))
        if name not in done:
            for other in sorted(graph[name]):
                visit(other, (*path, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())


@pytest.mark.parametrize("library", sorted(DOORS))
def test_a_library_is_imported_only_at_its_doors(library: str) -> None:
    """Replacing a library means changing the files named here and no others."""
    top = [ROOT / f"{n}.py" for n in TOP]
    users = {
        p.relative_to(ROOT).as_posix()
        for p in [*modules(), *top]
        if any(n.split(".")[0] == library for n in imported(p))
    }
    assert users == DOORS[library]


def test_openpyxl_never_reads_returns_for_their_values() -> None:
    """openpyxl marks copies of returns, fills rehearsals and reads plan workbooks; it reads 15 times slower."""
    users = {p.relative_to(ROOT).as_posix() for p in modules() if any(n.startswith("openpyxl") for n in imported(p))}
    assert all(u.startswith(("validation/feedback", "templates/rehearsal", "plan/book/read")) for u in users), users
