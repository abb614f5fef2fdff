"""Reads one cell as a word of a closed list: its state, its status, Đạt or Chưa đạt.

A synonym is taken only when nobody could mean anything else by it; whatever comes near is only suggested,
for "chưa hoàn thành" is one word away from its opposite.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from plan.words import (
    ATTAINED,
    NOT_ATTAINED,
    STATE_WORDS,
    STATUS_WORDS,
    DataState,
    TaskStatus,
    fold,
)
from validation.coerce_cell import BLANK, Coerced, is_blank, plain, typed
from validation.coerce_hint import DITTO, DITTO_WORDS

_Word = TypeVar("_Word", bound=StrEnum)

_OFFICIAL = STATE_WORDS[DataState.OFFICIAL]
_ESTIMATE = STATE_WORDS[DataState.ESTIMATE]
_NOT_APPLICABLE = STATE_WORDS[DataState.NOT_APPLICABLE]
_NOTHING = STATUS_WORDS[TaskStatus.NOTHING]
_NOT_STARTED = STATUS_WORDS[TaskStatus.NOT_STARTED]
_IN_PROGRESS = STATUS_WORDS[TaskStatus.IN_PROGRESS]
_COMPLETED = STATUS_WORDS[TaskStatus.COMPLETED]

# Said differently, meaning the same beyond doubt.
_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    _COMPLETED: (
        *("đã hoàn thành", "hoàn thành xong", "đã hoàn thành xong", "hoàn tất", "đã hoàn tất", "xong", "đã xong"),
        *("đã làm xong", "đã thực hiện xong", "hoàn thành 100%", "đã hoàn thành 100%"),
    ),
    _IN_PROGRESS: (
        *("đang làm", "đang thực hiện", "đang tiến hành", "đang triển khai thực hiện"),
        "đang tổ chức thực hiện",
    ),
    _NOT_STARTED: ("chưa làm", "chưa thực hiện", "chưa tiến hành", "chưa bắt đầu", "chưa triển khai thực hiện"),
    _NOTHING: ("không có phát sinh", "ko phát sinh", "ko có phát sinh"),
    _OFFICIAL: ("số chính thức", "số liệu chính thức"),
    _ESTIMATE: ("ước tính", "số ước", "số ước tính", "số liệu ước", "số liệu ước tính"),
    _NOT_APPLICABLE: ("ko áp dụng",),
    ATTAINED: ("đã đạt",),
}

# Near, but open to doubt: offered to the unit, never taken.
_NEAR: Mapping[str, tuple[str, ...]] = {
    _COMPLETED: ("đã thực hiện", "đã làm", "đạt", "100%"),
    _IN_PROGRESS: (
        *("đã triển khai", "triển khai", "cơ bản hoàn thành", "gần xong", "gần hoàn thành", "chưa xong"),
        *("chưa hoàn thành", "chưa hoàn tất", "chưa làm xong", "thường xuyên", "thực hiện thường xuyên"),
    ),
    _NOT_STARTED: ("không triển khai", "không thực hiện", "chưa"),
    _NOTHING: ("không", "không có", "ko", "kps"),
    _NOT_APPLICABLE: ("n/a", "kad"),
    ATTAINED: ("có", "hoàn thành", "đã hoàn thành"),
    NOT_ATTAINED: ("không", "không đạt", "ko đạt", "chưa", "chưa hoàn thành", "gần đạt", "cơ bản đạt"),
}

_NEGATIONS = frozenset({"khong", "ko", "k", "chua", "chang"})
_TICKS = frozenset({"", "x", "v"})
_CLOSE = 0.8  # of difflib: a slip or two of the keyboard in a word of ten letters


def choice(raw: object, words: tuple[str, ...]) -> Coerced:
    """Read one of `words`, whatever its case, spacing or diacritics; the value is the word as `words` has it."""
    if isinstance(raw, str) and raw in words:
        return Coerced(raw)
    if is_blank(raw):
        return BLANK
    written = plain(raw) if isinstance(raw, str) else typed(raw)
    if written in words:
        return Coerced(written)
    folded = fold(written)
    same = [word for word in words if folded == fold(word) or folded in map(fold, _SYNONYMS.get(word, ()))]
    if len(same) == 1 and "?" not in written:  # a question mark is a doubt, not punctuation
        return Coerced(same[0], "CHOICE_CLEANED", {"typed": typed(raw), "taken": same[0]})
    suggestion = same[0] if len(same) == 1 else _suggestion(folded, words)
    advice = f"Có phải ý là “{suggestion}”?" if suggestion else _advice(written, folded)
    facts = {"typed": typed(raw), "allowed": "; ".join(words), "suggestion": suggestion, "hint": advice}
    return Coerced(None, "CHOICE_UNKNOWN", facts)


def state(raw: object) -> Coerced:
    """Read the kind of an indicator's figure; the value is a DataState."""
    return _member(raw, STATE_WORDS)


def status(raw: object) -> Coerced:
    """Read the status of a task; the value is a TaskStatus."""
    return _member(raw, STATUS_WORDS)


def _member(raw: object, table: Mapping[_Word, str]) -> Coerced:
    found = choice(raw, tuple(table.values()))
    members = {word: member for member, word in table.items()}
    member = members[found.value] if isinstance(found.value, str) else None
    if isinstance(member, DataState | TaskStatus):
        return replace(found, value=member)
    return found


def _suggestion(folded: str, words: tuple[str, ...]) -> str:
    """Return the word that was probably meant, or "" when that is anybody's guess."""
    near = [word for word in words if folded in map(fold, _NEAR.get(word, ()))]
    if near:
        return near[0] if len(near) == 1 else ""
    # A word and its denial look alike: they are never offered for each other.
    alike = {fold(word): word for word in words if _denies(fold(word)) == _denies(folded)}
    close = get_close_matches(folded[:100], alike, n=2, cutoff=_CLOSE)
    return alike[close[0]] if len(close) == 1 else ""


def _advice(written: str, folded: str) -> str:
    if folded in DITTO_WORDS or written in ("//", '"'):
        return DITTO
    return "Dấu đánh trong ô không nói rõ chọn mục nào." if folded in _TICKS else ""


def _denies(folded: str) -> bool:
    return not _NEGATIONS.isdisjoint(folded.split())
