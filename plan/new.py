"""A new provincial plan to begin with: the national indicators, and the province's own communes as units.

It proposes and marks as "to confirm"; what only a document of the province can say (deadlines, tasks, offices,
printed texts) is left blank, never invented. It notes as an oddity only what `plan check` cannot see by itself,
so that the note does not go stale while the plan is filled in. It writes no file.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from plan.grammar import format_names
from plan.model import OddityKind, PlanError, Unit
from plan.national_set import national_indicators
from plan.tables import (
    CALENDAR_COLUMNS,
    GROUP_COLUMNS,
    HEAD_COLUMNS,
    INDICATOR_COLUMNS,
    ODDITY_COLUMNS,
    RULE_COLUMNS,
    TASK_COLUMNS,
    UNIT_COLUMNS,
    WAIVER_COLUMNS,
    PlanTables,
    Row,
    Table,
    grid,
)
from plan.territory import COMMUNE_GROUP, Province, commune_units, provinces, slug
from plan.words import fold

_RESOLUTION = (
    "Nghị quyết số 72-NQ/TW ngày 09/9/2025 của Bộ Chính trị về một số giải pháp đột phá, tăng cường bảo vệ, "
    "chăm sóc và nâng cao sức khỏe Nhân dân"
)
_DEPARTMENT = "so-y-te"
_COMMUNES = f"@{COMMUNE_GROUP}"
_BY_2030 = "1. Các mục tiêu đến năm 2030"
_BY_2045 = "2. Mục tiêu đến năm 2045"

# Targets of Resolution 72-NQ/TW; the communes report what they themselves know, the department the province's figures.
_PROPOSED_2030 = (
    ("HEIGHT_GAIN", "2030 >= 1.5", _DEPARTMENT),
    ("LIFE_EXPECTANCY", "2030 >= 75.5", _DEPARTMENT),
    ("HEALTHY_LIFE_YEARS", "2030 >= 68", _DEPARTMENT),
    ("EPI_COVERAGE", "2030 > 95", _DEPARTMENT),
    ("PHYSICAL_ACTIVITY_GAIN", "2030 >= 10", _DEPARTMENT),
    ("PERIODIC_CHECKUP", "2030 >= 100", _DEPARTMENT),
    ("FREE_BASIC_CARE", "2030 >= 100", _DEPARTMENT),
    ("EHR_COVERAGE", "2030 >= 100", _COMMUNES),
    ("STATION_FACILITIES", "2030 >= 100", _COMMUNES),
    ("STATION_EQUIPMENT", "2030 >= 100", _COMMUNES),
    ("STATION_STAFFING", "2030 >= 100", _COMMUNES),
    ("STATION_DOCTORS", "2027 >= 100 @4", _COMMUNES),  # printed "ít nhất từ 4-5 bác sĩ": the lower bound
    ("BHYT_VISITS_PRIMARY", "2030 > 20", _COMMUNES),
    ("BHYT_COVERAGE", "2026 > 95; 2030 >= 100", _COMMUNES),
)
_PROPOSED_2045 = (
    ("LIFE_EXPECTANCY", "2045 > 80", "Tuổi thọ (2045)"),
    ("HEALTHY_LIFE_YEARS", "2045 > 71", "Số năm sống khỏe (2045)"),
)
_SHARED_REASON = "Cùng số liệu với chỉ tiêu đến năm 2030, chỉ khác mục tiêu, nên không hỏi lại đơn vị."

_NEAR = 0.7  # looser, a province that was merged (Nam Định) is taken for a stranger (Hà Tĩnh)
_KINDS = ("xã", "phường", "đặc khu")
_KIND_WORDS = ("tinh ", "thanh pho ", "tp ")
# Decree 30/2020/NĐ-CP: a place that bears a person's name is written in full before the date.
_NAMED_AFTER_A_PERSON = frozenset({"Hồ Chí Minh"})


def new_plan(province: str) -> PlanTables:
    """Return a plan to edit for a province given by name, with or without diacritics and "tỉnh", or by official code.

    Raises PlanError that lists the nearest names when no province is meant.
    """
    found = _find(province)
    name = _short(found)
    area = f"{'tỉnh' if found.kind == 'tỉnh' else 'thành phố'} {name}"
    issuer = f"Sở Y tế {area}"
    head = {
        "id": f"{slug(name)}-syt",
        "issuer": issuer,
        "superior": f"UBND {area}",
        "short_issuer": "SYT",
        "title": f"Kế hoạch thực hiện {_RESOLUTION} trên địa bàn {area}",
        "level": area.removesuffix(f" {name}"),
        "place": f"Thành phố {name}" if name in _NAMED_AFTER_A_PERSON else name,
        "return_to": issuer,
        "time_zone": "Asia/Ho_Chi_Minh",
    }
    communes = commune_units(found.code)
    return PlanTables(
        head=_table("plan.toml", HEAD_COLUMNS, [head]),
        calendar=_table("plan.toml, [[calendar]]", CALENDAR_COLUMNS, _calendar()),
        groups=_table("plan.toml, [[group]]", GROUP_COLUMNS, [{"id": COMMUNE_GROUP, "name": _together(communes)}]),
        indicators=_table("indicators.csv", INDICATOR_COLUMNS, _indicators()),
        tasks=_table("tasks.csv", TASK_COLUMNS, []),
        units=_table("units.csv", UNIT_COLUMNS, [_department(issuer), *map(_unit, communes)]),
        oddities=_table("plan.toml, [[oddity]]", ODDITY_COLUMNS, [_to_settle(area)]),
        rules=_table("plan.toml, [[rule]]", RULE_COLUMNS, []),
        waivers=_table("plan.toml, [[waiver]]", WAIVER_COLUMNS, []),
    )


# --- which province ---


def _find(text: str) -> Province:
    everywhere = provinces()
    wanted = fold(text)
    found = [p for p in everywhere if wanted.lstrip("0") == str(p.code) or _key(wanted) in _keys(p)]
    if len(found) == 1:
        return found[0]
    names = {fold(_short(p)): _short(p) for p in everywhere}
    near = _near(_without_kind(wanted), list(names))
    listed = ", ".join(names[word] for word in near or names)
    raise PlanError(
        f"Không có tỉnh, thành phố “{text}”. {'Tên gần giống' if near else 'Danh sách 34 tỉnh, thành phố'}: {listed}. "
        "Nếu là tỉnh cũ đã sáp nhập năm 2025, ghi tên tỉnh mới. "
        "Ghi tên hoặc mã theo danh mục 34 tỉnh, thành phố, ví dụ: Sơn La hoặc 14."
    )


def _near(wanted: str, names: Sequence[str]) -> list[str]:
    """Return the names that stand whole in `wanted` ("Thừa Thiên Huế"), else those spelt nearly so."""
    within = [name for name in names if f" {name} " in f" {wanted} "]
    return within or difflib.get_close_matches(wanted, names, n=3, cutoff=_NEAR)


def _keys(province: Province) -> set[str]:
    """Return what a province may be called: its name, and the initials of a long one ("HCM")."""
    words = fold(_short(province)).split()
    initials = "".join(word[0] for word in words) if len(words) > 2 else ""
    return {"".join(words), initials} - {""}


def _key(wanted: str) -> str:
    return _without_kind(wanted).replace(" ", "")


def _without_kind(wanted: str) -> str:
    kind = next((word for word in _KIND_WORDS if wanted.startswith(word)), "")
    return wanted.removeprefix(kind)


def _short(province: Province) -> str:
    return province.name.removeprefix("Thành phố ").removeprefix("Tỉnh ")


# --- the rows ---


def _table(name: str, columns: tuple[str, ...], rows: Sequence[Row]) -> Table:
    full: list[tuple[int, Row]] = [
        (line, {column: row.get(column, "") for column in columns}) for line, row in enumerate(rows, 2)
    ]
    return grid(name, columns, columns, full)


def _calendar() -> list[Row]:
    """Half-year and year, as the family of plans reports; the days by which are the province's to say."""
    return [
        {"kind": "H1", "first": "01-01", "last": "06-30"},
        {"kind": "Y", "first": "01-01", "last": "12-31"},
    ]


