"""Who sent a saved e-mail and when it came in, by its headers, as far as they can be believed.

The topmost Received line is the word of the server that took the mail in, and no copying changes it; the Date is
the sender's own clock, and the time of a file is that of whoever saved or copied it. Never raises on any bytes.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr, parsedate_to_datetime

from plan.dates import day_text, moment_text
from validation.parcel_headers import decoded_words, headers_of
from validation.parcel_part import Stamp
from validation.raw import Fault

_ADDRESS = re.compile(r"[^\s<>()\[\]\",;:@]{1,64}@[^\s<>()\[\]\",;:@]{1,190}")
_SLACK = timedelta(days=1)  # clocks are wrong by hours
_AHEAD = timedelta(days=31)  # a sender's clock so far after the file's time is wrong, and no later mail could follow it
_YEARS = range(2020, 2101)  # anything else is a clock that was never set


def mail_stamp(data: bytes, file: Stamp) -> tuple[Stamp, Fault | None]:
    """The moment and sender of the mail `data`, and why that moment is in doubt.

    `file` is what the file on the disk says of itself: its time stands where the headers have none, and where the
    sender's clock alone speaks it has to agree.
    """
    headers, _ = headers_of(data)
    zone, sender = file.moment.tzinfo, sender_of(data) or file.sender
    arrived = _moment(headers.get("received", [""])[0].rpartition(";")[2])
    if arrived is not None:
        return Stamp(arrived.astimezone(zone), sender), None
    sent = _moment(headers.get("date", [""])[0])
    if sent is None:
        return Stamp(file.moment, sender), None
    sent = sent.astimezone(zone)
    if abs(file.moment - sent) <= _SLACK or file.moment.year not in _YEARS:
        return Stamp(sent, sender), None
    moment = file.moment if sent - file.moment > _AHEAD else sent
    return Stamp(moment, sender), _disagreement(sent, file.moment)


def sender_of(data: bytes) -> str:
    """The address from which a mail came, "" when it names none."""
    headers, _ = headers_of(data)
    senders = (_address(value) for key in ("from", "sender", "return-path") for value in headers.get(key, [])[:1])
    return next((address for address in senders if address), "")


def file_doubt(moment: datetime) -> Fault | None:
    """Why the time of a file tells nothing: a copying program or a clock that was never set made it up."""
    if moment.year in _YEARS:
        return None
    return Fault("MOMENT_DOUBTFUL", {"what": f"Ngày của tệp là {day_text(moment)}, không dùng được"})


def _disagreement(sent: datetime, saved: datetime) -> Fault:
    what = (
        f"Máy của người gửi ghi thư gửi lúc {moment_text(sent)}, tệp thư lại được lưu lúc {moment_text(saved)}, và "
        "thư không ghi lúc máy chủ nhận"
    )
    return Fault("MOMENT_DOUBTFUL", {"what": what})


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text.strip())
        if found.year not in _YEARS:
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
