"""The promises of the coercion that no table can list: for every input, not for some."""

from __future__ import annotations

import doctest
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, localcontext

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from plan.words import CHOICE_WORDS, STATE_WORDS, STATUS_WORDS, DataState, TaskStatus, fold
from validation import coerce, coerce_cell, coerce_grammar, coerce_units, coerce_words
from validation.coerce import FACTS, Coerced

STEADY = settings(deadline=None, derandomize=True)  # the same examples on every machine
READERS: dict[str, Callable[[object], Coerced]] = {
    "count": coerce.count,
    "count %": lambda raw: coerce.count(raw, True),
    "number": coerce.number,
    "number %": lambda raw: coerce.number(raw, True),
    "percent": lambda raw: coerce.number(raw, percent=True),
    "percent %": lambda raw: coerce.number(raw, True, percent=True),
    "percent .xls": lambda raw: coerce.number(raw, percent=True, blind=True),
    "date": coerce.date_,
    "state": coerce.state,
    "status": coerce.status,
    "choice": lambda raw: coerce.choice(raw, CHOICE_WORDS),
    "date 1904": lambda raw: coerce.date_(raw, date1904=True),
    "date 19??": lambda raw: coerce.date_(raw, date1904=None),
    "text": coerce.free_text,
    "document number": lambda raw: coerce.free_text(raw, is_number=True),
}
PIECES = [
    *"0123456789",
    *".,  -+%/()'~><",
    "\u00a0",
    "０",
    "²",
    "\n",
    "e",
    "O",
    "\u200b",
    "\x07",
    "đạt ",
    " người",
    "000",
]
NUMBERISH = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
STRANGE: list[object] = [b"12", [1], {}, object(), 1j, Decimal("NaN"), Decimal("-0"), Decimal("1E+999999"), 10**6000]
ANYTHING = st.one_of(
    st.text(),
    st.text(st.characters()),  # lone surrogates included
    NUMBERISH,
    st.floats(),
    st.integers(),
    st.decimals(),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from(STRANGE),
)
WHOLE = st.integers(0, 10**9 - 1)  # with six decimals, the 15 digits that Excel keeps
PART = st.text("0123456789", max_size=6).filter(lambda digits: len(digits) != 3)


def _grouped(whole: int, mark: str) -> str:
    return f"{whole:,}".replace(",", mark)


@pytest.mark.parametrize("where", READERS)
@given(raw=ANYTHING)
@settings(STEADY, max_examples=60)
@example(raw=10**6000)
@example(raw="9" * 100_000)
@example(raw="\ud800" * 90)
@example(raw=Decimal("1E-999999"))
def test_no_input_raises_or_leaves_its_facts_untold(where: str, raw: object) -> None:
    read = READERS[where](raw)
    assert tuple(read.facts) == (FACTS[read.code] if read.code else ())
    if read.is_error:
        assert read.value is None
    elif read.value is None:
        assert coerce_cell.is_blank(raw)
        assert not read.code
    for fact in read.facts.values():
        assert "\n" not in fact
        fact.encode()
    assert len(read.facts.get("typed", "")) <= coerce_cell.MAX_TYPED


@pytest.mark.parametrize("raw", [None, "", "  ", "\u00a0", "\u200b\n", "\x07", "\u00ad"])
def test_a_blank_cell_is_clean_everywhere(raw: str | None) -> None:
    """Missing is not an error of typing; whether it may be missing is for the rules."""
    found = {name: read(raw) for name, read in READERS.items() if name not in ("text", "document number")}
    assert found == dict.fromkeys(found, Coerced(None))


def _forms_of_decimal(whole: int, part: str) -> Iterable[tuple[str, Decimal]]:
    value = Decimal(f"{whole}.{part or '0'}")
    for point, mark in ((",", "."), (".", ","), (",", " "), (".", "\u00a0")):
        tail = f"{point}{part}" if part else ""
        yield f"{whole}{tail}", value
        if part or whole < 1000 or whole >= 10**6:
            yield f"{_grouped(whole, mark)}{tail}", value
        yield f"-{whole}{tail} ", -value
        yield f"{whole}{tail} người", value
    full_width = "".join(chr(ord(c) + 0xFEE0) for c in f"{whole},{part or '0'}")
    yield full_width, value


