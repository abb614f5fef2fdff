"""Phụ lục I and II of the report: every indicator and every task as one row of a table.

The same facts as in the narrative, none left out; only texts of units are bounded.
"""

from __future__ import annotations

from collections.abc import Sequence

from consolidate.past import COMPARED_WORDS, Compared
from consolidate.report.appendix_head import appendix_head
from consolidate.report.banded import banded
from consolidate.report.blocks import Align, Block, Column, Style, Table
from consolidate.report.documents import documents_line
from consolidate.report.extent import extent_words
from consolidate.report.figures import (
    OTHER_UNITS,
    cell_figure,
    mean_words,
    milestone_words,
    past_target_words,
    result_words,
    target_words,
    verdict_words,
)
from consolidate.report.page_size import LANDSCAPE_WIDTH
from consolidate.report.tasks_said import PROGRESS_HEAD, leads_of, progress_words, status_words
from consolidate.report.words import SEE_BOOK, Json, bounded, named, on_one_line, sentence
from consolidate.spelled import count, difference, figure, plain, unit_of
from consolidate.tasks import RISK_RULE, STATUS_RULE

_LONGEST_RESULT = 200  # of one unit
_MOST_RESULTS = 4  # different results told in one row, those of most units first
_MOST_DOCUMENTS = 4  # documents named in one row
_FEW = 4
_FEW_NAMES = 2  # units named before a result
_RATIO_NOTE = (
    "Tỷ lệ chung = 100 × tổng tử số / tổng mẫu số của các đơn vị có số liệu, không lấy trung bình các tỷ lệ. "
    "Số liệu từng đơn vị tại sổ tổng hợp."
)
_TASK_COLUMNS = (
    Column("TT", 11, Align.CENTRE),
    Column("Nhiệm vụ", 58),
    Column("Đơn vị chủ trì", 32),
    Column("Thời hạn", 22, Align.CENTRE),
    Column("Tình trạng", 27, Align.CENTRE),
    Column(PROGRESS_HEAD, 21, Align.CENTRE),
    Column("Chủ trì đã báo cáo", 15, Align.CENTRE),
    Column("Kết quả, văn bản", 66),
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
        Column(f"So với {COMPARED_WORDS[Compared(key)]}", 17, Align.CENTRE) for key in data["compared_with"]
    )
    columns = (
        Column("TT", 11, Align.CENTRE),
        Column("Chỉ tiêu", 41 if compared else 55),
        Column("Đơn vị tính", 13, Align.CENTRE),
        Column("Mục tiêu", 21, Align.CENTRE),
        Column("Kết quả", 20, Align.CENTRE),
        Column("Tử số / mẫu số", 19, Align.RIGHT),
        Column("Đánh giá", 23, Align.CENTRE),
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
    verdict = [verdict_words(row), *([milestone_words(row)] if row["milestones"] else [])]
    notes = [*past_target_words(row), extent_words(data, row), mean_words(row)]
    if row["targets"]:
        notes.insert(0, f"so với {target_words(row)}")
    if row["conflicts"]:
        notes.insert(0, result_words(data, row))
    if row["estimated"]:
        notes.insert(0, "có số liệu ước")
    if row["not_applicable"] and row["expected"] > 1:
        notes.append(f"không áp dụng: {named(data, row['not_applicable'], _FEW)}")
    if not all(change["same_units"] for change in row["changes"]):
        notes.append(OTHER_UNITS)
    parts = [plain(row[key]) for key in ("numerator", "denominator") if row[key] is not None]
    return (
        row["shown_number"],
        on_one_line(row["name"]),
        unit_of(row),
        on_one_line(row["target_text"]),
        cell_figure(row),
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
    leads = leads_of(row)
    reported = sum(1 for part in leads if part["status"] is not None)
    return (
        row["shown_number"],
        on_one_line(row["name"]),
        on_one_line(row["lead"]),
        on_one_line(row["due"]),
        status_words(data, row),
        progress_words(data, row),
        f"{count(reported)}/{count(len(leads))}" if leads else "–",
        "\n".join([*_reached(data, leads), *documents_line([row], _MOST_DOCUMENTS)]),
    )


def _reached(data: Json, leads: Sequence[Json]) -> list[str]:
    """What the leads reached, each result once with those who say so, that of most units first."""
    said: dict[str, tuple[str, list[str]]] = {}
    for part in leads:
        if result := bounded(part.get("result", ""), _LONGEST_RESULT):
            said.setdefault(result.casefold().rstrip(" ."), (result, []))[1].append(part["unit"])
    found = sorted(said.values(), key=lambda one: -len(one[1]))
    lines = [f"- {_who(data, units)}: {result}" for result, units in found[:_MOST_RESULTS]]
    left = sum(len(units) for _, units in found[_MOST_RESULTS:])
    return [*lines, f"… và {count(left)} đơn vị khác {SEE_BOOK}"] if left else lines


def _who(data: Json, units: Sequence[str]) -> str:
    names = named(data, units[:_FEW_NAMES], _FEW_NAMES)
    left = len(units) - _FEW_NAMES
    return f"{names} và {count(left)} đơn vị khác" if left > 0 else names
