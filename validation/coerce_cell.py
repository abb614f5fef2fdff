"""What every coercion shares: its result, its codes, and how a raw cell is cleaned and shown again.

Only characters are mended here (widths, digits, blanks, composition); what a cell means is decided by
the sister modules. Nothing here raises, whatever the reader hands over, and nothing is rounded.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from plan.words import DataState, TaskStatus

MAX_TEXT = 5_000  # characters of one free text
MAX_TYPED = 80  # characters of a cell that a message quotes
_LONGEST_PLAIN = 30  # digits before or after the comma; Excel, too, shows longer numbers with an E
MAX_DIGITS = 15  # Excel keeps no more: what lies beyond is not what the unit typed

# The facts of each code, always all of them ("" when there is nothing to say), so that one sentence fits.
FACTS: Mapping[str, tuple[str, ...]] = {
    "NUMBER_CLEANED": ("typed", "taken"),
    "NUMBER_AMBIGUOUS": ("typed", "first", "second", "hint"),
    "NOT_A_NUMBER": ("typed", "hint"),
    "NOT_WHOLE": ("typed", "second", "hint"),
    "FRACTION_FOR_PERCENT": ("typed", "first", "second"),
    "DATE_CLEANED": ("typed", "taken"),
    "DATE_AMBIGUOUS": ("typed", "first", "second"),
    "NOT_A_DATE": ("typed", "hint"),
    "CHOICE_CLEANED": ("typed", "taken"),
    "CHOICE_UNKNOWN": ("typed", "allowed", "suggestion", "hint"),
    "TEXT_CUT": ("typed", "length", "kept"),
    "TEXT_FROM_DATE": ("typed",),
    "TEXT_GARBLED": ("typed",),
}
NOTES = frozenset({"NUMBER_CLEANED", "DATE_CLEANED", "CHOICE_CLEANED", "TEXT_CUT"})
WARNINGS = frozenset({"TEXT_FROM_DATE", "TEXT_GARBLED"})  # taken all the same; every other code is an error


@dataclass(frozen=True, slots=True)
class Coerced:
    """One cell, read. `code` is "" when nothing was changed, else a key of FACTS, whose names `facts` holds.

    `value` is None for a blank cell and for every error; with a note or warning it is what was taken.
    """

    value: Decimal | str | date | DataState | TaskStatus | None
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        """True when the cell cannot be used as it stands."""
        return bool(self.code) and self.code not in NOTES and self.code not in WARNINGS


BLANK = Coerced(None)


def plain(text: str) -> str:
    """Return `text` to be parsed: ASCII digits and forms, plain blanks, no invisible characters, NFC, trimmed.

    Full NFKC is not used: it would read "12²" as 122.
    """
    if text.isascii() and text.isprintable():  # nearly every cell: nothing to mend
        return text.strip()
    return unicodedata.normalize("NFC", "".join(map(_plain_character, _unify_breaks(text)))).strip()


def is_blank(raw: object) -> bool:
    """True when nothing that a person could see stands in the cell."""
    if not isinstance(raw, str):
        return raw is None
    if raw.isprintable():  # no invisible character to look through
        return not raw.strip()
    return not (text(raw) and plain(raw))


def exact(raw: object) -> Decimal | None:
    """Return a numeric cell as the decimal that Excel shows for it; None for anything else, NaN and infinity.

    The shortest form that gives the same float is what was typed: 0.1 is 0.1, not 0.1000000000000000055.
    """
    if isinstance(raw, bool):
        return None
    if isinstance(raw, float):
        if raw.is_integer() and abs(raw) < 10**MAX_DIGITS:
            return Decimal(int(raw))
        return tidy(Decimal(float.__repr__(raw))) if math.isfinite(raw) else None
    if isinstance(raw, int):
        return Decimal(raw)
    if isinstance(raw, Decimal):
        return tidy(raw) if raw.is_finite() else None
    return None


def tidy(number: Decimal) -> Decimal:
    """Return `number` without trailing zeros, exponent or negative zero; exact under any decimal context."""
    if number.is_zero():
        return Decimal(0)
    if abs(number.adjusted()) > 400:  # beyond any float: left as it is, a long way outside MAX_DIGITS
        return number
    written = format(number, "f")
    return Decimal(written.rstrip("0").rstrip(".") if "." in written else written)


def shifted(number: Decimal, places: int) -> Decimal:
    """Return `number` times ten to the power of `places`, exactly."""
    sign, digits, exponent = number.as_tuple()
    return tidy(Decimal((sign, digits, int(exponent) + places)))


def show(number: Decimal) -> str:
    """Return `number` in Vietnamese notation: decimal comma, and no grouping, which could be misread.

    >>> show(Decimal("1234.50"))
    '1234,5'
    """
    kept = tidy(number)
    form = "E" if abs(kept.adjusted()) > _LONGEST_PLAIN else "f"
    return format(kept, form).replace(".", ",")


def show_date(day: date) -> str:
    """Return `day` as dd/mm/yyyy."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def text(raw: object) -> str:
    """Return a free-text cell: NFC, trimmed, line breaks as \\n, at most MAX_TEXT characters; blank is "".

    Numbers and dates are written as a Vietnamese reader would. A leading = + - @ stays; writers of workbooks
    must keep it text. The soft hyphen stays too: in legacy TCVN3 text it is the letter ư.
    """
    if raw is None:
        return ""
    written = raw if isinstance(raw, str) else _written(raw)
    if not written.isprintable():
        written = "".join(map(_text_character, _unify_breaks(written)))
    return unicodedata.normalize("NFC", written).strip()[:MAX_TEXT].rstrip()


