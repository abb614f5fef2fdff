"""Saved e-mails as all kinds of programs write them: attachments, names, sender and moment."""

from __future__ import annotations

import base64
import email
import quopri
from datetime import datetime
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.validation.parcels import (
    ON_DISK,
    PDF,
    PICTURE,
    ZONE,
    archive,
    facts,
    forwarded,
    mail,
    message,
    opened,
    outline,
    workbook,
    written,
)
from validation.parcel_mail import mail_stamp
from validation.parcel_mime import mail_parts
from validation.parcel_part import Budget, Part, Stamp
from validation.raw import RawBook
from validation.sniff import kind_of_bytes, looks_like_mail

BOOK = workbook()
ENCODED = base64.encodebytes(BOOK)


def attached(headers: str, body: bytes = ENCODED) -> bytes:
    """A mail by hand with one attachment under these header lines."""
    return written(
        'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="=_a"',
        b"\n--=_a\n\nchao\n--=_a\n" + headers.encode() + b"\n\n" + body + b"\n--=_a--\n",
    )


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ("Content-Type: a/b; name=bc.xlsx\nContent-Transfer-Encoding: base64", "bc.xlsx"),
        (
            "Content-Disposition: attachment; filename*=UTF-8''b%C3%A1o%20c%C3%A1o.xlsx\n"
            "Content-Transfer-Encoding: BASE64",
            "báo cáo.xlsx",
        ),
        (
            "Content-Disposition: attachment;\n filename*0*=UTF-8''b%C3%A1o;\n filename*1*=%20c%C3%A1o.xlsx\n"
            "Content-Transfer-Encoding: base64",
            "báo cáo.xlsx",
        ),
        (
            'Content-Disposition: attachment; filename="=?UTF-8?B?YsOhbyBjw6FvLnhsc3g=?="\n'
            "Content-Transfer-Encoding: base64",
            "báo cáo.xlsx",
        ),
        (
            'Content-Type: application/x; name="=?windows-1258?Q?b=E1o_c=E1o=2Exlsx?="\n'
            "Content-Transfer-Encoding: base64",
            "báo cáo.xlsx",
        ),
        ('Content-Disposition: attachment; filename="báo cáo.xlsx"\nContent-Transfer-Encoding: base64', "báo cáo.xlsx"),
        (
            'Content-Disposition: attachment; filename="=?khong-co?B?YmM=?= x.xlsx"\nContent-Transfer-Encoding: base64',
            "bc x.xlsx",
        ),
        ("Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64", "tep-dinh-kem"),
        ("Content-Type: text/plain\nContent-Transfer-Encoding: base64", "tep-dinh-kem"),
    ],
)
def test_an_attachment_is_found_under_its_name_however_that_is_written(headers: str, name: str) -> None:
    """RFC 2231, RFC 2047 where it is not allowed, plain UTF-8, no name at all: the return is read."""
    assert outline(attached(headers)) == {"goi": "PARCEL_OPENED", f"goi/{name}": "xlsx"}
    assert opened(attached(headers))[1].data == BOOK


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("base64", ENCODED),
        ("base64", ENCODED.replace(b"\n", b"\r\n  ")),
        ("base64", ENCODED.rstrip(b"=\n")),
        ("quoted-printable", quopri.encodestring(BOOK)),
        ("binary", BOOK),
        ("8bit", BOOK),
    ],
)
def test_an_attachment_is_read_however_it_is_encoded(encoding: str, body: bytes) -> None:
    found = opened(attached(f"Content-Type: a/b; name=bc.xlsx\nContent-Transfer-Encoding: {encoding}", body))
    assert isinstance(found[1].content, RawBook)


def test_sender_and_moment_of_the_mail_go_to_all_its_files() -> None:
    """Also through a zip; the parcel itself has them too."""
    headers = [
        ("Received", "from b by mx.soyte.example.vn; Fri, 5 Jun 2026 02:00:00 +0000"),
        ("Received", "from a by b; Fri, 5 Jun 2026 01:00:00 +0000"),
        ("From", "Văn phòng xã <VP.Xa@example.vn>"),
        ("Date", "Thu, 4 Jun 2026 23:59:00 +0700"),
    ]
    found = opened(mail(("a.xlsx", BOOK), ("b.zip", archive(("c.xlsx", BOOK))), headers=headers))
    assert len(found) == 3
    assert {m.stamp for m in found} == {Stamp(datetime(2026, 6, 5, 9, 0, tzinfo=ZONE), "vp.xa@example.vn")}
    assert found[0].stamp.moment.isoformat() == "2026-06-05T09:00:00+07:00"


