"""The small grammars of the plan's cells: text to values, and back to the same text.

Pure functions, one pair per kind of cell. A cell that does not follow its grammar raises ValueError
with a Vietnamese sentence: what was expected and an example. Where the cell stands, and whether a
name in it exists, is the business of `schema`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

from plan.model import Assignment, Comparator, DueKind, DuePart, Field, FieldKind, Target

FIELD_KINDS: dict[str, FieldKind] = {
    "numerator": FieldKind.COUNT,
    "denominator": FieldKind.COUNT,
    "count": FieldKind.COUNT,
    "baseline_numerator": FieldKind.COUNT,
    "baseline_denominator": FieldKind.COUNT,
    "current_numerator": FieldKind.COUNT,
    "current_denominator": FieldKind.COUNT,
    "value": FieldKind.NUMBER,
    "baseline": FieldKind.NUMBER,
    "current": FieldKind.NUMBER,
    "weight": FieldKind.NUMBER,
    "attained": FieldKind.CHOICE,
    "evidence": FieldKind.TEXT,
}

CUMULATIVE = "(lũy kế)"  # of a number that is counted from the first day of the year

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_FIELD = re.compile(
    r"(?P<name>[a-z_]+)(?:\s*\[(?P<unit>[^\[\]]+)\])?(?:\s*\{(?P<low>[^{}.]*(?:\.[0-9]+)?)\.\.(?P<high>[^{}]*)\})?"
    rf"(?P<mark>\s*{re.escape(CUMULATIVE)})?\s*:\s*(?P<label>.+)"
)
_TARGET = re.compile(r"(?P<year>20[0-9]{2})\s*(?P<sign>>=|<=|>|<)\s*(?P<value>[^@\s]+)(?:\s*@\s*(?P<at>[0-9]+))?")
_ASSIGNMENT = re.compile(r"(?P<ref>[@?]?[^\[\]@?][^\[\]]*?)(?:\s*\[(?P<scope>[^\[\]]+)\])?")
_OUTSIDE_BRACKETS = re.compile(r";(?![^\[]*\])")  # a scope may hold a semicolon of its own
_MOMENT = re.compile(r"(?P<year>20[0-9]{2})(?:-Q(?P<quarter>[1-4])|-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COMMON_YEAR = 2025  # a calendar recurs every year, so 29 February is no day of it

_FIELD_EXAMPLE = "numerator [người] {0..}: Số người có thẻ | denominator [người]: Dân số"
_TARGET_EXAMPLE = "2026 > 95; 2030 >= 100 (cách đo Đạt ngưỡng thêm số sau @: 2027 >= 100 @4)"
_ASSIGNMENT_EXAMPLE = "p-qlytdp [chỉ đạo]; @cac-pcn; ?Các đơn vị liên quan"
_DUE_EXAMPLE = (
    "ongoing; yearly; by 2026; by 2026-Q3; by 2026-06-10; 2026..2027; 2026..; when: sau khi có hướng dẫn; unknown"
)


def parse_number(text: str) -> Decimal:
    """Read a number of the plan's files: decimal point, no thousands separator."""
    if not _NUMBER.fullmatch(text.strip()):
        raise ValueError(f"“{text.strip()}” không phải là số. Viết số với dấu chấm thập phân, ví dụ: 95 hoặc 1.5")
    return Decimal(text.strip())


def format_number(value: Decimal) -> str:
    """Write a number as `parse_number` reads it."""
    return f"{value:f}"


def parse_fields(text: str) -> tuple[Field, ...]:
    """Read the inputs of an indicator: `name [unit] {min..max} (lũy kế): label`, joined by " | "."""
    found = tuple(_field(part.strip()) for part in text.split("|")) if text.strip() else ()
    _refuse_repeats([f.name for f in found], _FIELD_EXAMPLE)
    return found


def _field(part: str) -> Field:
    match = _FIELD.fullmatch(part)
    if match is None:
        raise ValueError(
            f"“{part}” không phải là một số liệu. Viết: tên [đơn vị] {{từ..đến}}: nhãn, ví dụ: {_FIELD_EXAMPLE}. "
            f"Số cộng dồn từ đầu năm thì thêm {CUMULATIVE} ngay trước dấu hai chấm"
        )
    name = match["name"]
    kind = FIELD_KINDS.get(name)
    if kind is None:
        raise ValueError(f"Không có số liệu tên “{name}”. Dùng một trong các tên: {', '.join(FIELD_KINDS)}")
    is_number = kind in (FieldKind.COUNT, FieldKind.NUMBER)
    low = parse_number(match["low"]) if match["low"] else None
    high = parse_number(match["high"]) if match["high"] else None
    if not is_number and match["high"] is not None:
        raise ValueError(f"Số liệu “{name}” không phải là số nên không có giới hạn {{…}}. Ví dụ: {name}: Nhãn của ô")
    if not is_number and match["mark"]:
        raise ValueError(f"Số liệu “{name}” không phải là số nên không có {CUMULATIVE}. Ví dụ: {name}: Nhãn của ô")
    if kind is FieldKind.COUNT and low is None:
        low = Decimal(0)
    if low is not None and high is not None and low > high:
        raise ValueError(f"Giới hạn của “{name}” có số đầu lớn hơn số cuối. Ví dụ: {{0..100}}")
    unit, label = (match["unit"] or "").strip(), match["label"].strip()
    is_required = kind is not FieldKind.TEXT
    return Field(name, label, kind, unit, low, high, required=is_required, cumulative=bool(match["mark"]))


