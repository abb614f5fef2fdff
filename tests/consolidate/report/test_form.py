"""The document has the form of Decree 30/2020/NĐ-CP, and Word's own features where people expect them."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise

import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from consolidate.report.draw import draw_report
from tests.consolidate.report.report_case import (
    compared_data,
    drawn,
    full_data,
    paragraphs,
    with_groups,
    with_many_units,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MM = 36_000  # EMU
RED_LINE = "SỐ LIỆU GIẢ, CHỈ ĐỂ TẬP DƯỢT"


@pytest.fixture(scope="module")
def document() -> Document:
    return drawn(with_groups(compared_data()) | {"rehearsal": True})


def test_pages_are_a4_within_the_margins_of_the_decree(document: Document) -> None:
    kinds = []
    for section in document.sections:
        width, height = section.page_width, section.page_height
        top, bottom, left, right = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
        assert None not in (width, height, top, bottom, left, right)
        kinds.append((section.orientation, round((width or 0) / _MM), round((height or 0) / _MM)))
        assert 20 * _MM <= round(top or 0, -2) <= 25 * _MM
        assert 20 * _MM <= round(bottom or 0, -2) <= 25 * _MM
        assert 30 * _MM <= round(left or 0, -2) <= 35 * _MM
        assert 15 * _MM - 400 <= (right or 0) <= 20 * _MM
    landscape = (WD_ORIENT.LANDSCAPE, 297, 210)
    assert kinds == [(WD_ORIENT.PORTRAIT, 210, 297), landscape, landscape]


def test_pages_are_numbered_at_the_top_but_for_the_first_and_appendices_anew(document: Document) -> None:
    for number, section in enumerate(document.sections):
        assert section.different_first_page_header_footer
        first, later = section.first_page_header._element, section.header._element
        assert "PAGE" in "".join(later.itertext())
        assert "PAGE" not in "".join(first.itertext())
        restart = section._sectPr.find(qn("w:pgNumType"))
        assert (restart is not None and restart.get(qn("w:start")) == "1") == (number > 0)


def test_a_third_appendix_is_upright_and_numbered_anew() -> None:
    document = drawn(with_many_units(full_data()))
    assert [section.orientation for section in document.sections][-1] == WD_ORIENT.PORTRAIT
    restart = document.sections[-1]._sectPr.find(qn("w:pgNumType"))
    assert restart.get(qn("w:start")) == "1"
    heads = [p.text.split("\n")[0] for p in document.paragraphs if p.style is not None and p.style.name == "Phụ lục"]
    assert heads == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]


def test_the_addressee_stands_in_full_on_one_line_and_again_as_the_first_recipient() -> None:
    """Decree 30/2020/NĐ-CP, Phụ lục I: a report to a body above (II.9); short only in the heading (II.2)."""
    texts = paragraphs(drawn(full_data()))
    assert "UBND TỈNH NINH BÌNH" in texts
    assert "Kính gửi: Ủy ban nhân dân tỉnh Ninh Bình" in texts
    assert texts[texts.index("Nơi nhận:") + 1] == "- Như trên;"


def test_what_a_person_writes_over_a_mark_has_the_letters_of_the_decree(document: Document) -> None:
    bold = {"[QUYỀN HẠN, CHỨC VỤ]", "[Họ và tên người ký]"}
    runs = list(document.element.body.iter(qn("w:r")))
    for tag, wanted in (("w:b", bold), ("w:i", {"[ngày]", "[tháng]"})):
        found = [run for run in runs if "".join(t.text or "" for t in run.iter(qn("w:t"))) in wanted]
        assert len(found) >= len(wanted)
        assert all(run.find(f"{qn('w:rPr')}/{qn(tag)}") is not None for run in found)


def test_a_rehearsal_says_so_in_red_on_every_page_and_a_real_run_nowhere(document: Document) -> None:
    for section in document.sections:
        for header in (section.first_page_header, section.header):
            runs = [run for p in header.paragraphs for run in p.runs if run.text == RED_LINE]
            assert [str(run.font.color.rgb) for run in runs] == ["C00000"]
    assert RED_LINE.encode() not in b"".join(_parts(draw_report(full_data())).values())


def test_headings_open_the_navigation_pane_and_all_is_times_new_roman(document: Document) -> None:
    styled = [(p.style.name, p.text) for p in document.paragraphs if p.style is not None]
    assert [text.split(".")[0] for name, text in styled if name == "Heading 1"] == ["I", "II", "III", "IV", "V", "VI"]
    assert sum(name == "Heading 2" for name, _ in styled) >= 5
    assert sum(name == "Phụ lục" for name, _ in styled) == 2
    parts = _parts(draw_report(full_data()))
    fonts = re.findall(rb'w:(?:ascii|hAnsi|cs)="([^"]+)"', parts["word/styles.xml"])
    assert set(fonts) == {b"Times New Roman"}
    assert b"rFonts" not in parts["word/document.xml"]
    sizes = {int(s) / 2 for s in re.findall(rb'<w:sz w:val="(\d+)"', parts["word/styles.xml"])}
    assert min(sizes) >= 11
    assert max(sizes) <= 14


def test_a_body_paragraph_is_justified_and_indented() -> None:
    styles = {style.style_id: style for style in drawn(full_data()).styles}
    form = styles["NoiDung"].element.find(qn("w:pPr"))
    assert form.find(qn("w:jc")).get(qn("w:val")) == "both"
    assert 567 <= int(form.find(qn("w:ind")).get(qn("w:firstLine"))) <= 720  # 1 cm to 1,27 cm
    spacing = form.find(qn("w:spacing"))
    assert int(spacing.get(qn("w:after"))) >= 120  # 6 points
    assert 240 <= int(spacing.get(qn("w:line"))) <= 360  # one line to one and a half


def test_tables_repeat_their_head_keep_short_rows_whole_and_fit_the_page(document: Document) -> None:
    ruled = 0
    limits = iter([(165, "portrait"), (252, "landscape"), (252, "landscape")])
    limit, _ = next(limits)
    for child in document.element.body:
        if child.tag == qn("w:p") and child.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            limit, _ = next(limits)
        if child.tag != qn("w:tbl"):
            continue
        grid = [int(c.get(qn("w:w"))) for c in child.iter(qn("w:gridCol"))]
        assert sum(grid) <= limit * 1440 / 25.4 + len(grid)
        assert child.find(f"{qn('w:tblPr')}/{qn('w:tblLayout')}").get(qn("w:type")) == "fixed"
        rows = list(child.iter(qn("w:tr")))
        for row in rows:
            cells = list(row.iter(qn("w:tcW")))
            assert sum(int(c.get(qn("w:w"))) for c in cells) == pytest.approx(sum(grid), abs=len(grid))
            assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None  # no row is long here
        if len(grid) > 2:
            ruled += 1
            heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
            assert heads == [True] + [False] * (len(rows) - 1)
    assert ruled == 5  # indicators, groups, urgent tasks, two appendices


def test_a_row_longer_than_a_page_may_be_torn() -> None:
    data = full_data()
    data["tasks"][0]["name"] = "Rất dài " * 400
    torn = [
        row
        for row in drawn(data).element.body.iter(qn("w:tr"))
        if row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None
    ]
    assert len(torn) == 1


def test_no_two_tables_touch_and_none_ends_the_document(document: Document) -> None:
    tags = [child.tag for child in document.element.body]
    assert all(one != two or one != qn("w:tbl") for one, two in pairwise(tags))
    assert tags[-2:] == [qn("w:p"), qn("w:sectPr")]


def test_the_signature_never_stands_on_a_page_without_a_sentence(document: Document) -> None:
    body = list(document.element.body)
    (signature,) = (t for t in body if t.tag == qn("w:tbl") and "Nơi nhận:" in "".join(t.itertext()))
    at = body.index(signature)
    for paragraph in body[at - 2 : at]:
        assert paragraph.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
    assert "trân trọng báo cáo./." in "".join(body[at - 2].itertext())


def test_nothing_of_the_librarys_template_is_left() -> None:
    """No thumbnail, no foreign program's name, no English proofing language, no second set of styles."""
    parts = _parts(draw_report(full_data()))
    names = set(parts)
    assert not {n for n in names if "thumbnail" in n or "Effects" in n or "customXml" in n or n.endswith("app.xml")}
    everything = b"".join(parts.values())
    assert b"python-docx" not in everything
    assert b'w:lang w:val="vi-VN"' in parts["word/styles.xml"]
    assert b"External" not in everything


def test_properties_come_from_the_data_and_no_clock() -> None:
    document = drawn(full_data())
    properties = document.core_properties
    assert properties.title == "Báo cáo kết quả 6 tháng đầu năm 2026 thực hiện Kế hoạch nhỏ"
    assert properties.author == properties.last_modified_by == "Sở Y tế tỉnh Ninh Bình"
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.strftime("%Y-%m-%d %H:%M") == "2026-06-09 07:30"  # 14:30 in Viet Nam


def test_equal_data_is_equal_bytes() -> None:
    first, second = draw_report(compared_data()), draw_report(compared_data())
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}
