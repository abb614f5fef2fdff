"""What the three tables of a plan must hold: pandera schemas, and their faults as Vietnamese lines.

The only module that imports pandera for plans, and only when it is called (the import costs half a
second). Every rule is a small function from a row to the sentence of its fault, or ""; pandera runs
them over whole columns and its failure cases come back here as cells. Nothing is built or mended.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plan import grammar
from plan.model import Aggregation, Measure

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

INDICATOR_COLUMNS = (
    *("code", "number", "section", "group", "name", "unit", "target_text", "lead_text", "coordinating_text"),
    *("monitor_text", "due_text", "measure", "aggregation", "decimals", "fields", "targets", "reporters"),
    *("coordinators", "monitors", "same_as", "short", "reason"),
)
TASK_COLUMNS = (
    *("code", "number", "group_number", "group", "name", "lead_text", "coordinating_text", "result", "due_text"),
    *("leads", "coordinators", "due", "parent"),
)
UNIT_COLUMNS = ("id", "code", "kind", "name", "groups", "parent", "aliases", "contact", "example")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One table as it was read: `lines[i]` is the spreadsheet row of `rows[i]` (the header is row 1)."""

    file: str
    columns: tuple[str, ...]  # as the contract wants them
    header: tuple[str, ...]  # as they stand in the file
    rows: tuple[Row, ...]
    lines: tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        """True when every wanted column is there, so that rows can be looked into."""
        return set(self.columns) <= set(self.header)

    def cell(self, column: str, index: int) -> str:
        """Return the spreadsheet address of a column of the row at `index`, e.g. "J14"."""
        return f"{_letter(self.header.index(column))}{self.lines[index]}"


@dataclass(frozen=True, slots=True)
class _Names:
    """The names that rows may refer to. An empty set of units means: unknown, do not judge references."""

    units: frozenset[str]
    groups: frozenset[str]
    tasks: Mapping[str, str]  # code -> the code of its parent, or ""
    parts: Mapping[str, str]  # unit id -> the id of its parent, or ""
    indicators: Mapping[str, Row]  # by code


Rule = Callable[[Row, _Names], str]


def check_tables(indicators: Table, tasks: Table, units: Table) -> list[str]:
    """Return every fault of the three tables, one line per cell, in the order of the files; none is []."""
    names = _Names(
        frozenset(row["id"] for row in units.rows) if units.is_whole else frozenset(),
        frozenset(g.strip() for row in units.rows for g in row["groups"].split(";")) if units.is_whole else frozenset(),
        {row["code"]: row["parent"] for row in tasks.rows} if tasks.is_whole else {},
        {row["id"]: row["parent"] for row in units.rows} if units.is_whole else {},
        {row["code"]: row for row in indicators.rows} if indicators.is_whole else {},
    )
    nobody = ["units.csv: chưa có đơn vị nào. Ghi mỗi đơn vị một dòng"] if units.is_whole and not units.rows else []
    return [
        *nobody,
        *_table_faults(indicators, _INDICATOR_RULES, "code", names),
        *_table_faults(tasks, _TASK_RULES, "code", names),
        *_table_faults(units, _UNIT_RULES, "id", names),
    ]


def _table_faults(table: Table, rules: Mapping[str, tuple[Rule, ...]], key: str, names: _Names) -> list[str]:
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


def _schema(table: Table, rules: Mapping[str, tuple[Rule, ...]], key: str, names: _Names) -> pa.DataFrameSchema:
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
    table: Table, rules: Mapping[str, tuple[Rule, ...]], key: str, names: _Names, failures: pd.DataFrame
) -> list[str]:
    about_columns: list[str] = []
    about_cells: dict[tuple[int, int], str] = {}
    for check, column, case, index in zip(
        failures["check"], failures["column"], failures["failure_case"], failures["index"], strict=True
    ):
        if check == "column_in_dataframe":
            about_columns.append(f"{table.file}: thiếu cột “{case}”. Dòng đầu phải có đủ: {','.join(table.columns)}")
        elif check == "column_in_schema":
            about_columns.append(f"{table.file}: cột “{case}” không có trong mẫu{_near(str(case), table.columns)}")
        else:
            row = int(index)
            fault = _fault(table.rows[row], column, rules, names) or _repeat(table, key, row)
            place = (row, table.header.index(column))
            about_cells[place] = f"{table.file}, ô {table.cell(column, row)}: {fault}"
    return sorted(about_columns) + [about_cells[place] for place in sorted(about_cells)]


def _fault(row: Row, column: str, rules: Mapping[str, tuple[Rule, ...]], names: _Names) -> str:
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
    return f"“{value}” đã dùng ở ô {table.cell(key, first)}. Mỗi dòng phải có mã riêng"