LATE = "Received: x; Tue, 16 Jun 2026 08:00:00 +0700"
EARLY = "Received: x; Mon, 1 Jun 2026 08:00:00 +0700"


@pytest.mark.parametrize(
    ("headers", "moment", "doubtful"),
    [
        (f"{LATE}\nDate: Thu, 4 Jun 2026 08:00:00 +0700", "2026-06-16T08:00:00+07:00", False),
        (f"{EARLY}\nDate: Thu, 4 Jun 2026 08:00:00 +0700", "2026-06-01T08:00:00+07:00", False),
        ("Date: Mon, 8 Jun 2026 08:00:00 +0700", "2026-06-08T08:00:00+07:00", False),
        ("Date: Mon, 8 Jun 2026 08:00:00 -0000", "2026-06-08T15:00:00+07:00", False),
        ("Date: 8 Jun 2026 08:00:00 +0700 (gio Viet Nam)", "2026-06-08T08:00:00+07:00", False),
        ("Date: Tue, 9 Jun 2026 09:00:00 +0700", "2026-06-09T09:00:00+07:00", False),
        ("Date: Sun, 7 Jun 2026 09:00:00 +0700", "2026-06-07T09:00:00+07:00", False),
        ("Date: Sun, 7 Jun 2026 08:59:59 +0700", "2026-06-07T08:59:59+07:00", True),
        ("Date: Tue, 9 Jun 2026 09:00:01 +0700", "2026-06-09T09:00:01+07:00", True),
        ("Date: Tue, 16 Jun 2026 08:00:00 +0700", "2026-06-16T08:00:00+07:00", True),
        ("Date: Thu, 31 Dec 2099 08:00:00 +0700", "2026-06-08T09:00:00+07:00", True),
        ("Received: x; Mon, 1 Mar 2027 08:00:00 +0700", "2027-03-01T08:00:00+07:00", False),
        ("Received: khong co ngay\nDate: Thu, 4 Jun 2026 08:00:00 +0700", "2026-06-04T08:00:00+07:00", True),
        (
            "Received: x; Thu, 1 Jan 2004 00:00:00 +0700\nDate: 8 Jun 2026 08:00 +0700",
            "2026-06-08T08:00:00+07:00",
            False,
        ),
        ("Date: Thu, 1 Jan 2004 00:00:00 +0000", "2026-06-08T09:00:00+07:00", False),
        ("Date: Sat, 1 Jan 2101 00:00:00 +0000", "2026-06-08T09:00:00+07:00", False),
        ("Date: hôm qua", "2026-06-08T09:00:00+07:00", False),
        ("Date: Fri, 31 Dec 9999 23:59:59 -2300", "2026-06-08T09:00:00+07:00", False),
        ("X-A: b", "2026-06-08T09:00:00+07:00", False),
    ],
)
def test_the_moment_is_the_first_that_can_be_believed(headers: str, moment: str, doubtful: bool) -> None:
    """The server's word, the sender's clock, the file's own time; alone, the sender's clock has to agree with it."""
    stamp, doubt = mail_stamp(written(headers), ON_DISK)
    assert stamp.moment.isoformat() == moment
    assert (doubt is not None and doubt.code == "MOMENT_DOUBTFUL") == doubtful


def test_a_moment_that_only_the_sender_vouches_for_is_told_at_the_mail() -> None:
    """Whoever is late can set his clock back; the department looks, and the returns in it are read all the same."""
    data = mail(("a.xlsx", BOOK), headers=[("Date", "Thu, 4 Jun 2026 08:00:00 +0700")])
    assert outline(data) == {"goi": "PARCEL_OPENED MOMENT_DOUBTFUL", "goi/a.xlsx": "xlsx"}
    assert facts(data, "MOMENT_DOUBTFUL")["what"] == (
        "Máy của người gửi ghi thư gửi lúc 08:00 ngày 04/6/2026, tệp thư lại được lưu lúc 09:00 ngày 08/6/2026, và thư "
        "không ghi lúc máy chủ nhận"
    )


