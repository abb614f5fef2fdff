"""Phụ lục I and II of the report: every indicator and every task as one row of a table.

The same facts as in the narrative, none left out; only texts of units are bounded.
"""

from __future__ import annotations

from collections.abc import Sequence

from consolidate.past import COMPARED_WORDS, Compared
from consolidate.report.appendix_head import appendix_head
from consolidate.report.banded import banded
from consolidate.report.blocks import Align, Block, Column, Style, Table
from consolidate.report.figures import (
    FEW,
    OTHER_UNITS,
    coverage_words,
    mean_words,
    milestone_words,
    result_words,
    target_words,
    unit_of,
    verdict_words,
)
from consolidate.report.page_size import LANDSCAPE_WIDTH
from consolidate.report.words import SEE_BOOK, Json, bounded, named, on_one_line, sentence
from consolidate.report.work import document_words, progress_words, status_words
from consolidate.spelled import NO_FIGURE, count, difference, figure, plain
from consolidate.tasks import RISK_RULE, STATUS_RULE
from plan.model import Role

_LONGEST_RESULT = 200  # of one unit
_MOST_RESULTS = 4  # units whose results are told in one row
_RATIO_NOTE = (
    "Tỷ lệ chung = 100 × tổng tử số / tổng mẫu số của các đơn vị có số liệu, không lấy trung bình các tỷ lệ. "
    "Số liệu từng đơn vị tại sổ tổng hợp."
)
_TASK_COLUMNS = (
    Column("TT", 11, Align.CENTRE),
    Column("Nhiệm vụ", 64),
    Column("Đơn vị chủ trì", 34),
    Column("Thời hạn", 22, Align.CENTRE),
    Column("Tình trạng", 24, Align.CENTRE),
    Column("% hoàn thành", 14, Align.CENTRE),
    Column("Chủ trì đã báo cáo", 15, Align.CENTRE),
    Column("Kết quả, văn bản", 68),
)


def indicator_appendix(data: Json, name: str) -> tuple[Block, ...]:
    """Return the appendix of indicators."""
    columns = _indicator_columns(data)
    rows = banded(data["indicators"], len(columns), lambda row: _indicator_row(data, row))
    title = f"Tổng hợp kết quả thực hiện chỉ tiêu {data['period_days']['label']}"
    return (
        *appendix_head(data, name, title, _RATIO_NOTE + _compared_note(data)),
        Table(columns, rows, title, Style.SMALL_CELL),
    )


def _compared_note(data: Json) -> str:
    said = [f"{COMPARED_WORDS[Compared(key)]} là {period['label']}" for key, period in data["compared_with"].items()]
    how = "cột so sánh ghi mức tăng (+), giảm (−) và kết quả của kỳ đó (trong ngoặc)"
    return f" {sentence('; '.join([*said, how]))}." if said else ""


def _indicator_columns(data: Json) -> tuple[Column, ...]:
    """A column for each period that can be compared with; the last takes what room is left."""
    compared = tuple(
        Column(f"So với {COMPARED_WORDS[Compared(key)]}", 19, Align.CENTRE) for key in data["compared_with"]
    )
    columns = (
        Column("TT", 11, Align.CENTRE),
        Column("Chỉ tiêu", 46 if compared else 60),
        Column("Đơn vị tính", 15, Align.CENTRE),
        Column("Mục tiêu", 21, Align.CENTRE),
        Column("Kết quả", 20, Align.CENTRE),
        Column("Tử số / mẫu số", 22, Align.RIGHT),
        Column("Đánh giá", 25, Align.CENTRE),
        *compared,
    )
    return (*columns, Column("Phạm vi số liệu, ghi chú", LANDSCAPE_WIDTH - sum(c.width for c in columns)))


def task_appendix(data: Json, name: str) -> tuple[Block, ...]:
    """Return the appendix of tasks."""
    rows = banded(data["tasks"], len(_TASK_COLUMNS), lambda row: _task_row(data, row))
    title = f"Tổng hợp kết quả thực hiện nhiệm vụ {data['period_days']['label']}"
    return (
        *appendix_head(data, name, title, f"{STATUS_RULE} {RISK_RULE}"),
        Table(_TASK_COLUMNS, rows, title, Style.SMALL_CELL),
    )


def _indicator_row(data: Json, row: Json) -> tuple[str, ...]:
    value = figure(row["value"], row["decimals"]) if row["value"] is not None else NO_FIGURE
    verdict = [verdict_words(row), *([milestone_words(row)] if row["milestone"] is not None else [])]
    notes = [coverage_words(data, row), mean_words(row)]
    if row["target"] is not None:
        notes.insert(0, f"so với {target_words(row)}")
    if row["conflicts"]:
        value = "Số liệu mâu thuẫn"
        notes.insert(0, result_words(data, row))
    if row["estimated"]:
        notes.insert(0, "có số liệu ước")
    if row["not_applicable"] and row["expected"] > 1:
        notes.append(f"không áp dụng: {named(data, row['not_applicable'], FEW)}")
    if not all(change["same_units"] for change in row["changes"]):
        notes.append(OTHER_UNITS)
    parts = [plain(row[key]) for key in ("numerator", "denominator") if row[key] is not None]
    return (
        row["shown_number"],
        on_one_line(row["name"]),
        unit_of(row),
        on_one_line(row["target_text"]),
        value,
        "\n".join(parts),
        "\n".join(sentence(line) for line in verdict),
        *_changes(data, row),
        "\n".join(f"{sentence(note)}." for note in notes if note),
    )


def _changes(data: Json, row: Json) -> list[str]:
    """The difference, and the earlier figure under it, for each period that is compared with."""
    found = {change["compared"]: change for change in row["changes"]}
    return [_change_cell(found[key], row["decimals"]) if key in found else "–" for key in data["compared_with"]]


def _change_cell(change: Json, decimals: int) -> str:
    return f"{difference(change['difference'], decimals)}\n({figure(change['value'], decimals)})"


def _task_row(data: Json, row: Json) -> tuple[str, ...]:
    leads = [part for part in row["units"] if part["role"] == Role.LEAD]
    reported = sum(1 for part in leads if part["status"] is not None)
    return (
        row["shown_number"],
        on_one_line(row["name"]),
        on_one_line(row["lead"]),
        on_one_line(row["due"]),
        status_words(row),
        progress_words(row),
        f"{count(reported)}/{count(len(leads))}" if leads else "–",
        "\n".join(_reached(data, leads)),
    )


def _reached(data: Json, leads: Sequence[Json]) -> list[str]:
    """What the leads reached and issued, one unit a line; the rest is in the workbook."""
    lines = []
    for part in leads:
        number = on_one_line(part.get("document_number", ""))
        document = f"văn bản {document_words(number, part.get('document_date', ''))}" if number else ""
        result = bounded(part.get("result", ""), _LONGEST_RESULT)
        said = "; ".join(piece for piece in (result.rstrip(".") if document else result, document) if piece)
        if said:
            lines.append(f"- {named(data, [part['unit']], 1)}: {said}")
    left = len(lines) - _MOST_RESULTS
    return lines if left <= 0 else [*lines[:_MOST_RESULTS], f"… và {count(left)} đơn vị khác {SEE_BOOK}"]
