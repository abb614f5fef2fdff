"""What Word keeps beside the text of a cell is read, or listed, or noted: boxes, struck-out words, inserted files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml

from plan.word.draft import Draft, read_document
from tests.plan.word_documents import WordMaker, element

HEAD = ("STT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")
TITLE = ("PHỤ LỤC 2", "PHÂN CÔNG NHIỆM VỤ")
FIRST = ("1", "Xây dựng kế hoạch", "Phòng A", "Phòng B", "Năm 2026")
SECOND = ("2", "Tổ chức hội nghị", "Phòng C", "", "Năm 2027")
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
BOX = "<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
OLD = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"
NEW = f"<w:drawing><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></w:drawing>"
BOTH = (
    f'<mc:AlternateContent><mc:Choice Requires="wps">{NEW}</mc:Choice><mc:Fallback>{OLD}</mc:Fallback>'
    "</mc:AlternateContent>"
)


def read(tmp_path: Path, maker: WordMaker) -> Draft:
    path = tmp_path / "a.docx"
    path.write_bytes(maker.bytes())
    return read_document(path)


def maker() -> WordMaker:
    return WordMaker().paragraphs(*TITLE).table(HEAD, FIRST, SECOND)


def cell(made: WordMaker, line: int, column: int) -> Any:  # noqa: ANN401 (python-docx does not export its cell)
    return made.document.tables[-1].cell(line, column)


def run(inside: str) -> Any:  # noqa: ANN401 (an element of lxml)
    return parse_xml(f"<w:r {SPACES}>{inside}</w:r>")


def names(draft: Draft) -> list[str]:
    return [row["name"] for row in draft.tables.tasks.rows]


@pytest.mark.parametrize("box", [OLD, NEW, BOTH])
def test_a_text_box_in_a_cell_is_listed_once(box: str, tmp_path: Path) -> None:
    """Its text was once lost; drawn for old and new programs it stands there twice."""
    made = maker()
    cell(made, 2, 2).paragraphs[0]._p.append(run(box.replace("{text}", "và Công an xã")))
    draft = read(tmp_path, made)
    assert names(draft) == [FIRST[1], SECOND[1]]
    assert [(u.table, u.row, u.text) for u in draft.unread] == [(1, 3, "và Công an xã")]
    assert "hộp văn bản" in draft.unread[0].why


@pytest.mark.parametrize("box", [OLD, BOTH])
def test_a_text_box_between_paragraphs_is_text(box: str, tmp_path: Path) -> None:
    """Offices set titles in boxes."""
    made = WordMaker().paragraphs("Trang phụ lục")
    paragraph = made.document.add_paragraph()
    paragraph._p.append(run(box.replace("{text}", "PHỤ LỤC 2 PHÂN CÔNG NHIỆM VỤ")))
    made.table(("STT", "Nội dung", *HEAD[2:]), FIRST)
    assert names(read(tmp_path, made)) == [FIRST[1]]


def test_text_in_the_form_for_old_programs_is_read(tmp_path: Path) -> None:
    made = maker()
    inside = (
        '<mc:AlternateContent><mc:Choice Requires="w16se"/><mc:Fallback><w:t>, phần hai</w:t></mc:Fallback>'
        "</mc:AlternateContent>"
    )
    cell(made, 1, 1).paragraphs[0]._p.append(run(inside))
    assert names(read(tmp_path, made)) == [f"{FIRST[1]}, phần hai", SECOND[1]]


@pytest.mark.parametrize("mark", ["strike", "double_strike"])
def test_struck_out_text_is_not_read_and_said(mark: str, tmp_path: Path) -> None:
    """A lead struck out by hand is no lead any more; a row all struck out is none."""
    made = maker()
    struck = cell(made, 1, 2).paragraphs[0].add_run(", Phòng cũ")
    setattr(struck.font, mark, True)
    for column in range(len(HEAD)):
        for part in cell(made, 2, column).paragraphs[0].runs:
            setattr(part.font, mark, True)
    draft = read(tmp_path, made)
    assert [(r["number"], r["lead_text"]) for r in draft.tables.tasks.rows] == [("1", "Phòng A")]
    said = [note for note in draft.notes if "gạch ngang" in note]
    assert said[0] == "Bảng 1, dòng 2: bỏ chữ bị gạch ngang “, Phòng cũ”, kiểm tra lại."
    assert [f"“{text}”" in note for text, note in zip((t for t in SECOND if t), said[1:], strict=True)] == [True] * 4


def test_a_mark_that_strikes_nothing_out_is_none(tmp_path: Path) -> None:
    made = maker()
    cell(made, 1, 1).paragraphs[0].add_run(" lại").font.strike = False
    assert names(read(tmp_path, made))[0] == "Xây dựng kế hoạch lại"


def test_a_table_in_a_cell_is_listed_and_no_part_of_the_text(tmp_path: Path) -> None:
    made = maker()
    inner = cell(made, 1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Quý I", "5 lớp"
    draft = read(tmp_path, made)
    assert names(draft) == [FIRST[1], SECOND[1]]
    assert [(u.table, u.row, u.text) for u in draft.unread] == [(1, 2, "Quý I 5 lớp")]


def test_an_inserted_file_is_listed_where_it_stands(tmp_path: Path) -> None:
    """Word shows the text of such a file, the document does not hold it."""
    made = maker()
    body = made.document.element.body
    body.insert(0, element("w:altChunk"))
    body.insert(len(body) - 1, element("w:altChunk"))
    cell(made, 2, 1)._tc.append(element("w:altChunk"))
    draft = read(tmp_path, made)
    assert [(u.table, u.row, u.place) for u in draft.unread] == [
        (0, 0, "trước các bảng"),
        (1, 3, "bảng 1, dòng 3"),
        (1, 0, "sau bảng 1"),
    ]
    assert all("altChunk" in u.why for u in draft.unread)
    assert names(draft) == [FIRST[1], SECOND[1]]
