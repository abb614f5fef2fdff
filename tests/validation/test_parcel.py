"""Mails and zips: every file inside is read, refused by name or named, whatever lies in whatever."""

from __future__ import annotations

import time
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.validation.parcels import (
    ON_DISK,
    PDF,
    PICTURE,
    archive,
    facts,
    forwarded,
    mail,
    message,
    opened,
    outline,
    told,
    workbook,
)
from validation.message_table import MESSAGES
from validation.messages import finding
from validation.messages import message as sentence
from validation.parcel import SetAside
from validation.parcel_part import MAX_INFLATED, Names, safe_path
from validation.raw import Fault, RawBook

BOOK = workbook()


def test_a_workbook_is_no_parcel() -> None:
    """It is a zip as well; what makes a parcel is that nothing of Office is in it."""
    assert opened(BOOK) == ()
    assert opened(BOOK[: len(BOOK) // 2]) == ()
    assert opened(archive(("word/document.xml", b"<w/>"), ("[Content_Types].xml", b"<Types/>"))) == ()
    assert opened(b"") == ()
    assert opened(PDF) == ()


def test_the_returns_come_out_of_mail_zip_and_folders_under_their_own_paths() -> None:
    """A zip in a zip in a mail, folders in it: the path tells where each return lay."""
    inner = archive(("đợt 2/c.xlsx", BOOK))
    data = mail(("báo cáo.xlsx", BOOK), ("các xã.zip", archive(("xã A/b.xlsx", BOOK), ("trong.zip", inner))))
    assert outline(data) == {
        "goi": "PARCEL_OPENED",
        "goi/báo cáo.xlsx": "xlsx",
        "goi/các xã.zip/xã A/b.xlsx": "xlsx",
        "goi/các xã.zip/trong.zip/đợt 2/c.xlsx": "xlsx",
    }
    assert opened(data)[1].data == BOOK
    assert facts(data, "PARCEL_OPENED") == {"kind": "thư điện tử (EML)", "count": "3"}


def test_what_is_sent_along_with_a_return_is_named_and_no_fault() -> None:
    """The scan, the letter in Word, the picture of a signature."""
    word = archive(("word/document.xml", b"<w/>"), ("[Content_Types].xml", b"<Types/>"))
    data = mail(("bc.xlsx", BOOK), ("bc ký.pdf", PDF), ("image001.png", PICTURE), ("công văn.docx", word))
    assert outline(data) == {"goi": "PARCEL_OPENED PARCEL_OTHER_PARTS", "goi/bc.xlsx": "xlsx"}
    names = "bc ký.pdf (tệp PDF), image001.png (tệp ảnh), công văn.docx (tệp Word)"
    assert facts(data, "PARCEL_OTHER_PARTS") == {"names": names}


def test_a_parcel_without_a_return_says_what_was_sent_instead() -> None:
    """The unit believes that it has reported; the words tell what is missing."""
    assert facts(mail(("bc.pdf", PDF)), "PARCEL_WITHOUT_RETURN")["what"] == "chỉ có bc.pdf (tệp PDF)"
    assert facts(archive(("a.jpg", PICTURE)), "PARCEL_WITHOUT_RETURN")["what"] == "chỉ có a.jpg (tệp ảnh)"
    assert facts(mail(), "PARCEL_WITHOUT_RETURN")["what"] == "chỉ có lời nhắn, không có tệp đính kèm"
    assert facts(archive(), "PARCEL_WITHOUT_RETURN")["what"] == "không có tệp nào"
    linked = mail(body="Báo cáo ở đây: https://drive.google.com/file/d/1")
    assert "đường dẫn" in facts(linked, "PARCEL_WITHOUT_RETURN")["hint"]
    beside = mail(("bc.xlsx", BOOK), body="Báo cáo ở đây: https://drive.google.com/file/d/1")
    assert outline(beside)["goi"] == "PARCEL_OPENED PARCEL_LINK"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("bc.csv", b"a;b\n1;2\n", "FILE_NOT_WORKBOOK"),
        ("bc.xls", b"<html><table></table></html>", "FILE_NOT_WORKBOOK"),
        ("bc.xlsx", PDF, "FILE_NOT_WORKBOOK"),
        ("bc.xlsx", b"", "FILE_EMPTY"),
        ("bc.xlsx", BOOK[:-200], "FILE_DAMAGED"),
        ("bc.rar", b"Rar!\x1a\x07\x01\x00", "FILE_NOT_WORKBOOK"),
        ("bc.gsheet", b'{"url":"https://docs.google.com/spreadsheets/d/1"}', "FILE_NOT_WORKBOOK"),
        ("winmail.dat", b"\x78\x9f\x3e\x22\x00", "FILE_NOT_WORKBOOK"),
        ("bc.zip", archive(("a.xlsx", BOOK))[:60], "PARCEL_DAMAGED"),
    ],
)
def test_what_may_be_a_return_is_spoken_of_even_beside_another(name: str, data: bytes, code: str) -> None:
    """A second unit's return may lie beside the first one's; only what surely is none is passed over."""
    assert outline(mail(("tot.xlsx", BOOK), (name, data))) == {
        "goi": "PARCEL_OPENED",
        "goi/tot.xlsx": "xlsx",
        f"goi/{name}": code,
    }


