"""`explain` against real files: what it lists moves the figure, what it does not list moves nothing.

A part of the demo: all its odd, faulty and silent units, every office and hospital, and some plain communes.
"""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from cli_explain import explanation_json, explanation_text
from cli_job import Job, job_from
from cli_steps import examined
from consolidate.explain.figure import Place, cells, explain
from consolidate.explain.model import Cell, Explanation, LeftOut, Share
from consolidate.indicators import consolidate_indicators
from consolidate.model import Consolidation
from consolidate.tasks import consolidate_tasks
from plan.layout import INDICATOR_COLUMNS, TASK_COLUMNS, column_letter
from plan.model import Measure, Plan, Role
from plan.words import ATTAINED, NOT_ATTAINED, STATUS_WORDS, TaskStatus
from tests.conftest import Run
from tests.consolidate.explain.explain_case import Answer, answers, figure, figures

AS_OF = "2026-06-12 08:00"
PLAIN = 12  # every so manieth plain commune takes part
ZIPPED = "goi.zip"


def run_in(workspace: Path) -> tuple[Job, Consolidation]:
    """Read, check and consolidate what lies in the workspace, as `explain` does on the command line."""
    options = {"plan_id": "ninh-binh-syt", "period_text": "2026-H1", "due": None, "output": "text", "quiet": True}
    job = job_from({**options, "workspace": str(workspace), "as_of": AS_OF})
    return job, examined(job, only_looks=True)


@pytest.fixture(scope="module")
def world(demo: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a part of the demo's returns, one of them in a zip; life expectancy is mended for once."""
    root = tmp_path_factory.mktemp("explain")
    inputs = root / "inputs" / demo.plan / demo.period
    units = demo.truth["units"]
    plain = [units[u]["file"] for u in units if units[u]["fate"] == "clean" and u.startswith(("xa-", "phuong-"))]
    inputs.parent.mkdir(parents=True)
    shutil.copy(demo.inputs.with_name(f"{demo.period}.truth.json"), inputs.parent)
    shutil.copytree(demo.inputs, inputs)
    with zipfile.ZipFile(inputs / ZIPPED, "w") as parcel:
        parcel.write(inputs / plain[0], plain[0])
    for number, name in enumerate(plain):
        if number == 0 or number % PLAIN:
            (inputs / name).unlink()
    mended = next(inputs.glob("*chi-cuc-dan-so-tre-em.xlsx"))
    write(inputs, {Place(mended.name, "Phụ lục 1", "H10"): 75.1})
    return root


@pytest.fixture(scope="module")
def looked(world: Path) -> tuple[Job, Consolidation]:
    return run_in(world)


def write(inputs: Path, changes: dict[Place, str | float]) -> None:
    """Type into cells of real files, also of one that lies in the zip, as an officer would."""
    for file in sorted({place.file for place in changes}):
        parcel, _, name = file.rpartition(f"{ZIPPED}/")
        path = inputs / ZIPPED if parcel or file.startswith(ZIPPED) else inputs / file
        data = path.read_bytes()
        if path.name == ZIPPED:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                data = archive.read(name)
        book = openpyxl.load_workbook(io.BytesIO(data))
        for place, value in changes.items():
            if place.file == file:
                book[place.sheet][place.cell] = value
        if path.name != ZIPPED:
            book.save(path)
            continue
        changed = io.BytesIO()
        book.save(changed)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, changed.getvalue())


def alone(run: Consolidation, code: str) -> Plan:
    """The plan with this one row, the one whose figure it shows, and the units that have to do with it."""
    plan = run.plan
    rows = tuple(i for i in plan.indicators if i.code == code)
    sources = tuple(i for i in plan.indicators if rows and i.code == rows[0].same_as)
    tasks = tuple(t for t in plan.tasks if t.code == code)
    concerned = {u for r in run.indicators if r.indicator in rows for u in r.expected}
    concerned |= {p.unit for r in run.tasks if r.task in tasks for p in r.parts}
    return replace(
        plan,
        indicators=(*sources, *rows),
        tasks=tasks,
        units=tuple(u for u in plan.units if u.id in concerned),
    )