@given(whole=WHOLE, part=PART)
@STEADY
def test_a_number_in_every_accepted_form_reads_back_equal(whole: int, part: str) -> None:
    for written, value in _forms_of_decimal(whole, part):
        read = coerce.number(written)
        assert (read.value, read.is_error) == (value, False), written
        assert read.code == "NUMBER_CLEANED" or re.fullmatch(r"-?\d+", written.strip()), written


@given(whole=WHOLE, part=PART)
@STEADY
def test_a_percentage_in_every_accepted_form_reads_back_equal(whole: int, part: str) -> None:
    value = Decimal(f"{whole}.{part or '0'}")
    for point in ",.":
        tail = f"{point}{part}" if part else ""
        for written in (f"{whole}{tail}%", f"đạt {whole}{tail} %", f"{whole}{tail} phần trăm"):
            assert coerce.number(written, percent=True).value == value, written


@given(whole=st.integers(0, 10**14))
@STEADY
def test_a_count_in_every_accepted_form_reads_back_equal(whole: int) -> None:
    forms = [str(whole), f"{whole} người", f"+{whole}", f"{whole},0", _grouped(whole, " "), _grouped(whole, "\u202f")]
    if whole >= 10**6 or whole % 1000:  # 2.000 has two whole readings
        forms += [_grouped(whole, "."), _grouped(whole, ",")]
    for written in forms if whole < 10**13 else forms[:1]:  # ",0" is a digit more
        assert coerce.count(written).value == whole, written


@given(group=st.integers(1, 999), part=st.integers(0, 999), mark=st.sampled_from(".,"), sign=st.sampled_from(["", "-"]))
@STEADY
def test_thousands_or_decimals_never_become_a_number_and_both_can_be_typed_again(
    group: int, part: int, mark: str, sign: str
) -> None:
    """The way out that the message shows must itself have one reading."""
    for percent in (False, True):
        read = coerce.number(f"{sign}{group}{mark}{part:03}", percent=percent)
        assert (read.value, read.code) == (None, "NUMBER_AMBIGUOUS")
        again = re.fullmatch(r"Gõ lại (\S+) nếu là số thứ nhất, (\S+) nếu là số thứ hai\.", read.facts["hint"])
        assert again is not None
        first, second = (coerce.number(typed, percent=percent).value for typed in again.groups())
        assert (first, second) == (Decimal(f"{sign}{group}{part:03}"), Decimal(f"{sign}{group}.{part:03}"))


@given(value=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**6), max_value=10**6, places=5))
@STEADY
def test_what_a_message_tells_to_type_has_one_reading(value: Decimal) -> None:
    assert coerce.number(coerce_grammar.in_one_reading(value)).value == value


@given(written=NUMBERISH)
@settings(STEADY, max_examples=250)
def test_no_digit_is_made_lost_or_moved(written: str) -> None:
    """Whatever is taken has the digits that were typed, in their order; only zeros at the ends may differ."""
    typed = "".join(c for c in unicodedata.normalize("NFKC", written.replace("²", "x")) if c in "0123456789")
    for read in (coerce.count(written), coerce.number(written), coerce.number(written, percent=True)):
        if isinstance(read.value, Decimal):
            kept = format(read.value, "f").lstrip("-").replace(".", "")
            assert kept.strip("0") == typed.strip("0"), (written, read)


@given(written=NUMBERISH)
@settings(STEADY, max_examples=250)
def test_only_untouched_digits_pass_without_a_note(written: str) -> None:
    """An undone separator, sign, width or word that nobody is told of would be a silent change."""
    for read in (coerce.count(written), coerce.number(written), coerce.number(written, percent=True)):
        if not read.code and read.value is not None:
            assert str(read.value) == written.strip()


