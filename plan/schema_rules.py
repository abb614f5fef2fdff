"""Which rule holds for which column of which table of a plan: the whole of what a plan's cells may be.

`schema` runs them under pandera. The makings are in `cell_rules`, an indicator's own rules in `indicator_rules`.
"""

from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

from plan import grammar
from plan.cell_rules import (
    Names,
    Rule,
    assigned,
    declared_groups,
    filled,
    follows,
    form,
    near,
    one_of,
    optional,
    parent_fault,
    to_confirm,
)
from plan.code_words import AGGREGATION_WORDS, MEASURE_WORDS, spoken
from plan.easing_rules import answered_row, known_rule, one_unit
from plan.headings import HEAD_EXAMPLES
from plan.indicator_rules import (
    complete_fields,
    fitting_aggregation,
    name_in_sentence,
    part_of_another,
    prorated_target,
    prose,
    repeats_another,
    thresholds,
)
from plan.model import Aggregation, Measure, OddityKind
from plan.period import KINDS
from plan.rule_words import SEVERITY_CODES
from plan.tables import HEAD_REQUIRED, Row

LEVELS = ("tỉnh", "thành phố", "phường", "xã", "đặc khu")
# The columns whose texts no two rows share.
KEYS: dict[str, tuple[str, ...]] = {
    **{"calendar": ("kind",), "groups": ("id",), "indicators": ("code",), "tasks": ("code",), "units": ("id",)},
    **{"rules": ("rule",), "waivers": ("unit", "rule", "row")},
}


def _parent_task(row: Row, names: Names) -> str:
    return parent_fault("tasks", row["code"], row["parent"], names)


def _parent_unit(row: Row, names: Names) -> str:
    return parent_fault("units", row["id"], row["parent"], names)


def _given(column: str, wanted: str) -> Rule:
    return lambda row, _: "" if row[column].strip() else f"còn thiếu hoặc để trống. {wanted}"


def _head_item(key: str) -> Rule:
    return _given(key, f"Ví dụ: {HEAD_EXAMPLES[key]}")


def _zone(row: Row, _: Names) -> str:
    try:
        ZoneInfo(row["time_zone"])
    except (KeyError, OSError, ValueError):  # not found, a folder of zones, not a name at all
        return f"không có múi giờ “{row['time_zone']}”. Ví dụ: Asia/Ho_Chi_Minh"
    return ""


def _days_in_order(row: Row, _: Names) -> str:
    return "ngày đầu kỳ ở sau ngày cuối kỳ." if row["first"] > row["last"] else ""


def _known_rows(row: Row, names: Names) -> str:
    for code in grammar.parse_names(row["rows"]) if names.rows else ():
        if code not in names.rows:
            return f"không có dòng nào mang mã “{code}”{near(code, names.rows)}"
    return ""