def _indicators() -> list[Row]:
    national = {row["code"]: row for row in national_indicators()}
    shared = {"confirm": "targets; reporters"}
    prorated = {"confirm": "targets; prorated; reporters"}
    rows: list[Row] = [
        {
            **national[code],
            **(prorated if national[code]["prorated"] else shared),
            "number": str(number),
            "section": _BY_2030,
            "targets": targets,
            "reporters": who,
        }
        for number, (code, targets, who) in enumerate(_PROPOSED_2030, 1)
    ]
    reporters = {code: who for code, _, who in _PROPOSED_2030}
    rows += [
        {
            **national[code],
            **shared,
            "code": f"{code}_2045",
            "number": str(number),
            "section": _BY_2045,
            "targets": targets,
            "reporters": reporters[code],
            "same_as": code,
            "short": short,
            "reason": _SHARED_REASON,
        }
        for number, (code, targets, short) in enumerate(_PROPOSED_2045, 1)
    ]
    return rows


def _together(communes: Sequence[Unit]) -> str:
    kinds = {unit.kind for unit in communes}
    return f"UBND {', '.join(kind for kind in _KINDS if kind in kinds)}"


def _department(issuer: str) -> Row:
    return {"id": _DEPARTMENT, "kind": "sở", "name": issuer, "aliases": "Sở Y tế", "confirm": "name"}


def _unit(unit: Unit) -> Row:
    return {
        "id": unit.id,
        "code": unit.code,
        "kind": unit.kind,
        "name": unit.name,
        "groups": format_names(unit.groups),
        "aliases": format_names(unit.aliases),
    }


def _to_settle(area: str) -> Row:
    """What a person alone can settle; blank deadlines, missing tasks and cells to confirm are found by `plan check`."""
    return {
        "kind": OddityKind.GAP,
        "place": "Toàn kế hoạch",
        "note": "Kế hoạch lập từ bộ chỉ tiêu của Nghị quyết số 72-NQ/TW, chưa đối chiếu với văn bản nào "
        f"của {area}: mục tiêu lấy theo Nghị quyết, đơn vị báo cáo là đề xuất.",
        "suggestion": "Đối chiếu mục tiêu và đơn vị báo cáo của từng chỉ tiêu với văn bản của địa phương, nhất là "
        "các dòng đang để Sở Y tế báo cáo; xong thì xóa lưu ý này.",
    }
