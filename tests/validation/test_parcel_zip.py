"""Zips of returns as people and attackers make them: each member is read, or told by its name."""

from __future__ import annotations

import struct
import zipfile

import pytest

from tests.validation.parcels import PDF, archive, facts, opened, outline, workbook
from validation import parcel_part, parcel_zip
from validation.parcel_part import MAX_MEMBERS, Budget, Part
from validation.parcel_zip import member_name, zip_parts
from validation.raw import Fault

BOOK = workbook()


def flagged(data: bytes, flags: int = 0, method: int | None = None) -> bytes:
    """The zip with these bits and this method in every header, as another program would have written it."""
    made = bytearray(data)
    for signature, at_flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(signature)
        while at >= 0:
            made[at + at_flags] |= flags
            if method is not None:
                made[at + at_flags + 2 : at + at_flags + 4] = method.to_bytes(2, "little")
            at = made.find(signature, at + 4)
    return bytes(made)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("../../x.xlsx", "goi/x.xlsx"),
        ("/etc/x.xlsx", "goi/etc/x.xlsx"),
        ("C:\\bao cao\\x.xlsx", "goi/C_/bao cao/x.xlsx"),
        ("..\\..\\x.xlsx", "goi/x.xlsx"),
        ("a\0b.xlsx", "goi/a_b.xlsx"),
        ("xã\u202exslx.exe.xlsx", "goi/xãxslx.exe.xlsx"),
        ("..", "goi/tep-khong-ten"),
    ],
)
def test_a_name_that_leads_out_is_read_under_a_safe_one(name: str, place: str) -> None:
    """The return is not to blame for its name; nothing is ever written under it."""
    data = archive((name.replace("\0", "\x01"), BOOK)).replace(b"a\x01b", b"a\0b")
    assert outline(data) == {"goi": "PARCEL_OPENED", place: "xlsx"}


def test_both_members_of_one_name_are_kept() -> None:
    data = archive(("a.xlsx", BOOK), ("a.xlsx", workbook("B2")), ("A.XLSX", BOOK))
    assert list(outline(data)) == ["goi", "goi/a.xlsx", "goi/a_2.xlsx", "goi/A_3.XLSX"]
    assert opened(data)[2].data == workbook("B2")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1258", "cp437"])
def test_a_vietnamese_name_is_read_in_whatever_the_zip_program_wrote(encoding: str) -> None:
    """Without the UTF-8 flag zipfile takes every name for CP437."""
    name = "bao cáo.xlsx"
    raw = name.encode(encoding)
    data = archive(("bao c" + "?" * (len(raw) - 11) + "o.xlsx", BOOK))
    data = data.replace(b"bao c" + b"?" * (len(raw) - 11) + b"o.xlsx", raw)
    (place,) = list(outline(data))[1:]
    assert outline(data)[place] == "xlsx"
    if encoding != "cp437":  # which cannot be told from a Vietnamese code page; the return is read all the same
        assert place == f"goi/{name}"


def test_the_name_that_info_zip_keeps_beside_is_used() -> None:
    entry = zipfile.ZipInfo("b\xe1o.xlsx")
    entry.flag_bits = 0
    body = b"\x01\0\0\0\0" + "báo cáo.xlsx".encode()
    entry.extra = struct.pack("<HH", 0x7075, len(body)) + body
    assert member_name(entry) == "báo cáo.xlsx"


def test_a_member_behind_a_password_is_told_and_the_others_are_read() -> None:
    """The hint is about the zip's password, not about Excel's."""
    locked = flagged(archive(("mat.xlsx", BOOK), ("quet.pdf", PDF)), flags=1)
    assert outline(archive(("a.xlsx", BOOK), ("mat.zip", locked))) == {
        "goi": "PARCEL_OPENED PARCEL_OTHER_PARTS",
        "goi/a.xlsx": "xlsx",
        "goi/mat.zip/mat.xlsx": "PARCEL_ENCRYPTED",
    }
    assert outline(flagged(archive(("mat.xlsx", BOOK)), method=99))["goi/mat.xlsx"] == "PARCEL_ENCRYPTED"


