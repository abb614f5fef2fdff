"""The rules of an indicator's interpretation, and of rows of either appendix that no table prints.

What a measure may be aggregated by and asked with is DESIGN section 5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from plan import grammar
from plan.cell_rules import Names, near
from plan.code_words import AGGREGATION_WORDS, FIELD_WORDS, MEASURE_WORDS, spoken
from plan.headings import called
from plan.model import Aggregation, Measure
from plan.tables import Row
from plan.words import fold

AGGREGATIONS_OF: Mapping[Measure, tuple[Aggregation, ...]] = {
    Measure.RATIO: (Aggregation.RATIO_OF_SUMS,),
    Measure.VALUE: (Aggregation.SINGLE, Aggregation.SUM, Aggregation.WEIGHTED_MEAN),
    Measure.CHANGE: (Aggregation.DIFFERENCE,),
    Measure.THRESHOLD: (Aggregation.SHARE,),
    Measure.ATTAINED: (Aggregation.SHARE,),
}
FIELDS_OF: Mapping[Measure, tuple[tuple[str, ...], ...]] = {
    Measure.RATIO: (("numerator", "denominator"),),
    Measure.VALUE: (("value",),),
    Measure.CHANGE: (
        ("baseline", "current"),
        ("baseline_numerator", "baseline_denominator", "current_numerator", "current_denominator"),
    ),
    Measure.THRESHOLD: (("count",),),
    Measure.ATTAINED: (("attained",),),
}


_THRESHOLD = spoken(MEASURE_WORDS, Measure.THRESHOLD)


def fitting_aggregation(row: Row, _: Names) -> str:
    """The aggregation goes with the measure."""
    if row["measure"] not in tuple(Measure):
        return ""
    allowed = AGGREGATIONS_OF[Measure(row["measure"])]
    if row["aggregation"] in allowed:
        return ""
    given, measure = spoken(AGGREGATION_WORDS, row["aggregation"]), spoken(MEASURE_WORDS, row["measure"])
    wanted = " hoặc ".join(spoken(AGGREGATION_WORDS, code) for code in allowed)
    return f"{given} không đi với cách đo {measure}. Ghi: {wanted}"


def complete_fields(row: Row, _: Names) -> str:
    """The fields are those that the measure asks for."""
    is_blank = not row["fields"].strip()
    if row["same_as"] and is_blank:
        return ""
    if row["measure"] not in tuple(Measure):
        return f"ô trống. Ghi số liệu mà đơn vị phải nhập, theo cách đo: {_every_measure()}" if is_blank else ""
    measure = Measure(row["measure"])
    allowed = _allowed_fields(measure, row["aggregation"])
    given = [field.name for field in grammar.parse_fields(row["fields"]) if field.name != "evidence"]
    if any(set(given) == set(names) for names in allowed):
        return ""
    wanted = f"đo {spoken(MEASURE_WORDS, measure)} cần đúng các số liệu: {' hoặc '.join(map(_listed, allowed))}"
    if is_blank:
        return f"ô trống. Cách {wanted}. Viết mỗi số liệu: tên [đơn vị]: nhãn, cách nhau bằng dấu |"
    return f"cách {wanted}; đang có: {_listed(given) or 'chỉ minh chứng'}"


def _allowed_fields(measure: Measure, aggregation: str) -> list[tuple[str, ...]]:
    """Return each set of inputs that will do. While the aggregation is no word, a weight may belong to it or not."""
    plain, weighted = list(FIELDS_OF[measure]), [(*names, "weight") for names in FIELDS_OF[measure]]
    if aggregation in tuple(Aggregation):
        return weighted if aggregation == Aggregation.WEIGHTED_MEAN else plain
    return plain + weighted if Aggregation.WEIGHTED_MEAN in AGGREGATIONS_OF[measure] else plain


def _every_measure() -> str:
    wanted = ((measure, " hoặc ".join(map(_listed, FIELDS_OF[measure]))) for measure in Measure)
    return "; ".join(f"{MEASURE_WORDS[measure]}: {fields}" for measure, fields in wanted)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(spoken(FIELD_WORDS, name) for name in names)


def thresholds(row: Row, _: Names) -> str:
    """Targets carry a threshold exactly where the measure is one."""
    if row["measure"] not in tuple(Measure):
        return ""
    wants = row["measure"] == Measure.THRESHOLD
    for target in grammar.parse_targets(row["targets"]):
        if wants and target.threshold is None:
            return f"mục tiêu năm {target.year} thiếu ngưỡng. Thêm @ngưỡng, ví dụ: {target.year} >= 100 @4"
        if not wants and target.threshold is not None:
            extra = f"thừa ngưỡng @{target.threshold}, chỉ dùng với cách đo {_THRESHOLD}"
            return f"mục tiêu năm {target.year} {extra}. Bỏ phần @"
    if wants and not row["targets"].strip():
        return f"ô trống. Cách đo {_THRESHOLD} cần mục tiêu có ngưỡng, ví dụ: 2027 >= 100 @4"
    return ""


def prorated_target(row: Row, names: Names) -> str:
    """What is prorated is a target, and alike on every row with a target that shows the same figure."""
    is_prorated = bool(row["prorated"].strip())
    if is_prorated and not row["targets"].strip():
        return (
            f"không có mục tiêu nào để chia. Ghi mục tiêu ở cột {called('indicators', 'targets')} hoặc để trống ô này"
        )
    source = names.indicators.get(row["same_as"])
    if source is None or not row["targets"].strip() or not source["targets"].strip():
        return ""
    if is_prorated == bool(source["prorated"].strip()):
        return ""
    return f"dòng này lấy số của dòng “{source['code']}” nên chia mục tiêu như dòng ấy: ghi như nhau ở cả hai dòng"


def _not_another(row: Row, column: str, does: str, names: Names) -> str:
    """Return what is wrong with a cell that names another row, which may not name a third in its turn."""
    other = row[column]
    source = names.indicators.get(other)
    if other == row["code"] or source is None:
        return f"“{other}” không phải là mã của một dòng khác{near(other, frozenset(names.indicators))}"
    if source[column]:
        return f"dòng “{other}” cũng {does} của dòng khác. Ghi thẳng mã “{source[column]}”"
    return ""


def repeats_another(row: Row, names: Names) -> str:
    """A row with `same_as` shows the figure of a row that is made likewise."""
    other = row["same_as"]
    if not other:
        return ""
    if fault := _not_another(row, "same_as", "lấy số", names):
        return fault
    source = names.indicators[other]
    unlike = next((column for column, parse in _SHARED.items() if not _alike(row[column], source[column], parse)), "")
    if not unlike or (unlike == "fields" and not row["fields"]):
        return ""
    blank = " hoặc để trống" if unlike == "fields" else ""
    column = called("indicators", unlike)
    return f"dòng này lấy số của dòng “{other}” mà cột {column} lại khác. Ghi cột ấy như dòng “{other}”{blank}"


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
    source, sentence = called("indicators", "source"), called("indicators", "sentence")
    return f"dòng lấy từ phần lời phải ghi cả hai cột {source} và {sentence}, dòng của bảng thì không"


def name_in_sentence(row: Row, _: Names) -> str:
    """The words of the name stand in the sentence in the same order, so that no row of prose is made up."""
    if not row["sentence"].strip():
        return ""
    words = iter(fold(row["sentence"]).split())
    missing = next((word for word in fold(row["name"]).split() if word not in words), "")
    if not missing:
        return ""
    return (
        f"chữ “{missing}” không theo thứ tự câu ở cột {called('indicators', 'sentence')}. Tên dòng phải trích từ câu ấy"
    )


def part_of_another(row: Row, names: Names) -> str:
    """A further figure of a printed row carries that row’s number and a part of its name."""
    whole = row["part_of"]
    if not whole:
        return ""
    if fault := _not_another(row, "part_of", "là một phần", names):
        return fault
    source = names.indicators[whole]
    if row["number"] != source["number"] or fold(row["name"]) not in fold(source["name"]):
        return f"số liệu đọc từ dòng “{whole}” phải mang số thứ tự của dòng ấy và tên trích từ tên dòng ấy"
    return ""
