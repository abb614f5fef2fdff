"""How the report says one indicator: its figure, target, verdict, coverage and change, each in a few words.

It repeats what consolidate.indicators decided. Part II and Phụ lục I take the same words from here, so that they
cannot differ.
"""

from __future__ import annotations

from consolidate.coverage import COVERAGE_WORDS
from consolidate.model import TARGET_VERDICT_WORDS, CoverageBasis, TargetVerdict
from consolidate.past import COMPARED_WORDS, Compared
from consolidate.report.words import Json, named, on_one_line, plan_text
from consolidate.spelled import NO_FIGURE, count, figure, measured, percent, plain
from plan.model import Comparator, Measure
from plan.shown import SIGNS

OTHER_UNITS = "các đơn vị báo cáo giữa các kỳ không hoàn toàn giống nhau"
OTHERS_MARK = "*"  # behind a change between figures that are not of the same units
FINAL = (TargetVerdict.REACHED, TargetVerdict.NOT_REACHED)
FEW = 4  # units that are named where all of them would be too many
_BRIEF = 80


def brief(row: Json) -> str:
    """The row by its short name, and its number in the table: "Bao phủ BHYT (chỉ tiêu 14)"."""
    name, number = on_one_line(row["short"]) or plan_text(row["name"], _BRIEF), row["shown_number"].rstrip(".")
    return name if number.startswith("(") else f"{name} (chỉ tiêu {number})"


def result_words(data: Json, row: Json) -> str:
    """The figure with its unit of measure, or why there is none."""
    if row["conflicts"]:
        own = {part["unit"]: part["value"] for part in row["units"]}
        said = [
            f"{named(data, [unit], 1)} ({measured_value(row, own[unit]) if own.get(unit) is not None else 'chưa rõ'})"
            for unit in row["conflicts"][:FEW]
        ]
        left = len(row["conflicts"]) - len(said)
        more = f" và {count(left)} đơn vị khác" if left else ""
        return f"số liệu mâu thuẫn giữa {', '.join(said)}{more}, cần thống nhất một số"
    if row["value"] is None:
        return NO_FIGURE.lower()
    return measured_value(row, row["value"]) + (" (có số liệu ước)" if row["estimated"] else "")


def goal_words(row: Json) -> str:
    """What is to be reached, "" where the document prints no number: "> 95%", "100% đơn vị đạt"."""
    target = row["target"]
    if target is None:
        return ""
    goal = f"{_sign(row)}{measured(plain(target['value']), _target_unit(row))}"
    return f"{goal} đơn vị đạt" if row["measure"] in (Measure.THRESHOLD, Measure.ATTAINED) else goal


def target_words(row: Json) -> str:
    """Against which target: "mục tiêu năm 2026: > 95%"."""
    target = row["target"]
    if target is None:
        return "văn bản không nêu số để so"
    line = f"mục tiêu năm {target['year']}: {goal_words(row)}"
    if target["threshold"] is not None:
        line += f" (ngưỡng tính đạt: từ {count(target['threshold'])} trở lên)"
    return line


def verdict_words(row: Json) -> str:
    """The verdict, with the provisional comparison where it is still open."""
    verdict = TargetVerdict(row["verdict"])
    word = TARGET_VERDICT_WORDS[verdict]
    if verdict in FINAL or row["reached"] is None:
        return word
    return f"{word} (tạm tính: {'đạt' if row['reached'] else 'chưa đạt'})"


def milestone_words(row: Json) -> str:
    """What had to be reached by the end of the period, and whether it was."""
    line = f"mức cần có đến cuối kỳ: {_sign(row)}{measured(plain(row['milestone']), _target_unit(row))}"
    if row["on_track"] is None:
        return line
    return f"{line}, {'đúng tiến độ' if row['on_track'] else 'chậm tiến độ'}"


def coverage_words(data: Json, row: Json) -> str:
    """Of how many units the figure is, how much of the whole that is, and who is missing."""
    line = _coverage_in_short(data, row)
    named_missing = row["expected"] > 1 and row["missing"]
    return f"{line}: {named(data, row['missing'], FEW)}" if named_missing else line


def change_words(row: Json, change: Json) -> str:
    """One change: "giảm 1,50 điểm % so với kỳ trước (11,25%)"."""
    difference = change["difference"]
    way = "tăng" if difference > 0 else "giảm" if difference < 0 else "không thay đổi"
    size = f" {measured(figure(abs(difference), row['decimals']), _points(row))}" if difference else ""
    against = COMPARED_WORDS[Compared(change["compared"])]
    mark = "" if change["same_units"] else OTHERS_MARK
    return f"{way}{size}{mark} so với {against} ({measured_value(row, change['value'])})"


def mean_words(row: Json) -> str:
    """The mean of the units' percentages where it differs from the ratio of sums; "" where it does not."""
    mean = row["mean_of_percentages"]
    if mean is None or row["value"] is None or mean == row["value"]:
        return ""
    return f"bình quân số học của các đơn vị: {measured(figure(mean, row['decimals']), '%')} (chỉ để đối chiếu)"


def unit_of(row: Json) -> str:
    """The unit of measure on one line."""
    return on_one_line(row["unit"])


def measured_value(row: Json, value: float) -> str:
    """A figure of the row with its unit of measure."""
    return measured(figure(value, row["decimals"]), unit_of(row))


def _coverage_in_short(data: Json, row: Json) -> str:
    expected, included, missing = row["expected"], row["included"], row["missing"]
    if not expected:
        return "kế hoạch chưa giao đơn vị nào báo cáo chỉ tiêu này"
    if expected == 1:
        whose = named(data, [*included, *missing, *row["not_applicable"]], 1)
        state = " (chưa có số liệu dùng được)" if missing else " (báo không áp dụng)" if row["not_applicable"] else ""
        return f"đơn vị báo cáo: {whose}{state}"
    line = f"số liệu của {count(len(included))}/{count(expected)} đơn vị"
    share = row["coverage"]["share"]
    if share is not None and missing:
        line += f", bao phủ {percent(share)} {COVERAGE_WORDS[CoverageBasis(row['coverage']['basis'])]}"
    if row["not_applicable"]:
        line += f", {count(len(row['not_applicable']))} đơn vị báo không áp dụng"
    return f"{line}, còn thiếu {count(len(missing))} đơn vị" if missing else line


def _target_unit(row: Json) -> str:
    return "%" if row["measure"] in (Measure.THRESHOLD, Measure.ATTAINED) else unit_of(row)


def _points(row: Json) -> str:
    """In what two figures differ: percentages differ in points."""
    unit = unit_of(row)
    return "điểm %" if unit == "%" else unit


def _sign(row: Json) -> str:
    """The sign before a goal; all of a hundred percent needs none."""
    target = row["target"]
    comparator = Comparator(target["comparator"])
    if comparator is Comparator.AT_LEAST and target["value"] == 100 and _target_unit(row) == "%":
        return ""
    return f"{SIGNS[comparator]}\N{NO-BREAK SPACE}"
