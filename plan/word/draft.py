"""A Word document becomes the draft of a plan: printed columns verbatim, everything interpreted marked to confirm.

Nothing is invented: a measure is proposed only for a national indicator that is surely meant, a target or a
deadline only where one reading exists; the rest stays blank and loading names the cells to fill.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from plan import grammar, tables
from plan.model import DuePart, Measure, PlanError, Target
from plan.national_set import recognise, recognise_all
from plan.printed.due import read_due
from plan.printed.targets import read_targets, targets_in_name
from plan.tables import PlanTables, Row, Table, grid
from plan.word.appendix import read_appendices
from plan.word.blocks import read_blocks
from plan.word.headings import NAME_WORDINGS, WORK_WORDINGS
from plan.word.offices import Offices, propose_offices
from plan.word.open import open_document
from plan.word.prose import note_head, propose_head
from plan.word.reporting_days import propose_calendar
from plan.word.rows import Appendices, AppendixRow, Unread, in_order
from plan.words import fold

_NATIONAL = ("measure", "aggregation", "decimals", "fields", "short", "reason")
_HEAD_NAME = "plan.toml"
_SUB_NUMBER = re.compile(r"(?P<parent>[0-9]+(?:\.[0-9]+)*)\.[0-9]+")
_SUB_LETTER = re.compile(r"[a-zđ]|[-+–•]")


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan as read from a document, before anybody looked at it.

    `notes` say how each table was understood.
    """

    tables: PlanTables
    unread: tuple[Unread, ...]
    notes: tuple[str, ...]


def read_document(path: Path) -> Draft:
    """Read the appendix tables of a .docx. Raises PlanError for what is no such file, or holds no appendix."""
    read = read_appendices(read_blocks(open_document(path)))
    if not read.indicators and not read.tasks:
        raise PlanError(_no_appendix(path, read))
    offices = propose_offices(
        row.cell(role) for row in (*read.indicators, *read.tasks) for role in ("lead", "coordinating", "monitor")
    )
    indicators = _indicators(read.indicators, offices)
    tasks = _tasks(read.tasks, offices)
    head = propose_head(read.prose, path)
    days = propose_calendar(read.prose, head["issuer"])
    drafted = PlanTables(
        head=_entries(_HEAD_NAME, tables.HEAD_COLUMNS, [head]),
        calendar=_entries(f"{_HEAD_NAME}, [[calendar]]", tables.CALENDAR_COLUMNS, [day.row for day in days]),
        groups=_entries(f"{_HEAD_NAME}, [[group]]", tables.GROUP_COLUMNS, offices.groups),
        indicators=_table("indicators.csv", tables.INDICATOR_COLUMNS, indicators),
        tasks=_table("tasks.csv", tables.TASK_COLUMNS, tasks),
        units=_table("units.csv", tables.UNIT_COLUMNS, offices.units),
        oddities=_entries(f"{_HEAD_NAME}, [[oddity]]", tables.ODDITY_COLUMNS, []),
        rules=_entries(f"{_HEAD_NAME}, [[rule]]", tables.RULE_COLUMNS, []),
        waivers=_entries(f"{_HEAD_NAME}, [[waiver]]", tables.WAIVER_COLUMNS, []),
    )
    unread = in_order((*read.unread, *_lost_targets(read.indicators, indicators)))
    notes = (*read.notes, *_further_figures(indicators), *note_head(head), *(day.note for day in days))
    return Draft(drafted, unread, (*notes, *_note_groups(offices)))


def _note_groups(offices: Offices) -> list[str]:
    """Say the wordings that became groups, which have no column to be confirmed in."""
    return [
        f"Nhóm đơn vị “{group['name']}” ({group['id']}): đọc từ cột phân công, chưa có thành viên, kiểm tra lại."
        for group in offices.groups
    ]


def _further_figures(indicators: Sequence[Row]) -> list[str]:
    """Say which rows name two figures: only a person can tell where the text of one ends."""
    return [
        f"TT {row['number']} ({row['code']}) nêu {len(named)} số liệu ({', '.join(n['short'] for n in named)}): "
        "thêm một dòng cho mỗi số liệu sau, tên trích từ tên dòng ấy, "
        f"cột Tách từ chỉ tiêu (part_of) ghi {row['code']}."
        for row in indicators
        if len(named := recognise_all(row["name"])) > 1
    ]


