"""The Vietnamese of a plan workbook: every code has one word, every word one code, and deadlines read both ways."""

from __future__ import annotations

import pytest

from plan.book.sheets import HEAD_ITEMS, SHEETS
from plan.book.words import meant, shown
from plan.code_words import FIELD_WORDS
from plan.grammar import FIELD_KINDS
from plan.model import Aggregation, Measure, OddityKind
from plan.period import KINDS
from plan.rule_words import RULE_WORDS, SEVERITY_CODES
from plan.tables import HEAD_COLUMNS
from plan.words import fold

CODES: dict[tuple[str, str], tuple[str, ...]] = {
    ("indicators", "measure"): tuple(Measure),
    ("indicators", "aggregation"): tuple(Aggregation),
    ("indicators", "prorated"): ("x",),
    ("calendar", "kind"): KINDS,
    ("oddities", "kind"): tuple(OddityKind),
    ("units", "example"): ("x",),
    ("rules", "rule"): tuple(RULE_WORDS),
    ("rules", "severity"): tuple(SEVERITY_CODES),
    ("waivers", "rule"): tuple(RULE_WORDS),
}


@pytest.mark.parametrize("place", CODES)
def test_codes_and_words_are_one_to_one(place: tuple[str, str]) -> None:
    """Also in capitals or without diacritics; and the code itself is taken."""
    words = [shown(*place, code) for code in CODES[place]]
    assert len({fold(text) for text in (*words, *CODES[place])}) == len({*map(fold, words), *map(fold, CODES[place])})
    assert [meant(*place, word) for word in words] == list(CODES[place])
    assert [meant(*place, fold(word).upper()) for word in words] == list(CODES[place])
    assert [meant(*place, code) for code in CODES[place]] == list(CODES[place])


def test_nothing_is_left_in_english() -> None:
    shown_words = [shown(*place, code) for place, codes in CODES.items() for code in codes]
    assert not set(shown_words) & {code for codes in CODES.values() for code in codes}


DEADLINES = {
    "ongoing": "thường xuyên",
    "yearly; by 2030": "hằng năm; đến 2030",
    "by 2026-Q3": "đến 2026-Q3",
    "by 2026-06-10": "đến 2026-06-10",
    "2026..2027": "2026..2027",
    "2026..": "2026..",
    "2026-Q1..2027-06": "2026-Q1..2027-06",
    "2026..2027; when: sau khi phê duyệt": "2026..2027; khi: sau khi phê duyệt",
    "when:đến khi có đất": "khi:đến khi có đất",
    "unknown": "chưa rõ",
}


@pytest.mark.parametrize("code", DEADLINES)
def test_deadlines_read_both_ways(code: str) -> None:
    assert shown("tasks", "due", code) == DEADLINES[code]
    assert meant("tasks", "due", DEADLINES[code]) == code
    assert meant("tasks", "due", code) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Thường xuyên", "ongoing"),
        ("Hàng năm ; Khi : có quyết định", "yearly ; when: có quyết định"),
        ("đến năm 2027", "by 2027"),
        ("Đến tháng 9/2030", "by 2030-09"),
        ("đến 9/2030", "by 2030-09"),
        ("đến 10/6/2026", "by 2026-06-10"),
        ("đến ngày 1/12/2026", "by 2026-12-01"),
        ("đến quý III/2026", "by 2026-Q3"),
        ("đến Q3/2026", "by 2026-Q3"),
        ("đến quý 4 năm 2026", "by 2026-Q4"),
        ("quý I/2026 .. năm 2027", "2026-Q1 .. 2027"),
        ("30/9/2026", "by 2026-09-30"),
        ("trước 30/9/2026", "by 2026-09-29"),
        ("Trước ngày 1/10/2026", "by 2026-Q3"),
        ("quý 3/2026", "by 2026-Q3"),
        ("Quý III/2026", "by 2026-Q3"),
        ("tháng 9/2026", "by 2026-09"),
        ("năm 2027", "by 2027"),
        ("2027", "by 2027"),
        ("hết năm 2027", "by 2027"),
        ("trước năm 2027", "by 2026"),
        ("từ năm 2026", "2026.."),
        ("hằng năm; trước 30/9/2026 ", "yearly; by 2026-09-29 "),
    ],
)
def test_deadlines_as_people_write_them(typed: str, code: str) -> None:
    """Each has exactly one reading."""
    assert meant("indicators", "due", typed) == code


@pytest.mark.parametrize(
    "typed",
    ["đến quý V/2026", "đến 31/6/2026", "2027..2026", "chưa rõ; hằng năm", "sớm", "", "khi:", "31/6/2026", "30/9"],
)
def test_other_deadlines_are_refused_in_vietnamese(typed: str) -> None:
    with pytest.raises(ValueError, match="thường xuyên"):
        meant("tasks", "due", typed)


def test_an_indicator_may_have_no_deadline() -> None:
    assert meant("indicators", "due", "") == ""


INPUTS = {
    "numerator [người]: Số người có thẻ | denominator [người] {1..}: Dân số": (
        "tử số [người]: Số người có thẻ | mẫu số [người] {1..}: Dân số"
    ),
    "attained: Đạt value chưa?|evidence : Minh chứng": "đạt: Đạt value chưa?|minh chứng : Minh chứng",
    " | ".join(f"{name}: A" for name in FIELD_KINDS): " | ".join(f"{FIELD_WORDS[name]}: A" for name in FIELD_KINDS),
    "numerator [lượt] {0..}(lũy kế): A (lũy kế) | denominator (lũy kế) : B": (
        "tử số [lượt] {0..}(lũy kế): A (lũy kế) | mẫu số (lũy kế) : B"
    ),
    "numerator: A (luỹ kế): B": "tử số: A (luỹ kế): B",
    "": "",
}


