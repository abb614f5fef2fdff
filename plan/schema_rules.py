"""The rules of the cells of a plan: small functions from a row to the sentence of its fault, or "".

`schema` runs them under pandera over whole columns. A rule may look at other cells of its row and at the names
that other tables define (`Names`); it never mends, and it keeps silent about what another rule already says.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from plan import grammar
from plan.model import Aggregation, Measure, OddityKind
from plan.period import KINDS
from plan.tables import HEAD_REQUIRED, INDICATOR_COLUMNS, TASK_COLUMNS, UNIT_COLUMNS, PlanTables, Row
from plan.words import fold

KEYS = {"calendar": "kind", "groups": "id", "indicators": "code", "tasks": "code", "units": "id"}


@dataclass(frozen=True, slots=True)
class Names:
    """The names that rows may refer to. An empty set of units means: unknown, do not judge references."""

    unit_table: str  # what messages call it
    units: frozenset[str]
    groups: frozenset[str]
    rows: frozenset[str]  # codes of indicators and tasks; empty: unknown
    tasks: Mapping[str, str]  # code -> the code of its parent, or ""
    parts: Mapping[str, str]  # unit id -> the id of its parent, or ""
    indicators: Mapping[str, Row]  # by code

    @classmethod
    def of(cls, tables: PlanTables) -> Names:
        """Gather them; a table that cannot be read gives none."""
        units, tasks, indicators = tables.units, tables.tasks, tables.indicators
        codes = [row["code"] for table in (indicators, tasks) if table.is_whole for row in table.rows]
        return cls(
            unit_table=units.name,
            units=frozenset(row["id"] for row in units.rows) if units.is_whole else frozenset(),
            groups=frozenset(g.strip() for r in units.rows for g in r["groups"].split(";"))
            if units.is_whole
            else frozenset(),
            rows=frozenset(codes) if tasks.is_whole and indicators.is_whole else frozenset(),
            tasks={row["code"]: row["parent"] for row in tasks.rows} if tasks.is_whole else {},
            parts={row["id"]: row["parent"] for row in units.rows} if units.is_whole else {},
            indicators={row["code"]: row for row in indicators.rows} if indicators.is_whole else {},
        )


Rule = Callable[[Row, Names], str]


def near(word: str, known: tuple[str, ...] | frozenset[str]) -> str:
    """Return a guess at what was meant, as the end of a sentence, or ""."""
    match = difflib.get_close_matches(word, sorted(known), n=1)
    return f". Có phải là “{match[0]}”?" if match else ""


# --- rules of one cell ---


def _form(column: str, pattern: str, wanted: str) -> Rule:
    def rule(row: Row, _: Names) -> str:
        return "" if re.fullmatch(pattern, row[column]) else f"“{row[column]}” không đúng dạng. {wanted}"

    return rule


def _filled(column: str, wanted: str) -> Rule:
    return lambda row, _: "" if row[column].strip() else f"ô trống. {wanted}"


def _follows(column: str, parse: Callable[[str], object]) -> Rule:
    def rule(row: Row, _: Names) -> str:
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
    def rule(row: Row, names: Names) -> str:
        for assignment in grammar.parse_assignments(row[column]) if names.units else ():
            ref = assignment.ref
            if ref.startswith("@") and ref[1:] not in names.groups:
                guess = near(ref[1:], names.groups)
                return f"không đơn vị nào thuộc nhóm “{ref}” (cột groups, {names.unit_table}){guess}"
            if ref[0] not in "@?" and ref not in names.units:
                return f"không có đơn vị “{ref}” ({names.unit_table}){near(ref, names.units)}"
        return ""

    return rule


def _parent_task(row: Row, names: Names) -> str:
    return _parent_fault(row["code"], row["parent"], names.tasks)


def _parent_unit(row: Row, names: Names) -> str:
    return _parent_fault(row["id"], row["parent"], names.parts)


def _parent_fault(own: str, parent: str, parents: Mapping[str, str]) -> str:
    if parent and parent not in parents:
        return f"không có dòng nào mang mã “{parent}”{near(parent, frozenset(parents))}"
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


def _fitting_aggregation(row: Row, _: Names) -> str:
    if row["measure"] not in tuple(Measure):
        return ""
    allowed = _AGGREGATIONS[Measure(row["measure"])]
    if row["aggregation"] in allowed:
        return ""
    return f"“{row['aggregation']}” không đi với cách đo “{row['measure']}”. Ghi: {' hoặc '.join(allowed)}"


def _complete_fields(row: Row, _: Names) -> str:
    if row["measure"] not in tuple(Measure) or (row["same_as"] and not row["fields"]):
        return ""
    weight = ("weight",) if row["aggregation"] == Aggregation.WEIGHTED_MEAN else ()
    allowed = [(*names, *weight) for names in _FIELDS[Measure(row["measure"])]]
    given = [field.name for field in grammar.parse_fields(row["fields"]) if field.name != "evidence"]
    if any(set(given) == set(names) for names in allowed):
        return ""
    wanted = " hoặc ".join(", ".join(names) for names in allowed)
    return f"cách đo “{row['measure']}” cần đúng các số liệu: {wanted}; đang có: {', '.join(given) or 'không có gì'}"


def _thresholds(row: Row, _: Names) -> str:
    wants = row["measure"] == Measure.THRESHOLD
    for target in grammar.parse_targets(row["targets"]):
        if wants and target.threshold is None:
            return f"mục tiêu năm {target.year} thiếu ngưỡng. Thêm @ngưỡng, ví dụ: {target.year} >= 100 @4"
        if not wants and target.threshold is not None:
            return f"mục tiêu năm {target.year} thừa ngưỡng @{target.threshold}, chỉ dùng với threshold. Bỏ phần @"
    if wants and not row["targets"].strip():
        return "cách đo “threshold” cần mục tiêu có ngưỡng, ví dụ: 2027 >= 100 @4"
    return ""


def _repeats_another(row: Row, names: Names) -> str:
    other = row["same_as"]
    if not other:
        return ""
    source = names.indicators.get(other)
    if other == row["code"] or source is None:
        return f"“{other}” không phải là mã của một dòng khác{near(other, frozenset(names.indicators))}"
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


# --- rules of rows that no table prints, of further figures of a row, and of what is still to confirm ---


def _prose(row: Row, _: Names) -> str:
    if bool(row["source"].strip()) == bool(row["sentence"].strip()):
        return ""
    return "dòng lấy từ phần lời phải ghi cả nơi đứng (source) và nguyên văn câu (sentence), dòng của bảng thì không"


def _name_in_sentence(row: Row, _: Names) -> str:
    """The words of the name stand in the sentence in the same order, so that no row of prose is made up."""
    if not row["sentence"].strip():
        return ""
    words = iter(fold(row["sentence"]).split())
    missing = next((word for word in fold(row["name"]).split() if word not in words), "")
    return f"chữ “{missing}” không theo thứ tự câu ở cột sentence. Tên dòng phải trích từ câu ấy" if missing else ""


def _part_of_another(row: Row, names: Names) -> str:
    whole = row["part_of"]
    if not whole:
        return ""
    source = names.indicators.get(whole)
    if whole == row["code"] or source is None:
        return f"“{whole}” không phải là mã của một dòng khác{near(whole, frozenset(names.indicators))}"
    if source["part_of"]:
        return f"dòng “{whole}” cũng là một phần của dòng khác. Ghi thẳng mã “{source['part_of']}”"
    if row["number"] != source["number"] or fold(row["name"]) not in fold(source["name"]):
        return f"số liệu đọc từ dòng “{whole}” phải mang số thứ tự của dòng ấy và tên trích từ tên dòng ấy"
    return ""


def _to_confirm(columns: tuple[str, ...]) -> Rule:
    def rule(row: Row, _: Names) -> str:
        strange = [name for name in grammar.parse_names(row["confirm"]) if name not in columns]
        return f"không có cột “{strange[0]}” để xác nhận. Các cột: {', '.join(columns)}" if strange else ""

    return rule


# --- rules of the head, the calendar, the groups and the oddities ---


def _given(column: str) -> Rule:
    return lambda row, _: "" if row[column].strip() else "còn thiếu hoặc để trống."


def _zone(row: Row, _: Names) -> str:
    try:
        ZoneInfo(row["time_zone"])
    except (KeyError, OSError, ValueError):  # not found, a folder of zones, not a name at all
        return f"không có múi giờ “{row['time_zone']}”. Ví dụ: Asia/Ho_Chi_Minh"
    return ""


def _optional(column: str, parse: Callable[[str], object]) -> Rule:
    follows = _follows(column, parse)
    return lambda row, names: follows(row, names) if row[column].strip() else ""


def _days_in_order(row: Row, _: Names) -> str:
    return "ngày đầu kỳ ở sau ngày cuối kỳ." if row["first"] > row["last"] else ""


def _known_rows(row: Row, names: Names) -> str:
    for code in grammar.parse_names(row["rows"]) if names.rows else ():
        if code not in names.rows:
            return f"không có dòng nào mang mã “{code}”{near(code, names.rows)}"
    return ""


_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_CODE = r"[A-Z0-9_]+"
_PROSE_RULES: dict[str, tuple[Rule, ...]] = {"source": (_prose,)}
_HEAD_RULES: dict[str, tuple[Rule, ...]] = {
    **{key: (_given(key),) for key in HEAD_REQUIRED},
    "id": (
        _given("id"),
        _form("id", _SLUG, "Dùng chữ thường không dấu, số và dấu nối, ví dụ: ninh-binh-syt"),
    ),
    "time_zone": (_given("time_zone"), _zone),
}
_CALENDAR_RULES: dict[str, tuple[Rule, ...]] = {
    "kind": (
        lambda row, _: (
            "" if row["kind"] in KINDS else f"không có loại kỳ “{row['kind']}”. Ghi một trong: {', '.join(KINDS)}"
        ),
    ),
    "first": (_follows("first", grammar.parse_month_day), _days_in_order),
    "last": (_follows("last", grammar.parse_month_day),),
    "due": (_optional("due", grammar.parse_month_day),),
}
_GROUP_RULES: dict[str, tuple[Rule, ...]] = {
    "id": (_form("id", _SLUG, "Mã nhóm gồm chữ thường không dấu, số và dấu nối; ví dụ: xa-phuong"),),
    "name": (_filled("name", "Ghi tên nhóm như văn bản, ví dụ: UBND xã, phường"),),
    "aliases": (_follows("aliases", grammar.parse_names),),
}
_ODDITY_RULES: dict[str, tuple[Rule, ...]] = {
    "kind": (_one_of("kind", tuple(OddityKind)),),
    "place": (_given("place"),),
    "rows": (_follows("rows", grammar.parse_names), _known_rows),
    "note": (_given("note"),),
    "suggestion": (_given("suggestion"),),
}
_INDICATOR_RULES: dict[str, tuple[Rule, ...]] = {
    "code": (_form("code", _CODE, "Mã chỉ tiêu gồm chữ in hoa không dấu, số và _; ví dụ: BHYT_COVERAGE"),),
    "name": (_filled("name", "Ghi nội dung chỉ tiêu như văn bản"), _name_in_sentence),
    "short": (_filled("short", "Ghi tên ngắn của chỉ tiêu cho đầu cột, ví dụ: Bao phủ BHYT"),),
    "measure": (_one_of("measure", tuple(Measure)),),
    "aggregation": (_one_of("aggregation", tuple(Aggregation)), _fitting_aggregation),
    "decimals": (_form("decimals", r"[0-6]", "Ghi số chữ số thập phân từ 0 đến 6, ví dụ: 1"),),
    "fields": (_follows("fields", grammar.parse_fields), _complete_fields),
    "targets": (_follows("targets", grammar.parse_targets), _thresholds),
    "due": (_follows("due", grammar.parse_due),),
    "reporters": _assigned("reporters"),
    "coordinators": _assigned("coordinators"),
    "monitors": _assigned("monitors"),
    "same_as": (_repeats_another,),
    "part_of": (_part_of_another,),
    **_PROSE_RULES,
    "confirm": (_follows("confirm", grammar.parse_names), _to_confirm(INDICATOR_COLUMNS)),
    "reason": (_filled("reason", "Ghi một dòng vì sao đo như vậy và ai báo cáo"),),
}
_TASK_RULES: dict[str, tuple[Rule, ...]] = {
    "code": (_form("code", r"NV-[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*", "Mã nhiệm vụ bắt đầu bằng NV-, ví dụ: NV-49"),),
    "name": (_filled("name", "Ghi nội dung nhiệm vụ như văn bản"), _name_in_sentence),
    "leads": _assigned("leads"),
    "coordinators": _assigned("coordinators"),
    "due": (
        _filled("due", "Ghi thời hạn, ví dụ: ongoing; văn bản không ghi thì: unknown"),
        _follows("due", grammar.parse_due),
    ),
    "parent": (_parent_task,),
    **_PROSE_RULES,
    "confirm": (_follows("confirm", grammar.parse_names), _to_confirm(TASK_COLUMNS)),
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
    "confirm": (_follows("confirm", grammar.parse_names), _to_confirm(UNIT_COLUMNS)),
}

RULES: dict[str, dict[str, tuple[Rule, ...]]] = {
    "head": _HEAD_RULES,
    "calendar": _CALENDAR_RULES,
    "groups": _GROUP_RULES,
    "oddities": _ODDITY_RULES,
    "indicators": _INDICATOR_RULES,
    "tasks": _TASK_RULES,
    "units": _UNIT_RULES,
}
