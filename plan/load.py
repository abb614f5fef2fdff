"""The door by which a plan comes in: a catalog id or a folder becomes a checked `Plan`.

Reads plan.toml and the three tables, collects the faults of all four files before it gives up, and
never mends anything by the way. What a cell may hold is said in `grammar` and `schema`.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import io
import json
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from plan import grammar
from plan.model import Aggregation, CalendarEntry, Indicator, Measure, Oddity, Plan, PlanError, Task, Unit
from plan.period import KINDS
from plan.schema import INDICATOR_COLUMNS, TASK_COLUMNS, UNIT_COLUMNS, Row, Table, check_tables

_CATALOG = Path(__file__).parent / "catalog"
_HEADER = "plan.toml"
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_REQUIRED = ("id", "issuer", "short_issuer", "title", "level", "place", "return_to", "time_zone")
_OPTIONAL = ("superior",)
_CALENDAR_KEYS = ("kind", "first", "last", "due")


def catalog_ids() -> tuple[str, ...]:
    """Return the ids of the plans that come with the program, sorted."""
    return tuple(sorted(path.parent.name for path in _CATALOG.glob(f"*/{_HEADER}")))


def load_plan(where: str) -> Plan:
    """Load the plan of a catalog id or a folder. Raises PlanError with a line for every fault found."""
    folder = _folder(where)
    faults: list[str] = []
    header = _read_header(folder, faults)
    indicators = _read_table(folder, "indicators.csv", INDICATOR_COLUMNS, faults)
    tasks = _read_table(folder, "tasks.csv", TASK_COLUMNS, faults)
    units = _read_table(folder, "units.csv", UNIT_COLUMNS, faults)
    faults += check_tables(indicators, tasks, units)
    if faults:
        raise PlanError(*faults)
    return _plan(header, indicators, tasks, units)


def _folder(where: str) -> Path:
    ids = catalog_ids()
    if where in ids:
        return _CATALOG / where
    path = Path(where)
    if path.is_dir():
        if (path / _HEADER).is_file():
            return path
        raise PlanError(f"Thư mục “{where}” không phải là một kế hoạch: thiếu tệp {_HEADER}.")
    if path.suffix.lower() in _WORKBOOKS:
        raise PlanError(
            f"“{where}”: bản này chưa đọc được kế hoạch từ sổ Excel. Hãy dùng mã kế hoạch hoặc thư mục kế hoạch."
        )
    near = difflib.get_close_matches(where.lower(), ids, n=1)
    guess = f" Có phải ý bạn là “{near[0]}”?" if near else ""
    raise PlanError(
        f"Không có kế hoạch “{where}”.{guess} Các kế hoạch có sẵn: {', '.join(ids)}. "
        "Cũng có thể ghi đường dẫn của một thư mục kế hoạch."
    )


def _read_text(folder: Path, file: str, faults: list[str]) -> str | None:
    try:
        return (folder / file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        faults.append(f"{file}: không có tệp này trong thư mục {folder.name}.")
    except UnicodeDecodeError:
        faults.append(f"{file}: tệp không phải UTF-8. Trong Excel, lưu lại bằng “CSV UTF-8 (Comma delimited)”.")
    except OSError as error:
        faults.append(f"{file}: không đọc được tệp ({error.strerror}). Kiểm tra quyền đọc của tệp.")
    return None


# --- plan.toml ---


def _read_header(folder: Path, faults: list[str]) -> dict[str, object]:
    text = _read_text(folder, _HEADER, faults)
    if text is None:
        return {}
    try:
        header: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+), column (\d+)", str(error))
        place = f"dòng {at[1]}, cột {at[2]}" if at else "cuối tệp"
        faults.append(f'{_HEADER}, {place}: không đúng cách viết TOML. Mỗi dòng có dạng: tên = "giá trị"')
        return {}
    keys = (*_REQUIRED, *_OPTIONAL)
    found = (_text_fault(header, key, required=key in _REQUIRED) for key in keys)
    faults += [f"{_HEADER}, {fault}" for fault in found if fault]
    strange = [key for key in header if key not in (*keys, "calendar", "oddity")]
    faults += [f"{_HEADER}, mục “{key}”: không dùng đến. Các mục có thể ghi: {', '.join(keys)}" for key in strange]
    faults += [
        f"{_HEADER}, mục “{key}”: viết mỗi mục dưới một dòng [[{key}]] riêng."
        for key in ("calendar", "oddity")
        if _entries(header, key) != header.get(key, [])
    ]
    faults += _identity_faults(header)
    faults += _calendar_faults(header)
    faults += _oddity_faults(header)
    return header


def _text_fault(table: Mapping[str, object], key: str, *, required: bool) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        return f"mục “{key}”: phải là chữ trong ngoặc kép."
    if required and not value.strip():
        return f"mục “{key}”: còn thiếu hoặc để trống."
    if not unicodedata.is_normalized("NFC", value):
        return f"mục “{key}”: chữ ở dạng tổ hợp (NFD). Gõ lại bằng Unicode dựng sẵn (NFC)."
    return ""


def _identity_faults(header: Mapping[str, object]) -> list[str]:
    faults = []
    plan_id, zone = header.get("id"), header.get("time_zone")
    if isinstance(plan_id, str) and plan_id and not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", plan_id):
        faults.append(
            f"{_HEADER}, mục “id”: “{plan_id}” không đúng dạng. "
            "Dùng chữ thường không dấu, số và dấu nối, ví dụ: ninh-binh-syt"
        )
    if isinstance(zone, str) and zone:
        try:
            ZoneInfo(zone)
        except (KeyError, OSError, ValueError):  # not found, a folder of zones, not a name at all
            faults.append(f"{_HEADER}, mục “time_zone”: không có múi giờ “{zone}”. Ví dụ: Asia/Ho_Chi_Minh")
    return faults


def _entries(header: Mapping[str, object], key: str) -> list[dict[str, object]]:
    found = header.get(key, [])
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _calendar_faults(header: Mapping[str, object]) -> list[str]:
    faults: list[str] = []
    kinds: list[object] = []
    entries = _entries(header, "calendar")
    if not entries:
        faults.append(
            f"{_HEADER}: chưa có kỳ báo cáo nào. Thêm [[calendar]] với "
            'kind = "H1", first = "01-01", last = "06-30", due = "06-10"'
        )
    for number, entry in enumerate(entries, start=1):
        place = f"{_HEADER}, [[calendar]] thứ {number}"
        kind = entry.get("kind")
        if kind not in KINDS:
            faults.append(f"{place}: không có loại kỳ “{kind}”. Ghi một trong: {', '.join(KINDS)}")
        if kind in kinds:
            faults.append(f"{place}: loại kỳ “{kind}” được ghi hai lần. Chỉ giữ một.")
        kinds.append(kind)
        strange = [key for key in entry if key not in _CALENDAR_KEYS]
        faults += [f"{place}, mục “{key}”: không dùng đến. Các mục: {', '.join(_CALENDAR_KEYS)}" for key in strange]
        for key in ("first", "last", *(["due"] if "due" in entry else [])):
            try:
                grammar.parse_month_day(str(entry.get(key, "")))
            except ValueError as fault:
                faults.append(f"{place}, mục “{key}”: {fault}")
        if str(entry.get("first", "")) > str(entry.get("last", "")):
            faults.append(f"{place}: ngày đầu kỳ ở sau ngày cuối kỳ.")
    return faults


def _oddity_faults(header: Mapping[str, object]) -> list[str]:
    return [
        f"{_HEADER}, [[oddity]] thứ {number}, {fault}"
        for number, entry in enumerate(_entries(header, "oddity"), start=1)
        for key in ("place", "note", "suggestion")
        if (fault := _text_fault(entry, key, required=True))
    ]


# --- the tables ---


def _read_table(folder: Path, file: str, columns: tuple[str, ...], faults: list[str]) -> Table:
    """Return the table, without header and rows when it cannot be read at all (its fault is then noted)."""
    unread = Table(file, columns, (), (), ())
    text = _read_text(folder, file, faults)
    if text is None:
        return unread
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        faults.append(f'{file}: dấu ngoặc kép không khép. Kiểm tra các ô có dấu " trong tệp.')
        return unread
    header = tuple(records[0]) if records else ()
    if not header:
        faults.append(f"{file}: dòng đầu trống. Dòng đầu phải là tên cột: {','.join(columns)}")
        return unread
    if len(header) == 1 and ";" in header[0]:
        faults.append(f"{file}: các cột đang ngăn bằng dấu chấm phẩy. Lưu lại với dấu phẩy ngăn cột.")
        return unread
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        faults.append(f"{file}: cột “{repeated[0]}” đứng hai lần ở dòng đầu. Chỉ giữ một.")
        return unread
    rows: list[Row] = []
    lines: list[int] = []
    for line, cells in enumerate(records[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            faults.append(
                f"{file}, dòng {line}: có {len(cells)} ô, phải có {len(header)} ô như dòng đầu. "
                "Ô có dấu phẩy phải nằm trong ngoặc kép."
            )
        padded = (*cells, *[""] * len(header))
        rows.append(dict(zip(header, padded, strict=False)))
        lines.append(line)
    return Table(file, columns, header, tuple(rows), tuple(lines))


# --- building: everything was checked, so nothing here can fail ---


def _plan(header: Mapping[str, object], indicators: Table, tasks: Table, units: Table) -> Plan:
    text = {key: str(header.get(key, "")) for key in (*_REQUIRED, *_OPTIONAL)}
    repeatable = {row["code"]: row["fields"] for row in indicators.rows}
    plan = Plan(
        **text,
        calendar=tuple(_calendar_entry(entry) for entry in _entries(header, "calendar")),
        indicators=tuple(
            _indicator(row, row["fields"] or repeatable.get(row["same_as"], "")) for row in indicators.rows
        ),
        tasks=tuple(_task(row) for row in tasks.rows),
        units=tuple(_unit(row) for row in units.rows),
        oddities=tuple(
            Oddity(str(e["place"]), str(e["note"]), str(e["suggestion"])) for e in _entries(header, "oddity")
        ),
        digest="",
    )
    content = json.dumps(asdict(plan), ensure_ascii=False, sort_keys=True, default=str)
    return replace(plan, digest=hashlib.sha256(content.encode()).hexdigest())


def _calendar_entry(entry: Mapping[str, object]) -> CalendarEntry:
    first, last = (grammar.parse_month_day(str(entry[key])) for key in ("first", "last"))
    return CalendarEntry(
        str(entry["kind"]), first, last, grammar.parse_month_day(str(entry["due"])) if "due" in entry else None
    )


def _indicator(row: Row, fields: str) -> Indicator:
    """`fields` are those of the row, or of the row whose figure it shows when it names none."""
    printed = {key: row[key] for key in INDICATOR_COLUMNS[:11]}
    return Indicator(
        **printed,
        measure=Measure(row["measure"]),
        aggregation=Aggregation(row["aggregation"]),
        decimals=int(row["decimals"]),
        fields=grammar.parse_fields(fields),
        targets=grammar.parse_targets(row["targets"]),
        reporters=grammar.parse_assignments(row["reporters"]),
        coordinators=grammar.parse_assignments(row["coordinators"]),
        monitors=grammar.parse_assignments(row["monitors"]),
        same_as=row["same_as"],
        reason=row["reason"],
        short=row["short"],
    )


def _task(row: Row) -> Task:
    printed = {key: row[key] for key in TASK_COLUMNS[:9]}
    return Task(
        **printed,
        leads=grammar.parse_assignments(row["leads"]),
        coordinators=grammar.parse_assignments(row["coordinators"]),
        due=grammar.parse_due(row["due"]),
        parent=row["parent"],
    )


def _unit(row: Row) -> Unit:
    return Unit(
        id=row["id"],
        code=row["code"],
        kind=row["kind"],
        name=row["name"],
        groups=grammar.parse_names(row["groups"]),
        parent=row["parent"],
        aliases=grammar.parse_names(row["aliases"]),
        contact=row["contact"],
        example=grammar.parse_flag(row["example"]),
    )