@pytest.mark.parametrize(
    ("headers", "sender"),
    [
        ("From: xa@example.vn", "xa@example.vn"),
        ('From: "Xã, Phòng VH" <xa@example.vn>', "xa@example.vn"),
        ("From: =?UTF-8?B?WMOjIEdpYSBWaeG7hW4=?= <Xa@Example.VN>", "xa@example.vn"),
        ("From: Xã Gia Viễn\nSender: tro-ly@example.vn", "tro-ly@example.vn"),
        ("Return-Path: <xa@example.vn>", "xa@example.vn"),
        ("From: " + "(" * 8_000, ""),
        ("From: =cmd|' /C calc'!A0", ""),
        ("X-A: b", ""),
    ],
)
def test_the_sender_is_an_address_or_nothing(headers: str, sender: str) -> None:
    """What it says goes into lists that people open: an address has no room for anything else."""
    assert mail_stamp(written(headers), ON_DISK)[0].sender == sender


INNER = [("From", "xa-a@example.vn"), ("Received", "x; Mon, 1 Jun 2026 08:00:00 +0700")]


@pytest.mark.parametrize(
    ("headers", "day"),
    [
        ([("Received", "x; Mon, 15 Jun 2026 08:00:00 +0700"), ("Date", "Mon, 15 Jun 2026 08:00:00 +0700")], 15),
        ([("Date", "Sun, 7 Jun 2026 10:00:00 +0700")], 7),
        ([], 8),
    ],
)
def test_a_forwarded_mail_came_when_and_from_whom_the_outer_one_did(headers: list[tuple[str, str]], day: int) -> None:
    """Anybody can attach an old or a forged mail to his own; also as a file, and in a zip in the mail."""
    outer = [*headers, ("From", "huyen@example.vn")]
    inner = message(("a.xlsx", BOOK), headers=INNER)
    for data in (
        forwarded(inner, headers=outer),
        mail(("thu.eml", inner.as_bytes()), headers=outer),
        mail(("thu.zip", archive(("thu.eml", inner.as_bytes()))), headers=outer),
    ):
        assert {(m.stamp.sender, m.stamp.moment.day) for m in opened(data)} == {("huyen@example.vn", day)}
        assert "xa-a@example.vn" in facts(data, "PARCEL_OPENED")["kind"]


def test_a_mail_in_a_zip_keeps_its_own_sender_and_moment() -> None:
    """A zip of saved mails is how a department moves them; what only a sender's clock says is told at that mail."""
    late = [("From", "xa-b@example.vn"), ("Date", "Tue, 2 Jun 2026 08:00:00 +0700")]
    data = archive(("1.eml", mail(("a.xlsx", BOOK), headers=INNER)), ("2.eml", mail(("b.xlsx", BOOK), headers=late)))
    assert outline(data) == {
        "goi": "PARCEL_OPENED",
        "goi/1.eml/a.xlsx": "xlsx",
        "goi/2.eml/b.xlsx": "xlsx",
        "goi/2.eml": "PARCEL_OPENED MOMENT_DOUBTFUL",
    }
    assert [(m.stamp.sender, m.stamp.moment.day) for m in opened(data)] == [
        ("", 8),
        ("xa-a@example.vn", 1),
        ("xa-b@example.vn", 2),
        ("xa-b@example.vn", 2),
    ]


def test_a_mail_attached_as_a_file_is_opened_too() -> None:
    """Some programs send a forwarded mail in base64, as any other file."""
    inner = mail(("a.xlsx", BOOK))
    assert outline(mail(("thư.eml", inner)))["goi/thư.eml/a.xlsx"] == "xlsx"
    encoded = attached("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64", base64.encodebytes(inner))
    assert outline(encoded)["goi/Báo cáo 6 tháng.eml/a.xlsx"] == "xlsx"
    bare = attached("Content-Type: message/rfc822; name=x", b"Subject: x\n\nchi co loi")
    assert outline(bare) == {"goi": "PARCEL_OPENED", "goi/x": "PARCEL_WITHOUT_RETURN"}


def test_a_mail_that_was_cut_is_told_whatever_came_out_of_it() -> None:
    """The last attachment may be missing without a trace but for the last boundary line."""
    headers = "Content-Type: a/b; name=bc.xlsx\nContent-Transfer-Encoding: base64"
    whole = attached(headers)
    lost_end = whole.removesuffix(b"\n--=_a--\n")
    assert outline(lost_end) == {"goi": "PARCEL_OPENED PARCEL_CUT", "goi/bc.xlsx": "xlsx"}
    assert outline(whole[:-600]) == {"goi": "PARCEL_OPENED PARCEL_CUT", "goi/bc.xlsx": "FILE_DAMAGED"}
    letter_only = whole[: whole.find(b"--=_a\nContent")]
    assert "mất phần cuối" in facts(letter_only, "PARCEL_WITHOUT_RETURN")["what"]


