"""A line without a number is joined only to a row that surely goes on, every join is said, and nothing vanishes."""

from __future__ import annotations

from pathlib import Path

import pytest

from plan.word.draft import Draft, read_document
from tests.plan.word_documents import WordMaker

HEAD = ("STT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")
TITLE = ("PHỤ LỤC 2", "PHÂN CÔNG NHIỆM VỤ")
FIRST = ("1", "Xây dựng kế hoạch tổng thể", "Phòng A", "Phòng B", "Năm 2026")
OPEN = ("1", "Xây dựng kế hoạch của Ủy ban và", "Phòng Kinh tế - Hạ tầng và", "Công an phường, các tổ dân", "Thường")
JOINED = "ghép vào dòng trên (TT 1): kiểm tra lại."


def read(tmp_path: Path, maker: WordMaker) -> Draft:
    path = tmp_path / "a.docx"
    path.write_bytes(maker.bytes())
    return read_document(path)


def rows(draft: Draft) -> list[tuple[str, ...]]:
    columns = ("number", "name", "lead_text", "coordinating_text", "due_text")
    return [tuple(row[column] for column in columns) for row in draft.tables.tasks.rows]


def joins(draft: Draft) -> list[str]:
    return [note for note in draft.notes if "ghép vào" in note]


def test_tasks_without_a_number_are_no_rest_of_the_task_above(tmp_path: Path) -> None:
    """Three tasks once became one with three leads, and nothing said so."""
    below = [
        ("", "a) tổ chức hội nghị quán triệt", "Phòng Kinh tế", "", "Quý I/2027"),
        ("", "công tác dân số và phát triển", "Trạm Y tế", "Phòng C", "Năm 2028"),
    ]
    draft = read(tmp_path, WordMaker().paragraphs(*TITLE).table(HEAD, FIRST, *below))
    assert rows(draft) == [FIRST]
    assert [(u.row, u.text) for u in draft.unread] == [
        (3, "a) tổ chức hội nghị quán triệt | Phòng Kinh tế | Quý I/2027"),
        (4, "công tác dân số và phát triển | Trạm Y tế | Phòng C | Năm 2028"),
    ]
    assert joins(draft) == []


@pytest.mark.parametrize("above", [FIRST, (*OPEN[:4], "Năm 2026")])
@pytest.mark.parametrize(
    "below",
    [
        ("", "Tổ chức hội nghị sơ kết", "Công an", "", "Năm 2027"),
        ("", "công tác dân số", "", "", "Năm 2027"),  # a deadline of its own
        ("", "công tác dân số", "Trạm Y tế phường", "", "hằng năm"),
        ("", "", "", "", "Năm 2027"),
        *(("", f"{mark} tổ chức hội nghị", "", "", "") for mark in ("a)", "-", "+", "1.", "2", "1.2", "–")),
    ],
)
@pytest.mark.parametrize("is_at_break", [True, False])
def test_what_is_a_line_of_its_own_is_never_joined(
    above: tuple[str, ...], below: tuple[str, ...], is_at_break: bool, tmp_path: Path
) -> None:
    """Neither below a head that is printed again nor anywhere else: it is listed whole, and the row above stays."""
    lines = (HEAD, above, HEAD, below) if is_at_break else (HEAD, above, below)
    draft = read(tmp_path, WordMaker().paragraphs(*TITLE).table(*lines, ("2", "Việc", "Phòng C", "", "Năm 2027")))
    assert [row[:2] for row in rows(draft)] == [above[:2], ("2", "Việc")]
    assert [(u.row, u.text) for u in draft.unread] == [(len(lines), " | ".join(text for text in below if text))]
    assert joins(draft) == []


@pytest.mark.parametrize(
    ("below", "name"),
    [
        (("", "Trạm Y tế thực hiện", "", "", ""), ""),  # the row above ends with "và" …
        (("", "Trạm Y tế", "Phòng Kinh tế", "", "Năm 2027"), None),  # … but this one has a deadline of its own
        (("", "Tổ chức hội nghị", "", "Trạm Y tế", ""), None),  # "các tổ dân" does not go on with it
    ],
)
def test_a_capital_letter_goes_on_only_with_an_open_sentence(
    below: tuple[str, ...], name: str | None, tmp_path: Path
) -> None:
    above = (*OPEN[:4], "Năm 2026")
    draft = read(tmp_path, WordMaker().paragraphs(*TITLE).table(HEAD, above).paragraphs("").table(HEAD, below))
    joined = f"{above[1]} {below[1]}" if name is not None else above[1]
    assert [row[1] for row in rows(draft)] == [joined]
    assert bool(joins(draft)) is (name is not None) is not bool(draft.unread)


def test_a_torn_row_is_whole_again_and_said(tmp_path: Path) -> None:
    """Pieces in the middle of sentences are put together, over a break of tables or of pages; each join is a note."""
    pieces = ("", "của các ngành", "Đô thị", "phố", "xuyên")
    whole = ("1", f"{OPEN[1]} của các ngành", "Phòng Kinh tế - Hạ tầng và Đô thị", f"{OPEN[3]} phố", "Thường xuyên")
    base = WordMaker().paragraphs(*TITLE).table(HEAD, OPEN, HEAD, pieces, ("2", "Việc", "Phòng C", "", "Năm"))
    draft = read(tmp_path, base.table(HEAD, ("", "", "", "", "2026")))
    assert rows(draft) == [whole, ("2", "Việc", "Phòng C", "", "Năm 2026")]
    assert draft.unread == ()
    assert joins(draft) == [f"Bảng 1, dòng 4 {JOINED}", f"Bảng 2, dòng 2 {JOINED.replace('TT 1', 'TT 2')}"]


