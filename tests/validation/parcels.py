"""Makes e-mails and zips as people and their programs send them, and a small workbook to put into them."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable
from datetime import datetime
from email import policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from tests.validation.packages import number_at, sheet_xml, xlsx_parts, zipped
from validation.parcel import Member, open_parcel
from validation.parcel_part import Stamp
from validation.raw import Fault, RawBook

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ON_DISK = Stamp(datetime(2026, 6, 8, 9, 0, tzinfo=ZONE))
PDF = b"%PDF-1.7\n%\xe2\xe3\nquet"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00chu ky"
Attachment = tuple[str, bytes]
Headers = Iterable[tuple[str, str]]


def workbook(address: str = "A1") -> bytes:
    """A workbook that can be read, with a number in one cell."""
    return zipped(xlsx_parts(sheet_xml(number_at(address))))


def archive(*members: Attachment, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members; a name may come twice."""
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as package:
        warnings.simplefilter("ignore")  # of a name that comes twice
        for name, data in members:
            package.writestr(zipfile.ZipInfo(name), data, method)
    return target.getvalue()


def message(*attachments: Attachment, headers: Headers = (), body: str = "Kính gửi Sở") -> EmailMessage:
    """A mail as most programs write it: the headers on top, a letter, and the attachments in base64."""
    made = EmailMessage(policy=policy.SMTP)
    for name, value in (*headers, ("Subject", "Báo cáo 6 tháng"), ("To", "so-y-te@example.vn")):
        made[name] = value
    made.set_content(body)
    for name, data in attachments:
        made.add_attachment(data, "application", "octet-stream", filename=name)
    return made


def mail(*attachments: Attachment, headers: Headers = (), body: str = "Kính gửi Sở") -> bytes:
    """The same as the bytes of an .eml."""
    return message(*attachments, headers=headers, body=body).as_bytes()


def forwarded(*inner: EmailMessage, headers: Headers = ()) -> bytes:
    """A mail with other mails attached to it."""
    made = message(headers=headers)
    for one in inner:
        made.add_attachment(one)
    return made.as_bytes()


def written(head: str, body: bytes = b"") -> bytes:
    """A mail by hand: header lines as they stand, and what follows the blank line."""
    return b"Subject: x\nTo: so-y-te@example.vn\n" + head.strip().encode() + b"\n\n" + body


def opened(data: bytes, path: str = "goi") -> tuple[Member, ...]:
    """The parcel and its files, as they come from the disk on 8 June 2026."""
    return open_parcel(data, path, ON_DISK, frozenset())


def outline(data: bytes) -> dict[str, str]:
    """Path -> kind of workbook, code of a fault, or the codes of a parcel's notes."""
    return {member.path: told(member) for member in opened(data)}


def told(member: Member) -> str:
    """What became of one file, in a word."""
    content = member.content
    if isinstance(content, RawBook):
        return content.kind
    return content.code if isinstance(content, Fault) else " ".join(note.code for note in content.notes)


def facts(data: bytes, code: str) -> dict[str, str]:
    """The facts of the one fault or note of this code about the parcel itself."""
    content = opened(data)[0].content
    assert not isinstance(content, RawBook)
    (found,) = [n for n in ((content,) if isinstance(content, Fault) else content.notes) if n.code == code]
    return dict(found.facts)