def test_a_mail_without_a_return_among_others_is_somebodys_missing_return() -> None:
    """Three communes' mails forwarded in one: the one that only has a scan is told by itself, with its sender."""
    one, two = [("From", "xa-a@example.vn")], [("From", "xa-b@example.vn")]
    outer = [("From", "huyen@example.vn")]
    data = forwarded(message(("a.xlsx", BOOK), headers=one), message(("b.pdf", PDF), headers=two), headers=outer)
    assert outline(data) == {
        "goi": "PARCEL_OPENED",
        "goi/Báo cáo 6 tháng.eml/a.xlsx": "xlsx",
        "goi/Báo cáo 6 tháng_2.eml": "PARCEL_WITHOUT_RETURN",
    }
    assert {m.stamp.sender for m in opened(data)} == {"huyen@example.vn"}
    assert facts(data, "PARCEL_OPENED")["kind"] == "thư điện tử (EML), bên trong có thư của xa-a@example.vn"
    missing = opened(data)[2].content
    assert isinstance(missing, Fault)
    assert missing.facts["kind"] == "thư điện tử (EML) của xa-b@example.vn"


@pytest.mark.parametrize("name", ["bc.doc", "bc.pdf", "bc.docx"])
def test_a_workbook_behind_a_password_is_spoken_of_whatever_it_is_called(name: str) -> None:
    """Nobody can see that it is none, and the unit believes that it has reported."""
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert outline(mail(("tot.xlsx", BOOK), (name, locked)))[f"goi/{name}"] == "FILE_ENCRYPTED"
    assert outline(archive(("tot.xlsx", BOOK), (name, locked)))[f"goi/{name}"] == "FILE_ENCRYPTED"


def test_of_a_file_sent_twice_the_plain_name_comes_first_in_order() -> None:
    """Among equals of one moment the first by name counts: the file itself, not what we call its copy."""
    for name in ("bc.xlsx", "bc", "báo cáo.v1.xlsx"):
        paths = [m.path for m in opened(mail(*[(name, BOOK)] * 12))[1:]]
        assert len(set(paths)) == 12
        assert min(paths) == paths[0] == f"goi/{name}"
    twice = forwarded(*[message(("a.xlsx", BOOK))] * 2)
    paths = [m.path for m in opened(twice)[1:]]
    assert min(paths) == paths[0] == "goi/Báo cáo 6 tháng.eml/a.xlsx"


def test_a_parcel_of_scans_beside_a_workbook_is_sent_along() -> None:
    """The proofs in a zip, the letter that was answered."""
    data = mail(("bc.xlsx", BOOK), ("minh chứng.zip", archive(("1.pdf", PDF))))
    assert outline(data) == {"goi": "PARCEL_OPENED PARCEL_OTHER_PARTS", "goi/bc.xlsx": "xlsx"}
    assert facts(data, "PARCEL_OTHER_PARTS") == {"names": "minh chứng.zip (tệp nén ZIP)"}


def test_three_parcels_in_each_other_are_opened_and_a_fourth_is_named() -> None:
    three = archive(("2.zip", archive(("3.zip", archive(("a.xlsx", BOOK))))))
    assert outline(three)["goi/2.zip/3.zip/a.xlsx"] == "xlsx"
    assert outline(archive(("b.xlsx", BOOK), ("1.zip", three))) == {
        "goi": "PARCEL_OPENED",
        "goi/b.xlsx": "xlsx",
        "goi/1.zip/2.zip/3.zip": "PARCEL_TOO_DEEP",
    }


