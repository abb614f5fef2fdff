"""The look at the bytes: what a file is, and that nothing dangerous gets past it."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import pytest
import xlsxwriter

from tests.validation.packages import number_at, ods_parts, sheet_xml, xls_file, xlsx_parts, zipped
from validation.raw import Fault, parse_a1
from validation.scan import MAX_FILE, Scan, scan


def small_xlsx() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.add_worksheet("Phụ lục 1").write("B2", 5)
    return target.getvalue()


def refused(data: bytes, name: str = "baocao.xlsx") -> Fault:
    found = scan(data, name)
    assert isinstance(found, Fault), found.kind
    return found


def admitted(data: bytes, name: str) -> Scan:
    found = scan(data, name)
    assert isinstance(found, Scan), found
    return found


def codes(found: Scan) -> list[str]:
    return [note.code for note in found.notes]


def test_excels_lock_file_is_told_apart_by_its_name() -> None:
    found = refused(b"\x05Nguyen" + b" " * 100, "don-vi/~$baocao.xlsx")
    assert found.facts["kind"] == "tệp tạm của Excel (tên bắt đầu bằng ~$)"


@pytest.mark.parametrize("data", [small_xlsx()[:500], b"", b"\x01\x02" * 50, bytes(50)])
def test_half_a_download_is_told_as_such(data: bytes) -> None:
    """A browser's name for what it has not finished; the whole file under that name is read."""
    assert refused(data, "bao cao.xlsx.crdownload") == Fault("FILE_UNFINISHED", {"extension": ".crdownload"})
    assert admitted(small_xlsx(), "bao cao.xlsx.part").kind == "xlsx"


def test_the_names_that_wps_gives_are_no_wrong_ones() -> None:
    """Its .et holds either of Excel's formats."""
    assert admitted(small_xlsx(), "bao cao.et").notes == ()
    assert admitted(xls_file((0, 0, 1.0)), "bao cao.ET").notes == ()


def test_an_empty_file_and_a_too_large_one_are_refused_for_what_they_are() -> None:
    assert refused(b"").code == "FILE_EMPTY"
    assert refused(b"P" * (MAX_FILE + 1)) == Fault("FILE_TOO_LARGE", {"size": "25,1 MB", "limit": "25 MB"})


def test_passwords_are_recognised_in_every_container() -> None:
    ole = xls_file((0, 0, 1.0)) + "EncryptedPackage".encode("utf-16-le")
    assert refused(ole).code == "FILE_ENCRYPTED"
    manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    assert refused(zipped({**ods_parts(""), "META-INF/manifest.xml": manifest}), "a.ods").code == "FILE_ENCRYPTED"
    locked = bytearray(zipped(xlsx_parts(sheet_xml(""))))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(signature)
        while at >= 0:
            locked[at + flags] |= 1
            at = locked.find(signature, at + 4)
    assert refused(bytes(locked)).code == "FILE_ENCRYPTED"


