"""What is wrong in a plan workbook is said in Vietnamese, all at once, each with its cell; a bad file in one line."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from plan.book import package, read_cells
from plan.book.draw import draw_plan
from plan.book.sheets import HEAD_NAME
from plan.load import faults_in, load_tables
from tests.plan.book_case import at, edited, faults_of, sheet, small_plan


def _place(role: str, key: str, line: int) -> str:
    names = {"indicators": "Chỉ tiêu", "tasks": "Nhiệm vụ", "units": "Đơn vị", "calendar": "Lịch báo cáo"}
    return f"Trang “{names[role]}”, ô {at(role, key, line)}"


def _put(book: Workbook, role: str, key: str, line: int, value: object) -> None:
    sheet(book, role)[at(role, key, line)].value = value  # type: ignore[union-attr,unused-ignore] # no merged cells here


def test_ten_faults_of_seven_sheets_are_reported_at_once_with_their_cells(tmp_path: Path) -> None:
    """Staff mend a workbook in one go; the addresses are those that Excel shows, after a row was inserted as well."""

    def plant(book: Workbook) -> None:
        book[HEAD_NAME]["C2"] = "Kế hoạch Thử"
        _put(book, "calendar", "due", 3, datetime(2026, 6, 10))
        sheet(book, "groups")["A4"], sheet(book, "groups")["B4"] = "to", "Các tổ"
        _put(book, "indicators", "measure", 3, "Đo bằng mắt")
        _put(book, "indicators", "targets", 4, "2027: trên 100")
        _put(book, "indicators", "reporters", 3, "van-phongg")
        sheet(book, "tasks").insert_rows(4)
        _put(book, "tasks", "due", 5, "đến quý V/2026")
        _put(book, "tasks", "parent", 6, "=A3")
        _put(book, "units", "kind", 4, None)
        sheet(book, "oddities")["C3"] = "DOCTOR"

    found = {line.partition(": ")[0]: line for line in faults_of(edited(tmp_path, plant))}
    wanted = {
        f"Trang “{HEAD_NAME}”, ô C2 (Mã kế hoạch)": "chữ thường không dấu",
        _place("calendar", "due", 3): "ngày tháng (2026-06-10)",
        "Trang “Nhóm đơn vị”, ô A4": "ghi hai lần, đã dùng ở ô A3",
        _place("indicators", "measure", 3): "“Đo bằng mắt” không có trong danh sách. Chọn một trong: Tỷ lệ phần trăm",
        _place("indicators", "targets", 4): "không phải là một mục tiêu",
        _place("indicators", "reporters", 3): "Có phải là “van-phong”?",
        _place("tasks", "due", 5): "không đúng cách ghi thời hạn",
        _place("tasks", "parent", 6): "công thức",
        _place("units", "kind", 4): "ô trống",
        "Trang “Lưu ý”, ô C3": "Có phải là “DOCTORS”?",
    }
    assert set(found) == set(wanted)
    assert [place for place, text in wanted.items() if text not in found[place]] == []


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        ("=1+1", "General", "công thức"),
        (datetime(2026, 1, 6), "dd/mm/yyyy", "ngày tháng (2026-01-06)"),
        ("#N/A", "General", "lỗi #N/A"),
        (True, "General", "TRUE"),
        (1, "0%", "phần trăm (100%)"),
        (6.1, "General", "số (6.1)"),
        (1e20, "General", "không rõ đã gõ thế nào"),
    ],
)
def test_what_excel_made_of_a_text_is_no_text(value: object, form: str, said: str, tmp_path: Path) -> None:
    """Only a whole number has one reading. The rest says what to do, and the empty cell is not blamed as well."""

    def edit(book: Workbook) -> None:
        cell = sheet(book, "tasks")[at("tasks", "name", 3)]
        cell.value, cell.number_format = value, form

    (line,) = faults_of(edited(tmp_path, edit))
    assert line.startswith(_place("tasks", "name", 3))
    assert said in line
    assert "Định dạng ô là Văn bản (Text) rồi gõ lại" in line


def test_a_day_with_two_readings_is_not_guessed(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        _put(book, "calendar", "due", 3, "06-10")
        _put(book, "calendar", "last", 3, "06-30")  # one reading only: taken

    (line,) = faults_of(edited(tmp_path, edit))
    assert line.startswith(_place("calendar", "due", 3))
    assert "6/10 hoặc 10/6" in line


def test_what_is_missing_is_named_as_people_know_it(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        del book["Nhóm đơn vị"]
        sheet(book, "units").delete_cols(1)
        tasks = sheet(book, "tasks")
        tasks[at("tasks", "parent", 2)] = "due"
        sheet(book, "indicators")["AC2"] = "measur"
        book[HEAD_NAME].delete_rows(3)
        book.copy_worksheet(sheet(book, "calendar")).title = "Lich bao cao"
        sheet(book, "oddities").delete_rows(1, 2)

    said = "\n".join(faults_of(edited(tmp_path, edit)))
    for line in (
        "Trang “Nhóm đơn vị”: không có trang này",
        "Trang “Đơn vị”: thiếu cột “Mã đơn vị” (khóa id)",
        f"Trang “Nhiệm vụ”, ô {at('tasks', 'parent', 2)}: cột “Thời hạn (hiểu là)” (due) đứng hai lần, đã có ở ô "
        + at("tasks", "due", 2),
        "Trang “Chỉ tiêu”, ô AC2: không có cột mang khóa “measur”. Có phải là “measure”?",
        "Trang “Kế hoạch”, mục “Cơ quan ban hành” (khóa issuer): còn thiếu",
        "Trang “Lịch báo cáo”: có 2 trang cùng tên",
        "Trang “Lưu ý”: không thấy hàng tên cột",
    ):
        assert line in said


def test_an_item_of_the_head_that_stands_twice_is_named(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        head = book[HEAD_NAME]
        head["A12"], head["B12"], head["C12"] = "Cấp", "level", "xã"
        head["B13"], head["C13"] = "titel", "Tên khác"

    twice, unknown = faults_of(edited(tmp_path, edit))
    assert twice.startswith("Trang “Kế hoạch”, ô C12: mục “Cấp” (level) đứng hai lần, đã có ở dòng 7")
    assert unknown.startswith("Trang “Kế hoạch”, ô B13: không có mục mang khóa “titel”. Có phải là “title”?")


# --- files that are no plan workbook ---


def _zip(**members: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


def _with_member(name: str, change: Callable[[bytes], bytes]) -> bytes:
    source, stream = zipfile.ZipFile(BytesIO(draw_plan(small_plan()))), BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            target.writestr(member, change(source.read(member)) if member == name else source.read(member))
    return stream.getvalue()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_DOCTYPE = b'<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>'
_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "tệp rỗng"),
    "csv": (lambda: b"code,number\n", "không phải là sổ Excel"),
    "xls": (lambda: _OLE, "(.xls). Mở bằng Excel, chọn Lưu thành"),
    "locked": (lambda: _OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    "ods": (
        lambda: _zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
        "(.ods), không phải sổ Excel .xlsx",
    ),
    "xlsb": (lambda: _zip(**{"xl__workbook.bin": b""}), "(.xlsb), không phải sổ Excel .xlsx"),
    "docx": (lambda: _zip(**{"word__document.xml": b""}), "tệp Word"),
    "zip": (lambda: _zip(a=b""), "tệp nén ZIP"),
    "cut": (lambda: draw_plan(small_plan())[:-2000], "hỏng hoặc bị cắt ngắn"),
    "hollow": (lambda: _zip(**{"xl__workbook.xml": b"<a/>"}), "hỏng hoặc bị cắt ngắn"),
    "broken": (lambda: _with_member("xl/worksheets/sheet5.xml", lambda xml: xml[:3000]), "hỏng hoặc bị cắt ngắn"),
    "entities": (lambda: _with_member("xl/sharedStrings.xml", lambda xml: _DOCTYPE + xml), "khai báo lạ"),
}


@pytest.mark.parametrize("kind", _FILES)
def test_a_file_that_is_no_plan_workbook_is_refused_in_one_line(kind: str, tmp_path: Path) -> None:
    """No traceback, and what to do: the content decides, whatever the name says."""
    make, said = _FILES[kind]
    path = tmp_path / "ke-hoach.xlsx"
    path.write_bytes(make())
    (line,) = faults_of(path)
    assert line.startswith(f"“{path}”: ")
    assert said in line
    assert "\n" not in line


def test_a_missing_workbook_is_said_in_one_line(tmp_path: Path) -> None:
    (line,) = faults_of(tmp_path / "khong-co.xlsx")
    assert "Không có sổ Excel" in line


@pytest.mark.parametrize(
    ("bound", "said"),
    [("MAX_FILE", "tệp lớn hơn"), ("MAX_EXPANDED", "giải nén lớn hơn"), ("MAX_MEMBERS", "quá nhiều thành phần")],
)
def test_a_huge_file_is_refused_before_it_is_parsed(
    bound: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bounds hold on the bytes as they are, not on what the file says of itself."""
    path = tmp_path / "ke-hoach.xlsx"
    path.write_bytes(draw_plan(small_plan()))
    monkeypatch.setattr(package, bound, 10)
    (line,) = faults_of(path)
    assert said in line