def format_fields(fields: tuple[Field, ...]) -> str:
    """Write inputs as `parse_fields` reads them."""
    return " | ".join(_field_text(f) for f in fields)


def _field_text(field: Field) -> str:
    unit = f" [{field.unit}]" if field.unit else ""
    default = Decimal(0) if field.kind is FieldKind.COUNT else None
    limits = ""
    if field.maximum is not None or field.minimum != default:
        low = "" if field.minimum is None else format_number(field.minimum)
        high = "" if field.maximum is None else format_number(field.maximum)
        limits = f" {{{low}..{high}}}"
    mark = f" {CUMULATIVE}" if field.cumulative else ""
    return f"{field.name}{unit}{limits}{mark}: {field.label}"


def parse_targets(text: str) -> tuple[Target, ...]:
    """Read targets: `year comparator value [@threshold]`, joined by "; ". `≥` and `≤` are taken too."""
    found = tuple(_target(part.strip()) for part in text.split(";")) if text.strip() else ()
    _refuse_repeats([f"{t.year} {t.comparator}" for t in found], _TARGET_EXAMPLE)
    return found


def _target(part: str) -> Target:
    match = _TARGET.fullmatch(part.replace("≥", ">=").replace("≤", "<="))
    if match is None:
        raise ValueError(f"“{part}” không phải là một mục tiêu. Viết: năm, dấu so sánh, số; ví dụ: {_TARGET_EXAMPLE}")
    threshold = int(match["at"]) if match["at"] else None
    if re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", match["value"]):
        raise ValueError(
            f"“{match['value']}” có thể là {match['value'].replace('.', '')} hoặc {match['value'].replace('.', ',')}. "
            f"Viết 1500 hoặc 1.5; ví dụ: {_TARGET_EXAMPLE}"
        )
    return Target(int(match["year"]), Comparator(match["sign"]), parse_number(match["value"]), threshold)


def format_targets(targets: tuple[Target, ...]) -> str:
    """Write targets as `parse_targets` reads them."""
    return "; ".join(
        f"{t.year} {t.comparator} {format_number(t.value)}" + ("" if t.threshold is None else f" @{t.threshold}")
        for t in targets
    )


def parse_assignments(text: str) -> tuple[Assignment, ...]:
    """Read the units meant by a cell: `ref` or `ref [scope]`, joined by "; "."""
    if not text.strip():
        return ()
    found = tuple(_assignment(part.strip()) for part in _OUTSIDE_BRACKETS.split(text))
    _refuse_repeats([f"{a.ref} [{a.scope}]" if a.scope else a.ref for a in found], _ASSIGNMENT_EXAMPLE)
    return found


def _assignment(part: str) -> Assignment:
    match = _ASSIGNMENT.fullmatch(part)
    if match is None:
        raise ValueError(
            f"“{part}” không chỉ ra ai. Viết mã đơn vị, @nhóm hoặc ?lời văn của kế hoạch, "
            f"phạm vi trong ngoặc vuông; ví dụ: {_ASSIGNMENT_EXAMPLE}"
        )
    return Assignment(match["ref"].strip(), (match["scope"] or "").strip())


def format_assignments(assignments: tuple[Assignment, ...]) -> str:
    """Write assignments as `parse_assignments` reads them."""
    return "; ".join(f"{a.ref} [{a.scope}]" if a.scope else a.ref for a in assignments)


def parse_due(text: str) -> tuple[DuePart, ...]:
    """Read a typed deadline; its parts are joined by "; " and all hold. `unknown` stands alone."""
    found = tuple(_due_part(part.strip()) for part in text.split(";")) if text.strip() else ()
    _refuse_repeats([_due_text(p) for p in found], _DUE_EXAMPLE)
    if len(found) > 1 and any(p.kind is DueKind.UNKNOWN for p in found):
        raise ValueError(f"“unknown” phải đứng một mình, vì đã biết một phần thời hạn. Ví dụ: {_DUE_EXAMPLE}")
    return found


def _due_part(part: str) -> DuePart:
    if part in (DueKind.ONGOING, DueKind.YEARLY, DueKind.UNKNOWN):
        return DuePart(DueKind(part))
    if part.startswith("when:") and part[5:].strip():
        return DuePart(DueKind.WHEN, event=part[5:].strip())
    if part.startswith("by "):
        return DuePart(DueKind.BY, last=_span(part[3:].strip())[1])
    if ".." in part:
        left, _, right = part.partition("..")
        first = _span(left.strip())[0]
        last = _span(right.strip())[1] if right.strip() else None
        if last is not None and first > last:
            raise ValueError(f"Thời hạn “{part}” có mốc đầu sau mốc cuối. Ví dụ: 2026..2027")
        return DuePart(DueKind.RANGE, first, last)
    raise ValueError(f"Không hiểu thời hạn “{part}”. Các dạng được dùng, ví dụ: {_DUE_EXAMPLE}")


