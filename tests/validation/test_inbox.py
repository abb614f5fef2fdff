"""The door to the inputs folder: nothing is lost, nothing is changed, one bad file stops nobody."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.validation.packages import MAIN, xlsx_parts, zipped
from tests.validation.parcels import archive, mail, workbook
from validation import inbox
from validation.inbox import Received, files_in, receive, receive_bytes
from validation.messages import finding, message
from validation.raw import Fault, RawBook

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def received(folder: Path) -> list[Received]:
    return list(receive(folder, ZONE, lambda done, total: None))


def told(one: Received) -> str:
    """What became of a file, in a word."""
    content = one.content
    if isinstance(content, RawBook):
        return content.kind
    return content.code if isinstance(content, Fault) else " ".join(note.code for note in content.notes)


def test_everything_below_the_folder_is_a_return_but_for_debris(tmp_path: Path) -> None:
    """Odd names and folders are returns; lock files of open workbooks and files of the system are not."""
    for name in ("b.xlsx", "a/ghi chú.txt", "Báo cáo (2).XLSX", ".an.xlsx", "~$b.xlsx", "a/Thumbs.db", ".DS_Store"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = [p.relative_to(tmp_path).as_posix() for p in files_in(tmp_path)]
    assert found == [".an.xlsx", "Báo cáo (2).XLSX", "a/ghi chú.txt", "b.xlsx"]


def test_a_workbook_under_the_name_of_debris_is_a_return(tmp_path: Path) -> None:
    """Content decides; what a Mac or LibreOffice leaves beside a file is passed over."""
    (tmp_path / "~$a.xlsx").write_bytes(workbook())
    (tmp_path / "._a.xlsx").write_bytes(b"\x00\x05\x16\x07\x00\x02")
    (tmp_path / "._b.xlsx").write_bytes(workbook())
    (tmp_path / ".~lock.a.xlsx#").write_bytes(b",may,,;")
    (tmp_path / "~$dai.txt").write_bytes(b"x" * 2_000)
    assert [p.name for p in files_in(tmp_path)] == ["._b.xlsx", "~$a.xlsx", "~$dai.txt"]


def test_links_are_told_and_not_followed(tmp_path: Path) -> None:
    """A link may lead anywhere; whoever put it there believes that a return lies there."""
    outside = tmp_path / "outside.xlsx"
    outside.write_bytes(workbook())
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xlsx").symlink_to(outside)
    (tmp_path / "in" / "b.xlsx").symlink_to(tmp_path / "nowhere")
    (tmp_path / "in" / "folder").symlink_to(tmp_path, target_is_directory=True)
    found = received(tmp_path / "in")
    assert [(r.file, told(r)) for r in found] == [(n, "FILE_IS_LINK") for n in ("a.xlsx", "b.xlsx", "folder")]
    assert {(r.sha256, r.data) for r in found} == {("", b"")}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a kind of file of Unix")
def test_a_file_that_is_no_store_of_bytes_is_not_opened(tmp_path: Path) -> None:
    """Reading a pipe would wait for ever."""
    os.mkfifo(tmp_path / "a.xlsx")
    assert [told(r) for r in received(tmp_path)] == ["FILE_IS_LINK"]


def test_a_folder_that_the_system_does_not_open_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files would be lost without a word."""
    (tmp_path / "xã A").mkdir()
    (tmp_path / "b.xlsx").write_bytes(workbook())
    whole = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "xã A":
            raise PermissionError(13, "Permission denied", path)
        return whole(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert [(r.file, told(r)) for r in received(tmp_path)] == [("b.xlsx", "xlsx"), ("xã A", "FILE_UNREADABLE")]


def test_a_parcel_is_followed_by_its_files(tmp_path: Path) -> None:
    """The parcel's own bytes are kept as they came; its files have names of their own below it."""
    letter = mail(("báo cáo.xlsx", workbook()), headers=[("From", "xa@example.vn")])
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "thu.eml").write_bytes(letter)
    (tmp_path / "y.xlsx").write_bytes(workbook())
    counts: list[tuple[int, int]] = []
    parcel, inside, plain = receive(tmp_path, ZONE, lambda done, total: counts.append((done, total)))
    assert (parcel.file, parcel.top, parcel.data) == ("x/thu.eml", "x/thu.eml", letter)
    assert parcel.sha256 == hashlib.sha256(letter).hexdigest()
    assert told(parcel) == "PARCEL_OPENED"
    assert (inside.file, inside.top, inside.sender) == ("x/thu.eml/báo cáo.xlsx", "x/thu.eml", "xa@example.vn")
    assert (inside.sha256, inside.size) == (hashlib.sha256(workbook()).hexdigest(), len(workbook()))
    assert told(inside) == told(plain) == "xlsx"
    assert (plain.file, plain.top, plain.sender) == ("y.xlsx", "y.xlsx", "")
    assert counts == [(1, 2), (2, 2)]


