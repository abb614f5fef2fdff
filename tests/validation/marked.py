"""A small return, its findings and its marked copy: for the tests of everything that goes back to a unit."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import openpyxl
import xlsxwriter
from openpyxl import Workbook

from plan.layout import INDICATOR_SHEET, STAMP_SHEET, TASK_SHEET
from validation.feedback import FEEDBACK_SHEET, FeedbackHeading, Reply, mark_copy
from validation.model import Finding, Return, Severity, Verdict

INPUT_TINT = "FFFFFBE0"
GROUP_TINT = "FFEEF3F8"
FILE = "xa-gia-vien/2026-H1_xa-gia-vien.xlsx"
HEADING = FeedbackHeading(
    plan_title="Kế hoạch hành động thực hiện Nghị quyết 72-NQ/TW",
    unit_name="Xã Gia Viễn",
    period_label="6 tháng đầu năm 2026",
    reply_by=date(2026, 6, 10),
    rows={"BHYT.numerator": "1. Tỷ lệ bao phủ BHYT", "BHYT": "1. Tỷ lệ bao phủ BHYT", "NV01": "1. Tuyên truyền"},
)


def template(*, shape: bool = False) -> bytes:
    """A small return as a unit sends it; with a text box in it when `shape`."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "default_format_properties": {"font_name": "Times New Roman", "font_size": 11, "locked": False},
        },
    )
    book.set_properties({"created": datetime(2026, 1, 1), "author": "So Y te"})
    group = book.add_format({"locked": True, "bg_color": "#EEF3F8", "bold": True, "border": 1})
    label = book.add_format({"locked": True, "text_wrap": True, "border": 1})
    entry = book.add_format({"bg_color": "#FFFBE0", "border": 1, "num_format": "#,##0", "locked": False})
    plain = book.add_format({"locked": True})
    missing = book.add_format({"bg_color": "#FFE9A8"})
    book.add_worksheet("Hướng dẫn").write("A1", "Điền vào các ô màu vàng nhạt")
    first = book.add_worksheet(INDICATOR_SHEET)
    second = book.add_worksheet(TASK_SHEET)
    stamp = book.add_worksheet(STAMP_SHEET)
    stamp.very_hidden()
    stamp.write_column("A1", ["plan", "unit"])
    stamp.write_column("B1", ["ninh-binh-syt", "xa-gia-vien"])
    stamp.write_column("D1", ["Chính thức", "Ước"])
    book.define_name("LOAI_SO_LIEU", f"={STAMP_SHEET}!$D$1:$D$2")
    first.set_column("A:A", 4, None, {"hidden": True})
    first.set_column("C:C", 38)
    first.set_column("H:J", 16)
    first.write("C9", "I. CHỈ TIÊU", group)
    first.write("H9", "", group)
    values: list[object] = ["95,5%", None, 1200, None, None, "=1+1"]
    for row, value in enumerate(values, 10):
        first.write(f"A{row}", "BHYT.numerator", plain)
        first.write(f"C{row}", "Tỷ lệ bao phủ bảo hiểm y tế toàn dân", label)
        first.write(f"H{row}", value, entry)
        first.write(f"I{row}", "", entry)
    first.write_formula("H16", "=H12*2", label, 2400)
    first.data_validation("I10:I15", {"validate": "list", "source": "=LOAI_SO_LIEU", "error_title": "Chọn lại"})
    first.conditional_format("H10:H15", {"type": "blanks", "format": missing})
    first.write_comment("H12", "Số của Trạm Y tế", {"author": "Xã Gia Viễn"})
    first.protect("", {"format_columns": True})
    first.repeat_rows(7)
    second.write("A9", "NV01")
    second.write("H9", "sáu mươi", entry)
    second.protect()
    if shape:
        second.insert_textbox("D12", "ghi chú trong khung")
    book.close()
    return out.getvalue()


def returned(verdict: Verdict = Verdict.TO_BE_CORRECTED) -> Return:
    return Return(FILE, "0" * 64, 17_000, datetime(2026, 6, 9, 7, 5, tzinfo=UTC), "xa-gia-vien", verdict, True, False)


def found(cell: str, code: str, severity: Severity = Severity.ERROR, value: str = "") -> Finding:
    return Finding(code, severity, FILE, INDICATOR_SHEET, cell, "xa-gia-vien", "BHYT.numerator", value)


FINDINGS = (
    found("H11", "REQUIRED_MISSING"),
    found("H13", "REQUIRED_MISSING"),
    found("H14", "REQUIRED_MISSING"),
    found("H10", "NUMBER_CLEANED", Severity.NOTE, value="95,5%"),
    found("H12", "PEER_OUTLIER", Severity.WARNING, value="1200"),
    found("H12", "NOT_WHOLE", value="1200"),
    found("H15", "NOT_A_NUMBER", value="=1+1"),
    Finding("NOT_A_NUMBER", Severity.ERROR, FILE, TASK_SHEET, "H9", "xa-gia-vien", "NV01", "sáu mươi"),
    Finding("STAMP_MISSING", Severity.NOTE, FILE),
    Finding("STAMP_ODD", Severity.NOTE, FILE, STAMP_SHEET, "B1"),
)
TEXTS = {
    "REQUIRED_MISSING": "Chưa nhập số liệu. Nhập số liệu; nếu bằng 0, chọn “Không phát sinh”.",
    "NUMBER_CLEANED": "Đã hiểu “95,5%” là 95,5. Lần sau chỉ nhập con số.",
    "PEER_OUTLIER": "Thay đổi nhiều so với kỳ trước. Kiểm tra lại; nếu đúng, ghi lý do.",
    "NOT_WHOLE": "Phải là số nguyên.",
    "NOT_A_NUMBER": "Đây không phải là một con số. Chỉ nhập con số, không ghi chữ. Ví dụ: 1250.",
    "STAMP_MISSING": "Trang nhận dạng ẩn không còn.",
    "STAMP_ODD": "Trang nhận dạng lạ.",
}


def say(finding: Finding) -> str:
    return TEXTS[finding.code]


def reply(
    findings: Sequence[Finding] = FINDINGS,
    verdict: Verdict = Verdict.TO_BE_CORRECTED,
    message: Callable[[Finding], str] = say,
) -> Reply:
    return Reply(returned(verdict), findings, message, HEADING)


def marked(data: bytes | None = None, findings: Sequence[Finding] = FINDINGS) -> bytes:
    return mark_copy(template() if data is None else data, reply(findings))


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def tint(book: Workbook, cell: str, sheet: str = INDICATOR_SHEET) -> str:
    return str(book[sheet][cell].fill.fgColor.rgb)


def listed(data: bytes) -> list[list[object]]:
    """The numbered lines of "Cần sửa" below its table head: number, severity, sheet, cell, row, value, text, answer."""
    rows = opened(data)[FEEDBACK_SHEET].iter_rows(values_only=True, max_col=8)
    lines: list[list[object]] = [[*row] for row in rows]
    head = next(i for i, line in enumerate(lines) if line[0] == "STT")
    return [line for line in lines[head + 1 :] if line[1] is not None]


def edited(data: bytes, name: str, old: str, new: str) -> bytes:
    """Replace text in one member, or add the member when it is not there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.namelist():
            content = source.read(member).decode()
            target.writestr(member, content.replace(old, new) if member == name else content)
        if name not in source.namelist():
            target.writestr(name, new)
    return out.getvalue()
