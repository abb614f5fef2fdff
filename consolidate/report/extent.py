"""Of whom a figure is: how many units are in it, who is not, and why; Part II says how many, Phụ lục I who.

A share is told only where it says more than "116/129 đơn vị" does, that is of people or of denominators.
"""

from __future__ import annotations

from consolidate.absence import ABSENCE_WORDS, Absence
from consolidate.coverage import COVERAGE_WORDS
from consolidate.model import CoverageBasis
from consolidate.report.words import Json, named
from consolidate.spelled import count, percent

_FEW = 6  # units named for one reason; who has not sent anything stands in part I


def in_figure(row: Json) -> str:
    """Of how many units the figure is: "116/129 đơn vị; 3 không áp dụng"."""
    return f"{units_in(row)}{_excused(row)}"


def units_in(row: Json) -> str:
    """The same within a list, where only what is missing counts: "116/129 đơn vị"."""
    return f"{count(len(row['included']))}/{count(row['expected'])} đơn vị"


def extent_cell(row: Json) -> str:
    """The same for a narrow column, with the share under it where that says more."""
    if not row["expected"]:
        return "–"
    units = f"{count(len(row['included']))}/{count(row['expected'])}"
    more = [f"({share})"] if (share := share_words(row)) else []
    more += [f"{count(len(row['not_applicable']))} không áp dụng"] if _excused(row) else []
    return "\n".join([units, *more])


def share_words(row: Json) -> str:
    """How much of the whole the figure covers, "" where the count of units says it already."""
    coverage = row["coverage"]
    if coverage["basis"] == CoverageBasis.UNITS or coverage["share"] is None:
        return ""
    return percent(coverage["share"]) if row["missing"] and row["expected"] > 1 else ""


def lacking(row: Json) -> str:
    """How many units are missing in the figure, by reason: "còn thiếu 10 đơn vị: chưa nộp 7, dòng có lỗi 3"."""
    whys = [f"{ABSENCE_WORDS[why]} {count(len(units))}" for why, units in _whys(row)]
    excused = f"; {count(len(row['not_applicable']))} không áp dụng" if row["not_applicable"] else ""
    return f"còn thiếu {count(len(row['missing']))} đơn vị: {', '.join(whys)}{excused}"


def lacking_reason(row: Json) -> str:
    """Why the only unit that reports a row is not in its figure."""
    return "; ".join(ABSENCE_WORDS[why] for why, _ in _whys(row))


def extent_words(data: Json, row: Json) -> str:
    """Of how many units the figure is, how much of the whole that is, and who is missing for which reason."""
    if not row["expected"]:
        return "kế hoạch chưa giao đơn vị nào báo cáo chỉ tiêu này"
    if row["expected"] == 1:
        whose = named(data, [*row["included"], *row["missing"], *row["not_applicable"]], 1)
        state = f" ({lacking_reason(row)})" if row["missing"] else " (báo không áp dụng)"
        return f"đơn vị báo cáo: {whose}{state if row['missing'] or row['not_applicable'] else ''}"
    line = f"số liệu của {in_figure(row)}"
    if share := share_words(row):
        line += f", bao phủ {share} {COVERAGE_WORDS[CoverageBasis(row['coverage']['basis'])]}"
    if not row["missing"]:
        return line
    whys = [f"{ABSENCE_WORDS[why]} {count(len(units))} ({named(data, units, _FEW)})" for why, units in _whys(row)]
    return f"{line}; còn thiếu {count(len(row['missing']))} đơn vị: {'; '.join(whys)}"


def _whys(row: Json) -> list[tuple[Absence, list[str]]]:
    return [(why, row["missing_why"][why]) for why in Absence if row["missing_why"][why]]


def _excused(row: Json) -> str:
    number = len(row["not_applicable"])
    return f"; {count(number)} không áp dụng" if number and row["expected"] > 1 else ""
