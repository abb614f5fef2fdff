"""How the report says one indicator: its figure, targets, verdict and change, each in a few words.

It repeats what consolidate.indicators decided. Part II and Phụ lục I take the same words from here, so that they
cannot differ. Bounds are spelled by consolidate.spelled, which never rounds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum
from fractions import Fraction

from consolidate.model import CONFLICT_FIGURE, TARGET_VERDICT_WORDS, TargetVerdict
from consolidate.past import COMPARED_WORDS, Compared
from consolidate.report.words import Json, named, on_one_line, plan_text
from consolidate.spelled import (
    NO_FIGURE,
    count,
    figure,
    finer,
    goals,
    joined,
    measured,
    milestones,
    past_goal,
    plain,
    result,
    unit_of,
)
from plan.model import Comparator, Measure

OTHER_UNITS = "các đơn vị báo cáo giữa các kỳ không hoàn toàn giống nhau"
OTHERS_MARK = "*"  # behind a change between figures that are not of the same units
FINAL = (TargetVerdict.REACHED, TargetVerdict.NOT_REACHED)
_FEW = 4  # units that contradict one another, named with their numbers
_BRIEF = 80
_OF_UNITS = (Measure.THRESHOLD, Measure.ATTAINED)
_CEILINGS = (Comparator.AT_MOST, Comparator.BELOW)


class Pace(Enum):
    """How a prorated figure stands at the end of the period; the value is what is said of it."""

    IN_STEP = "đúng tiến độ"
    BEHIND = "chậm tiến độ"
    WITHIN = "trong mức cho phép của kỳ"
    OVER = "vượt mức cho phép của kỳ"  # a count that must not grow further is not to be speeded up


def brief(data: Json, row: Json) -> str:
    """The row by its short name and its number, with its section where two rows bear that number."""
    name, number = on_one_line(row["short"]) or plan_text(row["name"], _BRIEF), row["shown_number"].rstrip(".")
    if number.startswith("("):
        return name
    namesakes = {on_one_line(r["section"]) for r in data["indicators"] if r["shown_number"].rstrip(".") == number}
    section = f", mục {on_one_line(row['section'])}" if len(namesakes) > 1 and on_one_line(row["section"]) else ""
    return f"{name} (chỉ tiêu {number}{section})"


def cell_figure(row: Json) -> str:
    """The figure as it stands alone in a table, without unit of measure where `row` has none."""
    if row["conflicts"]:
        return CONFLICT_FIGURE
    if row["value"] is None:
        return NO_FIGURE
    exact = finer(row)
    return result(row, row["value"]) + (f"\n(chính xác hơn: {exact})" if exact else "")


def result_words(data: Json, row: Json) -> str:
    """The figure with its unit of measure, or why there is none."""
    if row["conflicts"]:
        return _conflict(data, row)
    if row["value"] is None:
        return NO_FIGURE.lower()
    exact = finer(row)
    more = f" (chính xác hơn: {exact})" if exact else ""
    return f"{result(row, row['value'])}{more}{' (có số liệu ước)' if row['estimated'] else ''}"


def _conflict(data: Json, row: Json) -> str:
    """What each unit has reported, not its rounded figure: 74,61 beside 74,64 contradict one another too."""
    own = {part["unit"]: part["fields"] for part in row["units"]}
    said = [f"{named(data, [u], 1)} ({_reported(row, own.get(u, {}))})" for u in row["conflicts"][:_FEW]]
    left = len(row["conflicts"]) - len(said)
    more = f" và {count(left)} đơn vị khác" if left else ""
    return f"số liệu mâu thuẫn giữa {', '.join(said)}{more}, cần thống nhất một số"


def _reported(row: Json, fields: Json) -> str:
    """The numbers of one return exactly as typed; of a change both, for equal differences can hide a contradiction."""
    said = {name: plain(f["value"]) for name, f in fields.items() if isinstance(f["value"], int | float)}
    for stage in ("", "baseline_", "current_"):
        parts = [said.get(f"{stage}{name}") for name in ("numerator", "denominator")]
        if None not in parts:
            said[stage.rstrip("_") or "value"] = "/".join(filter(None, parts))
    if "baseline" in said and "current" in said:
        return f"từ {said['baseline']} đến {said['current']}"
    if "value" not in said:
        return "chưa rõ"
    return said["value"] if "/" in said["value"] else measured(said["value"], unit_of(row))


def goal_words(row: Json) -> str:
    """What is to be reached, "" where the document prints no number: "> 95%", "100% đơn vị đạt"."""
    return _of_units(row, goals(row)) if row["targets"] else ""


def target_words(row: Json) -> str:
    """Against which target: "mục tiêu năm 2026: > 95%"."""
    if not row["targets"]:
        return "văn bản không nêu số để so"
    line = f"mục tiêu năm {row['targets'][0]['year']}: {goal_words(row)}"
    thresholds = dict.fromkeys(t["threshold"] for t in row["targets"] if t["threshold"] is not None)
    if thresholds:
        line += f" (ngưỡng tính đạt: từ {joined([count(t) for t in thresholds])} trở lên)"
    return line


def past_target_words(row: Json) -> list[str]:
    """A clause for each target whose year is over: what that year came to."""
    return [_past_target(row, target) for target in row["past_targets"]]


def _past_target(row: Json, target: Json) -> str:
    year = target["year"]
    head = f"mục tiêu năm {year} ({_of_units(row, past_goal(row, target))}) đã hết hạn"
    if target["result"] is None:
        return f"{head}: không có số liệu của kỳ báo cáo cuối năm {year} để đánh giá"
    of = f" ({count(target['included'])}/{count(target['expected'])} đơn vị)" if target["expected"] > 1 else ""
    reached = "đạt" if target["reached"] else "chưa đạt"
    return f"{head}: kết quả {on_one_line(target['label'])} là {result(row, target['result'])}{of}, {reached}"


def verdict_words(row: Json) -> str:
    """The verdict, with the provisional comparison where it is still open."""
    verdict = TargetVerdict(row["verdict"])
    word = TARGET_VERDICT_WORDS[verdict]
    if verdict in FINAL or row["reached"] is None:
        return word
    return f"{word} (tạm tính: {'đạt' if row['reached'] else 'chưa đạt'})"


def pace(row: Json) -> Pace | None:
    """How a prorated row stands against what falls to the period, None where that is not known."""
    if row["on_track"] is None:
        return None
    ceilings = [_is_ceiling(target) for target in row["targets"]]
    if row["on_track"]:
        return Pace.WITHIN if all(ceilings) else Pace.IN_STEP
    if any(ceilings) and not all(ceilings):
        value, shares = Fraction(row["exact"]), zip(row["milestones"], ceilings, strict=True)
        return Pace.OVER if value >= min(Fraction(str(m)) for m, ceiling in shares if ceiling) else Pace.BEHIND
    return Pace.OVER if all(ceilings) else Pace.BEHIND


def milestone_words(row: Json) -> str:
    """What had to be reached, or not passed, by the end of the period, and whether it was; "" without a milestone."""
    if not row["milestones"]:
        return ""
    found, ceiling = pace(row), all(map(_is_ceiling, row["targets"]))
    head = "mức cho phép của kỳ" if ceiling else "mức cần có đến cuối kỳ"
    line = f"{head}: {_of_units(row, milestones(row))}"
    if found is None:
        return line
    if ceiling:
        return f"{line}, {'đã vượt' if found is Pace.OVER else 'chưa vượt'}"
    return f"{line}, {found.value}"


def change_words(row: Json, change: Json) -> str:
    """One change: "giảm 1,50 điểm % so với kỳ trước (11,25%)"."""
    difference = change["difference"]
    way = "tăng" if difference > 0 else "giảm" if difference < 0 else "không thay đổi"
    size = f" {measured(figure(abs(difference), row['decimals']), _points(row))}" if difference else ""
    against = COMPARED_WORDS[Compared(change["compared"])]
    mark = "" if change["same_units"] else OTHERS_MARK
    return f"{way}{size}{mark} so với {against} ({result(row, change['value'])})"


def mean_words(row: Json) -> str:
    """The mean of the units' percentages where it differs from the ratio of sums; "" where it does not."""
    mean = row["mean_of_percentages"]
    if mean is None or row["value"] is None or mean == row["value"]:
        return ""
    return f"bình quân số học của các đơn vị: {measured(figure(mean, row['decimals']), '%')} (chỉ để đối chiếu)"


def is_before_year_end(data: Json) -> bool:
    """True where the year of the period goes on after it, so that a verdict on its target comes early."""
    return date.fromisoformat(data["period_days"]["last"]).month < 12


def year_of(data: Json) -> int:
    """The year of the period."""
    return date.fromisoformat(data["period_days"]["last"]).year


def with_verdict(rows: Sequence[Json], verdict: TargetVerdict) -> list[Json]:
    """The rows that were given `verdict`."""
    return [row for row in rows if row["verdict"] == verdict]


def _is_ceiling(target: Json) -> bool:
    return Comparator(target["comparator"]) in _CEILINGS


def _of_units(row: Json, bounds: str) -> str:
    return f"{bounds} đơn vị đạt" if row["measure"] in _OF_UNITS else bounds


def _points(row: Json) -> str:
    """In what two figures differ: percentages differ in points."""
    unit = unit_of(row)
    return "điểm %" if unit == "%" else unit
