"""A small plan without a fault, and its workbook as staff would edit it: shared by the tests of plan.book."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from plan.book.draw import draw_plan
from plan.book.sheets import SHEETS
from plan.load import load_tables
from plan.model import PlanError
from plan.tables import HEAD_COLUMNS, PlanTables, Row, Table, letter

HEAD = {
    "id": "thu",
    "issuer": "UBND phường Thử",
    "short_issuer": "UBND",
    "title": "Kế hoạch thử",
    "level": "phường",
    "place": "Thử",
    "return_to": "UBND phường",
    "time_zone": "Asia/Ho_Chi_Minh",
}
RATIO = {
    "code": "BHYT_COVERAGE",
    "number": "1",
    "name": "Tỷ lệ tham gia BHYT",
    "target_text": ">95",
    "measure": "ratio",
    "aggregation": "ratio_of_sums",
    "decimals": "1",
    "fields": "numerator [người]: Số người có thẻ | denominator [người] {1..}: Dân số",
    "targets": "2026 > 95; 2030 >= 100",
    "due": "by 2030",
    "reporters": "@to",
    "monitors": "van-phong",
    "short": "BHYT",
    "reason": "Cộng tử số và mẫu số.",
    "confirm": "due; targets",
}
DOCTORS = RATIO | {
    "code": "DOCTORS",
    "number": "2",
    "measure": "threshold",
    "aggregation": "share",
    "fields": "count: Số bác sĩ",
    "targets": "2027 >= 100 @4",
}
VISITS = RATIO | {
    "code": "VISITS",
    "number": "3",
    "prorated": "x",
    "fields": "numerator [lượt] (lũy kế): Lượt khám tại trạm | denominator [lượt] {1..} (lũy kế): Tổng lượt khám",
}
TASK = {
    "code": "NV-1",
    "number": "1",
    "name": "Truyền thông",
    "leads": "van-phong [chỉ đạo]; to-1",
    "coordinators": "@to; ?các đơn vị liên quan",
    "due": "yearly; when: có văn bản",
}
TASKS = (
    TASK,
    TASK | {"code": "NV-1A", "parent": "NV-1", "due": "by 2026-Q3"},
    TASK | {"code": "NV-2", "due": "unknown"},
)
UNITS = (
    {"id": "van-phong", "kind": "phòng", "name": "Văn phòng", "aliases": "VP; Văn phòng HĐND"},
    {"id": "to-1", "kind": "tổ dân phố", "name": "Tổ 1", "groups": "to", "parent": "van-phong", "example": "x"},
    {"id": "to-2", "code": "00123", "kind": "tổ dân phố", "name": "Tổ 2", "groups": "to", "population": "1250"},
)
RULES = (
    {"rule": "CUMULATIVE_FELL", "severity": "note", "until": "2026-12-31", "reason": "Năm đầu chỉ nhắc."},
    {"rule": "PEER_OUTLIER", "severity": "error", "reason": "Địa bàn nhỏ, số phải sát nhau."},
)
WAIVERS = (
    {"unit": "to-2", "rule": "POPULATION_EXCEEDED", "row": "BHYT_COVERAGE", "reason": "Có người tạm trú."},
    {"unit": "to-2", "rule": "POPULATION_EXCEEDED", "reason": "Có ký túc xá.", "until": "2026-06-30"},
    {"unit": "van-phong", "rule": "STATUS_WENT_BACK", "row": "NV-1", "reason": "Làm lại từ đầu."},
)
ROWS: Mapping[str, Sequence[Mapping[str, str]]] = {
    "calendar": (
        {"kind": "H1", "first": "01-01", "last": "06-30", "due": "06-10"},
        {"kind": "Y", "first": "01-01", "last": "12-31"},
    ),
    "groups": ({"id": "to", "name": "Các tổ dân phố", "aliases": "tổ dân phố"},),
    "indicators": (RATIO, DOCTORS, VISITS),
    "tasks": TASKS,
    "units": UNITS,
    "oddities": (
        {
            "kind": "misprint",
            "place": "Phụ lục 1",
            "rows": "DOCTORS",
            "note": "In “bác sỹ”.",
            "suggestion": "Đính chính.",
        },
    ),
    "rules": RULES,
    "waivers": WAIVERS,
}


def small_plan(**rows: Sequence[Mapping[str, str]]) -> PlanTables:
    """Return the tables of the small plan, those named in `rows` replaced."""
    tables = {spec.role: _table(spec.name, tuple(c.key for c in spec.columns), ROWS[spec.role]) for spec in SHEETS}
    for spec in SHEETS:
        if spec.role in rows:
            tables[spec.role] = _table(spec.name, tuple(c.key for c in spec.columns), rows[spec.role])
    return PlanTables(head=_table("Kế hoạch", HEAD_COLUMNS, rows.get("head", (HEAD,))), **tables)


def _table(name: str, columns: tuple[str, ...], rows: Sequence[Row]) -> Table:
    full = tuple({column: row.get(column, "") for column in columns} for row in rows)
    return Table(name, columns, columns, full, lambda column, index: f"{name} {column} {index}")


def edited(folder: Path, edit: Callable[[Workbook], None], tables: PlanTables | None = None) -> Path:
    """Return the workbook of a plan (the small one) after `edit`, saved by openpyxl, which stands in for Excel."""
    book = openpyxl.load_workbook(BytesIO(draw_plan(tables or small_plan())))
    edit(book)
    path = folder / "ke-hoach.xlsx"
    book.save(path)
    return path


def at(role: str, key: str, line: int) -> str:
    """Return the address of a cell of a freshly drawn sheet; data begins in line 3."""
    spec = next(spec for spec in SHEETS if spec.role == role)
    return f"{letter([c.key for c in spec.columns].index(key))}{line}"


def sheet(book: Workbook, role: str) -> Worksheet:
    """Return the sheet of a table."""
    found: Worksheet = book[next(spec.name for spec in SHEETS if spec.role == role)]
    return found


def faults_of(path: Path) -> tuple[str, ...]:
    """Return the lines with which loading refuses the workbook, () when it loads."""
    try:
        load_tables(str(path))
    except PlanError as error:
        return error.lines
    return ()