def test_inside_a_table_only_what_surely_goes_on_is_joined_and_said(tmp_path: Path) -> None:
    """A converter from PDF leaves the pieces of a torn row in one table: rests of every cell, nothing whole."""
    piece = ("", "của các ngành", "Đô thị", "phố", "xuyên")
    draft = read(tmp_path, WordMaker().paragraphs(*TITLE).table(HEAD, OPEN, piece))
    assert len(rows(draft)) == 1
    assert rows(draft)[0][4] == "Thường xuyên"
    assert any("ghép vào dòng trên" in note for note in draft.notes)
    above = ("1", "Xây dựng kế hoạch", "Phòng Kinh tế", "Công an", "Thường xuyên")
    for other in (
        ("", "công tác dân số", "Trạm Y tế", "", "Năm 2028"),
        ("", "Tổ chức hội nghị", "", "", ""),
        ("", "a) tổ chức hội nghị", "", "", ""),
        ("", "của các ngành", "", "", "Quý I/2027"),
    ):
        listed = read(tmp_path, WordMaker().paragraphs(*TITLE).table(HEAD, above, other))
        assert rows(listed) == [above], other
        assert len(listed.unread) == 1


def test_a_table_without_numbers_gains_no_row_from_a_torn_one(tmp_path: Path) -> None:
    """Without a number the rest of a row, or a heading, once became a task of its own."""
    first = ("Nâng cao năng lực quản lý, truy", "Trạm Y tế", "", "Năm 2026")
    maker = WordMaker().paragraphs(*TITLE).table(HEAD[1:], first).table(HEAD[1:], ("xuất nguồn gốc", "", "", ""))
    maker.table(HEAD[1:], ("Về tổ chức bộ máy", "", "", ""), ("Việc hai", "Công an", "", "Năm 2027"))
    maker.table(HEAD[1:], ("Tổ chức hội nghị", "", "trường học", ""), ("Việc ba", "Công an", "", "Năm 2027"))
    draft = read(tmp_path, maker)
    assert [row[1] for row in rows(draft)] == [f"{first[0]} xuất nguồn gốc", "Việc hai", "Việc ba"]
    assert [(u.table, u.text) for u in draft.unread] == [
        (3, "Về tổ chức bộ máy"),
        (4, "Tổ chức hội nghị | trường học"),
    ]
    assert joins(draft) == ["Bảng 2, dòng 2 ghép vào dòng trên: kiểm tra lại."]


@pytest.mark.parametrize(("torn", "lead"), [("xuất nguồn gốc", "Phòng Kinh tế - Hạ tầng và Đô thị"), ("a) khác", "")])
def test_a_lead_merged_downwards_from_a_torn_row_is_whole_or_said(torn: str, lead: str, tmp_path: Path) -> None:
    """The row below once got a blank lead, or half of one, in silence."""
    first = ("1", "Nâng cao năng lực quản lý, truy", "Phòng Kinh tế - Hạ tầng và", "", "Năm 2026")
    maker = WordMaker().paragraphs(*TITLE).table(HEAD, first)
    maker.table(HEAD, ("", torn, "Đô thị" if lead else "", "", ""), ("2", "Việc hai", "", "", "Năm 2027"))
    table = maker.document.tables[-1]
    table.cell(1, 2).merge(table.cell(2, 2))
    draft = read(tmp_path, maker)
    assert rows(draft)[-1][:3] == ("2", "Việc hai", lead)
    assert any("“Cơ quan chủ trì” gộp với dòng trên" in u.why for u in draft.unread) is not bool(lead)


def test_a_cell_merged_downwards_belongs_to_the_line_it_begins_in(tmp_path: Path) -> None:
    """Not to the last row that was read: a line that is listed may begin it."""
    maker = WordMaker().paragraphs(*TITLE)
    maker.table(HEAD, FIRST, ("", "Việc không số", "Công an xã", "", ""), ("2", "Việc hai", "", "", "Năm 2027"))
    table = maker.document.tables[-1]
    table.cell(2, 2).merge(table.cell(3, 2))
    draft = read(tmp_path, maker)
    assert rows(draft)[1][:3] == ("2", "Việc hai", "Công an xã")
    assert [u.row for u in draft.unread] == [3]


def test_a_number_and_a_name_in_one_cell_are_no_group(tmp_path: Path) -> None:
    """ "2. Tổ chức hội nghị" alone in its line, among rows counted 1, 2, 3, may be a task: it is listed."""
    maker = WordMaker().paragraphs(*TITLE)
    maker.table(
        HEAD, ("I. Nhóm một", "", "", "", ""), FIRST, ("", "2. Tổ chức hội nghị", "", "", ""), ("3", *FIRST[1:])
    )
    draft = read(tmp_path, maker)
    assert [(r["number"], r["group_number"], r["group"]) for r in draft.tables.tasks.rows] == [
        ("1", "I", "Nhóm một"),
        ("3", "I", "Nhóm một"),
    ]
    assert [(u.row, u.text) for u in draft.unread] == [(4, "2. Tổ chức hội nghị")]
