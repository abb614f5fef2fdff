"""What a leader must not overlook in the table of indicators, one paragraph a kind, bad news first, each bounded.

What counts as a large change or a low coverage is stated where it is used; nothing is judged anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from consolidate.model import TargetVerdict
from consolidate.report.blocks import Paragraph, Piece, body
from consolidate.report.extent import lacking, lacking_reason, share_words, units_in
from consolidate.report.figures import (
    FINAL,
    Pace,
    brief,
    change_words,
    milestone_words,
    pace,
    past_target_words,
    result_words,
    target_words,
    with_verdict,
    year_of,
)
from consolidate.report.words import Json, named
from consolidate.spelled import count, unit_of

_MOST = 8  # rows that are named in one paragraph; the table has all of them
LARGE_POINTS = 5
LARGE_PERCENT = 10
LOW_COVERAGE = 80  # percent

_Say = Callable[[Json], str]
_Kind = tuple[str, Sequence[Json], _Say]


def notable(data: Json) -> tuple[Paragraph, ...]:
    """Return the paragraphs under the table of indicators; none where nothing stands out."""
    kinds = (*_bad_news(data), *_good_news(data), *_about_the_figures(data))
    return tuple(_paragraph(head, found, say) for head, found, say in kinds if found)


def _bad_news(data: Json) -> tuple[_Kind, ...]:
    rows: Sequence[Json] = data["indicators"]

    def against_target(row: Json) -> str:
        return _against_target(data, row)

    def against_milestone(row: Json) -> str:
        return f"{brief(data, row)}: {result_words(data, row)}; {milestone_words(row)}"

    over = [row for row in rows if any(target["reached"] is not True for target in row["past_targets"])]
    return (
        ("Chưa đạt mục tiêu", with_verdict(rows, TargetVerdict.NOT_REACHED), against_target),
        (
            "Tạm tính chưa đạt mục tiêu của năm nay",
            _provisional(data, 0, reached=False),
            lambda row: _against_target_lacking(data, row),
        ),
        ("Tạm tính chưa đạt mục tiêu của năm trước", _provisional(data, -1, reached=False), against_target),
        (
            "Mục tiêu các năm trước chưa đạt hoặc chưa đánh giá được",
            over,
            lambda row: f"{brief(data, row)}: {'; '.join(past_target_words(row))}",
        ),
        ("Vượt mức cho phép của kỳ", [row for row in rows if pace(row) is Pace.OVER], against_milestone),
        ("Chậm so với mức cần có đến cuối kỳ", [row for row in rows if pace(row) is Pace.BEHIND], against_milestone),
        (
            "Số liệu mâu thuẫn",
            [row for row in rows if row["conflicts"]],
            lambda row: f"{brief(data, row)}: {result_words(data, row)}",
        ),
        ("Tạm tính chưa đạt mục tiêu của các năm sau", _provisional(data, 1, reached=False), against_target),
    )


def _good_news(data: Json) -> tuple[_Kind, ...]:
    def against_target(row: Json) -> str:
        return _against_target(data, row)

    return (
        ("Đạt mục tiêu", with_verdict(data["indicators"], TargetVerdict.REACHED), against_target),
        ("Tạm tính đã đạt mục tiêu của năm nay", _provisional(data, 0, reached=True), against_target),
        ("Tạm tính đã đạt mục tiêu của năm trước", _provisional(data, -1, reached=True), against_target),
        ("Tạm tính đã đạt mục tiêu của các năm sau", _provisional(data, 1, reached=True), against_target),
    )


def _about_the_figures(data: Json) -> tuple[_Kind, ...]:
    rows: Sequence[Json] = data["indicators"]
    return (
        (
            f"Thay đổi lớn (từ {LARGE_POINTS} điểm % trở lên; số liệu không phải tỷ lệ: từ {LARGE_PERCENT}% trở lên)",
            [row for row in rows if _large(row)],
            lambda row: f"{brief(data, row)}: {', '.join(change_words(row, change) for change in _large(row))}",
        ),
        (f"Số liệu bao phủ dưới {LOW_COVERAGE}%", [row for row in rows if _is_thin(row)], lambda r: _thin(data, r)),
        (
            "Chưa có số liệu",
            [row for row in rows if row["missing"] and row["value"] is None and not row["conflicts"]],
            lambda row: f"{brief(data, row)}, {_owed_by(data, row)}",
        ),
    )


def _paragraph(head: str, rows: Sequence[Json], say: _Say) -> Paragraph:
    left = len(rows) - _MOST
    more = [f"và {count(left)} chỉ tiêu khác nêu trong bảng"] if left > 0 else []
    return body(
        Piece(f"- {head}: {count(len(rows))} chỉ tiêu, gồm ", bold=True),
        f"{'; '.join([*map(say, rows[:_MOST]), *more])}.",
    )


def _provisional(data: Json, when: int, *, reached: bool) -> list[Json]:
    """Rows without a verdict that have a figure, by the year of their target: before (-1), in (0) or after (1) ours."""
    year = year_of(data)
    return [
        row
        for row in data["indicators"]
        if row["verdict"] not in FINAL
        and row["reached"] is reached
        and row["targets"]
        and (row["targets"][0]["year"] > year) - (row["targets"][0]["year"] < year) == when
    ]


def _against_target(data: Json, row: Json) -> str:
    """A comparison never without its coverage where somebody is missing."""
    said = f"{brief(data, row)}: {result_words(data, row)}, {target_words(row)}"
    if not row["missing"] or row["expected"] == 1:
        return said
    return f"{said}, mới có số liệu của {units_in(row)}"


def _against_target_lacking(data: Json, row: Json) -> str:
    """The same, with why units are missing: of what is due now a leader can still do something about it."""
    said = _against_target(data, row)
    return f"{said} ({lacking(row)})" if row["missing"] and row["expected"] > 1 else said


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


def _thin(data: Json, row: Json) -> str:
    share = share_words(row)
    return f"{brief(data, row)}: {units_in(row)}{f' ({share})' if share else ''}"


def _owed_by(data: Json, row: Json) -> str:
    if row["expected"] == 1:
        return f"{named(data, row['missing'], 1)}: {lacking_reason(row)}"
    return f"{units_in(row)} ({lacking(row)})"
