"""What the tables of a plan must hold: pandera schemas, and their faults as Vietnamese lines.

The only module that imports pandera for plans, and only when it is called (the import costs half a
second). pandera runs the rules of `schema_rules` over whole columns, and its failure cases come back
here as cells. Nothing is built or mended.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
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
        ("indicators", tables.indicators),
        ("tasks", tables.tasks),
        ("units", tables.units),
    ):
        faults += _missing_rows(role, table)
        faults += _table_faults(table, RULES[role], KEYS.get(role, ""), names)
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


def _table_faults(table: Table, rules: Mapping[str, tuple[Rule, ...]], key: str, names: Names) -> list[str]:
    if not table.header:
        return []  # the file could not be read, and that was said already
    import pandas as pd  # noqa: PLC0415  # costs half a second: not before a plan is loaded
    from pandera.errors import SchemaErrors  # noqa: PLC0415  # likewise

    frame = pd.DataFrame(list(table.rows), columns=list(table.header), dtype="str")
    try:
        _schema(table, rules, key, names).validate(frame, lazy=True)
    except SchemaErrors as errors:
        return _lines(table, rules, key, names, errors.failure_cases)
    return []


def _schema(table: Table, rules: Mapping[str, tuple[Rule, ...]], key: str, names: Names) -> pa.DataFrameSchema:
    import pandas as pd  # noqa: PLC0415  # see _table_faults
    import pandera.pandas as pa  # noqa: PLC0415  # see _table_faults

    def check(column: str) -> pa.Check:
        def holds(values: pd.Series) -> pd.Series:
            sound = [not _fault(table.rows[i], column, rules, names) for i in values.index]
            return pd.Series(sound, index=values.index, dtype=bool)

        return pa.Check(holds, error="rule")

    columns = {
        column: pa.Column(
            str,
            [check(column)] if table.is_whole else [],  # a missing column would make rules of its row meaningless
            unique=column == key,
            report_duplicates="exclude_first",
        )
        for column in table.columns
    }
    return pa.DataFrameSchema(columns, strict=True)


def _lines(
    table: Table, rules: Mapping[str, tuple[Rule, ...]], key: str, names: Names, failures: pd.DataFrame
) -> list[str]:
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
            fault = _fault(table.rows[row], column, rules, names) or _repeat(table, key, row)
            place = (row, table.header.index(column))
            about_cells[place] = f"{table.place(column, row)}: {fault}"
    return sorted(about_columns) + [about_cells[place] for place in sorted(about_cells)]


def _fault(row: Row, column: str, rules: Mapping[str, tuple[Rule, ...]], names: Names) -> str:
    """Return the first fault of a cell: what follows from a fault is not reported beside it."""
    text = row[column]
    if not unicodedata.is_normalized("NFC", text):
        return "chữ ở dạng tổ hợp (NFD), máy sẽ không tìm thấy. Gõ lại bằng Unicode dựng sẵn (NFC)"
    if any(unicodedata.category(c) == "Cc" for c in text):
        return "trong ô có dấu xuống dòng hoặc ký tự điều khiển. Viết cả ô trên một dòng"
    return next((fault for rule in rules.get(column, ()) if (fault := rule(row, names))), "")


def _repeat(table: Table, key: str, index: int) -> str:
    value = table.rows[index][key]
    first = next(i for i, row in enumerate(table.rows) if row[key] == value)
    earlier = table.place(key, first).removeprefix(f"{table.name}, ")
    return f"“{value}” được ghi hai lần, đã dùng ở {earlier}. Mỗi dòng phải có mã riêng"