def test_debris_is_passed_over_and_a_workbook_under_its_name_is_not() -> None:
    """What a Mac and an open Excel leave in a zip; content decides here as well."""
    shadow = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X"
    lock = b"\x05Nguyen" + b" " * 158
    data = archive(
        ("bc.xlsx", BOOK),
        ("__MACOSX/._bc.xlsx", shadow),
        ("~$bc.xlsx", lock),
        (".~lock.bc.xlsx#", b",may,,;"),
        (".DS_Store", b"\x00\x00\x00\x01Bud1"),
        ("Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("__MACOSX/that.xlsx", BOOK),
        ("~$that.xlsx", BOOK),
    )
    assert outline(data) == {
        "goi": "PARCEL_OPENED",
        "goi/bc.xlsx": "xlsx",
        "goi/__MACOSX/that.xlsx": "xlsx",
        "goi/~$that.xlsx": "xlsx",
    }


def test_every_sentence_about_a_parcel_can_be_said() -> None:
    """Its facts are those that the parcels give."""
    told = {
        "kind": "tệp nén ZIP",
        **dict.fromkeys(("count", "names", "what", "detail", "method", "limit"), "x"),
    }
    for code in MESSAGES:
        if code.startswith(("PARCEL_", "MOMENT_")):
            assert "{" not in sentence(finding(code, "goi", facts=told))


@given(st.text(max_size=300) | st.text("./\\:\0 a", max_size=40))
def test_a_path_out_of_a_parcel_leads_nowhere_but_down(name: str) -> None:
    """Whatever the name says: no root, no drive, no step up, nothing that a file system or JSON refuses."""
    path = safe_path(name)
    pieces = PurePosixPath(path).parts
    assert not path.startswith("/")
    assert not {"..", "."} & set(pieces)
    assert not set(path) & set('\\:*?"<>|\0\n')
    path.encode()
    assert all(len(piece) <= 120 for piece in pieces)


@given(st.lists(st.sampled_from(["a.xlsx", "A.XLSX", "../a.xlsx", "a (2).xlsx", "", "b/a.xlsx"]), max_size=12))
def test_no_two_files_of_a_parcel_share_a_path(names: list[str]) -> None:
    given_names = Names()
    places = [given_names.place("goi", name).casefold() for name in names]
    assert len(set(places)) == len(places)


SEEDS = (
    mail(("báo cáo.xlsx", BOOK), ("a.zip", archive(("x/y.xlsx", BOOK), ("1.pdf", PDF)))),
    archive(("x/y.xlsx", BOOK), ("z.zip", archive(("a.xlsx", BOOK)))),
    forwarded(
        message(("a.xlsx", BOOK)), headers=[("From", "a@example.vn"), ("Date", "Mon, 1 Jun 2026 08:00:00 +0700")]
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=6)), max_size=8))
def test_no_altered_parcel_raises_or_loses_its_bounds(seed: bytes, changes: list[tuple[int, bytes]]) -> None:
    """Every outcome is a value, below the parcel's own path, within the room that a parcel has."""
    data = bytearray(seed)
    for at, new in changes:
        data[at % len(data) : at % len(data) + len(new)] = new
    members = opened(bytes(data))
    assert all(isinstance(m.content, RawBook | Fault | SetAside) and told(m) for m in members)
    assert all(m.path.startswith("goi/") and ".." not in m.path.split("/") for m in members[1:])
    assert sum(len(m.data) for m in members[1:]) <= MAX_INFLATED


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"From: a\nTo: b\n", SEEDS[0][:400]]), st.binary(max_size=600)
)
def test_no_bytes_at_all_raise(start: bytes, rest: bytes) -> None:
    for member in opened(start + rest):
        assert told(member)


def test_a_parcel_costs_bounded_time_however_it_is_built() -> None:
    """Nests of parts, floods of parts and of headers: seconds at most, and a word about it."""
    head = b"To: a@example.vn\nSubject: x\n"
    nest = head + b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(20_000))
    flood = head + b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 500_000
    lines = head + b"X-a: b\n" * 1_000_000
    odd = head + b'Content-Type: multipart/mixed; boundary="' + b'";"' * 300_000
    start = time.perf_counter()
    found = [told(opened(data)[0]) for data in (nest, flood, lines, odd)]
    assert time.perf_counter() - start < 10
    assert found == ["PARCEL_TOO_DEEP", "PARCEL_TOO_MANY", "PARCEL_WITHOUT_RETURN", "PARCEL_WITHOUT_RETURN"]


@pytest.mark.parametrize(
    "line",
    [
        b"begin 644 a.xlsx\n",
        b"begin 644 a.xlsx\nM\n",
        b"begin-base64 644 a\n",
        b"Content-Type: a/b\n",
        b"Content-Type: a/b\n\n",
        b"Content-Type: a/b; name=a\nContent-Transfer-Encoding: base64\n\n",
        b"--x\nContent-Transfer-Encoding: quoted-printable\n\n",
        b"UEsDB" + b"A" * 40 + b"\n",
        b"\n",
    ],
)
def test_a_letter_costs_bounded_time_whatever_is_pasted_into_it(line: bytes) -> None:
    """Beginnings of files without end: looked at once, and no more of them than a parcel may have files."""
    data = b"To: a@example.vn\nSubject: x\n\n" + line * (1_500_000 // len(line))
    start = time.perf_counter()
    assert told(opened(data)[0])
    assert time.perf_counter() - start < 5


def test_without_a_mail_the_moment_is_the_parcels() -> None:
    """What zip says of its members' times is the clock of whoever packed it."""
    assert {m.stamp for m in opened(archive(("a.xlsx", BOOK), ("b.xlsx", BOOK)))} == {ON_DISK}