@pytest.mark.parametrize("code", INPUTS)
def test_inputs_read_both_ways(code: str) -> None:
    """Only the names are changed, and the plan's own names are taken as well."""
    assert shown("indicators", "fields", code) == INPUTS[code]
    assert meant("indicators", "fields", INPUTS[code]) == code
    assert meant("indicators", "fields", code) == code


@pytest.mark.parametrize("typed", ["Tử số: A | MẪU SỐ : B", "tu so: A | mau so : B", "tử  số: A | denominator : B"])
def test_names_of_inputs_are_taken_as_people_write_them(typed: str) -> None:
    assert meant("indicators", "fields", typed) == "numerator: A | denominator : B"


@pytest.mark.parametrize("mark", ["(Lũy kế)", "(luỹ kế)", "( LUY KE )", "(lũy  kế)"])
def test_the_mark_of_a_running_total_is_taken_as_people_write_it(mark: str) -> None:
    """Both ways to set the tone mark are taught at school; the label is nobody's mark and stays as it is."""
    assert (
        meant("indicators", "fields", f"Tử số [lượt] {mark}: A {mark}: B") == f"numerator [lượt] (lũy kế): A {mark}: B"
    )


@pytest.mark.parametrize("typed", ["tử: A", "A", "tử số: A | tử số: B", "đạt {0..1}: A", "tử số {5..1}: A", "tử số:"])
def test_other_inputs_are_refused_in_vietnamese(typed: str) -> None:
    with pytest.raises(ValueError, match="tử số") as caught:
        meant("indicators", "fields", typed)
    assert "numerator" not in str(caught.value)


@pytest.mark.parametrize(
    "typed", ["tử số (cộng dồn): A", "đạt (lũy kế): A", "tử số (lũy kế) [lượt]: A", "(lũy kế): A", "tử số (lũy kế) A"]
)
def test_another_mark_or_another_place_for_it_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\(lũy kế\) ngay trước dấu hai chấm"):
        meant("indicators", "fields", typed)


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("2030 >= 1,6", "2030 >= 1.6"),
        ("2026 > 0,25; 2027 ≥ 99,5 @4", "2026 > 0.25; 2027 ≥ 99.5 @4"),
        ("2030 >= -1,5", "2030 >= -1.5"),
        ("2030 >= 1,6789", "2030 >= 1.6789"),
        ("2030 >= 1,600", "2030 >= 1,600"),
        ("2030 >= 1,2,3", "2030 >= 1,2,3"),
        ("năm 2030: 1,6", "năm 2030: 1,6"),
    ],
)
def test_a_decimal_comma_is_taken_unless_it_may_part_thousands(typed: str, meaning: str) -> None:
    """What is left as it was is a fault of the cell, said by the schema."""
    assert meant("indicators", "targets", typed) == meaning


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_quarters_may_be_counted_in_digits(number: int) -> None:
    assert meant("calendar", "kind", f"Quý {number}") == f"Q{number}"


@pytest.mark.parametrize(
    ("typed", "code"), [("10/6", "06-10"), ("1 / 12", "12-01"), ("31/12", "12-31"), ("06-30", "06-30")]
)
def test_days_are_day_first(typed: str, code: str) -> None:
    assert meant("calendar", "first", typed) == code


@pytest.mark.parametrize("typed", ["30/2", "6", "06-10", "10-06", "13-13", "0/6", ""])
def test_other_days_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="10/6"):
        meant("calendar", "first", typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31/12/2026", "2026-12-31"),
        (" 1 / 6 / 2026", "2026-06-01"),
        ("09/06/2026", "2026-06-09"),
        ("2026-12-31", "2026-12-31"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("table", ["rules", "waivers"])
def test_dates_are_day_first(table: str, typed: str, code: str) -> None:
    """And shown so; what is no real day is shown as it stands, so that nothing of a draft is lost."""
    assert meant(table, "until", typed) == code
    assert meant(table, "until", shown(table, "until", code)) == code


@pytest.mark.parametrize("typed", ["30/2/2026", "31/12", "31/12/26", "12/2026", "31-12-2026", "cuối năm", "2026-13-01"])
def test_other_dates_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="31/12/2026"):
        meant("waivers", "until", typed)


@pytest.mark.parametrize("text", ["31/2", "trong năm", "by", "ratio cao", "x y", "đúng"])
def test_a_text_without_a_wording_is_shown_as_it_is(text: str) -> None:
    """Nothing is lost of a draft that is still wrong."""
    assert {shown(*place, text) for place in (*CODES, ("tasks", "due"), ("calendar", "due"), ("rules", "until"))} == {
        text
    }


def test_headings_tell_the_columns_of_a_sheet_apart() -> None:
    """Columns are found by heading where the keys are gone."""
    for spec in SHEETS:
        headings = [fold(column.heading) for column in spec.columns]
        assert len(set(headings)) == len(headings)
    assert len({fold(item.heading) for item in HEAD_ITEMS}) == len(HEAD_COLUMNS)


def test_messages_fit_what_excel_shows() -> None:
    """Excel takes 32 characters of title and 255 of message; xlsxwriter would drop a longer rule."""
    for column in (*HEAD_ITEMS, *(column for spec in SHEETS for column in spec.columns)):
        assert len(column.heading) <= 32 or column.printed
        assert len(f"{column.hint} Ví dụ: {column.example}") <= 255
