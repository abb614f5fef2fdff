"""Reads the headers of a mail and of its parts: names, types, encodings, words in other alphabets.

The standard library reads single headers here, within bounds. Never raises on any bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.header import decode_header
from email.message import Message

_MAX_HEADERS = 256 << 10  # bytes of the headers of one part; relays put some 30 KB of signatures there
_MAX_HEADER = 8_192  # characters of one header
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_MAIL_TYPES = frozenset(("message/rfc822", "message/global"))
_SHEET_TYPES = re.compile(
    r"application/(?:vnd\.ms-excel|vnd\.openxmlformats-officedocument\.spreadsheetml|vnd\.oasis\.opendocument\.spread"
    r"|vnd\.google-apps\.spreadsheet|vnd\.apple\.numbers|wps-office\.(?:et|xls)|(?:x-|vnd\.)?(?:ms-?)?excel|x-xls|xls)"
    r"|(?:text|application)/(?:csv|tab-separated-values|comma-separated-values)"
)

Headers = Mapping[str, list[str]]


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


@dataclass(frozen=True, slots=True)
class About:
    """What the headers of a part say: its type, its file name, how it is encoded, whether it is to be saved."""

    kind: str
    name: str
    boundary: bytes
    encoding: str
    is_attachment: bool

    @classmethod
    def of(cls, headers: Headers, default: str = "text/plain") -> About:
        """`default` is the type of a part that names none: in a digest of mails it is a mail (RFC 2046, 5.1.5)."""
        probe = Message()
        probe.set_default_type(default)
        for key in ("content-type", "content-disposition"):
            if key in headers:
                probe[key] = headers[key][0]
        try:
            kind, name = probe.get_content_type(), probe.get_filename("") or ""
            boundary = str(probe.get_boundary("") or "").encode("utf-8", "replace")
        except Exception:  # as above: bad parameters raise many kinds
            kind, name, boundary = "application/octet-stream", "", b""
        encoding = headers.get("content-transfer-encoding", [""])[0].lower().strip(' ;"')
        disposition = headers.get("content-disposition", [""])[0].lower()
        return cls(kind, decoded_words(name).strip(), boundary, encoding, disposition.startswith("attachment"))

    @property
    def is_mail(self) -> bool:
        """Whether the part is declared to be a whole mail."""
        return self.kind in _MAIL_TYPES

    @property
    def is_sheet(self) -> bool:
        """Whether the part is declared to be a table: then it is somebody's return, whatever it is called."""
        return _SHEET_TYPES.match(self.kind) is not None