def test_what_came_before_is_read_again_under_its_own_names() -> None:
    """For the ledger: the bytes of a version that was copied over since, and of a parcel without its files."""
    moment = datetime(2026, 6, 1, 8, 0, tzinfo=ZONE)
    once = receive_bytes("thu.eml/a.xlsx", "thu.eml", workbook(), moment, "xa@example.vn")
    assert (once.file, once.top, once.received_at, once.sender) == (
        "thu.eml/a.xlsx",
        "thu.eml",
        moment,
        "xa@example.vn",
    )
    assert told(once) == "xlsx"
    letter = mail(("a.xlsx", workbook()), headers=[("From", "b@example.vn"), ("Date", "Sun, 31 May 2026 09:00 +0700")])
    parcel = receive_bytes("thu.eml", "thu.eml", letter, moment, "xa@example.vn")
    assert (parcel.file, parcel.received_at, parcel.sender) == ("thu.eml", moment, "xa@example.vn")
    assert told(parcel) == "PARCEL_OPENED"
    assert told(receive_bytes("a", "a", b"", moment, "")) == "FILE_EMPTY"


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert files_in(tmp_path / "inputs") == []


def test_receipt_is_the_files_time_in_the_plans_zone(tmp_path: Path) -> None:
    """17:00 UTC on 9 June is midnight of 10 June in Viet Nam: too late."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"")
    os.utime(path, (1781024400, 1781024400))
    (one,) = received(tmp_path)
    assert one.received_at.isoformat() == "2026-06-10T00:00:00+07:00"
    assert (one.file, one.size) == ("a.xlsx", 0)
    assert one.content == Fault("FILE_EMPTY")


def at(path: Path, moment: str) -> None:
    os.utime(path, (datetime.fromisoformat(moment).timestamp(),) * 2)


def test_a_file_whose_time_was_never_set_is_told(tmp_path: Path) -> None:
    """A program that copies without times makes it 1970, which would be in time for ever."""
    for name, year in (("a.xlsx", 1970), ("b.xlsx", 2026)):
        (tmp_path / name).write_bytes(workbook())
        at(tmp_path / name, f"{year}-06-01T08:00+07:00")
    (tmp_path / "c.zip").write_bytes(archive(("x.xlsx", workbook())))
    at(tmp_path / "c.zip", "2004-01-01T08:00+07:00")
    one, two, parcel, inside = received(tmp_path)
    assert one.received_at.year == 1970
    assert isinstance(one.content, RawBook) and isinstance(two.content, RawBook) and isinstance(inside.content, RawBook)
    assert one.content.notes == (Fault("MOMENT_DOUBTFUL", {"what": "Ngày của tệp là 01/6/1970, không dùng được"}),)
    assert two.content.notes == inside.content.notes == ()
    assert told(parcel) == "PARCEL_OPENED MOMENT_DOUBTFUL"
    sentence = message(finding("MOMENT_DOUBTFUL", "a.xlsx", facts=one.content.notes[0].facts))
    assert sentence.startswith("Ngày của tệp là 01/6/1970, không dùng được, nên chưa biết chắc nộp đúng hạn hay muộn.")


def test_the_mails_own_moment_outlives_any_copying(tmp_path: Path) -> None:
    """The time of the file is when it was saved or what a program made of it: it never takes a server's word back."""
    arrived = ("Received", "from a by mx.example.vn; Tue, 16 Jun 2026 08:00:00 +0700")
    for name, header, time in (
        ("a.eml", arrived, "2026-06-01T08:00+07:00"),
        ("b.eml", arrived, "2026-07-30T08:00+07:00"),
        ("c.eml", ("Date", "Tue, 9 Jun 2026 08:00:00 +0700"), "1970-01-01T08:00+07:00"),
        ("d.eml", ("Date", "Thu, 1 Jan 2004 08:00:00 +0700"), "2026-06-11T08:00+07:00"),
        ("e.eml", ("X-A", "b"), "1970-01-01T10:00+07:00"),
    ):
        (tmp_path / name).write_bytes(mail(("x.xlsx", workbook()), headers=[header]))
        at(tmp_path / name, time)
    found = received(tmp_path)
    assert [str(r.received_at.date()) for r in found[1::2]] == [
        "2026-06-16",
        "2026-06-16",
        "2026-06-09",
        "2026-06-11",
        "1970-01-01",
    ]
    assert [told(r) for r in found[::2]] == [*["PARCEL_OPENED"] * 4, "PARCEL_OPENED MOMENT_DOUBTFUL"]


