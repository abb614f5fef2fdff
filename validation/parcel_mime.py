"""Takes a saved e-mail apart into its attachments, by the bytes and within bounds.

The standard library reads single headers here; its parser of whole messages is kept away, since a hostile
nest of parts costs it minutes. Never raises on any bytes, follows nothing, decodes nothing twice.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.header import decode_header
from email.message import Message

from validation.parcel_part import MAX_MEMBERS, Budget, Part
from validation.raw import Fault

_MAX_NEST = 20  # multiparts in each other; real mails have four or five
_MAX_HEADERS = 256 << 10  # bytes of the headers of one part; relays put some 30 KB of signatures there
_MAX_HEADER = 8_192  # characters of one header
_MAX_LINK_SEARCH = 256 << 10
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_BODY_TYPES = frozenset(("text/plain", "text/html", "text/enriched", "text/x-amp-html", "text/watch-html"))
_MAIL_TYPES = frozenset(("message/rfc822", "message/global"))
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")
_LINK = re.compile(
    rb"(?:drive|docs)\.google\.com|1drv\.ms|onedrive\.live\.com|sharepoint\.com|dropbox\.com|mediafire\.com|fshare\.vn"
    rb"|wetransfer\.com|we\.tl/",
    re.IGNORECASE,
)
LETTER, LINKED_LETTER = "lời thư", "lời thư có đường dẫn tới tệp trên mạng"

Headers = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class _Place:
    """A part of the mail: data[start:end], and how many multiparts are round it."""

    start: int
    end: int
    depth: int = 0


def mail_parts(data: bytes, budget: Budget) -> Iterator[Part | Fault]:
    """The attachments of a mail and its letter, and what is wrong with the mail itself."""
    yield from _parts(data, _Place(0, len(data)), budget)


def headers_of(data: bytes, start: int = 0, end: int | None = None) -> tuple[Headers, int]:
    """The headers at `start` by their names in lower case, and where the body begins."""
    end = len(data) if end is None else end
    body = _body_start(data, start, end)
    block = data[start : min(body, start + _MAX_HEADERS)]
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError:
        text = block.decode("cp1258", "replace")
    found: dict[str, list[str]] = {}
    for line in _FOLD.sub("", text).splitlines():
        name, _, value = line.partition(":")
        found.setdefault(name.strip().lower(), []).append(value.strip()[:_MAX_HEADER])
    return found, body


def _body_start(data: bytes, start: int, end: int) -> int:
    for mark in (b"\n", b"\r\n"):
        if data.startswith(mark, start, end):
            return start + len(mark)
    ends = [at + len(mark) for mark in (b"\n\n", b"\n\r\n") if (at := data.find(mark, start, end)) >= 0]
    return min(ends, default=end)


def decoded_words(text: str) -> str:
    """A header with its =?UTF-8?B?…?= words read; what cannot be read stays as it is."""
    try:
        pieces = decode_header(text)
    except Exception:  # the package promises no kinds of errors for bad headers
        return text
    return "".join(_word(piece, charset) for piece, charset in pieces)


def _word(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    try:
        return piece.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError):
        return piece.decode("utf-8", "replace")


def _parts(data: bytes, place: _Place, budget: Budget) -> Iterator[Part | Fault]:
    if not budget.admit():
        yield Fault("PARCEL_TOO_MANY", {"limit": str(MAX_MEMBERS)})
        return
    headers, body = headers_of(data, place.start, place.end)
    about = _About.of(headers)
    if about.kind.startswith("multipart/"):
        sections, closed = _sections(data, body, place.end, about.boundary)
        if not closed:
            yield Fault("PARCEL_CUT")
        if place.depth == _MAX_NEST and sections:
            yield Fault("PARCEL_TOO_DEEP", {"limit": str(_MAX_NEST)})
            return
        for start, end in sections:
            if budget.members < 0:
                return
            yield from _parts(data, _Place(start, end, place.depth + 1), budget)
        return
    content = _decoded(data[body : place.end], about.encoding)
    if about.kind in _BODY_TYPES and not about.name and not content.startswith(_BINARY):
        yield Part("", companion=LINKED_LETTER if _LINK.search(content, 0, _MAX_LINK_SEARCH) else LETTER)
    elif budget.spend(len(content)):
        yield Part(about.name or _nameless(about.kind, content), content, len(content), is_mail=about.is_mail)
    else:
        yield Fault("PARCEL_TOO_LARGE", {"names": about.name or about.kind})


@dataclass(frozen=True, slots=True)
class _About:
    """What the headers of a part say: its type, its file name, how it is encoded."""

    kind: str
    name: str
    boundary: bytes
    encoding: str

    @classmethod
    def of(cls, headers: Headers) -> _About:
        probe = Message()
        for key in ("content-type", "content-disposition"):
            if key in headers:
                probe[key] = headers[key][0]
        try:
            kind, name = probe.get_content_type(), probe.get_filename("") or ""
            boundary = str(probe.get_boundary("") or "").encode("utf-8", "replace")
        except Exception:  # as above: bad parameters raise many kinds
            kind, name, boundary = "application/octet-stream", "", b""
        encoding = headers.get("content-transfer-encoding", [""])[0].lower().strip(' ;"')
        return cls(kind, decoded_words(name).strip(), boundary, encoding)

    @property
    def is_mail(self) -> bool:
        return self.kind in _MAIL_TYPES


def _nameless(kind: str, content: bytes) -> str:
    """A name for an attachment that has none: a forwarded mail goes by its subject."""
    if kind not in _MAIL_TYPES:
        return "tep-dinh-kem"
    subject = decoded_words(headers_of(content)[0].get("subject", [""])[0])
    return f"{subject.replace('/', '-') or 'thu'}.eml"


def _sections(data: bytes, start: int, end: int, boundary: bytes) -> tuple[list[tuple[int, int]], bool]:
    """Where the parts between the boundary lines stand, and whether the last boundary is there."""
    found: list[tuple[int, int]] = []
    if not boundary:
        return found, False
    opened = -1
    mark = b"\n--" + boundary
    at = data.find(mark, max(start - 1, 0), end)
    while at >= 0 and len(found) <= MAX_MEMBERS:
        line_end = data.find(b"\n", at + 1, end)
        line_end = end if line_end < 0 else line_end
        rest = data[at + len(mark) : min(line_end, at + len(mark) + 100)].strip()
        if rest in (b"", b"--"):
            if opened >= 0:
                found.append((opened, max(opened, at - 1 if data[at - 1 : at] == b"\r" else at)))
            if rest:
                return found, True
            opened = min(line_end + 1, end)
        at = data.find(mark, line_end, end)
    if opened >= 0 and opened < end:
        found.append((opened, end))
    return found, False


def _decoded(body: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        return _from_base64(body)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body)
    return body


def _from_base64(body: bytes) -> bytes:
    """What the text encodes; of a cut one as much as is there."""
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
        whole = letters[: len(letters) - (len(letters) % 4 == 1)]
        return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