def moves(run: Consolidation, plan: Plan, code: str, changed: Sequence[tuple[Answer, int]]) -> bool:
    """Whether the figure is another one when these answers are changed at once, each in the way of that number."""
    after = {id(a.before): a.after[way] for a, way in changed}
    rows = {i.code for i in plan.indicators}
    if rows:
        entries = [after.get(id(e), e) for e in run.checked.indicator_entries if e.row in rows]
        now = consolidate_indicators(plan, run.period, entries, run.past)[-1]  # type: ignore[arg-type]  # one kind for the other
        return figure(now) != figure(next(r for r in run.indicators if r.indicator.code == code))
    parts = [after.get(id(e), e) for e in run.checked.task_entries if e.row == code]
    (task,) = consolidate_tasks(plan, run.period, parts, run.as_of.date())  # type: ignore[arg-type]  # as above
    return figure(task) != figure(next(r for r in run.tasks if r.task.code == code))


def movers(run: Consolidation, plan: Plan, code: str, unlisted: Sequence[tuple[Answer, int]]) -> list[Place]:
    """The places that move the figure alone, found by halves: most of the unlisted move nothing even together."""
    if not unlisted or not moves(run, plan, code, unlisted):
        return []
    if len(unlisted) == 1:
        return [unlisted[0][0].place]
    half = len(unlisted) // 2
    return movers(run, plan, code, unlisted[:half]) + movers(run, plan, code, unlisted[half:])


def test_every_figure_lists_exactly_the_cells_that_move_it(looked: tuple[Job, Consolidation]) -> None:
    """All 69 rows: each listed cell moves the figure in some way, no other cell of the row does in any."""
    _, run = looked
    checked = run.checked
    known: dict[str, list[Answer]] = {}
    for answer in answers(run.plan, checked.indicator_entries, checked.task_entries):
        known.setdefault(answer.row, []).append(answer)
    assert len(figures(run)) == 69
    for code in figures(run):
        plan, listed = alone(run, code), set(cells(explain(run, code)))
        row = plan.indicators[0].code if plan.indicators else code
        own = known.get(row, [])
        assert listed <= {a.place for a in own}
        for a in own:
            if a.place in listed:
                assert any(moves(run, plan, code, [(a, way)]) for way in range(len(a.after))), (code, a.place)
        most = max((len(a.after) for a in own), default=0)
        for way in range(most):
            unlisted = [(a, way) for a in own if a.place not in listed and way < len(a.after)]
            assert movers(run, plan, code, unlisted) == [], code


def deciding(part: Share) -> Cell:
    return next(c for c in part.cells if c.decides and not c.is_kind)


def chosen(run: Consolidation) -> dict[str, Explanation]:
    """One figure of each measure, and one task: those with most to tell."""
    rows = {}
    for measure in Measure:
        rows[measure] = max(
            (r for r in run.indicators if r.indicator.measure is measure and not r.indicator.same_as),
            key=lambda r: len(r.included),
        ).indicator.code
    led = max((t for t in run.tasks if t.progress), key=lambda t: len(t.parts))
    return {code: explain(run, code) for code in (*rows.values(), led.task.code)}


def other(cell: Cell) -> str | float:
    """Another answer that validation takes."""
    if cell.field == "status":
        return STATUS_WORDS[TaskStatus.NOTHING]
    if cell.field == "count":
        return 0 if cell.value and Decimal(cell.value) > 3 else 9
    if isinstance(cell.value, Decimal):
        return float(cell.value - 1)
    return ATTAINED if cell.value == NOT_ATTAINED else NOT_ATTAINED


def copied(world: Path, tmp_path: Path) -> Path:
    shutil.copytree(world, tmp_path / "world")
    return tmp_path / "world"


def inputs_of(root: Path) -> Path:
    return root / "inputs" / "ninh-binh-syt" / "2026-H1"


def test_a_listed_cell_typed_over_in_the_real_file_moves_its_figure_and_no_other(
    world: Path, looked: tuple[Job, Consolidation], tmp_path: Path
) -> None:
    """One cell for each of the five measures, one of a task's, one of them inside the zip."""
    _, run = looked
    changes: dict[Place, str | float] = {}
    for code, e in chosen(run).items():
        zipped = [s for s in e.shares if s.file.startswith(ZIPPED)]
        share = zipped[0] if zipped and not any(p.file.startswith(ZIPPED) for p in changes) else e.shares[0]
        cell = deciding(share)
        place = Place(cell.file, cell.sheet, cell.cell)
        assert place in cells(e), code
        changes[place] = other(cell)
    assert len(changes) == 6
    assert any(place.file.startswith(ZIPPED) for place in changes)
    root = copied(world, tmp_path)
    write(inputs_of(root), changes)
    before, after = figures(run), figures(run_in(root)[1])
    shown_again = {i.code for i in run.plan.indicators if i.same_as in chosen(run)}
    assert {code for code in before if before[code] != after[code]} == {*chosen(run), *shown_again}


