"""What the tables of a plan must hold: pandera schemas, and their faults as Vietnamese lines.

The only module that imports pandera for plans, and only when it is called (the import costs half a
second). pandera runs the rules of `schema_rules` over whole columns, and its failure cases come back
here as cells. Nothing is built or mended.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plan.cell_rules import Names, Rule, near
from plan.headings import called
from plan.schema_rules import KEYS, RULES
from plan.tables import PlanTables, Row, Table

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa


def check_tables(tables: PlanTables) -> list[str]:
    """Return every fault of a plan, one line per cell, in the order of the tables; none is []."""
    names = Names.of(tables)
    faults: list[str] = []
    for role, table in (
        ("head", tables.head),
        ("calendar", tables.calendar),
        ("groups", tables.groups),
        ("oddities", tables.oddities),
        ("rules", tables.rules),
        ("waivers", tables.waivers),
        ("indicators", tables.indicators),
        ("tasks", tables.tasks),
        ("units", tables.units),
    ):
        faults += _missing_rows(role, table)
        faults += _table_faults(_Judged.of(role, table, names))
    return faults


def _missing_rows(role: str, table: Table) -> list[str]:
    if table.rows or not table.is_whole:
        return []
    if role == "units":
        return [f"{table.name}: chưa có đơn vị nào. Ghi mỗi đơn vị một dòng"]
    if role == "calendar":
        example = {"kind": "H1", "first": "01-01", "last": "06-30"}  # a folder and a workbook take these alike
        cells = ", ".join(f"{called(role, key)} ghi {text}" for key, text in example.items())
        return [f"{table.name}: chưa có kỳ báo cáo nào. Ví dụ kỳ 6 tháng đầu năm: {cells}"]
    return []


@dataclass(frozen=True, slots=True)
class _Judged:
    """A table with the rules of its columns; `key` are the columns whose texts no two rows share."""

    table: Table
    rules: Mapping[str, tuple[Rule, ...]]
    key: tuple[str, ...]
    names: Names
    firsts: Mapping[tuple[str, ...], int]  # texts of the key -> the first row that has them

    @classmethod
    def of(cls, role: str, table: Table, names: Names) -> _Judged:
        """Look up what holds for the table of that role."""
        key, firsts = KEYS.get(role, ()), dict[tuple[str, ...], int]()
        for index, row in enumerate(table.rows if table.is_whole else ()):
            firsts.setdefault(_same(row, key), index)
        return cls(table, RULES[role], key, names, firsts)

    def fault(self, column: str, index: int) -> str:
        """Return the first fault of a cell: what follows from a fault is not reported beside it."""
        row = self.table.rows[index]
        text = row[column]
        if not unicodedata.is_normalized("NFC", text):
            return "chữ ở dạng tổ hợp (NFD), máy sẽ không tìm thấy. Gõ lại bằng Unicode dựng sẵn (NFC)"
        if any(unicodedata.category(c) == "Cc" for c in text):
            return "trong ô có dấu xuống dòng hoặc ký tự điều khiển. Viết cả ô trên một dòng"
        fault = next((fault for rule in self.rules.get(column, ()) if (fault := rule(row, self.names))), "")
        return fault or (self._repeat(index) if (column,) == self.key[:1] else "")

    def _repeat(self, index: int) -> str:
        row = self.table.rows[index]
        first = self.firsts[_same(row, self.key)]
        if first == index:
            return ""
        earlier = self.table.place(self.key[0], first).removeprefix(f"{self.table.name}, ")
        if len(self.key) == 1:
            return f"“{row[self.key[0]]}” được ghi hai lần, đã dùng ở {earlier}. Mỗi dòng phải có mã riêng"
        return f"dòng này ghi lại điều đã ghi ở {earlier}. Chỉ giữ một"


def _same(row: Row, key: tuple[str, ...]) -> tuple[str, ...]:
    """What makes two rows one: for a spreadsheet that counts by code, NV-1a and NV-1A are the same."""
    return tuple(row[column].casefold() for column in key)


def _table_faults(judged: _Judged) -> list[str]:
    table = judged.table
    if not table.header:
        return []  # the file could not be read, and that was said already
    if not table.rows and table.header == table.columns:
        return []  # most plans ease no rule: pandera would take its time over an empty frame
    if not table.rows and sorted(table.header) == sorted(table.columns):
        return []  # nothing to judge, and pandera takes its time for nothing as well
    import pandas as pd  # noqa: PLC0415  # costs half a second: not before a plan is loaded
    from pandera.errors import SchemaErrors  # noqa: PLC0415  # likewise

    frame = pd.DataFrame(list(table.rows), columns=list(table.header), dtype="str")
    try:
        _schema(judged).validate(frame, lazy=True)
    except SchemaErrors as errors:
        return _lines(judged, errors.failure_cases)
    return []


def _schema(judged: _Judged) -> pa.DataFrameSchema:
    import pandas as pd  # noqa: PLC0415  # see _table_faults
    import pandera.pandas as pa  # noqa: PLC0415  # see _table_faults

    def check(column: str) -> pa.Check:
        def holds(values: pd.Series) -> pd.Series:
            sound = [not judged.fault(column, i) for i in values.index]
            return pd.Series(sound, index=values.index, dtype=bool)

        return pa.Check(holds, error="rule")

    # A missing column would make rules of its row meaningless.
    is_whole = judged.table.is_whole
    columns = {column: pa.Column(str, [check(column)] if is_whole else []) for column in judged.table.columns}
    return pa.DataFrameSchema(columns, strict=True)


def _lines(judged: _Judged, failures: pd.DataFrame) -> list[str]:
    table = judged.table
    about_columns: list[str] = []
    about_cells: dict[tuple[int, int], str] = {}
    for check, column, case, index in zip(
        failures["check"], failures["column"], failures["failure_case"], failures["index"], strict=True
    ):
        if check == "column_in_dataframe":
            about_columns.append(f"{table.name}: thiếu cột “{case}”. Dòng đầu phải có đủ: {','.join(table.columns)}")
        elif check == "column_in_schema":
            about_columns.append(f"{table.name}: cột “{case}” không có trong mẫu{near(str(case), table.columns)}")
        else:
            row = int(index)
            place = (row, table.header.index(column))
            about_cells[place] = f"{table.place(column, row)}: {judged.fault(column, row)}"
    return sorted(about_columns) + [about_cells[place] for place in sorted(about_cells)]
