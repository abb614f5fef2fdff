"""The cell grammars: what is written is read back the same, and a fault says what was expected."""

from __future__ import annotations

import string
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan import grammar
from plan.model import Assignment, Comparator, DueKind, DuePart, Field, FieldKind, Target

T = TypeVar("T")
STEADY = settings(derandomize=True, deadline=None)  # the same cases on every machine, however busy

NUMBERS = st.decimals(min_value=-10_000, max_value=10_000, places=2) | st.integers(0, 10**9).map(Decimal)
# Words as staff write them, without the signs that each grammar keeps for itself.
LETTERS = string.ascii_letters + string.digits + "ăâđêôơưàáảãạếộứỹÀĐ %,./()-"
WORDS = st.text(LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
SLUGS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)?", fullmatch=True)


@st.composite
def fields(draw: st.DrawFn) -> tuple[Field, ...]:
    names = draw(st.lists(st.sampled_from(sorted(grammar.FIELD_KINDS)), unique=True, max_size=5))
    found = []
    for name in names:
        kind = grammar.FIELD_KINDS[name]
        low = high = None
        if kind in (FieldKind.COUNT, FieldKind.NUMBER):
            low, high = draw(st.none() | NUMBERS), draw(st.none() | NUMBERS)
            if low is not None and high is not None:
                low, high = min(low, high), max(low, high)
            if kind is FieldKind.COUNT and low is None:
                low = Decimal(0)
                high = None
        is_cumulative = kind in (FieldKind.COUNT, FieldKind.NUMBER) and draw(st.booleans())
        unit = draw(st.just("") | WORDS)
        found.append(Field(name, draw(WORDS), kind, unit, low, high, kind is not FieldKind.TEXT, is_cumulative))
    return tuple(found)


TARGETS = st.lists(
    st.builds(Target, st.integers(2000, 2099), st.sampled_from(Comparator), NUMBERS, st.none() | st.integers(0, 99)),
    unique_by=lambda t: (t.year, t.comparator),
    max_size=4,
).map(tuple)
REFS = SLUGS | SLUGS.map("@{}".format) | WORDS.map("?{}".format)
SCOPES = st.just("") | WORDS | st.tuples(WORDS, WORDS).map("; ".join)
ASSIGNMENTS = st.lists(st.builds(Assignment, REFS, SCOPES), unique=True, max_size=4).map(tuple)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
DUE_PARTS = (
    st.sampled_from([DuePart(DueKind.ONGOING), DuePart(DueKind.YEARLY)])
    | DAYS.map(lambda day: DuePart(DueKind.BY, last=day))
    | st.tuples(DAYS, DAYS).map(lambda two: DuePart(DueKind.RANGE, min(two), max(two)))
    | WORDS.map(lambda words: DuePart(DueKind.WHEN, event=words))
)
DUE = st.just((DuePart(DueKind.UNKNOWN),)) | st.lists(DUE_PARTS, unique=True, max_size=3).map(tuple)


def _same(value: T, write: Callable[[T], str], read: Callable[[str], T]) -> None:
    text = write(value)
    assert read(text) == value
    assert write(read(text)) == text


@STEADY
@given(fields())
def test_fields_are_read_back_as_written(value: tuple[Field, ...]) -> None:
    _same(value, grammar.format_fields, grammar.parse_fields)


@STEADY
@given(TARGETS)
def test_targets_are_read_back_as_written(value: tuple[Target, ...]) -> None:
    _same(value, grammar.format_targets, grammar.parse_targets)


@STEADY
@given(ASSIGNMENTS)
def test_assignments_are_read_back_as_written(value: tuple[Assignment, ...]) -> None:
    """Also when a scope holds a semicolon of its own, as task 41 of the Ninh Bình plan does."""
    _same(value, grammar.format_assignments, grammar.parse_assignments)


@STEADY
@given(DUE)
def test_deadlines_are_read_back_as_written(value: tuple[DuePart, ...]) -> None:
    _same(value, grammar.format_due, grammar.parse_due)


@STEADY
@given(st.lists(WORDS, unique=True, max_size=4).map(tuple))
def test_names_are_read_back_as_written(value: tuple[str, ...]) -> None:
    _same(value, grammar.format_names, grammar.parse_names)


@STEADY
@given(st.dates(date(2025, 1, 1), date(2025, 12, 31)))
def test_days_of_the_year_are_read_back_as_written(day: date) -> None:
    _same((day.month, day.day), grammar.format_month_day, grammar.parse_month_day)


@STEADY
@given(st.dates())
def test_days_are_read_back_as_written(day: date) -> None:
    _same(day, grammar.format_day, grammar.parse_day)


@pytest.mark.parametrize("value", [True, False])
def test_marks_are_read_back_as_written(value: bool) -> None:
    _same(value, grammar.format_flag, grammar.parse_flag)