def typed(raw: object) -> str:
    """Return what stood in the cell as a message quotes it: on one line, clipped."""
    return clipped(" ".join(text(raw).split()))


def clipped(line: str) -> str:
    """Return `line`, cut with "…" after MAX_TYPED characters."""
    return line if len(line) <= MAX_TYPED else line[: MAX_TYPED - 1].rstrip() + "…"


def _written(raw: object) -> str:
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if (number := exact(raw)) is not None:
        return show(number)
    if isinstance(raw, date):
        clock = raw.time() if isinstance(raw, datetime) else time()
        return show_date(raw) if clock == time() else f"{show_date(raw)} {clock.hour:02}:{clock.minute:02}"
    if isinstance(raw, time):
        return f"{raw.hour:02}:{raw.minute:02}"
    if isinstance(raw, timedelta):
        minutes = (raw.days * 86_400 + raw.seconds) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    return f"({type(raw).__name__})"


def _unify_breaks(written: str) -> str:
    return written.replace("\r\n", "\n").translate(_BREAKS)


# Soft hyphen, zero-width blanks and joiners, direction marks, byte order mark: they come with pasted text.
_ZERO_WIDTH = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_BREAKS = {ord(c): "\n" for c in "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"}


def _plain_character(character: str) -> str:
    if "\uff01" <= character <= "\uff5e":  # full-width forms of ASCII
        return chr(ord(character) - 0xFEE0)
    if character == "\N{MINUS SIGN}":
        return "-"
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    if character in _ZERO_WIDTH:
        return ""
    # Other controls stay: they may have separated digits, so that the cell must not become a number.
    return (
        character
        if unicodedata.category(character) in ("Cc", "Cf") and character != "\t"
        else _text_character(character)
    )


def _text_character(character: str) -> str:
    if character in "\n\N{SOFT HYPHEN}":
        return character
    category = unicodedata.category(character)
    if category == "Zs" or character == "\t":
        return " "
    # Controls, bidi marks and lone surrogates are invisible, and some cannot stand in a workbook at all.
    return "" if category in ("Cc", "Cf", "Cs") or ord(character) & 0xFFFE == 0xFFFE else character