@given(raw=st.one_of(NUMBERISH, st.floats(), st.decimals(), st.integers()))
@settings(STEADY, max_examples=200)
def test_a_count_is_never_a_part_of_a_unit(raw: object) -> None:
    value = coerce.count(raw).value
    assert value is None or (isinstance(value, Decimal) and value == value.to_integral_value())


@given(value=st.floats(-1e14, 1e14))
@STEADY
def test_a_stored_number_is_the_decimal_that_excel_shows(value: float) -> None:
    read = coerce.number(value)
    assert (read.value, read.code) == (Decimal(repr(value)), "")
    assert str(read.value) != "-0"


@given(whole=st.integers(1, 10**6), noise=st.integers(-4, 4))
@STEADY
def test_the_noise_of_a_formula_is_undone_in_a_count_and_noted(whole: int, noise: int) -> None:
    raw = whole * (1 + noise * 2**-52)
    read = coerce.count(raw)
    assert read.value == whole
    assert (read.code == "NUMBER_CLEANED") == (raw != whole)


@given(value=st.decimals(0, 100, places=4, allow_nan=False))
@STEADY
def test_a_percent_cell_gives_what_it_shows_and_a_bare_fraction_gives_nothing(value: Decimal) -> None:
    stored = float(value) / 100
    assume(stored)
    shown = coerce.number(stored, True, percent=True).value
    assert isinstance(shown, Decimal)
    assert shown == Decimal(repr(stored)) * 100
    for read in (coerce.number(stored, percent=True, blind=True), coerce.number(Decimal("0.5") * 1, percent=True)):
        assert (read.value, read.code) == (None, "FRACTION_FOR_PERCENT")


def test_no_decimal_context_of_the_caller_rounds_a_value() -> None:
    with localcontext(prec=2):
        assert coerce.number("1.234.567,8912").value == Decimal("1234567.8912")
        assert coerce.number(0.123456789, True, percent=True).value == Decimal("12.3456789")
        assert coerce.number("(1234)").facts["first"] == "-1234"
        assert coerce.count(1.234).facts["second"] == "1234"


def test_a_stored_decimal_in_a_count_shows_the_thousands_that_may_have_been_meant() -> None:
    assert coerce.count(1.234).facts == {
        "typed": "1,234",
        "second": "1234",
        "hint": "Nếu ý là 1234 thì gõ 1234, không dùng dấu chấm hay dấu phẩy.",
    }
    assert coerce.count(0.5).facts["second"] == ""
    assert coerce.count(1234.5).facts["second"] == ""


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
@STEADY
def test_a_day_in_every_accepted_form_reads_back_equal(day: date) -> None:
    d, m, y = day.day, day.month, day.year
    forms: list[object] = [day, datetime(y, m, d), datetime(y, m, d, 9, 5), float((day - date(1899, 12, 30)).days)]
    forms += [f"{d}/{m}/{y}", f"{d:02}/{m:02}/{y}", f"{d}-{m}-{y}", f"{d}.{m}.{y}", day.isoformat(), f"{y}/{m}/{d}"]
    forms += [f"ngày {d} tháng {m} năm {y}", f"{d} / {m} / {y}", f"{d:02}/{m:02}/{y % 100:02}", f"Ngày {d}/{m}/{y}."]
    for form in forms:
        read = coerce.date_(form, (2000, 2099))
        assert read.value == day, form
        assert read.code == ("" if form in (day, datetime(y, m, d)) else "DATE_CLEANED"), form


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
@STEADY
def test_a_dashed_short_year_is_taken_only_where_one_reading_exists(day: date) -> None:
    """26-06-10 is 26 June 2010 or 10 June 2026, unless the years that the caller allows leave one of them."""
    written = f"{day.year % 100:02}-{day.month:02}-{day.day:02}"
    assume(1 <= day.year % 100 <= 31)
    read = coerce.date_(written, (2000, 2099))
    other = (2000 + day.day, day.month, day.year % 100)
    try:
        both = {day, date(*other)}
    except ValueError:
        return
    if len(both) == 2:
        assert (read.value, read.code) == (None, "DATE_AMBIGUOUS")
        assert len({read.facts["first"], read.facts["second"]}) == 2
        only = coerce.date_(written, (day.year, day.year))
        assert only.value == day if other[0] != day.year else only.code == "DATE_AMBIGUOUS"
    else:
        assert read.value == day