def test_a_count_cannot_be_negative_unless_the_plan_says_so() -> None:
    """A COUNT has minimum 0 by default; a NUMBER has none; evidence is a text that may stay blank."""
    count, number, bounded, evidence = grammar.parse_fields(
        "count [bác sĩ]: Số bác sĩ | value {..100}: Tỷ lệ | weight [người] {0.5..}: Dân số | evidence: Minh chứng"
    )
    assert (count.kind, count.unit, count.minimum, count.maximum) == (FieldKind.COUNT, "bác sĩ", Decimal(0), None)
    assert (number.kind, number.minimum, number.maximum) == (FieldKind.NUMBER, None, Decimal(100))
    assert (bounded.minimum, bounded.maximum) == (Decimal("0.5"), None)
    assert (evidence.kind, evidence.required) == (FieldKind.TEXT, False)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("numerator (lũy kế): A", True),
        ("numerator [lượt](lũy kế) : A", True),
        ("value [lượt] {0..9} (lũy kế): A", True),
        ("numerator: Số lượt (lũy kế)", False),
        ("numerator: (lũy kế): A", False),
        ("numerator [lượt (lũy kế)]: A", False),
    ],
)
def test_only_the_mark_before_the_colon_makes_a_number_cumulative(text: str, marked: bool) -> None:
    """What the unit reads beside the cell, and the unit of measure, may hold the same words."""
    (field,) = grammar.parse_fields(text)
    assert field.cumulative is marked


def test_targets_keep_their_direction_and_threshold() -> None:
    assert grammar.parse_targets("2026 > 95; 2030 ≥ 100 @5") == (
        Target(2026, Comparator.ABOVE, Decimal(95)),
        Target(2030, Comparator.AT_LEAST, Decimal(100), 5),
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("by 2026", DuePart(DueKind.BY, last=date(2026, 12, 31))),
        ("by 2026-Q3", DuePart(DueKind.BY, last=date(2026, 9, 30))),
        ("by 2028-02", DuePart(DueKind.BY, last=date(2028, 2, 29))),
        ("by 2026-06-10", DuePart(DueKind.BY, last=date(2026, 6, 10))),
        ("2026..2027", DuePart(DueKind.RANGE, date(2026, 1, 1), date(2027, 12, 31))),
        ("2026-Q2..2026-08", DuePart(DueKind.RANGE, date(2026, 4, 1), date(2026, 8, 31))),
        ("when: sau khi có quy định", DuePart(DueKind.WHEN, event="sau khi có quy định")),
    ],
)
def test_a_deadline_ends_with_the_last_day_it_names(text: str, part: DuePart) -> None:
    assert grammar.parse_due(text) == (part,)


@pytest.mark.parametrize(
    ("read", "text", "said"),
    [
        (grammar.parse_fields, "tử số: Số người", "tên [đơn vị]"),
        (grammar.parse_fields, "percent: Tỷ lệ", "Không có số liệu tên “percent”"),
        (grammar.parse_fields, "value: A | value: B", "hai lần"),
        (grammar.parse_fields, "value {9..1}: A", "số đầu lớn hơn số cuối"),
        (grammar.parse_fields, "value {1,5..2}: A", "dấu chấm thập phân"),
        (grammar.parse_fields, "evidence {0..1}: A", "không có giới hạn"),
        (grammar.parse_fields, "attained (lũy kế): A", "không có (lũy kế)"),
        (grammar.parse_fields, "evidence (lũy kế): A", "không có (lũy kế)"),
        (grammar.parse_fields, "value (luỹ kế): A", "thêm (lũy kế) ngay trước dấu hai chấm"),
        (grammar.parse_fields, "value (lũy kế) [người]: A", "thêm (lũy kế) ngay trước dấu hai chấm"),
        (grammar.parse_fields, "value (lũy kế) A", "thêm (lũy kế) ngay trước dấu hai chấm"),
        (grammar.parse_targets, "2030 = 95", "2026 > 95"),
        (grammar.parse_targets, "2030 >= 1,5", "dấu chấm thập phân"),
        (grammar.parse_targets, "2030 >= 95; 2030 >= 96", "hai lần"),
        (grammar.parse_assignments, "p-a; ; p-b", "@nhóm"),
        (grammar.parse_assignments, "p-a [chỉ đạo", "@nhóm"),
        (grammar.parse_assignments, "p-a; p-a", "hai lần"),
        (grammar.parse_due, "năm 2026", "by 2026"),
        (grammar.parse_due, "by 2026-02-30", "không phải là ngày có thật"),
        (grammar.parse_due, "2027..2026", "mốc đầu sau mốc cuối"),
        (grammar.parse_due, "unknown; yearly", "đứng một mình"),
        (grammar.parse_due, "when:", "Không hiểu thời hạn"),
        (grammar.parse_names, "a; ; b", "tên trống"),
        (grammar.parse_flag, "có", "Ghi x"),
        (grammar.parse_month_day, "10/6", "06-10"),
        (grammar.parse_month_day, "02-29", "năm nào cũng có"),
        (grammar.parse_day, "31/12/2026", "2026-12-31"),
        (grammar.parse_day, "20261231", "2026-12-31"),
        (grammar.parse_day, "2026-02-30", "không phải là ngày có thật"),
    ],
)
def test_a_fault_says_what_was_expected(read: Callable[[str], object], text: str, said: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)ví dụ|dùng|ghi") as caught:
        read(text)
    assert said in str(caught.value)
