"""Every table behind the first title of an appendix is read or listed, and under the title that stands over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from plan.model import PlanError
from plan.word.draft import Draft, read_document
from tests.plan.word_documents import WordMaker

HEAD = ("STT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")
TITLE = ("PHỤ LỤC 2", "PHÂN CÔNG NHIỆM VỤ")
FIRST = ("1", "Xây dựng kế hoạch", "Phòng A", "Phòng B", "Năm 2026")
SECOND = ("2", "Tổ chức hội nghị", "Phòng C", "", "Năm 2027")
GOALS = ("TT", "Tên chỉ tiêu", "ĐVT", "Mục tiêu", "Cơ quan chủ trì")
GOAL = ("1", "Tỉ lệ hài lòng", "%", "95 (2026)", "Phòng A")


def read(tmp_path: Path, maker: WordMaker) -> Draft:
    path = tmp_path / "a.docx"
    path.write_bytes(maker.bytes())
    return read_document(path)


def names(draft: Draft) -> dict[str, list[str]]:
    return {table: [row["name"] for row in draft.tables.texts()[table]] for table in ("indicators", "tasks")}


def unread(draft: Draft) -> list[tuple[int, int, str]]:
    return [(u.table, u.row, u.text) for u in draft.unread]


@pytest.mark.parametrize(
    ("between", "rows"),
    [
        ((), [("2", "Việc hai", "Phòng A", "Năm 2026"), ("3", "Việc ba", "Phòng A", "Năm 2026")]),
        (("PHỤ LỤC 3", "DANH MỤC CÔNG VIỆC BỔ SUNG"), [("Mã", "Hạng mục", "Kinh phí"), ("1", "Mua sắm", "50 triệu")]),
        (("Danh sách như sau:",), [("TT", "Việc phải làm"), ("1", "Việc hai")]),
        ((), [("2", "Việc hai", "Phòng A", "Năm 2026")]),
    ],
)
def test_a_table_that_gives_no_row_is_listed(
    between: tuple[str, ...], rows: list[tuple[str, ...]], tmp_path: Path
) -> None:
    """Another number of columns, or a head that nobody knows, once made a whole table vanish."""
    maker = WordMaker().letterhead("UBND xã Ví Dụ", "Ví Dụ").paragraphs(*TITLE).table(HEAD, FIRST)
    draft = read(tmp_path, maker.paragraphs(*between).table(*rows).signature())
    assert names(draft)["tasks"] == [FIRST[1]]
    assert unread(draft) == [(3, 1, " | ".join(rows[0]))]


def test_letterhead_and_signatures_are_no_loss(tmp_path: Path) -> None:
    """Neither tables that lay out a page, nor what stands in front of the appendices, is listed."""
    maker = WordMaker().table(("Họ tên", "Chức vụ", "Số"), ("…", "…", "…")).paragraphs(*TITLE)
    maker.letterhead("UBND xã Ví Dụ", "Ví Dụ").table(HEAD, FIRST).signature()
    maker.table(("NGƯỜI LẬP BIỂU", "KẾ TOÁN", "THỦ TRƯỞNG ĐƠN VỊ"), ("(Ký)", "(Ký)", "(Ký, đóng dấu)"))
    assert read(tmp_path, maker).unread == ()


def test_rows_over_a_head_that_is_printed_again_are_rows(tmp_path: Path) -> None:
    """A page may begin with the rest of a table before its head: they go on with it, or are listed."""
    maker = WordMaker().paragraphs(*TITLE).table(HEAD, FIRST).table(SECOND, HEAD, ("3", "Việc ba", *FIRST[2:]))
    draft = read(tmp_path, maker)
    assert names(draft)["tasks"] == [FIRST[1], SECOND[1], "Việc ba"]
    maker = WordMaker().paragraphs(*TITLE).table(SECOND, HEAD, FIRST)
    assert unread(read(tmp_path, maker)) == [(1, 1, " | ".join(text for text in SECOND if text))]


def test_the_title_of_an_earlier_table_does_not_outweigh_the_columns(tmp_path: Path) -> None:
    """Tasks under an ordinary line, behind "PHỤ LỤC 1 CHỈ TIÊU", were once imported as indicators of its last group."""
    maker = WordMaker().paragraphs("PHỤ LỤC 1", "CHỈ TIÊU").table(GOALS, ("II. Nhóm", "", "", "", ""), GOAL)
    draft = read(tmp_path, maker.paragraphs("Phân công thực hiện như sau:").table(HEAD, FIRST))
    assert names(draft) == {"indicators": [GOAL[1]], "tasks": [FIRST[1]]}
    assert draft.tables.tasks.rows[0]["group"] == ""
    assert [note for note in draft.notes if note.startswith("Bảng 2")] == [
        "Bảng 2: đọc là bảng nhiệm vụ; tiêu đề và tên các cột nói khác nhau, kiểm tra lại."
    ]


def test_a_title_that_contradicts_the_columns_is_not_chosen(tmp_path: Path) -> None:
    """ "CHỈ TIÊU" right over "Tên nhiệm vụ" has no reading, nor has a line that contradicts the table before."""
    head = ("STT", "Nội dung", *HEAD[2:])
    maker = WordMaker().paragraphs(*TITLE).table(head, FIRST).paragraphs("PHỤ LỤC 1", "CHỈ TIÊU").table(HEAD, SECOND)
    maker.paragraphs(*TITLE).table(head, ("3", *FIRST[1:])).paragraphs("Các chỉ tiêu như sau:").table(head, SECOND)
    draft = read(tmp_path, maker)
    assert names(draft) == {"indicators": [], "tasks": [FIRST[1], FIRST[1]]}
    assert [(u.table, u.row) for u in draft.unread] == [(2, 1), (4, 1)]


@pytest.mark.parametrize("is_merged", [True, False])
@pytest.mark.parametrize("title", ["PHỤ LỤC 2 PHÂN CÔNG NHIỆM VỤ", "PHÂN CÔNG NHIỆM VỤ NĂM 2027"])
def test_a_title_in_a_line_of_a_table_is_a_title(title: str, is_merged: bool, tmp_path: Path) -> None:
    """It once became a group of the indicators above it; the rows below it need a head of their own."""
    blank = ("", "", "", "")
    maker = (
        WordMaker()
        .paragraphs("PHỤ LỤC 1", "CHỈ TIÊU")
        .table(*(GOALS, GOAL, (title, *blank), ("(Kèm theo Kế hoạch)", *blank), HEAD, FIRST, SECOND))
    )
    if is_merged:
        table = maker.document.tables[-1]
        for line in (2, 3):
            table.cell(line, 0).merge(table.cell(line, 4))
    draft = read(tmp_path, maker)
    assert names(draft) == {"indicators": [GOAL[1]], "tasks": [FIRST[1], SECOND[1]]}
    assert draft.unread == ()
    assert all(row["group"] == "" for row in draft.tables.tasks.rows)


def test_rows_below_a_title_without_a_head_are_listed(tmp_path: Path) -> None:
    """So are the title and whatever stands alone below it, also at the end of the table."""
    title, alone = (("PHỤ LỤC 2 PHÂN CÔNG NHIỆM VỤ", *("",) * 4), ("Ghi chú: tạm tính", *("",) * 4))
    lines = (GOALS, GOAL, title, alone, FIRST, SECOND, ("PHỤ LỤC 3", *("",) * 4))
    draft = read(tmp_path, WordMaker().paragraphs("PHỤ LỤC 1", "CHỈ TIÊU").table(*lines).table(alone))
    assert names(draft) == {"indicators": [GOAL[1]], "tasks": []}
    assert [(table, row) for table, row, _ in unread(draft)] == [(1, 3), (1, 4), (1, 5), (1, 6), (1, 7), (2, 1)]
    assert all("PHỤ LỤC 2 PHÂN CÔNG NHIỆM VỤ" in u.why for u in draft.unread[2:4])


def test_a_group_kept_over_other_text_is_said(tmp_path: Path) -> None:
    """A line between two tables may be a footnote, or the end of the group: a person looks."""
    maker = WordMaker().paragraphs(*TITLE).table(HEAD, ("I. Nhóm một", "", "", "", ""), FIRST)
    draft = read(tmp_path, maker.paragraphs("Theo Quyết định số 01/QĐ-UBND.").table(HEAD, SECOND))
    assert [row["group"] for row in draft.tables.tasks.rows] == ["Nhóm một", "Nhóm một"]
    assert any("vẫn giữ nhóm “I. Nhóm một”" in note for note in draft.notes)


def test_the_time_of_completion_is_the_deadline(tmp_path: Path) -> None:
    """Of two columns of time the one that ends a task counts, wherever it stands; the other is said."""
    head = ("STT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Thời gian thực hiện", "Thời gian hoàn thành")
    row = ("1", "Việc một", "Phòng A", "Quý I/2026", "Năm 2026")
    draft = read(tmp_path, WordMaker().paragraphs(*TITLE).table(head, row))
    assert [(r["due_text"], r["due"]) for r in draft.tables.tasks.rows] == [("Năm 2026", "by 2026")]
    assert [(u.text, "“Thời gian thực hiện”" in u.why) for u in draft.unread] == [("Quý I/2026", True)]


def test_more_cells_than_columns_are_said(tmp_path: Path) -> None:
    """A line split into more cells than its head has puts two texts under one column."""
    maker = WordMaker().paragraphs(*TITLE).table((*HEAD, ""), (*FIRST[:3], "Công an", *FIRST[3:]))
    table = maker.document.tables[-1]
    table.cell(0, 2).merge(table.cell(0, 3)).text = HEAD[2]
    for column, text in zip((4, 5), HEAD[3:], strict=True):
        table.cell(0, column).text = text
    draft = read(tmp_path, maker)
    assert [row["lead_text"] for row in draft.tables.tasks.rows] == ["Phòng A Công an"]
    assert ["nhiều ô hơn số cột" in u.why for u in draft.unread] == [True]


def test_a_row_merged_with_the_head_is_no_second_line_of_it(tmp_path: Path) -> None:
    """One stray merge once turned the first row into words of the head."""
    maker = WordMaker().paragraphs(*TITLE).table(HEAD, ("", *FIRST[1:]), SECOND)
    table = maker.document.tables[-1]
    table.cell(0, 0).merge(table.cell(1, 0))
    draft = read(tmp_path, maker)
    assert names(draft)["tasks"] == [SECOND[1]]
    assert unread(draft) == [(1, 2, " | ".join(FIRST[1:]))]


def test_unread_places_come_in_the_order_of_the_document(tmp_path: Path) -> None:
    maker = (
        WordMaker().paragraphs("PHỤ LỤC 1", "CHỈ TIÊU").table(GOALS, (*GOAL[:3], "khoảng 50", GOAL[4]), ("", *GOAL[1:]))
    )
    maker.paragraphs(*TITLE).table(HEAD, FIRST, ("", *SECOND[1:])).table(("x", "y", "z"), ("1", "2", "3"))
    places = [(u.table, u.row) for u in read(tmp_path, maker).unread]
    assert places == [(1, 2), (1, 3), (2, 3), (3, 1)]


def test_a_document_whose_only_table_is_unknown_says_which(tmp_path: Path) -> None:
    maker = WordMaker().paragraphs(*TITLE).table(("x", "y", "z"), ("1", "2", "3"))
    with pytest.raises(PlanError, match="bảng 1, dòng 1: bảng không có dòng tiêu đề"):
        read(tmp_path, maker)
