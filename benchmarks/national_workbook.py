"""Draw tong-hop.xlsx of a whole country beside a plain dump of the same lines, each in a process of its own.

Run by hand: `.venv/bin/python benchmarks/national_workbook.py [--units 3321]`. Every unit of the country
reports every row of Ninh Bình's plan: a result and a document for each task, a difficulty for one in five,
three findings. Entries are as separate objects as validation makes them, and their memory is in the
peak; the step "entries" makes them and nothing else. The rival, `plain dump`, writes the same long table
with xlsxwriter's constant_memory, the leanest way that people know: no formula, no page, no second sheet.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from consolidate.model import Consolidation  # noqa: E402  (the house is found first)
from consolidate.run import consolidate  # noqa: E402
from plan.load import load_plan  # noqa: E402
from plan.model import Assignment, FieldKind, Indicator, Plan, Role, Task, Unit  # noqa: E402
from plan.period import parse_period  # noqa: E402
from plan.words import ATTAINED, NOT_ATTAINED, DataState, TaskStatus  # noqa: E402
from validation.model import (  # noqa: E402
    Checked,
    Finding,
    IndicatorEntry,
    Return,
    Severity,
    TaskEntry,
    Verdict,
)

STEPS = ("entries", "workbook", "plain dump")
LIMIT_MIB = 600
_MOMENT = datetime(2026, 6, 12, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
_GROUP = "xa-phuong"
_WORDS = """đã ban hành kế hoạch triển khai tại địa phương, tổ chức tập huấn cho cán bộ y tế, phối hợp với các đoàn thể
tuyên truyền vận động nhân dân, rà soát số liệu, kiểm tra giám sát định kỳ và báo cáo cấp trên theo quy định"""


def country(count: int) -> Plan:
    """Ninh Bình's rows, each asked of `count` communes of the country."""
    from plan.territory import commune_units, provinces  # noqa: PLC0415  (loads the table of all communes)

    units: list[Unit] = []
    for province in provinces():
        units += [replace(u, id=f"{u.id}-{province.code}") for u in commune_units(province.code)]
    plan = load_plan("ninh-binh-syt")
    everybody = (Assignment(f"@{_GROUP}"),)
    return replace(
        plan,
        units=tuple(units[:count]),
        indicators=tuple(replace(i, reporters=everybody) for i in plan.indicators),
        tasks=tuple(replace(t, leads=everybody, coordinators=()) for t in plan.tasks),
        waivers=(),
    )


def national_run(count: int) -> Consolidation:
    """Everybody has reported everything."""
    plan = country(count)
    chance = random.Random(2026)
    indicators, tasks, findings, returns = [], [], [], []
    for number, unit in enumerate(plan.units):
        file = f"{unit.id}/2026-H1_{unit.id}.xlsx"
        returns.append(Return(file, f"{number:064x}", 17_000, _MOMENT, unit.id, Verdict.ACCEPTED, True, False))
        rows = (i for i in plan.indicators if not i.same_as)
        indicators += [e for at, row in enumerate(rows) for e in _answers(chance, unit.id, file, row, 9 + 4 * at)]
        tasks += [_task(chance, unit.id, file, row, 9 + at) for at, row in enumerate(plan.tasks)]
        findings += [
            Finding("PEER_OUTLIER", Severity.WARNING, file, "Phụ lục 1", f"H{at}", unit.id, "", f"{number * at}")
            for at in range(3)
        ]
    checked = Checked(tuple(returns), tuple(findings), tuple(indicators), tuple(tasks))
    del indicators, tasks, findings, returns
    return consolidate(plan, parse_period(plan, "2026-H1"), _MOMENT, checked)


def _answers(chance: random.Random, unit: str, file: str, row: Indicator, top: int) -> Iterator[IndicatorEntry]:
    for at, field in enumerate(row.fields):
        state: DataState | None = DataState.OFFICIAL
        value: Decimal | str = Decimal(chance.randrange(1_000, 9_000) + 9_000 * at)
        if field.kind is FieldKind.CHOICE:
            value, state = (ATTAINED if chance.random() < 0.8 else NOT_ATTAINED), None
        elif field.kind is FieldKind.TEXT:
            value, state = _sentence(chance, 12), None
        said = _sentence(chance, 10) if chance.random() < 0.02 else ""
        cell = f"H{top + at}"
        yield IndicatorEntry(file, unit, row.code, field.name, value, state, said, "Phụ lục 1", cell, blocked=False)