_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
# A letter first: a spreadsheet takes "100000" and "1E5" for one number. Short: texts in formulas end at 255.
_CODE = r"[A-Z][A-Z0-9_]{0,59}"
_PROSE_RULES: dict[str, tuple[Rule, ...]] = {"source": (prose,)}
_HEAD_RULES: dict[str, tuple[Rule, ...]] = {
    **{key: (_head_item(key),) for key in HEAD_REQUIRED},
    "id": (
        _head_item("id"),
        form("id", _SLUG, "Dùng chữ thường không dấu, số và dấu nối, ví dụ: ninh-binh-syt"),
    ),
    "level": (_head_item("level"), one_of("level", LEVELS)),
    "time_zone": (_head_item("time_zone"), _zone),
}
_CALENDAR_RULES: dict[str, tuple[Rule, ...]] = {
    "kind": (one_of("kind", KINDS),),
    "first": (follows("first", grammar.parse_month_day), _days_in_order),
    "last": (follows("last", grammar.parse_month_day),),
    "due": (optional("due", grammar.parse_month_day),),
}
_GROUP_RULES: dict[str, tuple[Rule, ...]] = {
    "id": (form("id", _SLUG, "Mã nhóm gồm chữ thường không dấu, số và dấu nối; ví dụ: xa-phuong"),),
    "name": (filled("name", "Ghi tên nhóm như văn bản, ví dụ: UBND xã, phường"),),
    "aliases": (follows("aliases", grammar.parse_names),),
}
_ODDITY_RULES: dict[str, tuple[Rule, ...]] = {
    "kind": (one_of("kind", tuple(OddityKind)),),
    "place": (_given("place", "Ghi chỗ trong văn bản, ví dụ: Phụ lục 1, chỉ tiêu 11"),),
    "rows": (follows("rows", grammar.parse_names), _known_rows),
    "note": (_given("note", "Ghi điều thấy lạ, ví dụ: Số thứ tự 49 dùng hai lần."),),
    "suggestion": (_given("suggestion", "Ghi nên làm gì, ví dụ: Đề nghị nơi ban hành đính chính."),),
}
_EASED: dict[str, tuple[Rule, ...]] = {
    "rule": (known_rule,),
    "until": (optional("until", grammar.parse_day),),
    "reason": (filled("reason", "Ghi một câu vì sao, ví dụ: Quy tắc mới, năm đầu chỉ nhắc."),),
}
_SETTING_RULES: dict[str, tuple[Rule, ...]] = {
    **_EASED,
    "severity": (one_of("severity", tuple(SEVERITY_CODES), partial(spoken, SEVERITY_CODES)),),
}
_WAIVER_RULES: dict[str, tuple[Rule, ...]] = {**_EASED, "unit": (one_unit,), "row": (answered_row,)}
_INDICATOR_RULES: dict[str, tuple[Rule, ...]] = {
    "code": (form("code", _CODE, "Mã chỉ tiêu gồm chữ in hoa không dấu, số và _; ví dụ: BHYT_COVERAGE"),),
    "name": (filled("name", "Ghi nội dung chỉ tiêu như văn bản"), name_in_sentence),
    "short": (filled("short", "Ghi tên ngắn của chỉ tiêu cho đầu cột, ví dụ: Bao phủ BHYT"),),
    "measure": (one_of("measure", tuple(Measure), partial(spoken, MEASURE_WORDS)),),
    "aggregation": (
        one_of("aggregation", tuple(Aggregation), partial(spoken, AGGREGATION_WORDS)),
        fitting_aggregation,
    ),
    "decimals": (form("decimals", r"[0-6]", "Ghi số chữ số thập phân từ 0 đến 6, ví dụ: 1"),),
    "fields": (follows("fields", grammar.parse_fields), complete_fields),
    "targets": (follows("targets", grammar.parse_targets), thresholds),
    "prorated": (follows("prorated", grammar.parse_flag), prorated_target),
    "due": (follows("due", grammar.parse_due),),
    "reporters": assigned("reporters"),
    "coordinators": assigned("coordinators"),
    "monitors": assigned("monitors"),
    "same_as": (repeats_another,),
    "part_of": (part_of_another,),
    **_PROSE_RULES,
    "confirm": (follows("confirm", grammar.parse_names), to_confirm("indicators")),
    "reason": (filled("reason", "Ghi một dòng vì sao đo như vậy và ai báo cáo"),),
}
_TASK_RULES: dict[str, tuple[Rule, ...]] = {
    "code": (
        form("code", r"(?=.{4,60}$)NV-[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*", "Mã nhiệm vụ bắt đầu bằng NV-, ví dụ: NV-49"),
    ),
    "name": (filled("name", "Ghi nội dung nhiệm vụ như văn bản"), name_in_sentence),
    "leads": assigned("leads"),
    "coordinators": assigned("coordinators"),
    "due": (
        filled("due", "Ghi thời hạn, ví dụ: ongoing; văn bản không ghi thì: unknown"),
        follows("due", grammar.parse_due),
    ),
    "parent": (_parent_task,),
    **_PROSE_RULES,
    "confirm": (follows("confirm", grammar.parse_names), to_confirm("tasks")),
}
_UNIT_RULES: dict[str, tuple[Rule, ...]] = {
    "id": (form("id", _SLUG, "Mã đơn vị gồm chữ thường không dấu, số và dấu nối; ví dụ: phuong-thanh-nam"),),
    "code": (form("code", r"[0-9]*", "Ghi mã hành chính bằng số hoặc để trống, ví dụ: 13366"),),
    "kind": (filled("kind", "Ghi loại đơn vị, ví dụ: xã"),),
    "name": (filled("name", "Ghi tên đơn vị như văn bản"),),
    "groups": (follows("groups", grammar.parse_names), declared_groups),
    "parent": (_parent_unit,),
    "aliases": (follows("aliases", grammar.parse_names),),
    "population": (
        form(
            "population",
            r"\s*|[1-9][0-9]{0,8}",  # a billion is a slip
            "Ghi số người bằng chữ số liền nhau, không có dấu chấm, hoặc để trống; ví dụ: 12500",
        ),
    ),
    "example": (follows("example", grammar.parse_flag),),
    "confirm": (follows("confirm", grammar.parse_names), to_confirm("units")),
}

RULES: dict[str, dict[str, tuple[Rule, ...]]] = {
    "head": _HEAD_RULES,
    "calendar": _CALENDAR_RULES,
    "groups": _GROUP_RULES,
    "oddities": _ODDITY_RULES,
    "indicators": _INDICATOR_RULES,
    "tasks": _TASK_RULES,
    "units": _UNIT_RULES,
    "rules": _SETTING_RULES,
    "waivers": _WAIVER_RULES,
}
