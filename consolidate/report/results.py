"""Part II: every indicator in a few sentences, gathered by verdict, with what the figure is made of.

It repeats what consolidate.indicators decided; whatever is not judged yet says why. Shorter forms of the same
sentences serve Phụ lục I.
"""

from __future__ import annotations

from collections.abc import Sequence

from consolidate.coverage import COVERAGE_WORDS
from consolidate.model import TARGET_VERDICT_WORDS, CoverageBasis, TargetVerdict
from consolidate.past import COMPARED_WORDS, Compared
from consolidate.report.blocks import Block, Paragraph, Piece, body, heading, left_to_write, subheading
from consolidate.report.words import Json, named, numbered_name, on_one_line, sentence
from consolidate.spelled import NO_FIGURE, count, figure, measured, percent, plain
from plan.model import Comparator, Measure
from plan.shown import SIGNS

OTHER_UNITS = "các đơn vị báo cáo giữa các kỳ không hoàn toàn giống nhau"
FEW = 4  # units that are named where all of them would be too many
_NAME = 300
_TO_WRITE = "nhận xét, đánh giá kết quả thực hiện chỉ tiêu; nguyên nhân của chỉ tiêu chưa đạt"
_FINAL = (TargetVerdict.REACHED, TargetVerdict.NOT_REACHED)
_ORDER = (
    TargetVerdict.REACHED,
    TargetVerdict.NOT_REACHED,
    TargetVerdict.NOT_YET_DUE,
    TargetVerdict.NOT_ENOUGH_DATA,
    TargetVerdict.NO_TARGET,
    TargetVerdict.NOT_APPLICABLE,
)
_HEADS = {
    TargetVerdict.REACHED: "Chỉ tiêu đạt mục tiêu",
    TargetVerdict.NOT_REACHED: "Chỉ tiêu chưa đạt mục tiêu",
    TargetVerdict.NOT_YET_DUE: "Chỉ tiêu chưa đến hạn đánh giá",
    TargetVerdict.NOT_ENOUGH_DATA: "Chỉ tiêu chưa đủ số liệu để đánh giá",
    TargetVerdict.NO_TARGET: "Chỉ tiêu mà văn bản không nêu số để so sánh",
    TargetVerdict.NOT_APPLICABLE: "Chỉ tiêu không áp dụng",
}
_REASONS = {
    TargetVerdict.NOT_YET_DUE: (
        "Mục tiêu đặt cho năm sau, hoặc cho cả năm mà kỳ này chưa kết thúc năm; so sánh dưới đây chỉ là tạm tính."
    ),
    TargetVerdict.NOT_ENOUGH_DATA: (
        "Chưa kết luận vì còn đơn vị chưa có số liệu dùng được hoặc số liệu mâu thuẫn; so sánh (nếu có) là tạm tính."
    ),
    TargetVerdict.NOT_APPLICABLE: "Mọi đơn vị phải báo cáo đều báo không áp dụng, có nêu lý do.",
}


def results_part(data: Json, appendix: str) -> tuple[Block, ...]:
    """Return part II; `appendix` is how its table is called, e.g. "Phụ lục I"."""
    rows: Sequence[Json] = data["indicators"]
    head = heading("II. KẾT QUẢ THỰC HIỆN CHỈ TIÊU")
    if not rows:
        return (head, body("Kế hoạch không có chỉ tiêu nào."))
    blocks: list[Block] = [head, body(_summary(data, appendix))]
    if not any(row["included"] or row["not_applicable"] for row in rows):
        nothing = f"Chưa có số liệu của chỉ tiêu nào nên chưa đánh giá; mục tiêu của từng chỉ tiêu nêu tại {appendix}."
        return (*blocks, body(nothing), left_to_write(_TO_WRITE))
    present = [v for v in _ORDER if data["verdicts"][v]]
    for number, verdict in enumerate(present, 1):
        found = [row for row in rows if row["verdict"] == verdict]
        blocks.append(subheading(f"{number}. {_HEADS[verdict]} ({count(data['verdicts'][verdict])} chỉ tiêu)"))
        if verdict in _REASONS:
            blocks.append(body(_REASONS[verdict]))
        blocks += [_paragraph(data, row) for row in found]
    blocks.append(left_to_write(_TO_WRITE))
    return tuple(blocks)


