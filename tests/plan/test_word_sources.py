"""The text of the real documents, put into Word as it stands, imports to the rows of the catalog, word for word.

Nothing of the catalog goes into these documents: pages, torn rows, repeated heads and the lines around the tables
are those of the source text. Skipped where the texts are not beside the repository.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import docx
import pytest

from plan.model import PlanError
from plan.tables import INDICATOR_PRINTED, TASK_PRINTED
from plan.word.draft import Draft, read_document
from tests.plan.catalog_case import rows, source_text

CALENDARS = {
    "ninh-binh-syt": {"H1": "06-10", "Y": "12-10"},
    "thanh-nam": {"H1": "05-25", "Y": "12-10"},
    "kien-hai": {"Q1": "03-10", "Q2": "06-10", "Q3": "09-10", "Q4": "12-10", "H1": "06-15", "Y": "11-05"},
}


def _text(plan: str) -> str:
    return re.sub(r"</?[bi]>|\*+|\$", "", source_text(plan)).replace("\\geq", "≥")


def _document(text: str, *, pages: bool = True) -> Any:  # noqa: ANN401 (python-docx's own type is its affair)
    """Every run of lines with tabs is a table, a numbered heading between them a merged row, the rest paragraphs.

    With `pages` a blank line ends a page and its table; without, the table goes on over it, as some converters do.
    """
    document, table = docx.Document(), None
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) > 1 or (table is not None and re.match(r"[IVX]+\. ", line)):
            if table is None or len(cells) not in (1, len(table.columns)):
                table = document.add_table(0, len(cells))
            row = table.add_row().cells
            if len(cells) == 1:
                row[0].merge(row[-1]).text = line.strip()
            for cell, words in zip(row, cells if len(cells) > 1 else (), strict=False):
                cell.text = words
        elif not line.strip():
            table = None if pages else table  # its table goes on below, mostly without its head
        else:
            table = None
            document.add_paragraph(line.lstrip("# "))
    return document


@pytest.fixture(
    scope="module", params=[(plan, pages) for plan in sorted(CALENDARS) for pages in (True, False)], ids=str
)
def imported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Draft]:
    plan, pages = request.param
    file = tmp_path_factory.mktemp("word") / "ke-hoach.docx"
    _document(_text(plan), pages=pages).save(str(file))
    return plan, read_document(file)


@pytest.mark.parametrize(("table", "columns"), [("indicators", INDICATOR_PRINTED), ("tasks", TASK_PRINTED)])
def test_every_printed_row_is_the_catalogs(imported: tuple[str, Draft], table: str, columns: tuple[str, ...]) -> None:
    plan, draft = imported
    printed = [row for row in rows(plan, table) if not row["source"]]
    read = getattr(draft.tables, table).rows
    assert [[row[c] for c in columns] for row in read] == [[row[c] for c in columns] for row in printed]


def test_nothing_is_left_unread_and_the_calendar_is_the_documents(imported: tuple[str, Draft]) -> None:
    plan, draft = imported
    assert draft.unread == ()
    assert {row["kind"]: row["due"] for row in draft.tables.calendar.rows} == CALENDARS[plan]


def test_nobody_who_signed_is_taken_up(imported: tuple[str, Draft]) -> None:
    """The name under a signature is no fact of the system."""
    plan, draft = imported
    signed = re.findall(r"(?:PHÓ CHỦ TỊCH|PHÓ GIÁM ĐỐC|GIÁM ĐỐC)\W*\n\s*\n(\w+ \w+ \w+)", _text(plan))
    assert signed
    everything = str([[dict(row) for row in t] for t in draft.tables.texts().values()])
    assert [name for name in signed if name in everything] == []


def test_a_plan_in_prose_has_no_appendix_and_says_so(tmp_path: Path) -> None:
    document = _document(_text("tran-lieu"))
    document.save(str(tmp_path / "tran-lieu.docx"))
    with pytest.raises(PlanError, match="không có bảng phụ lục nào"):
        read_document(tmp_path / "tran-lieu.docx")


def _broken(text: str, width: int = 22) -> str:
    """The text in short lines, as the extraction of Mường La has it: broken at blanks and behind hyphens of a token."""
    lines, line = [], ""
    for piece in re.split(r"(?<=\s)|(?<=\w-)(?=\w)", text):
        if line and len(line) + len(piece) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return "\n".join([*lines, line])


def test_cells_of_many_short_lines_are_whole_again(tmp_path: Path) -> None:
    """Every printed cell of Mường La, broken as its extraction is, comes back: "1183/QĐ-" and "TTg" are one token."""
    document = docx.Document()
    printed: dict[str, list[dict[str, str]]] = {}
    columns = ("number", "name", "lead_text", "coordinating_text", "due_text")
    for table, titles in (
        ("indicators", ("PHỤ LỤC 1", "PHÂN CÔNG THỰC HIỆN CÁC MỤC TIÊU")),
        ("tasks", ("PHỤ LỤC 02", "PHÂN CÔNG NHIỆM VỤ THỰC HIỆN KẾ HOẠCH")),
    ):
        printed[table] = [row for row in rows("muong-la", table) if not row.get("part_of")]
        for title in titles:
            document.add_paragraph(title)
        head = ("STT", "Tên mục tiêu", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")
        drawn, group = document.add_table(0, len(head)), ""
        for cell, words in zip(drawn.add_row().cells, head, strict=True):
            cell.text = _broken(words, 9)
        for row in printed[table]:
            if row["group"] != group:
                group = row["group"]
                cells = drawn.add_row().cells
                cells[0].merge(cells[-1]).text = _broken(f"{row['group_number']}. {group}", 60)
            for cell, column in zip(drawn.add_row().cells, columns, strict=True):
                cell.text = _broken(row[column])
    document.save(str(tmp_path / "muong-la.docx"))
    draft = read_document(tmp_path / "muong-la.docx")
    assert draft.unread == ()
    for table, wanted in (("indicators", INDICATOR_PRINTED), ("tasks", TASK_PRINTED)):
        read = getattr(draft.tables, table).rows
        assert [[row[c] for c in wanted] for row in read] == [[row[c] for c in wanted] for row in printed[table]]
    assert any("nêu 2 số liệu" in note for note in draft.notes)
