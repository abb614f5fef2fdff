"""Who sent a saved e-mail and when it came in, by its headers, as far as they can be believed.

The topmost Received line is the word of the server that took the mail in; the Date is the sender's own clock.
Never raises on any bytes.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr, parsedate_to_datetime

from validation.parcel_mime import decoded_words, headers_of
from validation.parcel_part import Stamp

_ADDRESS = re.compile(r"[^\s<>()\[\]\",;:@]{1,64}@[^\s<>()\[\]\",;:@]{1,190}")
_SLACK = timedelta(days=1)  # clocks are wrong by hours; a later moment than the file's own cannot be
_EARLIEST = 2000  # years before this are a clock that was never set


def mail_stamp(data: bytes, outside: Stamp) -> Stamp:
    """The moment and sender of the mail `data`; `outside` is what the file, or the mail round it, says of itself."""
    headers, _ = headers_of(data)
    arrivals = [value.rpartition(";")[2] for value in headers.get("received", [])[:1]]
    latest = outside.moment + _SLACK
    moments = (_moment(text) for text in (*arrivals, *headers.get("date", [])[:1]))
    moment = next((m for m in moments if m is not None and m <= latest), None)
    senders = (_address(value) for key in ("from", "sender", "return-path") for value in headers.get(key, [])[:1])
    sender = next((address for address in senders if address), outside.sender)
    return Stamp(outside.moment if moment is None else moment.astimezone(outside.moment.tzinfo), sender)


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text.strip())
        if found.year < _EARLIEST:
            return None
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except Exception:  # the package promises no kinds of errors for bad dates
        return None


def _address(value: str) -> str:
    try:
        address = parseaddr(decoded_words(value))[1] or parseaddr(value)[1]
    except Exception:  # as above
        address = ""
    found = _ADDRESS.fullmatch(address) or _ADDRESS.search(value)
    return found[0].lower() if found else ""
