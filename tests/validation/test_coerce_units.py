"""A word behind a number says what was counted; where that is not what the field asks for, there is no number."""

from __future__ import annotations

import pytest

from plan.load import load_plan
from plan.model import FieldKind
from tests.validation.returned import COMMUNE, book, checked, received, remarks
from validation import coerce
from validation.coerce_units import UNIT_WORDS, contradicts, is_unit

PLANS = ("ninh-binh-syt", "thanh-nam", "kien-hai", "tran-lieu", "muong-la")


@pytest.mark.parametrize("word", sorted(UNIT_WORDS))
def test_every_word_of_the_table_is_the_same_thing_as_itself_and_not_money(word: str) -> None:
    assert not contradicts(word, word)
    assert contradicts(word, "đồng") == (word not in ("dong", "vnd"))
    assert not contradicts(word, "")


@pytest.mark.parametrize(
    ("word", "measure"),
    [
        *(("người", "bác sĩ"), ("người", "trẻ"), ("trẻ", "người"), ("bác sỹ", "bác sĩ"), ("BS", "bác sĩ")),
        *(("cháu", "trẻ em"), ("lượt người", "lượt"), ("hộ gia đình", "hộ"), ("trạm y tế", "trạm"), ("trạm", "cơ sở")),
        *(
            ("đơn vị", "xã"),
            ("trường hợp", "người"),
            ("trường hợp", "lượt khám"),
            ("lần", "cuộc"),
            ("người", "người dân"),
        ),
        *(("hộ", "hộ nghèo"), ("người", "người bệnh tâm thần"), ("tuổi", "tuổi")),
    ],
)
def test_words_for_one_thing_agree(word: str, measure: str) -> None:
    assert not contradicts(word, measure)
    assert coerce.count(f"12 {word}", unit=measure).value == 12


@pytest.mark.parametrize(
    ("word", "measure"),
    [
        *(("hộ", "người"), ("lượt", "bác sĩ"), ("trạm", "bác sĩ"), ("lần", "bác sĩ"), ("y sĩ", "bác sĩ")),
        *(("trẻ", "bác sĩ"), ("lượt người", "người"), ("người", "lượt"), ("hồ sơ", "người"), ("liều", "lượt")),
        *(("người", "cm"), ("lần", "lượt"), ("bệnh viện", "trạm"), ("xã", "thôn"), ("đồng", "triệu đồng")),
    ],
)
def test_words_for_another_thing_make_no_number(word: str, measure: str) -> None:
    assert contradicts(word, measure)
    read = coerce.count(f"12 {word}", unit=measure)
    assert (read.value, read.code) == (None, "NOT_A_NUMBER")
    assert f"Ô này tính bằng {measure}, không phải {word}." in read.facts["hint"]


def test_the_own_word_of_a_field_is_taken_and_no_multiplier_ever() -> None:
    assert [is_unit(word, "cm") for word in ("cm", "CM", "kg", "")] == [True, True, False, False]
    assert [is_unit(word, word) for word in ("nghìn", "triệu", "trăm", "người/năm")] == [False] * 4
    assert str(coerce.number("165,5 cm", unit="cm").value) == "165.5"


@pytest.mark.parametrize("name", PLANS)
def test_whatever_the_plans_ask_for_may_be_written_behind_the_number(name: str) -> None:
    fields = [field for indicator in load_plan(name).indicators for field in indicator.fields]
    measures = {field.unit for field in fields if field.kind is FieldKind.COUNT}
    assert measures
    for measure in sorted(measures):
        assert coerce.count(f"12 {measure}", unit=measure).value == 12


def test_the_reader_knows_what_its_field_is_measured_in() -> None:
    """The same words at two cells of one return: right in one of them."""
    people = next(row for row in COMMUNE.indicator_rows if row.field.unit == "người")
    doctors = next(row for row in COMMUNE.indicator_rows if row.field.unit == "bác sĩ")
    typed = {(people.code, "value"): "350 hộ", (doctors.code, "value"): "3 bác sỹ"}
    found = {(cell, code) for _, cell, code in remarks(checked(received(book(typed=typed))))}
    assert (f"H{people.row}", "NOT_A_NUMBER") in found
    assert (f"H{doctors.row}", "NUMBER_CLEANED") in found
