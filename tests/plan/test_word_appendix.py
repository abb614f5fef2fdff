"""What stands in an appendix table is read as printed; what cannot be placed surely is listed, never guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plan.model import PlanError
from plan.word.draft import Draft, read_document
from tests.plan.word_documents import WordMaker, element

HEAD = ("STT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Kết quả", "Thời gian hoàn thành")
TITLE = ("PHỤ LỤC 2", "PHÂN CÔNG NHIỆM VỤ")


def read(tmp_path: Path, maker: WordMaker) -> Draft:
    path = tmp_path / "ke-hoach.docx"
    path.write_bytes(maker.bytes())
    return read_document(path)


def tasks(draft: Draft, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in draft.tables.tasks.rows]


def row(number: str, name: str, lead: str = "Trạm Y tế", due: str = "Năm 2026") -> tuple[str, ...]:
    return (number, name, lead, "", "", due)


def last_table(maker: WordMaker) -> Any:  # noqa: ANN401 (python-docx does not export its table)
    return maker.document.tables[-1]


def test_other_words_and_another_order_of_columns(tmp_path: Path) -> None:
    """Columns are told by their words, wherever they stand and however they are written."""
    maker = (
        WordMaker()
        .paragraphs("BIỂU PHÂN CÔNG CHỈ TIÊU NĂM 2027")
        .table(
            ("Số TT", "ĐVT", "Chỉ tiêu", "Thời hạn", "Kế hoạch giao", "Đơn vị theo dõi", "Đầu mối", "PHỐI HỢP"),
            ("1", "%", "Tỷ lệ hài lòng", "Quý IV/2027", "≥ 90", "Văn phòng", "Phòng Y tế", "Các trường"),
            ("2)", "người", "Số người được tập huấn", "Năm 2027", "1.000", "Văn phòng", "Phòng Y tế", ""),
        )
    )
    maker.paragraphs("DANH MỤC NHIỆM VỤ").table(
        ("Tiến độ", "Sản phẩm", "Bộ phận chủ trì/thực hiện", "Đơn vị phối hợp", "Nội dung công việc", "TT"),
        ("Quý I/2027", "Quyết định", "Văn phòng", "Phòng Y tế", "Rà soát quy chế", "1"),
    )
    draft = read(tmp_path, maker)
    columns = ("number", "unit", "name", "due_text", "target_text", "monitor_text", "lead_text", "coordinating_text")
    assert [tuple(r[c] for c in columns) for r in draft.tables.indicators.rows] == [
        ("1", "%", "Tỷ lệ hài lòng", "Quý IV/2027", "≥ 90", "Văn phòng", "Phòng Y tế", "Các trường"),
        ("2", "người", "Số người được tập huấn", "Năm 2027", "1.000", "Văn phòng", "Phòng Y tế", ""),
    ]
    assert tasks(draft, "due_text", "result", "lead_text", "coordinating_text", "name", "number") == [
        ("Quý I/2027", "Quyết định", "Văn phòng", "Phòng Y tế", "Rà soát quy chế", "1")
    ]
    assert [u.text for u in draft.unread] == ["1.000"]  # 1000, or 1? nothing else is left out


def test_a_head_of_two_lines_and_the_line_that_numbers_columns(tmp_path: Path) -> None:
    """ "Cơ quan" over "chủ trì" and "phối hợp" is two columns; "(1) (2) (3)" under the head is no row."""
    maker = (
        WordMaker()
        .paragraphs(*TITLE)
        .table(
            ("STT", "Nhiệm vụ", "Cơ quan", "", "Thời hạn"),
            ("", "", "chủ trì", "phối hợp", ""),
            ("(1)", "(2)", "(3)", "(4)", "(5)"),
            ("1", "Xây dựng kế hoạch", "Trạm Y tế", "Công an xã", "Năm 2026"),
        )
    )
    table = last_table(maker)
    for column in (0, 1, 4):
        table.cell(0, column).merge(table.cell(1, column))
    table.cell(0, 2).merge(table.cell(0, 3))
    draft = read(tmp_path, maker)
    assert tasks(draft, "number", "name", "lead_text", "coordinating_text", "due_text") == [
        ("1", "Xây dựng kế hoạch", "Trạm Y tế", "Công an xã", "Năm 2026")
    ]


def test_a_cell_merged_over_several_rows_stands_on_each(tmp_path: Path) -> None:
    """One lead printed once beside three tasks leads all three."""
    maker = WordMaker().paragraphs(*TITLE)
    maker.table(HEAD, row("1", "Việc một"), row("2", "Việc hai", ""), row("3", "Việc ba", "Công an xã"))
    table = last_table(maker)
    table.cell(1, 2).merge(table.cell(2, 2))
    draft = read(tmp_path, maker)
    assert tasks(draft, "number", "lead_text") == [("1", "Trạm Y tế"), ("2", "Trạm Y tế"), ("3", "Công an xã")]


def test_cells_merged_in_a_way_that_has_no_reading_are_said(tmp_path: Path) -> None:
    """One cell over lead and coordinator, and one name over two rows, are read once and listed."""
    maker = WordMaker().paragraphs(*TITLE)
    maker.table(HEAD, row("1", "Việc một"), row("2", "Việc hai"), row("", "", "Công an xã"), row("4", "Việc bốn"))
    table = last_table(maker)
    table.cell(1, 2).merge(table.cell(1, 3))
    table.cell(2, 1).merge(table.cell(3, 1))
    draft = read(tmp_path, maker)
    assert tasks(draft, "number", "lead_text") == [("1", "Trạm Y tế"), ("2", "Trạm Y tế"), ("4", "Trạm Y tế")]
    assert [(u.row, u.why.partition(":")[0].partition(",")[0]) for u in draft.unread] == [
        (2, "ô gộp ngang"),
        (4, "ô nội dung gộp với dòng trên"),
    ]


def test_a_group_printed_between_two_tables_stands_over_the_second(tmp_path: Path) -> None:
    """Converted documents break a table at its group rows; the head is printed again, or not."""
    maker = WordMaker().paragraphs(*TITLE).table(HEAD, ("I. Nhóm một", *("",) * 5), row("1", "Việc một"))
    maker.paragraphs("II. Nhóm hai").table(HEAD, row("2", "Việc hai"))
    maker.paragraphs("III. Nhóm ba").table(row("3", "Việc ba"))
    draft = read(tmp_path, maker)
    assert tasks(draft, "number", "group_number", "group") == [
        ("1", "I", "Nhóm một"),
        ("2", "II", "Nhóm hai"),
        ("3", "III", "Nhóm ba"),
    ]
    assert draft.unread == ()


def test_automatic_numbers_are_read_as_printed(tmp_path: Path) -> None:
    """Word keeps "1." and "I." of a list outside the text; without them rows and groups would lose their numbers."""
    maker = WordMaker().paragraphs(*TITLE)
    maker.table(HEAD, ("",) * len(HEAD), row("", "Việc một"), row("", "Việc hai"), row("", "Việc ba"))
    numbering = maker.document.part.numbering_part.element
    lists = (("90", "upperRoman", "%1."), ("91", "decimal", "%1."))
    for key, form, text in lists:
        abstract = element("w:abstractNum", abstractNumId=key)
        level = element("w:lvl", ilvl="0")
        for name, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)):
            level.append(element(name, val=value))
        abstract.append(level)
        numbering.insert(0, abstract)
        num = element("w:num", numId=key)
        num.append(element("w:abstractNumId", val=key))
        numbering.append(num)
    table = last_table(maker)
    table.cell(1, 0).merge(table.cell(1, 5)).text = "Kiện toàn hệ thống"
    for line, key in ((1, "90"), (2, "91"), (3, "91"), (4, "91")):
        properties = table.cell(line, 0).paragraphs[-1]._p.get_or_add_pPr()
        reference = element("w:numPr")
        reference.append(element("w:ilvl", val="0"))
        reference.append(element("w:numId", val=key))
        properties.append(reference)
    draft = read(tmp_path, maker)
    assert tasks(draft, "number", "group_number", "group", "name") == [
        ("1", "I", "Kiện toàn hệ thống", "Việc một"),
        ("2", "I", "Kiện toàn hệ thống", "Việc hai"),
        ("3", "I", "Kiện toàn hệ thống", "Việc ba"),
    ]


def test_tracked_changes_hidden_text_and_signs(tmp_path: Path) -> None:
    """A text is what is printed: insertions, symbols and NFC; neither deletions nor hidden words nor field codes."""
    maker = WordMaker().paragraphs(*TITLE).table(HEAD, row("1", ""), row("2", "Việc hai"))
    paragraph = last_table(maker).cell(1, 1).paragraphs[0]
    paragraph.add_run("Đạt ")
    paragraph.add_run()._r.append(element("w:sym", font="Symbol", char="F0B3"))
    hidden = paragraph.add_run(" (nháp)")
    hidden.font.hidden = True
    inserted, deleted = element("w:ins", id="1", author="x"), element("w:del", id="2", author="x")
    for holder, tag, text in ((inserted, "w:t", " 95%"), (deleted, "w:delText", " 90%")):
        run = element("w:r")
        run.append(element(tag))
        run[0].text = text
        run[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        holder.append(run)
        paragraph._p.append(holder)
    paragraph.add_run(" tie\u0302m chu\u0309ng\u00ad")
    gone = last_table(maker).rows[2]._tr
    gone.get_or_add_trPr().append(element("w:del", id="3", author="x"))
    assert tasks(read(tmp_path, maker), "name") == [("Đạt ≥ 95% tiêm chủng",)]


def test_rows_in_content_controls_are_rows(tmp_path: Path) -> None:
    maker = WordMaker().paragraphs(*TITLE).table(HEAD, row("1", "Việc một"), row("2", "Việc hai"))
    table = last_table(maker)._tbl
    control, content = element("w:sdt"), element("w:sdtContent")
    content.append(table.tr_lst[2])
    control.append(content)
    table.append(control)
    assert tasks(read(tmp_path, maker), "name") == [("Việc một",), ("Việc hai",)]


def test_sub_numbers_know_their_row(tmp_path: Path) -> None:
    """6.1 and a) stand under row 6 of their own group, with codes of their own."""
    maker = WordMaker().paragraphs(*TITLE)
    maker.table(
        *(HEAD, row("I. Nhóm một", "", "", ""), row("6", "Việc"), row("6.1", "Phần một"), row("6.2.", "Phần hai")),
        *(row("7", "Việc"), row("a)", "Phần a"), row("-", "Gạch"), row("II. Nhóm hai", "", "", "")),
        *(row("6", "Việc khác"), row("6.1", "Phần một")),
    )
    assert tasks(read(tmp_path, maker), "number", "code", "parent") == [
        ("6", "NV-I-6", ""),
        ("6.1", "NV-I-6.1", "NV-I-6"),
        ("6.2", "NV-I-6.2", "NV-I-6"),
        ("7", "NV-I-7", ""),
        ("a", "NV-I-7.a", "NV-I-7"),
        ("-", "NV-I-7.6", "NV-I-7"),
        ("6", "NV-II-6", ""),
        ("6.1", "NV-II-6.1", "NV-II-6"),
    ]


def test_sections_and_groups_of_indicators(tmp_path: Path) -> None:
    """A heading that names a year is a section, wherever it stands; any other is a group of it."""
    head = ("TT", "Chỉ tiêu", "Mục tiêu", "Chủ trì")
    maker = WordMaker().paragraphs("PHỤ LỤC 1", "CHỈ TIÊU", "1. Mục tiêu đến năm 2030", "(Đơn vị: %)")
    maker.table(
        *(head, ("I. Nhóm một", "", "", ""), ("1", "Chỉ tiêu a", "90", "Trạm Y tế"), ("II. Nhóm hai", "", "", "")),
        *(("2", "Chỉ tiêu b", "91", "Trạm Y tế"), ("2. Mục tiêu đến năm 2045", "", "", "")),
        ("3", "Chỉ tiêu c", "92", "Trạm Y tế"),
    )
    rows = read(tmp_path, maker).tables.indicators.rows
    assert [(r["section"], r["group_number"], r["group"], r["targets"]) for r in rows] == [
        ("1. Mục tiêu đến năm 2030", "I", "Nhóm một", "2030 >= 90"),
        ("1. Mục tiêu đến năm 2030", "II", "Nhóm hai", "2030 >= 91"),
        ("2. Mục tiêu đến năm 2045", "", "", "2045 >= 92"),
    ]


def test_a_column_for_each_year_keeps_every_target(tmp_path: Path) -> None:
    """Targets of several columns are one text with the years of the columns, marked to be looked at."""
    maker = (
        WordMaker()
        .paragraphs("PHỤ LỤC", "CÁC CHỈ TIÊU")
        .table(
            ("TT", "Tên chỉ tiêu", "ĐVT", "Năm 2026", "Đến năm 2030", "Đơn vị chủ trì"),
            ("1", "Tỷ lệ hài lòng", "%", "85", "≥ 95", "Phòng Y tế"),
        )
    )
    (found,) = read(tmp_path, maker).tables.indicators.rows
    assert (found["target_text"], found["targets"]) == ("85 (2026), ≥ 95 (2030)", "2026 >= 85; 2030 >= 95")
    assert {"target_text", "targets"} <= set(found["confirm"].split("; "))


def test_a_row_is_joined_only_when_it_surely_goes_on(tmp_path: Path) -> None:
    """A line without a number is the rest of the row above, or it is listed with table, row and text."""
    maker = (
        WordMaker()
        .paragraphs(*TITLE)
        .table(
            *(HEAD, row("1", "Nâng cao năng lực quản lý, truy"), HEAD, row("", "xuất nguồn gốc", "", "")),
            *(row("2", "Tổ chức tập huấn."), HEAD, row("", "Việc không có số", "Công an xã")),
            *(row("3", "Việc ba"), row("", "", "Phòng Y tế", "")),
        )
    )
    draft = read(tmp_path, maker)
    assert tasks(draft, "number", "name") == [
        ("1", "Nâng cao năng lực quản lý, truy xuất nguồn gốc"),
        ("2", "Tổ chức tập huấn."),
        ("3", "Việc ba"),
    ]
    assert [(u.table, u.row, u.text) for u in draft.unread] == [
        (1, 7, "Việc không có số | Công an xã | Năm 2026"),
        (1, 9, "Phòng Y tế"),
    ]
    assert all("không chắc" in u.why for u in draft.unread)


def test_what_has_no_place_is_listed(tmp_path: Path) -> None:
    """Columns, headings and remarks that a plan has no place for are said once, with where they stand."""
    maker = (
        WordMaker()
        .paragraphs(*TITLE)
        .table(
            *((*HEAD[:3], "Kinh phí", HEAD[5]), ("A. PHẦN CHUNG", "", "", "", ""), ("I. Nhóm một", "", "", "", "")),
            *(("1", "Việc một", "Trạm Y tế", "50 triệu", "2026"), ("2", "Việc hai", "Trạm Y tế", "70 triệu", "2026")),
            *(("3", "", "Trạm Y tế", "", "2027"), ("Ghi chú: số liệu tạm tính", "", "", "", "")),
            ("II. Nhóm trống", "", "", "", ""),
        )
    )
    table = last_table(maker)
    table.cell(6, 0).merge(table.cell(6, 4))
    draft = read(tmp_path, maker)
    assert tasks(draft, "name", "group_number") == [("Việc một", "I"), ("Việc hai", "I")]
    said = [(u.row, u.text, u.why) for u in draft.unread]
    assert [(line, text) for line, text, _ in said] == [
        (2, "A. PHẦN CHUNG"),
        (4, "50 triệu"),
        (6, "3 | Trạm Y tế | 2027"),
        (7, "Ghi chú: số liệu tạm tính"),
        (8, "II. Nhóm trống"),
    ]
    assert "“Kinh phí”" in said[1][2]


def test_tables_of_another_kind_are_passed_over_and_half_appendices_said(tmp_path: Path) -> None:
    """A budget looks like an appendix and is said; a list of people, a letterhead and a signature are nothing here."""
    maker = WordMaker().letterhead("UBND xã Ví Dụ", "Ví Dụ").signature()
    maker.table(("STT", "Họ và tên", "Chức vụ"), ("1", "…", "Trưởng trạm"))
    maker.paragraphs("DỰ TOÁN").table(("STT", "Nội dung", "Số tiền", "Nguồn"), ("1", "In ấn", "5 triệu", "Phường"))
    maker.paragraphs(*TITLE).table(HEAD, row("1", "Việc một"))
    draft = read(tmp_path, maker)
    assert tasks(draft, "name") == [("Việc một",)]
    assert [(u.table, u.row, u.text) for u in draft.unread] == [(4, 1, "STT | Nội dung | Số tiền | Nguồn")]
    assert [note for note in draft.notes if note.startswith("Bảng")] == [
        "Bảng 5: đọc là bảng nhiệm vụ (“PHỤ LỤC 2 PHÂN CÔNG NHIỆM VỤ”)."
    ]


def test_a_table_that_could_be_either_appendix_is_not_guessed(tmp_path: Path) -> None:
    head = ("STT", "Nội dung", "Đơn vị chủ trì", "Thời hạn")
    maker = WordMaker().paragraphs("PHỤ LỤC").table(head, ("1", "Việc một", "Trạm Y tế", "2026"))
    with pytest.raises(PlanError, match="không rõ là bảng chỉ tiêu hay bảng nhiệm vụ"):
        read(tmp_path, maker)
    maker.paragraphs("PHỤ LỤC 2: DANH MỤC NHIỆM VỤ").table(head, ("1", "Việc hai", "Trạm Y tế", "2026"))
    draft = read(tmp_path, maker)
    assert tasks(draft, "name") == [("Việc hai",)]
    assert [(u.table, u.row) for u in draft.unread] == [(1, 1)]


def test_a_headless_table_behind_other_text_is_said(tmp_path: Path) -> None:
    """It goes on with the table above only when nothing was printed between the two."""
    maker = WordMaker().paragraphs(*TITLE).table(HEAD, row("1", "Việc một"))
    maker.paragraphs("12").table(row("2", "Việc hai"), row("3", "Việc ba"))
    maker.paragraphs("Danh sách kèm theo như sau:").table(row("1", "Không rõ là gì"))
    draft = read(tmp_path, maker)
    assert tasks(draft, "number", "name") == [("1", "Việc một"), ("2", "Việc hai"), ("3", "Việc ba")]
    assert [(u.table, u.row) for u in draft.unread] == [(3, 1)]


def test_an_appendix_inside_a_layout_table_is_found(tmp_path: Path) -> None:
    """Some offices lay the whole page out in a table of one cell."""
    maker = WordMaker().paragraphs("KẾ HOẠCH")
    cell = maker.document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].text = "PHỤ LỤC 2"
    cell.add_paragraph("PHÂN CÔNG NHIỆM VỤ")
    inner = cell.add_table(2, len(HEAD))
    for line, texts in enumerate((HEAD, row("1", "Việc một"))):
        for column, text in enumerate(texts):
            inner.cell(line, column).text = text
    assert tasks(read(tmp_path, maker), "number", "name") == [("1", "Việc một")]


def test_one_column_for_leads_and_coordinators_is_said(tmp_path: Path) -> None:
    maker = (
        WordMaker()
        .paragraphs(*TITLE)
        .table(
            ("STT", "Nhiệm vụ", "Đơn vị chủ trì, phối hợp", "Thời hạn"),
            ("1", "Việc một", "Trạm Y tế; Công an xã", "2026"),
        )
    )
    draft = read(tmp_path, maker)
    assert tasks(draft, "lead_text", "coordinating_text") == [("Trạm Y tế; Công an xã", "")]
    assert ["tách tay" in u.why for u in draft.unread] == [True]
