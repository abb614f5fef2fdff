"""Returns that stand in the text of a letter, and parts whose type says one thing and whose bytes another."""

from __future__ import annotations

import base64
import binascii
import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.validation.parcels import PDF, archive, facts, mail, message, opened, outline, workbook, written
from validation.parcel_codes import decoded
from validation.parcel_text import inserted
from validation.raw import RawBook

BOOK, OTHER = workbook(), workbook("B2")
ENCODED = base64.encodebytes(OTHER)


def uuencoded(data: bytes, name: str = "y.xlsx", line_end: bytes = b"\n") -> bytes:
    lines = [binascii.b2a_uu(data[at : at + 45]).rstrip(b"\n") for at in range(0, len(data), 45)]
    return line_end.join([b"begin 644 " + name.encode(), *lines, b"`", b"end", b""])


def beside(headers: str, body: bytes, kind: str = "mixed") -> bytes:
    """A mail with a return, and after it a part of these headers."""
    return written(
        f'MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="=_a"',
        b'\n--=_a\nContent-Type: a/b; name="x.xlsx"\nContent-Transfer-Encoding: base64\n\n'
        + base64.encodebytes(BOOK)
        + b"\n--=_a\n"
        + headers.encode()
        + b"\n\n"
        + body
        + b"\n--=_a--\n",
    )


SOURCE = b"From: xa@example.vn\nDate: Mon, 1 Jun 2026 08:00:00 +0700\n" + message(("y.xlsx", OTHER)).as_bytes()
BARE_SOURCE = b"Content-Type: a/b; name=y.xlsx\nContent-Transfer-Encoding: BASE64\n\n" + ENCODED


@pytest.mark.parametrize(
    "text",
    [
        b"Kinh gui\n" + uuencoded(OTHER),
        b"Kinh gui\r\n\r\n" + uuencoded(OTHER, line_end=b"\r\n") + b"\r\nTran trong",
        b"begin-base64 644 y.xlsx\n" + ENCODED + b"====\n",
        b"----- Forwarded -----\n" + SOURCE,
        b"----- Forwarded -----\n" + SOURCE.replace(b"\r\n", b"\n") + b"\nTran trong\n",
        b"chuyen tiep\n\n" + BARE_SOURCE + b"\n\nTran trong kinh bao",
        b"--=_b\nContent-Disposition: attachment; filename=y.xlsx\nContent-Transfer-Encoding: quoted-printable\n\n"
        + quopri.encodestring(OTHER)
        + b"\n--=_b--\n",
    ],
)
def test_a_return_in_the_text_of_a_letter_is_read(text: bytes) -> None:
    """Also beside another attachment, where nobody would miss it."""
    assert outline(written("X-A: b", text))["goi/y.xlsx"] == "xlsx"
    data = beside("Content-Type: text/plain", text)
    assert outline(data) == {"goi": "PARCEL_OPENED", "goi/x.xlsx": "xlsx", "goi/y.xlsx": "xlsx"}
    assert opened(data)[2].data.startswith(OTHER)
    as_text = beside("Content-Type: text/plain; name=ghi-chu.txt", text)
    assert outline(as_text)["goi/y.xlsx"] == "xlsx"


def test_base64_that_lost_its_headers_is_read_too() -> None:
    """A relay put a blank line into the headers; the name is gone, the return is not."""
    data = beside("Content-Type: text/plain", b"loi\n" + ENCODED + b"\nhet")
    assert outline(data)["goi/tep-trong-loi-thu"] == "xlsx"


def test_what_stands_outside_the_parts_of_a_mail_is_read_too() -> None:
    """No program shows it; a mail whose boundary was broken has everything there."""
    whole = mail(("y.xlsx", OTHER))
    start = whole.index(b'boundary="') + 10
    broken = whole[:start] + b"khac" + whole[start:]
    assert outline(broken) == {"goi": "PARCEL_OPENED PARCEL_CUT", "goi/y.xlsx": "xlsx"}
    assert outline(mail(("x.xlsx", BOOK)) + uuencoded(OTHER))["goi/y.xlsx"] == "xlsx"


def test_a_file_in_a_text_that_is_cut_is_told() -> None:
    text = uuencoded(OTHER)[:-400]
    assert outline(beside("Content-Type: text/plain", text))["goi"] == "PARCEL_OPENED PARCEL_CUT"


def test_a_letter_that_speaks_of_mails_is_still_a_letter() -> None:
    text = b"begin 644 la lenh cu\nContent-Type: text/plain; charset=utf-8\nSubject: x\n\nbegin nay\nTran trong\n"
    assert outline(beside("Content-Type: text/plain", text)) == {"goi": "PARCEL_OPENED", "goi/x.xlsx": "xlsx"}