def _summary(data: Json, appendix: str) -> str:
    counts = data["verdicts"]
    present = [v for v in _ORDER if counts[v]]
    said = ", trong đó " + ", ".join(f"{count(counts[v])} chỉ tiêu {TARGET_VERDICT_WORDS[v].lower()}" for v in present)
    if len(present) == 1:
        said = f", đều {TARGET_VERDICT_WORDS[present[0]].lower()}"
    compared = [f"{COMPARED_WORDS[Compared(key)]} ({p['label']})" for key, p in data["compared_with"].items()]
    line = f"Kế hoạch có {count(len(data['indicators']))} chỉ tiêu{said} (chi tiết tại {appendix} kèm theo)."
    if compared:
        line += f" Kết quả được so sánh với {' và '.join(compared)} ở chỉ tiêu có số liệu của các kỳ đó."
    return line


def _paragraph(data: Json, row: Json) -> Paragraph:
    comparison = [target_words(row)]
    if word := _comparison_word(row):
        comparison.append(word)
    if row["milestone"] is not None:
        comparison.append(milestone_words(row))
    further = [_coverage_in_short(data, row), *([", ".join(changes)] if (changes := change_words(row)) else [])]
    return body(
        f"- Chỉ tiêu {numbered_name(row, _NAME)}: ",
        Piece(result_words(data, row), bold=True),
        f"; {'; '.join(comparison)}. {' '.join(f'{sentence(line)}.' for line in further)}",
    )


def _comparison_word(row: Json) -> str:
    """The plain comparison with the target; provisional where the verdict is still open."""
    if row["reached"] is None:
        return ""
    word = "đạt" if row["reached"] else "chưa đạt"
    return word if TargetVerdict(row["verdict"]) in _FINAL else f"tạm tính {word}"


def result_words(data: Json, row: Json) -> str:
    """The figure with its unit of measure, or why there is none."""
    if row["conflicts"]:
        own = {part["unit"]: part["value"] for part in row["units"]}
        said = [
            f"{named(data, [unit], 1)} ({_measured(row, own[unit]) if own.get(unit) is not None else 'chưa rõ'})"
            for unit in row["conflicts"][:FEW]
        ]
        left = len(row["conflicts"]) - len(said)
        more = f" và {count(left)} đơn vị khác" if left else ""
        return f"số liệu mâu thuẫn giữa {', '.join(said)}{more}, cần thống nhất một số"
    if row["value"] is None:
        return NO_FIGURE.lower()
    return _measured(row, row["value"]) + (" (có số liệu ước)" if row["estimated"] else "")


def target_words(row: Json) -> str:
    """Against which target: "mục tiêu năm 2026 > 95%"."""
    target = row["target"]
    if target is None:
        return "văn bản không nêu số để so"
    goal = measured(plain(target["value"]), _target_unit(row))
    if row["measure"] in (Measure.THRESHOLD, Measure.ATTAINED):
        goal += " đơn vị đạt"
    line = f"mục tiêu năm {target['year']}: {_sign(row)}{goal}"
    if target["threshold"] is not None:
        line += f" (ngưỡng tính đạt: từ {count(target['threshold'])} trở lên)"
    return line


def verdict_words(row: Json) -> str:
    """The verdict, with the provisional comparison where it is still open."""
    verdict = TargetVerdict(row["verdict"])
    word = TARGET_VERDICT_WORDS[verdict]
    if verdict in _FINAL or row["reached"] is None:
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


def change_words(row: Json) -> list[str]:
    """The change against each earlier period that has a figure; the last says when units differ."""
    lines = []
    for change in row["changes"]:
        difference = change["difference"]
        way = "tăng" if difference > 0 else "giảm" if difference < 0 else "không thay đổi"
        size = f" {measured(figure(abs(difference), row['decimals']), _points(row))}" if difference else ""
        against = COMPARED_WORDS[Compared(change["compared"])]
        lines.append(f"{way}{size} so với {against} ({_measured(row, change['value'])})")
    if not all(change["same_units"] for change in row["changes"]):
        lines[-1] += f"; {OTHER_UNITS}"
    return lines


def mean_words(row: Json) -> str:
    """The mean of the units' percentages where it differs from the ratio of sums; "" where it does not."""
    mean = row["mean_of_percentages"]
    if mean is None or row["value"] is None or mean == row["value"]:
        return ""
    return f"bình quân số học của các đơn vị: {measured(figure(mean, row['decimals']), '%')} (chỉ để đối chiếu)"


def unit_of(row: Json) -> str:
    """The unit of measure on one line."""
    return on_one_line(row["unit"])


def _measured(row: Json, value: float) -> str:
    return measured(figure(value, row["decimals"]), unit_of(row))


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