def test_a_way_of_compressing_that_is_not_opened_is_named() -> None:
    found = opened(archive(("a.xlsx", BOOK), method=zipfile.ZIP_BZIP2))[1]
    assert found.content == Fault("PARCEL_COMPRESSION", {"method": "BZIP2"})


def test_a_damaged_member_costs_only_itself() -> None:
    """The checksum of one return is wrong; the other is read."""
    whole = archive(("a.xlsx", BOOK), ("b.xlsx", BOOK), method=zipfile.ZIP_STORED)
    data = bytearray(whole)
    data[whole.find(BOOK) + 40] ^= 0xFF
    assert outline(bytes(data)) == {"goi": "PARCEL_OPENED", "goi/a.xlsx": "FILE_DAMAGED", "goi/b.xlsx": "xlsx"}


def test_half_a_zip_is_told_as_such() -> None:
    """Its list of members stands at the end; without it nothing is guessed."""
    whole = archive(("a.xlsx", BOOK), ("b.xlsx", BOOK))
    assert outline(whole[: len(whole) * 2 // 3]) == {"goi": "PARCEL_DAMAGED"}


def test_a_member_that_swells_is_told_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """By what its directory says, and by what comes out when that lies."""
    monkeypatch.setattr(parcel_zip, "MAX_MEMBER", 10_000)
    bomb = archive(("bom.xlsx", bytes(20_000)), ("a.xlsx", BOOK))
    assert outline(bomb) == {"goi": "PARCEL_OPENED", "goi/bom.xlsx": "FILE_TOO_LARGE", "goi/a.xlsx": "xlsx"}
    lying = bomb.replace((20_000).to_bytes(4, "little"), (9_000).to_bytes(4, "little"))
    assert lying != bomb
    assert outline(lying)["goi/bom.xlsx"] == "FILE_HOSTILE"


def test_the_room_of_a_whole_parcel_is_bounded_and_what_is_left_out_is_named() -> None:
    """Members that share their bytes are counted each."""
    data = archive(*[(f"{n}.xlsx", bytes(1_000)) for n in range(5)])
    parts = zip_parts(data, Budget(room=2_500))
    assert parts is not None
    *kept, left = parts
    assert [part.name for part in kept if isinstance(part, Part)] == ["0.xlsx", "1.xlsx"]
    assert left == Fault("PARCEL_TOO_LARGE", {"names": "2.xlsx, 3.xlsx, 4.xlsx"})


def test_a_flood_of_members_is_read_up_to_the_bound_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    data = archive(("a.xlsx", BOOK), *[(f"{n}.pdf", PDF) for n in range(MAX_MEMBERS)])
    assert outline(data) == {"goi": "PARCEL_OPENED PARCEL_OTHER_PARTS PARCEL_TOO_MANY", "goi/a.xlsx": "xlsx"}
    assert facts(data, "PARCEL_OTHER_PARTS")["names"].endswith(
        f" và {MAX_MEMBERS - 1 - parcel_part.MAX_NAMED} tệp khác"
    )
    monkeypatch.setattr(parcel_zip, "_MAX_DIRECTORY", 1_000)
    assert outline(data) == {"goi": "PARCEL_TOO_MANY"}


def test_folders_are_no_files() -> None:
    assert outline(archive(("xã A/", b""), ("xã A/a.xlsx", BOOK))) == {
        "goi": "PARCEL_OPENED",
        "goi/xã A/a.xlsx": "xlsx",
    }


def test_a_folder_named_as_offices_own_does_not_make_an_office_file() -> None:
    """ "word/" is also what people call the folder with their letters."""
    assert outline(archive(("word/a.xlsx", BOOK)))["goi/word/a.xlsx"] == "xlsx"
