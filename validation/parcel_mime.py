"""Takes a saved e-mail apart into its attachments, by the bytes and within bounds.

The standard library's parser of whole messages is kept away, since a hostile nest of parts costs it minutes.
Never raises on any bytes, follows nothing. Every attachment comes out, wherever in the mail it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from validation.parcel_codes import decoded
from validation.parcel_headers import About, decoded_words, headers_of
from validation.parcel_part import MAX_MEMBERS, Budget, Part
from validation.parcel_text import inserted
from validation.raw import Fault
from validation.sniff import is_text

_MAX_NEST = 20  # multiparts in each other; real mails have four or five
_PASTED_NEST = 6  # a pasted source counts as so many of them
_MAX_LINK_SEARCH = 256 << 10
_HEAD = 4_096
_BODY_TYPES = frozenset(("text/plain", "text/html", "text/enriched", "text/x-amp-html", "text/watch-html"))
_LINK = re.compile(
    rb"(?:drive|docs)\.google\.com|1drv\.ms|onedrive\.live\.com|sharepoint\.com|dropbox\.com|mediafire\.com|fshare\.vn"
    rb"|wetransfer\.com|we\.tl/",
    re.IGNORECASE,
)
LETTER, LINKED_LETTER = "lời thư", "lời thư có đường dẫn tới tệp trên mạng"


@dataclass(frozen=True, slots=True)
class _Place:
    """A part of the mail: data[start:end], how many multiparts are round it, what it is when it does not say."""

    start: int
    end: int
    depth: int = 0
    default: str = "text/plain"


def mail_parts(data: bytes, budget: Budget) -> Iterator[Part | Fault]:
    """The attachments of a mail and its letter, and what is wrong with the mail itself."""
    yield from _parts(data, _Place(0, len(data)), budget)


def _parts(data: bytes, place: _Place, budget: Budget) -> Iterator[Part | Fault]:
    if not budget.admit():
        yield _too_many()
        return
    headers, body = headers_of(data, place.start, place.end)
    about = About.of(headers, place.default)
    if not about.kind.startswith("multipart/"):
        yield from _leaf(data[body : place.end], about, place.depth, budget)
        return
    sections, closed = _sections(data, body, place.end, about.boundary)
    if not closed:
        yield Fault("PARCEL_CUT")
    if place.depth >= _MAX_NEST and sections:
        yield _too_deep()
        return
    default = "message/rfc822" if about.kind == "multipart/digest" else "text/plain"
    for start, end in sections:
        if budget.members < 0:
            return
        yield from _parts(data, _Place(start, end, place.depth + 1, default), budget)
    # What stands before and after the parts is shown by no program, but may be all that a broken mail has.
    first, last = (sections[0][0], sections[-1][1]) if sections else (place.end, place.end)
    for text in (data[body:first], data[last : place.end]):
        yield from _inserted(text, place.depth, budget)


def _leaf(body: bytes, about: About, depth: int, budget: Budget) -> Iterator[Part | Fault]:
    """A part that holds no others: a letter or a file, and what is inserted in its text."""
    found = decoded(body, about.encoding)
    content, name = found.data, about.name or found.name
    is_plain = about.kind.startswith("text/") and is_text(content[:_HEAD])
    if is_plain:
        yield from _inserted(content, depth, budget)
    if is_plain and about.kind in _BODY_TYPES and not name and not (about.is_attachment and content.strip()):
        yield Part("", companion=LINKED_LETTER if _LINK.search(content, 0, _MAX_LINK_SEARCH) else LETTER)
    elif budget.spend(len(content)):
        is_return = about.is_sheet or not found.known
        name = name or _nameless(about, content)
        yield Part(name, content, len(content), is_mail=about.is_mail, is_return=is_return)
    else:
        yield Fault("PARCEL_TOO_LARGE", {"names": name or about.kind})


def _inserted(text: bytes, depth: int, budget: Budget) -> Iterator[Part | Fault]:
    for found in inserted(text):
        if found is None or budget.members < 0:
            yield _too_many()
            return
        if found.is_source:
            if depth + _PASTED_NEST > _MAX_NEST:
                yield _too_deep()
                return
            yield from _parts(found.data, _Place(0, len(found.data), depth + _PASTED_NEST), budget)
            continue
        if not found.whole:
            yield Fault("PARCEL_CUT")
        if not budget.admit():
            yield _too_many()
        elif budget.spend(len(found.data)):
            yield Part(found.name, found.data, len(found.data))
        else:
            yield Fault("PARCEL_TOO_LARGE", {"names": found.name})


def _too_many() -> Fault:
    return Fault("PARCEL_TOO_MANY", {"limit": str(MAX_MEMBERS)})


def _too_deep() -> Fault:
    return Fault("PARCEL_TOO_DEEP", {"limit": str(_MAX_NEST)})


def _nameless(about: About, content: bytes) -> str:
    """A name for an attachment that has none: a forwarded mail goes by its subject."""
    if not about.is_mail:
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
