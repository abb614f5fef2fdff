"""Every accepted form reads back equal, no ambiguous form becomes a number: generated, not listed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from plan.words import CHOICE_WORDS, STATE_WORDS, STATUS_WORDS
from validation import coerce
from validation.coerce_units import UNIT_WORDS
from validation.coerce_words import spelled

STEADY = settings(deadline=None, derandomize=True, max_examples=80)
BLANKS = ("", " ", "\u00a0", "\u2009", "\t", "\n", "\u200b", "\ufeff")
SCRIPTS = ("0", "\uff10", "\u0660", "\u0966", "\u0e50")  # the zero of each
SUFFIXES = ("", " người", " (người)", "hộ", " lượt khám.", " bac si")
RATES = ("%", " %", " o/o", " phần trăm", "(%)", "\uff05", " phâ\u0300n trăm")


def _digits(zero: str, written: str) -> str:
    return "".join(chr(ord(zero) + int(c)) if c in "0123456789" else c for c in written)


def _grouped(whole: int, mark: str) -> str:
    return f"{whole:,}".replace(",", mark)


@st.composite
def _dressed(draw: st.DrawFn, written: str, suffixes: tuple[str, ...] = SUFFIXES) -> str:
    """`written` as people and programs dress a number: blanks, scripts, words, signs, composition."""
    body = _digits(draw(st.sampled_from(SCRIPTS)), written)
    lead = draw(st.sampled_from(("", "đạt ", "Đạt: ", "'", "+")))
    dressed = (
        f"{draw(st.sampled_from(BLANKS))}{lead}{body}{draw(st.sampled_from(suffixes))}{draw(st.sampled_from(BLANKS))}"
    )
    return unicodedata.normalize(draw(st.sampled_from(("NFC", "NFD"))), dressed)


@st.composite
def _counts(draw: st.DrawFn) -> tuple[str, int]:
    value = draw(st.integers(0, 10**9))
    marks = [" ", "\u00a0", "\u202f", "'", "’"]
    if value >= 10**6 or value % 1000:  # 2.000 has two whole readings
        marks += [".", ","]
    forms = [str(value), f"{value},0", f"{value}.00", f"00{value}", *(_grouped(value, mark) for mark in marks)]
    return draw(_dressed(draw(st.sampled_from(forms)))), value


@given(form=_counts())
@STEADY
def test_a_count_dressed_in_any_way_reads_back_equal(form: tuple[str, int]) -> None:
    written, value = form
    assert coerce.count(written).value == value


@st.composite
def _decimals(draw: st.DrawFn) -> tuple[str, Decimal]:
    whole = draw(st.integers(0, 10**7))
    part = draw(st.text("0123456789", min_size=1, max_size=6).filter(lambda digits: len(digits) != 3))
    point = draw(st.sampled_from(",."))
    mark = draw(st.sampled_from(("", " ", "'", ",", "."))).replace(point, "")
    return f"{_grouped(whole, mark)}{point}{part}", Decimal(f"{whole}.{part}")


@given(form=_decimals(), data=st.data())
@STEADY
def test_a_decimal_dressed_in_any_way_reads_back_equal(form: tuple[str, Decimal], data: st.DataObject) -> None:
    written, value = form
    assert coerce.number(data.draw(_dressed(written))).value == value
    assert coerce.number(data.draw(_dressed(written, RATES)), percent=True).value == value


DAY_FORMS = (
    *(
        "{d}/{m}/{y}",
        "{d:02}/{m:02}/{y}",
        "{d}-{m}-{y}",
        "{d}.{m}.{y}",
        "{d} / {m} / {y}",
        "{d}\\{m}\\{y}",
        "{d} {m} {y}",
    ),
    *(
        "ngày {d}/{m}/{y}",
        "Ngày: {d}-{m}-{y}",
        "ngày {d} tháng {m} năm {y}",
        "{d} tháng {word} năm {y}",
        "{y}-{m:02}-{d:02}",
    ),
    *(
        "Ninh Bình, ngày {d} tháng {m} năm {y}",
        "{y}/{m}/{d}",
        "{d}/{m}/{y} 14:30",
        "8h30 ngày {d}/{m}/{y}",
        "{d}-{name}-{y}",
    ),
    *("{name} {d}, {y}", "{d:02}/{m:02}/{s:02}", "{d}.{m}.{s:02}", "Thứ Tư, ngày {d}/{m}/{y}.", "{d}-Thg{m}-{y}"),
)
MONTH_WORDS = "một hai ba tư năm sáu bảy tám chín mười mười_một mười_hai".split()  # noqa: SIM905  # reads better than a list


@given(
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    form=st.sampled_from(DAY_FORMS),
    zero=st.sampled_from(SCRIPTS),
    blank=st.sampled_from(BLANKS),
    composed=st.booleans(),
)
@STEADY
def test_a_day_in_any_order_and_dress_reads_back_equal(
    day: date, form: str, zero: str, blank: str, composed: bool
) -> None:
    word = MONTH_WORDS[day.month - 1].replace("_", " ")
    written = form.format(d=day.day, m=day.month, y=day.year, s=day.year % 100, word=word, name=f"{day:%b}")
    written = unicodedata.normalize("NFC" if composed else "NFD", f"{blank}{_digits(zero, written)}{blank}")
    read = coerce.date_(written, (2000, 2099))
    assert (read.value, read.code) == (day, "DATE_CLEANED")


@given(day=st.dates(date(2004, 1, 2), date(2095, 12, 31)))
@STEADY
def test_a_serial_is_read_by_the_system_of_its_workbook_and_by_neither_when_that_is_unknown(day: date) -> None:
    old, new = float((day - date(1899, 12, 30)).days), float((day - date(1904, 1, 1)).days)
    assert (old - new, coerce.date_(old).value, coerce.date_(new, date1904=True).value) == (1462, day, day)
    for serial in (old, new):
        read = coerce.date_(serial, date1904=None)
        both = [date(1899, 12, 30) + timedelta(serial), date(1904, 1, 1) + timedelta(serial)]
        possible = [one for one in both if 2000 <= one.year <= 2100]
        assert read.value == (possible[0] if len(possible) == 1 else None)


@given(word=st.sampled_from([*STATE_WORDS.values(), *STATUS_WORDS.values(), *CHOICE_WORDS]), data=st.data())
@STEADY
def test_a_word_of_a_list_dressed_in_any_way_reads_back_equal(word: str, data: st.DataObject) -> None:
    blank = data.draw(st.sampled_from([" ", "\u00a0", "  ", "\n", "\t"]))
    dressed = data.draw(st.sampled_from([word, word.upper(), word.lower(), f"- {word}", f"{word}.", f" {word}\n"]))
    written = unicodedata.normalize(data.draw(st.sampled_from(("NFC", "NFD"))), dressed.replace(" ", blank))
    words = (
        tuple(next(group for group in (STATE_WORDS, STATUS_WORDS) if word in group.values()).values())
        if (word not in CHOICE_WORDS)
        else CHOICE_WORDS
    )
    assert coerce.choice(written, words).value == word


# --- two readings -------------------------------------------------------------------------------


def _readings(written: str) -> Iterator[Decimal]:
    """Every number that `written` is under some notation: which sign groups thousands, which marks decimals."""
    sign, body = re.fullmatch(r"([-+]?)(.*)", written, re.DOTALL).groups()  # type: ignore[union-attr]  # matches any text
    for point in ",.":
        for group in (mark for mark in ",. '" if mark != point):
            whole, found, part = body.partition(point)
            if found and not re.fullmatch("[0-9]+", part):
                continue
            is_grouped = re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:{re.escape(group)}[0-9]{{3}})+", whole)
            if is_grouped or re.fullmatch("[0-9]*" if found else "[0-9]+", whole):
                value = Decimal(f"{whole.replace(group, '') or '0'}.{part or '0'}")
                yield -value if sign == "-" else value


@given(
    st.lists(st.sampled_from(["1", "12", "123", "000", "0", "5", "07", *".,. ' -"]), min_size=1, max_size=7).map(
        "".join
    )
)
@settings(STEADY, max_examples=400)
def test_no_text_with_two_readings_becomes_a_number(written: str) -> None:
    """An independent reader tries every notation: whatever is taken is its only reading (for a count: as a whole)."""
    written = written.strip()
    readings = set(_readings(written.removeprefix("'")))
    for read, possible in (
        (coerce.number(written), readings),
        (coerce.number(written, percent=True), readings),
        (coerce.count(written), {one for one in readings if one == one.to_integral_value()}),
    ):
        if read.value is not None:
            assert {read.value} == possible, written
        elif len(possible) > 1 and readings == possible:
            assert read.is_error, written


@given(group=st.integers(1, 999), part=st.integers(0, 999), mark=st.sampled_from(",."), data=st.data())
@STEADY
def test_thousands_or_decimals_stay_two_readings_in_any_dress(
    group: int, part: int, mark: str, data: st.DataObject
) -> None:
    written = data.draw(_dressed(f"{group}{mark}{part:03}"))
    read = coerce.number(written)
    assert (read.value, read.code) == (None, "NUMBER_AMBIGUOUS"), written
    assert {read.facts["first"], read.facts["second"]} == {
        str(group * 1000 + part),
        f"{Decimal(f'{group}.{part:03}').normalize():f}".replace(".", ","),
    }


NO_NUMBERS = (
    *(
        "{a}/{b}",
        "{a} / {b}",
        "{a}-{b}",
        "{a} đến {b}",
        "{a}±{b}",
        ">{a}",
        "≥ {a}",
        "~{a}",
        "≈{a}",
        "khoảng {a}",
        "{a}e{b}",
    ),
    *(
        "{a} nghìn",
        "{a},5 triệu",
        "{a}k",
        "{a}.",
        "{a},",
        "{a}²",
        "{a}; {b}",
        "{a} bác sỹ, {b} y sỹ",
        "trên {a}%",
        "{a}:{b}",
    ),
    *(
        "{a}\u0007{b}",
        "({a})",
        "={a}+{b}",
        "{a}O",
        "{a}/{b}/2026",
        "tháng {a}/2026",
        "{a} và {b}",
        "{a}+{b}",
        "{a} x {b}",
    ),
)


@given(form=st.sampled_from(NO_NUMBERS), a=st.integers(1, 999), b=st.integers(1, 999), data=st.data())
@settings(STEADY, max_examples=120)
def test_what_is_no_single_number_never_becomes_one(form: str, a: int, b: int, data: st.DataObject) -> None:
    written = unicodedata.normalize(data.draw(st.sampled_from(("NFC", "NFD"))), form.format(a=a, b=b))
    for read in (coerce.count(written), coerce.number(written), coerce.number(written, percent=True)):
        assert (read.value, read.is_error) == (None, True), written
        assert read.facts["hint"], written


@given(value=st.integers(0, 999_999))
@STEADY
def test_a_number_spelled_out_behind_its_digits_confirms_them_or_refuses(value: int) -> None:
    words = _in_words(value)
    assert spelled(words) == value
    assert coerce.count(f"{value} ({words})").value == value
    assert coerce.number(f"{_grouped(value, '.')} ({words})").value == value
    assert coerce.count(f"{value + 1} ({words})").value is None
    assert coerce.count(words).is_error


NAMES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def _in_words(value: int) -> str:
    if value >= 1000:
        rest = value % 1000
        return f"{_in_words(value // 1000)} nghìn" + (f" {_hundreds(rest, full=True)}" if rest else "")
    return _hundreds(value, full=False)


def _hundreds(value: int, *, full: bool) -> str:
    hundreds, tens, unit = value // 100, value // 10 % 10, value % 10
    words = [f"{NAMES[hundreds]} trăm"] if hundreds or full else []
    if tens:
        words.append("mười" if tens == 1 else f"{NAMES[tens]} mươi")
        words += [("lăm" if unit == 5 else "mốt" if unit == 1 and tens > 1 else NAMES[unit])] if unit else []
    elif unit or not words:
        words.append(f"linh {NAMES[unit]}" if words else NAMES[unit])
    return " ".join(words)


def test_no_word_for_many_is_a_unit() -> None:
    """A multiplier among the unit words would read five thousand as five."""
    assert UNIT_WORDS.isdisjoint({"nghin", "ngan", "trieu", "ty", "ti", "chuc", "tram nguoi", "doi", "cap", "ta", "k"})
    assert [coerce.count(f"5 {word}").value for word in ("trạm", "trăm", "tram", "TRẠM")] == [5, None, None, 5]


@given(
    seed=st.sampled_from(["1.234,5", "12/KH", "10/6/2026", "95,5%", "Hoàn thành", "1e3", "12 (mười hai)"]),
    data=st.data(),
)
@settings(STEADY, max_examples=120)
def test_no_mutated_text_makes_any_reader_raise(seed: str, data: st.DataObject) -> None:
    pieces = list(seed)
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(pieces)))
        pieces[at:at] = data.draw(st.text(max_size=2))
    written = "".join(pieces)
    assume(written)
    for read in (coerce.count, coerce.number, coerce.date_, coerce.state, coerce.status, coerce.free_text):
        read(written)
    for system in (True, None):
        coerce.date_(written, date1904=system)