def _letter(index: int) -> str:
    return (_letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def _near(word: str, known: tuple[str, ...] | frozenset[str]) -> str:
    match = difflib.get_close_matches(word, sorted(known), n=1)
    return f". Có phải là “{match[0]}”?" if match else ""


# --- rules of one cell ---


def _form(column: str, pattern: str, wanted: str) -> Rule:
    def rule(row: Row, _: _Names) -> str:
        return "" if re.fullmatch(pattern, row[column]) else f"“{row[column]}” không đúng dạng. {wanted}"

    return rule


def _filled(column: str, wanted: str) -> Rule:
    return lambda row, _: "" if row[column].strip() else f"ô trống. {wanted}"


def _follows(column: str, parse: Callable[[str], object]) -> Rule:
    def rule(row: Row, _: _Names) -> str:
        try:
            parse(row[column])
        except ValueError as fault:
            return str(fault)
        return ""

    return rule


def _one_of(column: str, words: tuple[str, ...]) -> Rule:
    return lambda row, _: (
        "" if row[column] in words else f"“{row[column]}” không dùng được. Ghi một trong: {', '.join(words)}"
    )


def _names_somebody(column: str) -> Rule:
    def rule(row: Row, names: _Names) -> str:
        for assignment in grammar.parse_assignments(row[column]) if names.units else ():
            ref = assignment.ref
            if ref.startswith("@") and ref[1:] not in names.groups:
                return f"không đơn vị nào thuộc nhóm “{ref}” (cột groups của units.csv){_near(ref[1:], names.groups)}"
            if ref[0] not in "@?" and ref not in names.units:
                return f"không có đơn vị “{ref}” trong units.csv{_near(ref, names.units)}"
        return ""

    return rule


def _parent_task(row: Row, names: _Names) -> str:
    return _parent_fault(row["code"], row["parent"], names.tasks)


def _parent_unit(row: Row, names: _Names) -> str:
    return _parent_fault(row["id"], row["parent"], names.parts)


def _parent_fault(own: str, parent: str, parents: Mapping[str, str]) -> str:
    if parent and parent not in parents:
        return f"không có dòng nào mang mã “{parent}”{_near(parent, frozenset(parents))}"
    way = [own]
    while parent in parents:
        way.append(parent)
        if parent in way[:-1]:
            return f"cấp trên đi vòng tròn: {' → '.join(way)}. Sửa cột parent của một trong các dòng ấy"
        parent = parents[parent]
    return ""


# --- rules of an indicator's interpretation ---

_AGGREGATIONS: dict[Measure, tuple[Aggregation, ...]] = {
    Measure.RATIO: (Aggregation.RATIO_OF_SUMS,),
    Measure.VALUE: (Aggregation.SINGLE, Aggregation.SUM, Aggregation.WEIGHTED_MEAN),
    Measure.CHANGE: (Aggregation.DIFFERENCE,),
    Measure.THRESHOLD: (Aggregation.SHARE,),
    Measure.ATTAINED: (Aggregation.SHARE,),
}
_FIELDS: dict[Measure, tuple[tuple[str, ...], ...]] = {
    Measure.RATIO: (("numerator", "denominator"),),
    Measure.VALUE: (("value",),),
    Measure.CHANGE: (
        ("baseline", "current"),
        ("baseline_numerator", "baseline_denominator", "current_numerator", "current_denominator"),
    ),
    Measure.THRESHOLD: (("count",),),
    Measure.ATTAINED: (("attained",),),
}


def _fitting_aggregation(row: Row, _: _Names) -> str:
    if row["measure"] not in tuple(Measure):
        return ""
    allowed = _AGGREGATIONS[Measure(row["measure"])]
    if row["aggregation"] in allowed:
        return ""
    return f"“{row['aggregation']}” không đi với cách đo “{row['measure']}”. Ghi: {' hoặc '.join(allowed)}"


def _complete_fields(row: Row, _: _Names) -> str:
    if row["measure"] not in tuple(Measure) or (row["same_as"] and not row["fields"]):
        return ""
    weight = ("weight",) if row["aggregation"] == Aggregation.WEIGHTED_MEAN else ()
    allowed = [(*names, *weight) for names in _FIELDS[Measure(row["measure"])]]
    given = [field.name for field in grammar.parse_fields(row["fields"]) if field.name != "evidence"]
    if any(set(given) == set(names) for names in allowed):
        return ""
    wanted = " hoặc ".join(", ".join(names) for names in allowed)
    return f"cách đo “{row['measure']}” cần đúng các số liệu: {wanted}; đang có: {', '.join(given) or 'không có gì'}"


def _thresholds(row: Row, _: _Names) -> str:
    wants = row["measure"] == Measure.THRESHOLD
    for target in grammar.parse_targets(row["targets"]):
        if wants and target.threshold is None:
            return f"mục tiêu năm {target.year} thiếu ngưỡng. Thêm @ngưỡng, ví dụ: {target.year} >= 100 @4"
        if not wants and target.threshold is not None:
            return f"mục tiêu năm {target.year} thừa ngưỡng @{target.threshold}, chỉ dùng với threshold. Bỏ phần @"
    if wants and not row["targets"].strip():
        return "cách đo “threshold” cần mục tiêu có ngưỡng, ví dụ: 2027 >= 100 @4"
    return ""


def _repeats_another(row: Row, names: _Names) -> str:
    other = row["same_as"]
    if not other:
        return ""
    source = names.indicators.get(other)
    if other == row["code"] or source is None:
        return f"“{other}” không phải là mã của một dòng khác{_near(other, frozenset(names.indicators))}"
    if source["same_as"]:
        return f"dòng “{other}” cũng lấy số của dòng khác. Ghi thẳng mã “{source['same_as']}”"
    unlike = next((column for column, parse in _SHARED.items() if not _alike(row[column], source[column], parse)), "")
    if not unlike or (unlike == "fields" and not row["fields"]):
        return ""
    blank = " hoặc để trống" if unlike == "fields" else ""
    return f"dòng này lấy số của dòng “{other}” mà cột {unlike} lại khác. Ghi cột {unlike} như dòng ấy{blank}"


# What makes the figure of a row; the last column may be left blank where a row repeats another.
_SHARED: dict[str, Callable[[str], object]] = {
    "measure": Measure,
    "aggregation": Aggregation,
    "reporters": lambda text: frozenset(grammar.parse_assignments(text)),
    "fields": grammar.parse_fields,
}


def _alike(one: str, other: str, parse: Callable[[str], object]) -> bool:
    """True when both cells mean the same, or one of them means nothing: that is a fault of its own cell."""
    try:
        return parse(one) == parse(other)
    except ValueError:
        return True


def _assigned(column: str) -> tuple[Rule, ...]:
    return _follows(column, grammar.parse_assignments), _names_somebody(column)


_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_INDICATOR_RULES: dict[str, tuple[Rule, ...]] = {
    "code": (_form("code", r"[A-Z0-9_]+", "Mã chỉ tiêu gồm chữ in hoa không dấu, số và _; ví dụ: BHYT_COVERAGE"),),
    "name": (_filled("name", "Ghi nội dung chỉ tiêu như văn bản"),),
    "short": (_filled("short", "Ghi tên ngắn của chỉ tiêu cho đầu cột, ví dụ: Bao phủ BHYT"),),
    "measure": (_one_of("measure", tuple(Measure)),),
    "aggregation": (_one_of("aggregation", tuple(Aggregation)), _fitting_aggregation),
    "decimals": (_form("decimals", r"[0-6]", "Ghi số chữ số thập phân từ 0 đến 6, ví dụ: 1"),),
    "fields": (_follows("fields", grammar.parse_fields), _complete_fields),
    "targets": (_follows("targets", grammar.parse_targets), _thresholds),
    "reporters": _assigned("reporters"),
    "coordinators": _assigned("coordinators"),
    "monitors": _assigned("monitors"),
    "same_as": (_repeats_another,),
    "reason": (_filled("reason", "Ghi một dòng vì sao đo như vậy và ai báo cáo"),),
}
_TASK_RULES: dict[str, tuple[Rule, ...]] = {
    "code": (_form("code", r"NV-[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*", "Mã nhiệm vụ bắt đầu bằng NV-, ví dụ: NV-49"),),
    "name": (_filled("name", "Ghi nội dung nhiệm vụ như văn bản"),),
    "leads": _assigned("leads"),
    "coordinators": _assigned("coordinators"),
    "due": (
        _filled("due", "Ghi thời hạn, ví dụ: ongoing; văn bản không ghi thì: unknown"),
        _follows("due", grammar.parse_due),
    ),
    "parent": (_parent_task,),
}
_UNIT_RULES: dict[str, tuple[Rule, ...]] = {
    "id": (_form("id", _SLUG, "Mã đơn vị gồm chữ thường không dấu, số và dấu nối; ví dụ: phuong-thanh-nam"),),
    "code": (_form("code", r"[0-9]*", "Ghi mã hành chính bằng số hoặc để trống, ví dụ: 13366"),),
    "kind": (_filled("kind", "Ghi loại đơn vị, ví dụ: xã"),),
    "name": (_filled("name", "Ghi tên đơn vị như văn bản"),),
    "groups": (_follows("groups", grammar.parse_names),),
    "parent": (_parent_unit,),
    "aliases": (_follows("aliases", grammar.parse_names),),
    "example": (_follows("example", grammar.parse_flag),),
}