def test_cells_that_are_not_listed_move_no_figure_in_the_real_file(
    world: Path, looked: tuple[Job, Consolidation], tmp_path: Path
) -> None:
    """Remarks, evidence, what a lead wrote beside its status, and everything of a coordinating unit."""
    _, run = looked
    listed = {place for code in figures(run) for place in cells(explain(run, code))}
    remark = column_letter(INDICATOR_COLUMNS, "explanation")
    written = column_letter(TASK_COLUMNS, "difficulties")
    changes: dict[Place, str | float] = {}
    for e in chosen(run).values():
        cell = deciding(e.shares[-1])
        column = remark if e.is_indicator else written
        changes[Place(cell.file, cell.sheet, column + cell.cell[1:])] = "Đã rà soát lại, số liệu không đổi"
    evidence = [x for x in run.checked.indicator_entries if x.field == "evidence" and not x.blocked and x.value]
    changes[Place(evidence[0].file, evidence[0].sheet, evidence[0].cell)] = "Quyết định số 9/QĐ-UBND ngày 05/3/2026"
    beside = next(
        x
        for x in run.checked.task_entries
        if x.role is Role.COORDINATE and x.status is TaskStatus.IN_PROGRESS and not x.blocked
    )
    changes[Place(beside.file, beside.sheet, beside.cells["progress"])] = 1
    assert not listed & set(changes)
    root = copied(world, tmp_path)
    write(inputs_of(root), changes)
    assert figures(run_in(root)[1]) == figures(run)


def test_a_version_that_was_copied_over_is_named_by_what_was_received(
    world: Path, looked: tuple[Job, Consolidation], tmp_path: Path
) -> None:
    """The file that counts lies in the folder no more: it has its moment, its hash and a name of its own."""
    _, run = looked
    whole = chosen(run)
    code = next(c for c, e in whole.items() if e.is_indicator and len(e.shares) > 5)
    share = next(s for s in whole[code].shares if "/" not in s.file)
    before = next(r for r in run.checked.returns if r.file == share.file)
    root = copied(world, tmp_path)
    (inputs_of(root) / share.file).write_bytes(b"%PDF-1.4 scanned\n")
    job, now = run_in(root)
    e = explain(now, code, share.unit)
    (counted,) = (v.received for v in e.versions if v.received.counts)
    assert counted.sha256 == before.sha256
    assert {place.file for place in cells(e)} == {counted.file} != {share.file}
    assert figures(now)[code] == figures(run)[code]
    text = "\n".join(explanation_text(job, e))
    assert f"{counted.file} – ĐANG TÍNH" in text
    assert before.sha256 in text
    assert "không đọc được" in text


def shown_cells(e: Explanation) -> int:
    parts: list[Share | LeftOut] = [*e.shares, *e.left_out, *e.beside]
    return sum(1 for part in parts for c in part.cells if c.decides)


def test_the_terminal_shows_every_unit_and_sums_that_add_up(looked: tuple[Job, Consolidation]) -> None:
    """Each line of the long table names its cells; numerators and denominators add up to the line under them."""
    job, run = looked
    e = explain(run, "BHYT_COVERAGE")
    lines = explanation_text(job, e)
    table = [line.split() for line in lines if line.strip()[:1].isdigit() and " H23" in line]
    assert len(table) == len(e.shares) > 20
    (under,) = (line.split() for line in lines if line.strip().startswith("Chung "))
    for column in (1, 2):
        numbers = [row[row.index(next(x for x in row if x.startswith("H23"))) - 4 + column] for row in table]
        assert sum(int(n.replace(".", "")) for n in numbers) == int(under[column].replace(".", ""))
    assert max(map(len, lines[:-1])) <= 160
    assert all(line == line.rstrip() for line in lines)


def test_every_row_of_the_demo_can_be_explained_for_the_whole_and_for_a_unit(looked: tuple[Job, Consolidation]) -> None:
    """No row breaks; the JSON counts the same deciding cells as the text was made from."""
    job, run = looked
    for code in figures(run):
        e = explain(run, code)
        assert explanation_text(job, e)
        assert len(json.loads(explanation_json(e))["cells"]) == len(cells(e)) == shown_cells(e)
        parts: list[Share | LeftOut] = [*e.shares[:1], *e.left_out[:1], *e.beside[:1]]
        for part in parts:
            own = explain(run, code, part.unit)
            assert any(part.unit in line for line in explanation_text(job, own))
            assert set(cells(own)) <= set(cells(e))