def _span(text: str) -> tuple[date, date]:
    """Return the first and last day of a year, quarter, month or day."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise ValueError(f"Không hiểu mốc “{text}”. Viết năm, quý, tháng hoặc ngày: 2026, 2026-Q3, 2026-06, 2026-06-10")
    year = int(match["year"])
    try:
        if match["quarter"]:
            month = 3 * int(match["quarter"])
            return date(year, month - 2, 1), date(year, month, monthrange(year, month)[1])
        if match["day"]:
            day = date(year, int(match["month"]), int(match["day"]))
            return day, day
        if match["month"]:
            first = date(year, int(match["month"]), 1)
            return first, first.replace(day=monthrange(year, first.month)[1])
    except ValueError:
        raise ValueError(f"“{text}” không phải là ngày có thật. Ví dụ: 2026-06-30") from None
    return date(year, 1, 1), date(year, 12, 31)


def format_due(due: tuple[DuePart, ...]) -> str:
    """Write a deadline as `parse_due` reads it, each moment in its shortest form."""
    return "; ".join(_due_text(part) for part in due)


def _due_text(part: DuePart) -> str:
    if part.kind is DueKind.WHEN:
        return f"when: {part.event}"
    if part.kind is DueKind.BY and part.last is not None:
        return f"by {_last_text(part.last)}"
    if part.kind is DueKind.RANGE and part.first is not None:
        return f"{_first_text(part.first)}..{'' if part.last is None else _last_text(part.last)}"
    return part.kind.value


def _last_text(last: date) -> str:
    if (last + timedelta(days=1)).day != 1:
        return last.isoformat()
    if last.month == 12:
        return str(last.year)
    return f"{last.year}-Q{last.month // 3}" if last.month % 3 == 0 else f"{last.year}-{last.month:02}"


def _first_text(first: date) -> str:
    if first.day != 1:
        return first.isoformat()
    if first.month == 1:
        return str(first.year)
    return f"{first.year}-Q{first.month // 3 + 1}" if first.month % 3 == 1 else f"{first.year}-{first.month:02}"


def parse_names(text: str) -> tuple[str, ...]:
    """Read a list of names joined by "; "."""
    found = tuple(part.strip() for part in text.split(";")) if text.strip() else ()
    if "" in found:
        raise ValueError("Có một tên trống giữa hai dấu chấm phẩy. Ví dụ: xa-phuong; co-so-kham-chua-benh")
    _refuse_repeats(list(found), "xa-phuong; co-so-kham-chua-benh")
    return found


def format_names(names: tuple[str, ...]) -> str:
    """Write names as `parse_names` reads them."""
    return "; ".join(names)


def parse_flag(text: str) -> bool:
    """Read a mark: `x` is yes, blank is no."""
    if text.strip() not in ("", "x"):
        raise ValueError(f"“{text.strip()}” không phải là dấu chọn. Ghi x hoặc để trống")
    return bool(text.strip())


def format_flag(value: bool) -> str:
    """Write a mark as `parse_flag` reads it."""
    return "x" if value else ""


def parse_month_day(text: str) -> tuple[int, int]:
    """Read a day of every year, `MM-DD`, to (month, day)."""
    match = _MONTH_DAY.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text}” không phải là ngày trong năm. Viết tháng-ngày, ví dụ: 06-10 là ngày 10 tháng 6")
    month, day = int(match[1]), int(match[2])
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(_COMMON_YEAR, month)[1]:
        raise ValueError(f"“{text}” không phải là ngày mà năm nào cũng có. Ví dụ: 06-30 là ngày 30 tháng 6")
    return month, day


def is_month_day(text: str) -> bool:
    """True for what `parse_month_day` takes."""
    try:
        parse_month_day(text)
    except ValueError:
        return False
    return True


def format_month_day(value: tuple[int, int]) -> str:
    """Write a day of every year as `parse_month_day` reads it."""
    return f"{value[0]:02}-{value[1]:02}"


def parse_day(text: str) -> date:
    """Read a day of one year, `YYYY-MM-DD`."""
    if not _DAY.fullmatch(text):
        raise ValueError(f"“{text}” không phải là ngày. Viết năm-tháng-ngày, ví dụ: 2026-12-31")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” không phải là ngày có thật. Ví dụ: 2026-12-31") from None


def format_day(value: date) -> str:
    """Write a day as `parse_day` reads it."""
    return value.isoformat()


def _refuse_repeats(items: list[str], example: str) -> None:
    for index, item in enumerate(items):
        if item in items[:index]:
            raise ValueError(f"“{item}” được ghi hai lần. Chỉ giữ một; ví dụ: {example}")