def _task(chance: random.Random, unit: str, file: str, row: Task, line: int) -> TaskEntry:
    hard = chance.random() < 0.2
    status = chance.choice((TaskStatus.COMPLETED, TaskStatus.IN_PROGRESS, TaskStatus.NOT_STARTED))
    inputs = ("status", "progress", "result", "document_number", "document_date", "difficulties", "proposals")
    return TaskEntry(
        file=file,
        unit=unit,
        row=row.code,
        role=Role.LEAD,
        scope="",
        status=status,
        progress=Decimal(chance.randrange(100)),
        result=_sentence(chance, 20),
        document_number=f"{chance.randrange(1, 999)}/KH-UBND",
        document_date=date(2026, chance.randrange(1, 6), chance.randrange(1, 28)),
        difficulties=_sentence(chance, 18) if hard else "",
        proposals=_sentence(chance, 14) if hard else "",
        explanation="",
        sheet="Phụ lục 2",
        cells={key: f"{chr(ord('G') + at)}{line}" for at, key in enumerate((*inputs, "explanation"))},
        blocked=False,
    )


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS.split(), k=words)).capitalize() + "."


def dump(run: Consolidation, target: Path) -> None:
    """The rival: one line per value, as a script would write it, in xlsxwriter's leanest way."""
    import xlsxwriter  # noqa: PLC0415  (only this step needs it)

    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet, row = None, 0
    for line in _dumped(run):
        if sheet is None or row > 1_048_000:
            sheet, row = book.add_worksheet(), 0
        for column, value in enumerate(line):
            if isinstance(value, Decimal):
                sheet.write_number(row, column, float(value))
            elif value:
                sheet.write_string(row, column, str(value))
        row += 1
    book.close()


def _dumped(run: Consolidation) -> Iterator[tuple[object, ...]]:
    for e in run.checked.indicator_entries:
        yield e.unit, e.row, e.field, f"{e.row}.{e.field}", e.value, e.state, e.file, e.sheet, e.cell
    for t in run.checked.task_entries:
        for field in t.cells:
            if value := getattr(t, field):
                key = f"{t.row}.{field}"
                yield t.unit, t.row, field, key, t.role.value, value, t.file, t.sheet, t.cells[field]


def step(name: str, count: int, target: Path) -> None:
    """One step in this process: prints the seconds after the entries were made, and the peak of all."""
    run = national_run(count)
    start = time.perf_counter()
    if name == "workbook":
        from consolidate.workbook.book import draw_workbook  # noqa: PLC0415  (only this step needs it)

        target.write_bytes(draw_workbook(run, lambda finding: finding.code))
    elif name == "plain dump":
        dump(run, target)
    print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def sheets_of(path: Path) -> list[tuple[str, int]]:
    """(part, rows) of every sheet of a workbook, counted in its XML as it streams by."""
    found = []
    with zipfile.ZipFile(path) as archive:
        for name in sorted((n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")), key=len):
            rows, rest = 0, b""
            with archive.open(name) as part:
                while chunk := part.read(1 << 20):
                    rows += (rest + chunk).count(b"<row ") - rest.count(b"<row ")
                    rest = chunk[-4:]
            found.append((name, rows))
    return found


def main() -> None:
    """Print a table of the steps, and what the workbook holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=3321)
    parser.add_argument("--keep", type=Path, help="copy the workbook here")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--target", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        step(options.step, options.units, options.target)
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder) / f"{name.replace(' ', '-')}.xlsx" for name in STEPS}
        taken: dict[str, tuple[float, float]] = {}
        for name, path in paths.items():
            command = [sys.executable, __file__, "--units", str(options.units), "--step", name, "--target", str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            seconds, peak = map(float, done.stdout.split())
            taken[name] = seconds, peak
        plain = taken["plain dump"][0]
        print(f"{options.units} units x all rows, {os.cpu_count()} cores, {sys.platform}")
        print(f"{'':<14}{'seconds':>9}{'plain/this':>12}{'peak MiB':>10}{'file MiB':>10}")
        for name, (seconds, peak) in taken.items():
            size = paths[name].stat().st_size / 2**20 if paths[name].is_file() else 0
            ratio = plain / seconds if seconds > 0.1 else 0
            print(f"{name:<14}{seconds:>9.1f}{ratio:>12.2f}{peak:>10.0f}{size:>10.1f}")
        for part, rows in sheets_of(paths["workbook"]):
            print(f"  {part}: {rows:,} rows")
        if options.keep:
            options.keep.write_bytes(paths["workbook"].read_bytes())
        if taken["workbook"][1] > LIMIT_MIB:
            raise SystemExit(f"{taken['workbook'][1]:.0f} MiB is more than {LIMIT_MIB}")


if __name__ == "__main__":
    main()