def test_a_time_that_no_calendar_has_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook())
    whole = Path.lstat

    def odd(path: Path) -> os.stat_result:
        return os.stat_result((*whole(path)[:8], 10**15, 0))

    monkeypatch.setattr(Path, "lstat", odd)
    (one,) = received(tmp_path)
    assert one.received_at.year == 1970


def test_a_file_that_the_system_withholds_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A locked file is told as such; the next one is read."""
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / name).write_bytes(b"")
    whole = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "a.xlsx":
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    first, second = received(tmp_path)
    assert first.content == Fault("FILE_UNREADABLE", {"detail": "không có quyền"})
    assert second.content == Fault("FILE_EMPTY")


def test_a_giant_is_hashed_and_not_taken_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit holds before the bytes are read."""
    monkeypatch.setattr(inbox, "LARGEST", 10)
    (tmp_path / "a.xlsx").write_bytes(b"x" * 11)
    (tmp_path / "b.zip").write_bytes(archive(("a.xlsx", workbook())))
    one, two = received(tmp_path)
    assert (told(one), len(one.sha256), one.data) == ("FILE_TOO_LARGE", 64, b"")
    assert (told(two), len(two.sha256), two.data) == ("PARCEL_TOO_LARGE", 64, b"")


def test_a_name_in_another_encoding_can_be_written_out(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 come as lone surrogates, which no JSON or workbook can hold."""
    path = os.fsencode(tmp_path) + b"/b\xe1o.xlsx"
    try:
        with open(path, "wb"):  # noqa: PTH123 (a name as bytes)
            pass
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (one,) = received(tmp_path)
    assert one.file.encode() == b"b\\xe1o.xlsx".replace(b"\\xe1", b"\\udce1")


def test_progress_counts_every_file(tmp_path: Path) -> None:
    """The clerk sees how far the run is."""
    for n in range(5):
        (tmp_path / f"{n}.xlsx").write_bytes(b"")
    told: list[tuple[int, int]] = []
    list(receive(tmp_path, ZONE, lambda done, total: told.append((done, total))))
    assert told == [(n, 5) for n in range(1, 6)]


GOOGLE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{main}" '
    'xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:mv="urn:schemas-microsoft-com:mac:vml" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><sheetPr><outlinePr summaryBelow="0" '
    'summaryRight="0"/></sheetPr><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr '
    'customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v>'
    '</c><c r="B1"><v>95.5</v></c><c r="C1"><f t="shared" ref="C1:C2" si="1">B1+1</f><v>96.5</v></c></row></sheetData>'
    '<drawing r:id="rId1" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></worksheet>'
)
WPS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{main}" '
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"><sheetPr/><dimension ref="A1:C1"/><sheetViews>'
    '<sheetView tabSelected="1" workbookViewId="0"/></sheetViews><sheetFormatPr defaultColWidth="9" '
    'defaultRowHeight="14.4" outlineLevelCol="3"/><sheetData><row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c>'
    '<c r="B1"><v>95.5</v></c><c r="C1"><f>B1+1</f><v>96.5</v></c></row></sheetData><headerFooter/></worksheet>'
)


@pytest.mark.parametrize("sheet", [GOOGLE, WPS], ids=["Google Sheets", "WPS"])
def test_what_google_sheets_and_wps_write_is_read(sheet: str) -> None:
    """Their own namespaces and parts do no harm; WPS also calls the file .et."""
    strings = f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>Mã</t></si></sst>'.encode()
    parts = xlsx_parts(sheet.replace("{main}", MAIN).encode(), sharedStrings=strings)
    more = {
        "xl/drawings/drawing1.xml": b"<x/>",
        "docProps/custom.xml": b"<KSOProductBuildVer/>",
        "xl/cellimages.xml": b"<x/>",
    }
    moment = datetime(2026, 6, 1, 8, 0, tzinfo=ZONE)
    found = receive_bytes("bc.et", "bc.et", zipped({**parts, **more}), moment, "").content
    assert isinstance(found, RawBook)
    assert list(found.sheets[0].rows[0]) == ["Mã", 95.5, 96.5]
    assert list(found.sheets[0].formulas) == ["C1"]
    assert found.notes == ()