def test_a_cut_or_altered_file_is_damaged_not_hostile() -> None:
    """People lose half a download; that must not read as an attack."""
    whole = small_xlsx()
    assert refused(whole[: len(whole) // 2]).code == "FILE_DAMAGED"
    altered = bytearray(whole)
    altered[whole.find(b"xl/worksheets/sheet1.xml") + 60] ^= 0xFF
    assert refused(bytes(altered)).code == "FILE_DAMAGED"


def test_content_decides_and_a_wrong_name_is_only_noted() -> None:
    found = admitted(small_xlsx(), "bao cao.XLS")
    assert found.kind == "xlsx"
    assert found.notes == (Fault("FILE_WRONG_EXTENSION", {"extension": ".xls", "kind": ".xlsx"}),)
    assert admitted(small_xlsx(), "a.XLSX").notes == ()
    assert admitted(xls_file((0, 0, 1.0)), "a.xls").kind == "xls"
    assert admitted(zipped(ods_parts("")), "a.ods").kind == "ods"


def test_macros_are_noted_and_never_unpacked() -> None:
    parts = {**xlsx_parts(sheet_xml(number_at("A1"))), "xl/vbaProject.bin": b"\0" * 10}
    found = admitted(zipped(parts), "a.xlsm")
    assert (found.kind, codes(found)) == ("xlsm", ["FILE_HAS_MACROS"])


@pytest.mark.parametrize("name", ["../../etc/x.xml", "/xl/x.xml", "C:/x.xml", "xl\\..\\..\\x.xml"])
def test_member_names_that_leave_the_file_are_refused(name: str) -> None:
    found = refused(zipped({**xlsx_parts(sheet_xml("")), name: b"x"}))
    assert found == Fault("FILE_HOSTILE", {"reason": "tên thành phần bên trong trỏ ra ngoài tệp"})


def test_two_members_of_one_name_are_refused() -> None:
    """Two parsers may choose differently, and the look would have seen the harmless one."""
    target = io.BytesIO(zipped(xlsx_parts(sheet_xml(number_at("A1")))))
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("XL/worksheets/Sheet1.xml", sheet_xml(number_at("XFD1048576")))
    assert refused(target.getvalue()).facts == {"reason": "có hai thành phần bên trong trùng tên"}


def test_a_zip_of_thousands_of_members_is_refused() -> None:
    parts = {**xlsx_parts(sheet_xml("")), **{f"xl/media/{n}.png": b"" for n in range(4_001)}}
    assert refused(zipped(parts)).facts == {"reason": "có quá nhiều thành phần bên trong"}


def test_a_false_declared_size_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cap holds on what really comes out of the inflater, whatever the directory claims."""
    monkeypatch.setattr("validation.archive.MAX_MEMBER", 5_000)
    body = sheet_xml(number_at("A1") + " " * 20_000)
    honest = zipped(xlsx_parts(body))
    assert refused(honest).facts == {"reason": "nội dung giải nén ra quá lớn"}
    lying = honest.replace(len(body).to_bytes(4, "little"), (900).to_bytes(4, "little"))
    assert lying != honest
    assert refused(lying).code in ("FILE_HOSTILE", "FILE_DAMAGED")


def test_the_budget_of_a_whole_file_is_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validation.archive.MAX_TOTAL", 1_000)
    assert refused(small_xlsx()).facts == {"reason": "nội dung giải nén ra quá lớn"}


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_entities_are_refused_wherever_they_stand(part: str) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    assert refused(zipped({**xlsx_parts(sheet_xml(""), sharedStrings=b""), part: laughs})).facts == {
        "reason": "có khai báo DOCTYPE hoặc ENTITY trong XML"
    }


def test_a_string_count_that_lies_is_refused() -> None:
    strings = b'<sst xmlns="x" count="1" uniqueCount="4294967295"><si><t>a</t></si></sst>'
    data = zipped(xlsx_parts(sheet_xml(number_at("A1")), sharedStrings=strings))
    assert refused(data).facts == {"reason": "khai báo số chuỗi văn bản không khớp với nội dung"}


@pytest.mark.parametrize("address", ["XFE1", "ZZZ1", "A1048577", "XFE1048577"])
def test_a_cell_outside_excels_sheet_is_refused_and_named(address: str) -> None:
    """No program writes one by itself, and readers wrap it round or abort on it."""
    found = refused(zipped(xlsx_parts(sheet_xml(number_at("A1") + number_at(address)))))
    assert found == Fault("FILE_HOSTILE", {"reason": f"có ô dữ liệu nằm quá xa bảng (tới {address})"})


@pytest.mark.parametrize("address", ["B1048576", "P1048576", "XFD1", "XFD1048576"])
def test_a_stray_cell_within_excels_sheet_does_not_cost_the_return(address: str) -> None:
    """One key after Ctrl+Down is an honest slip; the reach is told, so that no dense table is built up to there."""
    found = admitted(zipped(xlsx_parts(sheet_xml(number_at("A1") + number_at(address)))), "a.xlsx")
    reach = [(facts.last_row, facts.last_column) for facts in found.facts if facts]
    assert reach == [parse_a1(address)]


def test_blank_cells_do_not_count_as_far() -> None:
    """People colour whole columns; only a cell that holds something can be too far."""
    rows = number_at("A1") + '<row r="1048576"><c r="P1048576" s="1"/></row>'
    found = admitted(zipped(xlsx_parts(sheet_xml(rows))), "a.xlsx")
    assert [(facts.last_row, facts.last_column) for facts in found.facts if facts] == [(1, 1)]


def test_a_million_cells_and_a_flood_of_merges_are_refused() -> None:
    cells = '<row r="1">' + '<c r="A1"/>' * 1_000_001 + "</row>"
    assert refused(zipped(xlsx_parts(sheet_xml(cells)))).facts == {"reason": "có hơn 1 triệu ô"}
    merges = sheet_xml("", '<mergeCell ref="A1:B2"/>' * 20_001)
    assert refused(zipped(xlsx_parts(merges))).facts == {"reason": "có quá nhiều vùng gộp ô"}


def test_an_xls_whose_records_reach_too_far_is_refused() -> None:
    found = refused(xls_file((0, 0, 1.0), (65535, 255, 1.0)), "a.xls")
    assert found.facts == {"reason": "có ô dữ liệu nằm quá xa bảng (tới IV65536)"}


def test_the_look_needs_no_workbook_parser() -> None:
    """python-calamine can abort the process, so the look must come, and must be able to come, before it."""
    code = "import sys, validation.scan; sys.exit('python_calamine' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
