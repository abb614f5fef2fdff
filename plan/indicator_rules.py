"""The rules of an indicator's interpretation, and of rows of either appendix that no table prints.

What a measure may be aggregated by and asked with is DESIGN section 5.
"""

from __future__ import annotations

from collections.abc import Callable

from plan import grammar
from plan.cell_rules import Names, near
from plan.model import Aggregation, Measure
from plan.tables import Row
from plan.words import fold

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


def fitting_aggregation(row: Row, _: Names) -> str:
    """The aggregation goes with the measure."""
    if row["measure"] not in tuple(Measure):
        return ""
    allowed = _AGGREGATIONS[Measure(row["measure"])]
    if row["aggregation"] in allowed:
        return ""
    return f"“{row['aggregation']}” không đi với cách đo “{row['measure']}”. Ghi: {' hoặc '.join(allowed)}"


def complete_fields(row: Row, _: Names) -> str:
    """The fields are those that the measure asks for."""
    if row["measure"] not in tuple(Measure) or (row["same_as"] and not row["fields"]):
        return ""
    weight = ("weight",) if row["aggregation"] == Aggregation.WEIGHTED_MEAN else ()
    allowed = [(*names, *weight) for names in _FIELDS[Measure(row["measure"])]]
    given = [field.name for field in grammar.parse_fields(row["fields"]) if field.name != "evidence"]
    if any(set(given) == set(names) for names in allowed):
        return ""
    wanted = " hoặc ".join(", ".join(names) for names in allowed)
    return f"cách đo “{row['measure']}” cần đúng các số liệu: {wanted}; đang có: {', '.join(given) or 'không có gì'}"


def thresholds(row: Row, _: Names) -> str:
    """Targets carry a threshold exactly where the measure is one."""
    wants = row["measure"] == Measure.THRESHOLD
    for target in grammar.parse_targets(row["targets"]):
        if wants and target.threshold is None:
            return f"mục tiêu năm {target.year} thiếu ngưỡng. Thêm @ngưỡng, ví dụ: {target.year} >= 100 @4"
        if not wants and target.threshold is not None:
            return f"mục tiêu năm {target.year} thừa ngưỡng @{target.threshold}, chỉ dùng với threshold. Bỏ phần @"
    if wants and not row["targets"].strip():
        return "cách đo “threshold” cần mục tiêu có ngưỡng, ví dụ: 2027 >= 100 @4"
    return ""


def repeats_another(row: Row, names: Names) -> str:
    """A row with `same_as` shows the figure of a row that is made likewise."""
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


def prose(row: Row, _: Names) -> str:
    """A row of prose names its place and its sentence, a row of a table neither."""
    if bool(row["source"].strip()) == bool(row["sentence"].strip()):
        return ""
    return "dòng lấy từ phần lời phải ghi cả nơi đứng (source) và nguyên văn câu (sentence), dòng của bảng thì không"


def name_in_sentence(row: Row, _: Names) -> str:
    """The words of the name stand in the sentence in the same order, so that no row of prose is made up."""
    if not row["sentence"].strip():
        return ""
    words = iter(fold(row["sentence"]).split())
    missing = next((word for word in fold(row["name"]).split() if word not in words), "")
    return f"chữ “{missing}” không theo thứ tự câu ở cột sentence. Tên dòng phải trích từ câu ấy" if missing else ""


def part_of_another(row: Row, names: Names) -> str:
    """A further figure of a printed row carries that row’s number and a part of its name."""
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