def test_what_some_programs_put_before_a_mail_does_no_harm() -> None:
    """Apple Mail its length, old Unix mailers a line "From …", editors a mark."""
    whole = mail(("a.xlsx", BOOK))
    for before in (b"4711      \n", b"From xa@example.vn Mon Jun  1 08:00:00 2026\r\n", b"\xef\xbb\xbf", b"\r\n"):
        assert outline(before + whole) == {"goi": "PARCEL_OPENED", "goi/a.xlsx": "xlsx"}


def test_a_header_that_was_broken_on_its_way_does_not_hide_the_mail() -> None:
    """A relay cut a long line and forgot the space before its rest."""
    data = mail(("a.xlsx", BOOK), headers=[("From", "xa@example.vn"), ("X-Long", "mot hai")])
    assert outline(data.replace(b"X-Long: mot hai", b"X-Long: mot\r\nhai ba")) == {
        "goi": "PARCEL_OPENED",
        "goi/a.xlsx": "xlsx",
    }


def test_a_mailbox_of_several_mails_is_not_opened_and_told() -> None:
    """Its mails are told apart by a line that a letter may hold as well."""
    one = b"From xa@example.vn Mon Jun  1 08:00:00 2026\n" + mail(("a.xlsx", BOOK))
    assert opened(one + b"\n" + one) == ()
    assert kind_of_bytes(one + b"\n" + one, "thu.mbox").words == "hộp thư gồm nhiều thư (mbox)"


@pytest.mark.parametrize(
    "data",
    [
        b"MIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related; boundary=x\n\n",
        b"From: <Saved by Blink>\nSnapshot-Content-Location: https://example.vn\nSubject: x\nDate: x\n\n",
        b"Subject: mot dong\n\nchi la ghi chu",
        b"To: ai do\nkhong phai thu\n",
        b"a,b\n1,2\n",
    ],
)
def test_a_text_that_only_begins_like_a_mail_is_none(data: bytes) -> None:
    assert not looks_like_mail(data)


def test_the_picture_of_a_signature_needs_no_name() -> None:
    data = attached(
        "Content-Type: image/png\nContent-ID: <x>\nContent-Transfer-Encoding: base64", base64.b64encode(PICTURE)
    )
    assert facts(data, "PARCEL_WITHOUT_RETURN")["what"] == "chỉ có tep-dinh-kem (tệp ảnh)"


PIECES = st.tuples(st.sampled_from(["base64", "quoted-printable", "8bit"]), st.binary(max_size=200))


def _stored(encoding: str, data: bytes) -> EmailMessage:
    part = EmailMessage(policy=policy.SMTP)
    part.set_content(data.hex().encode(), "application", "octet-stream", cte=encoding, filename="x.bin")
    return part


@settings(max_examples=60, deadline=None)
@given(st.recursive(PIECES, lambda inner: st.lists(inner, min_size=1, max_size=3), max_leaves=8))
def test_the_files_are_those_that_the_standard_library_finds(tree: object) -> None:
    """On mails that are well made, its parser of whole messages and ours agree byte for byte."""

    def made(node: object) -> EmailMessage:
        if isinstance(node, tuple):
            return _stored(*node)
        container = EmailMessage(policy=policy.SMTP)
        container.make_mixed()
        assert isinstance(node, list)
        for child in node:
            container.attach(made(child))
        return container

    root = made(tree)
    root["Subject"], root["To"] = "x", "a@example.vn"
    data = root.as_bytes()
    theirs = [
        p.get_content() for p in email.message_from_bytes(data, policy=policy.default).walk() if not p.is_multipart()
    ]
    ours = [part.data for part in mail_parts(data, Budget()) if isinstance(part, Part)]
    assert ours == theirs


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_no_header_at_all_raises(one: str, two: str) -> None:
    """Names, dates and addresses are text from strangers."""
    data = written(
        f"From: {one}\nDate: {two}\nReceived: {one};{two}\nContent-Type: multipart/mixed; boundary={one}",
        f"\n--{one}\nContent-Disposition: attachment; filename*0*={two}; filename={one}\n\n".encode() + PDF,
    )
    stamp, _ = mail_stamp(data, ON_DISK)
    assert 2019 <= stamp.moment.year <= 2101
    assert all(isinstance(part.size, int) for part in mail_parts(data, Budget()) if isinstance(part, Part))