def test_a_bomb_is_refused_by_what_it_inflates_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ke-hoach.xlsx"
    monkeypatch.setattr(package, "MAX_EXPANDED", 8 << 20)
    path.write_bytes(_with_member("xl/theme/theme1.xml", lambda _: bytes(8 << 20)))
    assert path.stat().st_size < 1 << 20
    (line,) = faults_of(path)
    assert "giải nén lớn hơn 8 MB" in line


def test_too_many_rows_are_refused_and_empty_ones_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice writes formatted rows down to the last of the sheet; they are no rows of a plan."""
    path = tmp_path / "ke-hoach.xlsx"
    last = b'<row r="1048576" ht="15"/></sheetData>'
    path.write_bytes(_with_member("xl/worksheets/sheet6.xml", lambda xml: xml.replace(b"</sheetData>", last)))
    assert faults_of(path) == ()
    beyond = b'<row r="99999999"/></sheetData>'
    path.write_bytes(_with_member("xl/worksheets/sheet6.xml", lambda xml: xml.replace(b"</sheetData>", beyond)))
    assert "dài quá mức" in faults_of(path)[0]
    path.write_bytes(draw_plan(small_plan()))
    monkeypatch.setattr(read_cells, "MAX_ROWS", 3)
    assert "có hơn 3 dòng" in faults_of(path)[0]


def test_a_false_size_of_a_sheet_hides_no_row(tmp_path: Path) -> None:
    """Some programs write a wrong dimension; openpyxl would stop reading there."""
    path = tmp_path / "ke-hoach.xlsx"

    def lie(xml: bytes) -> bytes:
        start, end = xml.index(b'<dimension ref="'), xml.index(b"/>", xml.index(b"<dimension"))
        return xml[:start] + b'<dimension ref="A1"' + xml[end:]

    path.write_bytes(_with_member("xl/worksheets/sheet6.xml", lie))
    assert faults_of(path) == ()
    assert openpyxl.load_workbook(path, read_only=True)["Nhiệm vụ"].max_row == 1


def test_nothing_that_staff_wrote_is_passed_over_in_silence(tmp_path: Path) -> None:
    """A row sorted above the names, a copied sheet and merged cells would each lose rows or texts."""
    book = openpyxl.load_workbook(BytesIO(draw_plan(load_tables("muong-la"))))
    tasks = book["Nhiệm vụ"]
    tasks.insert_rows(1)
    for column in range(1, 6):
        tasks.cell(1, column).value = tasks.cell(6, column).value
    tasks.merge_cells("D7:D9")
    copy = book.copy_worksheet(book["Đơn vị"])
    copy.title = "Đơn vị (2)"
    book.save(tmp_path / "p.xlsx")
    lines = faults_in(str(tmp_path / "p.xlsx"))
    assert any(line.startswith("Trang “Nhiệm vụ”, dòng 1: dòng này nằm trên hàng tên cột") for line in lines)
    assert any(line.startswith("Trang “Nhiệm vụ”, ô D7:D9: các ô bị gộp") for line in lines)
    assert any(line.startswith("Trang “Đơn vị (2)”: trang này giống trang “Đơn vị”") for line in lines)
