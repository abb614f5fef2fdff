"""What unfolds under an indicator: what was divided, the periods, who is missing and why, and every unit's own numbers.

A commune finds its number here without opening the workbook; beyond MOST_UNITS it is sent there, so that the page stays
one that a phone opens. Numbers are those of `consolidated.json`, as the units typed them. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consolidate import spelled
from consolidate.absence import ABSENCE_WORDS, Absence
from consolidate.spelled import NO_FIGURE, Row
from plan.code_words import FIELD_WORDS
from plan.model import Measure

MOST_UNITS = 200
_MOST_NAMES = 200
_TEXTS = ("evidence",)  # fields that hold no number
_LONGEST = 40
_OWN_HEADS = {Measure.RATIO: "Tỷ lệ", Measure.CHANGE: "Tăng, giảm", Measure.THRESHOLD: "Đạt ngưỡng"}
_YES_NO = {True: "đạt", False: "chưa đạt"}


@dataclass(frozen=True, slots=True)
class Detail:
    """A heading and its text."""

    head: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What one unit typed, a text per head."""

    unit: str
    values: tuple[str, ...]
    estimated: bool
    conflicting: bool


@dataclass(frozen=True, slots=True)
class OwnNumbers:
    """The units' own numbers as a table; `elsewhere` says where they stand when they are too many for a page."""

    total: str
    heads: tuple[str, ...]
    lines: tuple[OwnLine, ...]
    elsewhere: str


def measured(row: Row, point: Row) -> str:
    """Return what one period's figure was and of how many units."""
    if point["value"] is None:
        return NO_FIGURE.lower()
    included = f"{spelled.count(point['included'])}/{spelled.count(point['expected'])} đơn vị"
    return f"{spelled.result(row, point['value'])} ({'ước, ' if point['estimated'] else ''}{included})"


def summary(row: Row) -> str:
    """Return the line that is seen before the details unfold: what is missing stands there already."""
    parts = []
    if row["conflicts"]:
        parts.append(f"{spelled.count(len(row['conflicts']))} đơn vị có số liệu mâu thuẫn")
    if row["missing"]:
        reasons = _reasons(row)
        counts = [f" {spelled.count(len(row['missing_why'][a]))}" if len(reasons) > 1 else "" for a in reasons]
        why = [f"{ABSENCE_WORDS[a]}{number}" for a, number in zip(reasons, counts, strict=True)]
        parts.append(f"còn thiếu {spelled.count(len(row['missing']))} đơn vị: {', '.join(why)}")
    if row["not_applicable"]:
        parts.append(f"{spelled.count(len(row['not_applicable']))} đơn vị không áp dụng")
    return f"Chi tiết ({'; '.join(parts)})" if parts else "Chi tiết"


def _reasons(row: Row) -> list[Absence]:
    return [absence for absence in Absence if row["missing_why"][absence]]


def details(row: Row, names: Mapping[str, str]) -> tuple[Detail, ...]:
    """Return what unfolds, without the units' own numbers."""
    found = [Detail("Cơ quan, đơn vị chủ trì", row["lead"]), Detail("Mục tiêu ghi trong kế hoạch", row["target_text"])]
    found += [Detail("Mục tiêu đã hết hạn", spelled.past_target(row, past)) for past in row["past_targets"]]
    if row["numerator"] is not None and row["denominator"] is not None:
        parts = (spelled.plain(row[part]) for part in ("numerator", "denominator"))
        found.append(Detail("Tử số / mẫu số", " / ".join(parts)))
    mean = row["mean_of_percentages"]
    if mean is not None and mean != row["value"]:
        found.append(Detail("Bình quân số học các đơn vị (chỉ để so sánh)", spelled.result(row, mean)))
    if len(row["trend"]) > 1:
        found.append(Detail("Qua các kỳ", "; ".join(f"{p['label']}: {measured(row, p)}" for p in row["trend"])))
    if row["conflicts"]:
        found.append(Detail("Số liệu mâu thuẫn, cần thống nhất một số", _conflicts(row, names)))
    for absence in _reasons(row):
        units = row["missing_why"][absence]
        head = f"Còn thiếu, {ABSENCE_WORDS[absence]} ({spelled.count(len(units))} đơn vị)"
        found.append(Detail(head, _names(row, units, names)))
    if row["not_applicable"]:
        head = f"Không áp dụng ({spelled.count(len(row['not_applicable']))} đơn vị)"
        found.append(Detail(head, _names(row, row["not_applicable"], names)))
    return tuple(detail for detail in found if detail.text)


def _names(row: Row, units: list[str], names: Mapping[str, str]) -> str:
    if len(units) == row["expected"] > 1:
        return "tất cả các đơn vị phải báo cáo chỉ tiêu này"
    return spelled.listed([names[unit] for unit in units], _MOST_NAMES)


def _conflicts(row: Row, names: Mapping[str, str]) -> str:
    """What each of them typed, to the last digit: 74,61 and 74,64 are no contradiction once both are rounded."""
    typed = {part["unit"]: part["fields"] for part in row["units"]}
    return "; ".join(f"{names[unit]}: {_typed(row, typed.get(unit, {}))}" for unit in row["conflicts"])


def _typed(row: Row, fields: Row) -> str:
    found = {name: _value(entry) for name, entry in fields.items() if name not in _TEXTS}
    if not any(found.values()):
        return NO_FIGURE.lower()
    if len(found) == 1:
        return spelled.measured(next(iter(found.values())), spelled.unit_of(row))
    return ", ".join(f"{FIELD_WORDS.get(name, name)} {text or 'trống'}" for name, text in found.items())


def _value(entry: Row) -> str:
    value = entry["value"]
    if value is None:
        return ""
    return spelled.sentence(value, _LONGEST) if isinstance(value, str) else spelled.plain(value)


def own_numbers(row: Row, names: Mapping[str, str]) -> OwnNumbers | None:
    """Return the numbers of each unit in the figure in the plan's order; None of a figure of nobody."""
    parts = row["units"]
    if not parts:
        return None
    total = spelled.count(len(parts))
    if len(parts) > MOST_UNITS:
        return OwnNumbers(total, (), (), "Xem trang “Ma trận” và trang “Dữ liệu” của sổ tổng hợp tong-hop.xlsx.")
    columns = list(dict.fromkeys(name for part in parts for name in part["fields"] if name not in _TEXTS))
    own = _OWN_HEADS.get(Measure(row["measure"]))
    heads = [FIELD_WORDS.get(name, name).capitalize() for name in columns]
    lines = [
        OwnLine(
            unit=names[part["unit"]],
            values=(
                *(_value(part["fields"][name]) if name in part["fields"] else "" for name in columns),
                *([_own(row, part)] if own else []),
            ),
            estimated=part["estimated"],
            conflicting=part["unit"] in row["conflicts"],
        )
        for part in parts
    ]
    return OwnNumbers(total, (*heads, own) if own else tuple(heads), tuple(lines), "")


def _own(row: Row, part: Row) -> str:
    if part["value"] is None:
        return ""
    if row["measure"] == Measure.THRESHOLD:
        return _YES_NO[part["value"] > 0]
    return spelled.result(row, part["value"])
