"""What a leader must not overlook in the table of indicators, one paragraph a kind, each bounded.

What counts as a large change or a low coverage is stated where it is used; nothing is judged anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from consolidate.model import TargetVerdict
from consolidate.report.blocks import Paragraph, Piece, body
from consolidate.report.figures import (
    brief,
    change_words,
    milestone_words,
    result_words,
    target_words,
    unit_of,
)
from consolidate.report.words import Json, named
from consolidate.spelled import count, percent

_MOST = 8  # rows that are named in one paragraph; the table has all of them
LARGE_POINTS = 5
LARGE_PERCENT = 10
LOW_COVERAGE = 80  # percent

_Say = Callable[[Json], str]


def notable(data: Json) -> tuple[Paragraph, ...]:
    """Return the paragraphs under the table of indicators; none where nothing stands out."""
    rows: Sequence[Json] = data["indicators"]
    kinds: tuple[tuple[str, Sequence[Json], _Say], ...] = (
        ("Đạt mục tiêu", _judged(rows, TargetVerdict.REACHED), lambda row: _against_target(data, row)),
        ("Chưa đạt mục tiêu", _judged(rows, TargetVerdict.NOT_REACHED), lambda row: _against_target(data, row)),
        (
            "Chưa đến hạn đánh giá, tạm tính đã đạt mục tiêu",
            [row for row in _judged(rows, TargetVerdict.NOT_YET_DUE) if row["reached"]],
            lambda row: _against_target(data, row),
        ),
        (
            "Chậm so với mức cần có đến cuối kỳ",
            [row for row in rows if row["on_track"] is False],
            lambda row: f"{brief(row)}: {result_words(data, row)}; {milestone_words(row)}",
        ),
        (
            "Số liệu mâu thuẫn",
            [row for row in rows if row["conflicts"]],
            lambda row: f"{brief(row)}: {result_words(data, row)}",
        ),
        (
            f"Thay đổi lớn (từ {LARGE_POINTS} điểm % trở lên; số liệu không phải tỷ lệ: từ {LARGE_PERCENT}% trở lên)",
            [row for row in rows if _large(row)],
            lambda row: f"{brief(row)}: {', '.join(change_words(row, change) for change in _large(row))}",
        ),
        (
            f"Số liệu bao phủ dưới {LOW_COVERAGE}%",
            [row for row in rows if _is_thin(row)],
            lambda row: f"{brief(row)}: {_in_figure(row)} ({percent(row['coverage']['share'])})",
        ),
        (
            "Chưa có số liệu",
            [row for row in rows if row["missing"] and row["value"] is None and not row["conflicts"]],
            lambda row: f"{brief(row)} ({_owed_by(data, row)})",
        ),
    )
    return tuple(_paragraph(head, found, say) for head, found, say in kinds if found)


def _paragraph(head: str, rows: Sequence[Json], say: _Say) -> Paragraph:
    left = len(rows) - _MOST
    more = [f"và {count(left)} chỉ tiêu khác nêu trong bảng"] if left > 0 else []
    return body(
        Piece(f"- {head}: {count(len(rows))} chỉ tiêu, gồm ", bold=True),
        f"{'; '.join([*map(say, rows[:_MOST]), *more])}.",
    )


def _judged(rows: Sequence[Json], verdict: TargetVerdict) -> list[Json]:
    return [row for row in rows if row["verdict"] == verdict]


def _against_target(data: Json, row: Json) -> str:
    """A comparison never without its coverage where somebody is missing."""
    said = f"{brief(row)}: {result_words(data, row)}, {target_words(row)}"
    return f"{said}, mới có số liệu của {_in_figure(row)}" if row["missing"] and row["expected"] > 1 else said


def _in_figure(row: Json) -> str:
    return f"{count(len(row['included']))}/{count(row['expected'])} đơn vị"


def _large(row: Json) -> list[Json]:
    """The changes of a row that are large: percentages by points, everything else by its share of the former figure."""
    if unit_of(row) == "%":
        return [change for change in row["changes"] if abs(change["difference"]) >= LARGE_POINTS]
    part = Fraction(LARGE_PERCENT, 100)
    return [
        change
        for change in row["changes"]
        if change["difference"]
        and abs(Fraction(str(change["difference"]))) >= part * abs(Fraction(str(change["value"])))
    ]


def _is_thin(row: Json) -> bool:
    share = row["coverage"]["share"]
    return row["value"] is not None and share is not None and Fraction(str(share)) < Fraction(LOW_COVERAGE, 100)


def _owed_by(data: Json, row: Json) -> str:
    if row["expected"] == 1:
        return named(data, row["missing"], 1)
    return f"{count(len(row['missing']))}/{count(row['expected'])} đơn vị chưa có số liệu dùng được"