@given(raw=st.floats(), years=st.tuples(st.integers(2000, 2050), st.integers(2050, 2100)))
@STEADY
def test_a_number_is_a_day_only_within_the_years(raw: float, years: tuple[int, int]) -> None:
    value = coerce.date_(raw, years).value
    assert value is None or (isinstance(value, date) and years[0] <= value.year <= years[1])


@pytest.mark.parametrize("member", [*STATE_WORDS.items(), *STATUS_WORDS.items()])
@given(data=st.data())
@settings(STEADY, max_examples=25)
def test_a_word_survives_case_blanks_and_lost_diacritics(
    member: tuple[DataState | TaskStatus, str], data: st.DataObject
) -> None:
    kind, word = member
    read = coerce.state if isinstance(kind, DataState) else coerce.status
    assert read(word) == read(unicodedata.normalize("NFD", f" {word}\u00a0")) == Coerced(kind)
    cases = "".join(data.draw(st.sampled_from([c.lower(), c.upper()])) for c in word)
    bare = data.draw(st.sampled_from([cases, fold(cases), cases.replace(" ", "  "), f"{cases}.", f"- {cases}"]))
    found = read(bare)
    assert found.value is kind
    assert found.code == ("" if bare == word else "CHOICE_CLEANED")


@given(written=st.text("chưakhôngđạtCĐ ", max_size=14))
@settings(STEADY, max_examples=300)
def test_a_denial_is_never_taken_for_what_it_denies(written: str) -> None:
    denies = not {"khong", "chua", "ko"}.isdisjoint(fold(written).split())
    read = coerce.choice(written, CHOICE_WORDS)
    if denies:
        assert read.value in (None, "Chưa đạt")
        assert read.facts.get("suggestion", "") in ("", "Chưa đạt")


@given(raw=st.one_of(st.text(max_size=60), st.text(st.sampled_from("a\u0301\u00a0\r\n\x0b\u2028\u202e\ufffe\t "))))
@settings(STEADY, max_examples=250)
def test_free_text_is_clean_whatever_comes_and_cleaning_it_again_changes_nothing(raw: str) -> None:
    kept = coerce.text(raw)
    assert coerce.text(kept) == kept == unicodedata.normalize("NFC", kept).strip()
    kept.encode()
    assert not [c for c in kept if unicodedata.category(c) in ("Cc", "Zl", "Zp") and c != "\n"]


def test_free_text_keeps_what_a_person_wrote() -> None:
    assert coerce.text("a\r\nb\rc\u2028d") == "a\nb\nc\nd"
    assert coerce.text("=SUM(A1)") == "=SUM(A1)"
    assert coerce.text("§\u00ad") == "§\u00ad"  # TCVN3: the soft hyphen is a letter there
    assert coerce.text("x" * 6000) == "x" * 5000
    assert coerce.text(None) == ""
    assert [coerce.text(raw) for raw in (12.0, 12.5, 0.1, True, date(2026, 6, 1), time(9, 5))] == [
        *("12", "12,5", "0,1", "TRUE", "01/06/2026", "09:05")
    ]
    assert coerce.text(datetime(2026, 6, 1, 9, 5)) == "01/06/2026 09:05"
    assert coerce.text(timedelta(hours=30, minutes=5)) == "30:05"


@pytest.mark.parametrize("module", [coerce_cell, coerce_grammar, coerce_units, coerce_words])
def test_examples_in_docstrings_hold(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]  # parametrize gives objects
    assert (result.failed, result.attempted > 0) == (0, True)