def _lost_targets(rows: Sequence[AppendixRow], drafted: Sequence[Row]) -> list[Unread]:
    """List the printed targets that no typed one stands for: otherwise that figure is not judged, in silence."""
    why = "mục tiêu không có cách đọc chắc chắn, cần tự ghi ở cột Mục tiêu từng năm (targets)"
    found = []
    for row, made in zip(rows, drafted, strict=True):
        years = {target.year for target in grammar.parse_targets(made["targets"])}
        lost = [text for year, text in row.goals if not years or (year is not None and year not in years)]
        found += [Unread(row.table, row.line, text, why) for text in lost]
    return found


def _no_appendix(path: Path, read: Appendices) -> str:
    seen = "; ".join(f"{u.place}: {u.why}" for u in read.unread[:3])
    return (
        f"“{path.name}”: không có bảng phụ lục nào đọc được{f' ({seen})' if seen else ''}. Đã tìm bảng có dòng tiêu đề "
        f"gồm cột nội dung ({NAME_WORDINGS}…) và cột {WORK_WORDINGS}… "
        "Kế hoạch chỉ có phần lời thì phải nhập tay: tạo bằng lệnh plan new hoặc điền vào sổ Excel của plan export."
    )


# --- indicators ---


def _indicators(rows: Sequence[AppendixRow], offices: Offices) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    firsts: dict[str, Row] = {}  # national code -> what the first row of that figure reads
    taken: set[str] = set()
    for index, row in enumerate(rows, start=1):
        printed = {
            "number": _number(row.cell("number")),
            "section": row.section,
            "group_number": row.group_number,
            "group": row.group,
            "name": row.cell("name"),
            "unit": row.cell("unit"),
            "target_text": _target_text(row),
            **_assigned(row),
            "monitor_text": row.cell("monitor"),
            "due_text": row.cell("due"),
        }
        due = read_due(printed["due_text"]) if printed["due_text"] else ()
        national = recognise(printed["name"])
        targets = _targets(row, national, _year(due, row.section))
        read = {
            "targets": grammar.format_targets(targets),
            "due": grammar.format_due(due),
            "reporters": offices.assignments[printed["lead_text"]],
            "coordinators": offices.assignments[printed["coordinating_text"]],
            "monitors": offices.assignments[printed["monitor_text"]],
        }
        if national is not None:
            read |= {column: national[column] for column in _NATIONAL}
            read["prorated"] = national["prorated"] if targets else ""  # only a target can be
            first = firsts.setdefault(national["code"], {**read, "code": national["code"]})
            read |= _coded(first, read, targets, taken)
        else:
            read["code"] = f"CT_{index}"
        open_cells = ["target_text"] if len(row.goals) > 1 else []  # several columns are one text: to be looked at
        if printed["target_text"] and not targets:
            open_cells.append("targets")  # blank, but not because the document is
        taken.add(read["code"])
        found.append(_row(tables.INDICATOR_COLUMNS, printed, read, open_cells))
    return found


def _target_text(row: AppendixRow) -> str:
    """The target cell as printed; where each year has a column, every cell with its year behind it."""
    if len(row.goals) > 1:
        return ", ".join(f"{text} ({year})" for year, text in row.goals)
    return next((text for _, text in row.goals), "")


def _targets(row: AppendixRow, national: Row | None, year: int | None) -> tuple[Target, ...]:
    wants_threshold = national is not None and national["measure"] == Measure.THRESHOLD
    may_be_attained = national is None or national["measure"] == Measure.ATTAINED
    found: tuple[Target, ...] = ()
    if row.goals and not wants_threshold:
        for own, text in row.goals:
            found += read_targets(text, own or year, attained=may_be_attained)
    else:
        found = _targets_in(row.cell("name"), year)
    fits = all((target.threshold is not None) == wants_threshold for target in found)
    years = [target.year for target in found]
    return found if fits and len(set(years)) == len(years) else ()


def _targets_in(name: str, year: int | None) -> tuple[Target, ...]:
    """The target that a name holds, "… đạt trên 95%", where it can be one only."""
    if len(recognise_all(name)) > 1:
        return ()  # two figures in one row
    return targets_in_name(name, year)


def _year(due: Sequence[DuePart], section: str) -> int | None:
    """The year that a target without one means: of the deadline, else of the section if it names one."""
    days = {part.last or part.first for part in due} - {None}
    if len(days) == 1:
        return next(day.year for day in days if day is not None)
    years = set(re.findall(r"\b20[0-9]{2}\b", section))
    return int(min(years)) if len(years) == 1 else None