def test_a_digest_of_mails_is_opened() -> None:
    """Its parts are mails without saying so (RFC 2046, 5.1.5)."""
    inner = mail(("y.xlsx", OTHER), headers=[("From", "xa@example.vn")])
    digest = b"\n--=_d\n\n" + inner + b"\n--=_d\nContent-Type: text/plain\n\nhet\n--=_d--\n"
    data = beside("Content-Type: multipart/digest; boundary==_d".replace("==", '="=').replace("_d", '_d"'), digest)
    assert outline(data)["goi/Báo cáo 6 tháng.eml/y.xlsx"] == "xlsx"


@pytest.mark.parametrize(
    ("headers", "body", "told"),
    [
        ("Content-Type: text/plain\nContent-Disposition: attachment", b"ma;so\n1;2\n", "FILE_NOT_WORKBOOK"),
        ("Content-Type: text/html\nContent-Disposition: ATTACHMENT; x=y", b"Rar!\x1a\x07\x01\x00", "FILE_NOT_WORKBOOK"),
        ("Content-Type: text/plain", b"Rar!\x1a\x07\x01\x00", "FILE_NOT_WORKBOOK"),
        ("Content-Type: text/plain", b"\n\n" + OTHER, "FILE_NOT_WORKBOOK"),
        ("Content-Type: application/vnd.ms-excel", b"xin loi", "FILE_NOT_WORKBOOK"),
        ("Content-Type: text/csv", b"mot dong", "FILE_NOT_WORKBOOK"),
        ("Content-Type: a/b\nContent-Transfer-Encoding: x-binhex", b"(This file", "FILE_NOT_WORKBOOK"),
        (
            "Content-Type: application/vnd.ms-excel\nContent-Transfer-Encoding: x-uuencode",
            b"khong",
            "FILE_NOT_WORKBOOK",
        ),
    ],
)
def test_what_is_attached_without_a_name_is_spoken_of(headers: str, body: bytes, told: str) -> None:
    """An attachment is no letter, and what is declared a table is no mere companion."""
    assert outline(beside(headers, body)) == {
        "goi": "PARCEL_OPENED",
        "goi/x.xlsx": "xlsx",
        "goi/tep-dinh-kem": told,
    }


def test_a_part_in_uuencode_is_decoded() -> None:
    headers = "Content-Type: application/vnd.ms-excel\nContent-Transfer-Encoding: x-uuencode"
    assert outline(beside(headers, uuencoded(OTHER)))["goi/y.xlsx"] == "xlsx"
    assert decoded(uuencoded(OTHER), "x-uuencode").data == OTHER


def test_what_is_declared_a_table_is_spoken_of_under_any_name() -> None:
    """A scan with the type of a workbook, a zip without a return: the sender meant them as returns."""
    sheet = "Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet; name="
    assert outline(beside(f"{sheet}bc.pdf", PDF))["goi/bc.pdf"] == "FILE_NOT_WORKBOOK"
    assert outline(beside(f"{sheet}bc.zip", archive(("1.pdf", PDF))))["goi/bc.zip"] == "PARCEL_WITHOUT_RETURN"


def test_an_empty_attachment_without_a_name_is_nothing() -> None:
    """Some servers close every mail with one."""
    data = beside("Content-Type: text/plain\nContent-Disposition: attachment", b"\n \n")
    assert outline(data) == {"goi": "PARCEL_OPENED", "goi/x.xlsx": "xlsx"}


def test_a_text_attached_without_a_name_is_named_beside_the_return() -> None:
    data = beside("Content-Type: text/plain\nContent-Disposition: attachment", b"Kinh gui So")
    assert facts(data, "PARCEL_OTHER_PARTS") == {"names": "tep-dinh-kem (tệp văn bản)"}


LINES = st.sampled_from(
    [
        b"begin 644 a",
        b"begin-base64 644 a",
        b"====",
        b"end",
        b"`",
        b"M" * 61,
        b"--x",
        b"Content-Type: a/b; name=c",
        b"Content-Type: multipart/mixed; boundary=x",
        b"Content-Type: message/rfc822",
        b"Content-Transfer-Encoding: base64",
        b"Content-Transfer-Encoding: x-uuencode",
        b"Content-Disposition: attachment",
        b"UEsDB" + b"B" * 60,
        b"",
        b"\xff\0",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES | st.binary(max_size=20), max_size=14))
def test_no_text_at_all_raises(lines: list[bytes]) -> None:
    text = b"\n".join(lines)
    assert all(found is not None for found in inserted(text))
    assert opened(written("X-A: b", text))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_uuencode_gives_back_what_went_in(data: bytes) -> None:
    (found,) = inserted(b"chao\n" + uuencoded(data) + b"het")
    assert found is not None
    assert (found.name, found.data, found.whole) == ("y.xlsx", data, True)


def test_the_content_is_what_was_sent() -> None:
    found = opened(written("X-A: b", uuencoded(OTHER)))[1]
    assert found.data == OTHER
    assert isinstance(found.content, RawBook)