def _coded(first: Row, read: Row, targets: Sequence[Target], taken: set[str]) -> dict[str, str]:
    """The national code; on a later row of the same figure the code with its year, which repeats that figure."""
    code = first["code"]
    if code not in taken:
        return {"code": code}
    year = f"{code}_{targets[0].year}" if targets else code
    own = year if year not in taken else next(c for n in count(2) if (c := f"{code}_{n}") not in taken)
    return {"code": own, "same_as": code if first["reporters"] == read["reporters"] else ""}


# --- tasks ---


def _tasks(rows: Sequence[AppendixRow], offices: Offices) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    codes = _TaskCodes()
    for row in rows:
        printed = {
            "number": _number(row.cell("number")),
            "group_number": row.group_number,
            "group": row.group,
            "name": row.cell("name"),
            **_assigned(row),
            "result": row.cell("result"),
            "due_text": row.cell("due"),
        }
        code, parent = codes.next(printed)
        read = {
            "leads": offices.assignments[printed["lead_text"]],
            "coordinators": offices.assignments[printed["coordinating_text"]],
            "due": grammar.format_due(read_due(printed["due_text"])),
            "parent": parent,
        }
        # The code follows from the number, so there is nothing to confirm in it.
        found.append({**_row(tables.TASK_COLUMNS, printed, read, ()), "code": code})
    return found


@dataclass(slots=True)
class _TaskCodes:
    """Gives every task its code and its parent, in printed order."""

    taken: set[str] = field(default_factory=set)
    by_number: dict[tuple[str, str, str], str] = field(default_factory=dict)  # group and number -> code
    last: tuple[str, str] = ("", "")  # number and code of the last row that can have lettered rows under it
    group: tuple[str, str] = ("", "")
    in_group: int = 0

    def next(self, row: Mapping[str, str]) -> tuple[str, str]:
        """Return the code of `row` and that of the row above its sub-number 6.1 or letter, "" where there is none."""
        group = (row["group_number"], row["group"])
        if group != self.group:
            self.group, self.in_group, self.last = group, 0, ("", "")
        self.in_group += 1
        number, parent = _sign(row["number"]), ""
        sub = _SUB_NUMBER.fullmatch(row["number"])
        if sub:
            parent = self.by_number.get((*group, sub["parent"]), "")
        elif _SUB_LETTER.fullmatch(row["number"]):
            above, parent = self.last
            number = f"{above}.{number or self.in_group}".lstrip(".")
        code = self._free(
            "-".join(p for p in ("NV", _sign(row["group_number"]).upper(), number or f"{self.in_group}") if p)
        )
        if row["number"][:1].isdigit():
            self.last = (number, code)
            self.by_number[(*group, row["number"])] = code
        return code, parent

    def _free(self, code: str) -> str:
        code = code.encode("ascii", "ignore").decode()
        own = code if code not in self.taken else next(c for n in count(2) if (c := f"{code}-{n}") not in self.taken)
        self.taken.add(own)
        return own


def _sign(number: str) -> str:
    return ".".join(fold(number).split())


# --- both ---


def _assigned(row: AppendixRow) -> dict[str, str]:
    return {"lead_text": row.cell("lead"), "coordinating_text": row.cell("coordinating")}


def _number(text: str) -> str:
    """The printed number without the dot or brackets around it."""
    return re.sub(r"^\(?(.*?)[.)]*$", r"\1", text)


def _row(
    columns: Sequence[str], printed: Mapping[str, str], read: Mapping[str, str], also: Sequence[str]
) -> dict[str, str]:
    confirm = [*also, *(column for column in columns if read.get(column))]
    return {**dict.fromkeys(columns, ""), **printed, **read, "confirm": grammar.format_names(tuple(confirm))}


def _table(name: str, columns: tuple[str, ...], rows: Sequence[Row]) -> Table:
    return grid(name, columns, columns, list(enumerate(rows, start=2)))


def _entries(name: str, columns: tuple[str, ...], rows: Sequence[Row]) -> Table:
    def place(column: str, index: int) -> str:
        return f"{name}{f' thứ {index + 1}' if name.endswith(']') else ''}, mục “{column}”"

    return Table(name, columns, columns, tuple(rows), place)
