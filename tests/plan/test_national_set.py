"""Every plan calls the same indicator by the same code and measures it alike, and no name is guessed."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

import pytest

from plan.grammar import parse_fields, parse_names
from plan.national_set import national_indicators, recognise, recognise_all
from plan.tables import Row
from plan.words import fold

ROOT = Path(__file__).parents[2]
CATALOG = ROOT / "plan" / "catalog"
NATIONAL = {row["code"]: row for row in national_indicators()}
PLANS = ("kien-hai", "muong-la", "ninh-binh-syt", "thanh-nam", "tran-lieu")


def _indicators(plan: str) -> list[Row]:
    with (CATALOG / plan / "indicators.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


PRINTED = [(plan, row) for plan in PLANS for row in _indicators(plan)]
IDS = [f"{plan}:{row['code']}" for plan, row in PRINTED]


def _code(name: str) -> str | None:
    row = recognise(name)
    return row["code"] if row else None


def _all(name: str) -> list[str]:
    return [row["code"] for row in recognise_all(name)]


def _national(code: str) -> str:
    return re.sub(r"_20(30|45)$", "", code)


# --- what the plans print ---------------------------------------------------------------------


@pytest.mark.parametrize(("plan", "row"), PRINTED, ids=IDS)
def test_every_printed_name_is_recognised(plan: str, row: Row) -> None:
    """A row of any of the five documents leads by its printed name to the code that a person gave it."""
    assert _code(row["name"]) == _national(row["code"]), (plan, row["name"])


@pytest.mark.parametrize(("plan", "row"), PRINTED, ids=IDS)
def test_every_plan_measures_it_alike(plan: str, row: Row) -> None:
    """Measure, arithmetic and inputs are those of the national set, so that figures can be rolled up."""
    wanted = NATIONAL[_national(row["code"])]
    for column in ("measure", "aggregation", "decimals"):
        assert row[column] == wanted[column], (plan, column)
    held, national = (parse_fields(text) for text in (row["fields"] or wanted["fields"], wanted["fields"]))
    assert [(f.name, f.unit, f.minimum, f.maximum) for f in held] == [
        (f.name, f.unit, f.minimum, f.maximum) for f in national
    ], plan


def test_a_sentence_mentions_the_rows_read_out_of_it() -> None:
    """Rows that share one sentence of prose are all found in it, in the order of the rows."""
    for plan in PLANS:
        by_sentence: dict[str, list[str]] = {}
        for row in _indicators(plan):
            if row["sentence"]:
                by_sentence.setdefault(row["sentence"], []).append(_national(row["code"]))
        for text, codes in by_sentence.items():
            assert [code for code in _all(text) if code in codes] == codes, (plan, text)


# --- names that mean several, or none ---------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Tuổi thọ trung bình đạt 75 tuổi, trong đó số năm sống khỏe mạnh đạt tối thiểu 70 năm", "LH"),
        ("Số năm sống khoẻ và tuổi thọ trung bình", "HL"),
    ],
)
def test_healthy_years_beside_life_expectancy_are_its_part(name: str, codes: str) -> None:
    """The row is the row of life expectancy, and both figures are told in the order of mention."""
    full = {"L": "LIFE_EXPECTANCY", "H": "HEALTHY_LIFE_YEARS"}
    assert _all(name) == [full[c] for c in codes]
    assert _code(name) == "LIFE_EXPECTANCY"


def test_a_name_of_two_other_indicators_is_none_of_them() -> None:
    """Taking the first for the whole would lose the second; the caller sees both and decides."""
    name = "Trạm Y tế được đầu tư cơ sở vật chất theo chức năng, nhiệm vụ; có ít nhất 04 bác sĩ"
    assert _all(name) == ["STATION_FACILITIES", "STATION_DOCTORS"]
    assert recognise(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        "%",
        "Tỉ lệ",
        "Trạm y tế",
        "Cơ sở vật chất",
        "Bảo hiểm y tế",
        "Khám bệnh, chữa bệnh",  # a third of the wording of the visits only
        "Đầu tư cơ sở vật chất",  # half of two wordings
        "Số bác sĩ trên 10.000 dân",
        "Mỗi 10.000 dân có ít nhất 15 bác sĩ",
        "Chiều cao trung bình của thanh niên",
        "Tỉ lệ học sinh tham gia bảo hiểm y tế",
        "Khám sức khỏe định kỳ cho người lao động",
        "Tỉ lệ hộ gia đình sử dụng nước sạch",
    ],
)
def test_what_fits_none_or_two_is_not_guessed(name: str) -> None:
    assert recognise(name) is None
    assert recognise_all(name) == ()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("TỶ LỆ BAO PHỦ BHYT", "BHYT_COVERAGE"),
        ("Tỷ lệ khám sức khỏe định kỳ", "PERIODIC_CHECKUP"),
        ("Đầu tư cơ sở vật chất, thiết bị y tế theo chức năng, nhiệm vụ", "STATION_FACILITIES_EQUIPMENT"),
        ("Đầu tư cơ sở vật chất, thiết bị y tế, nhân lực theo chức năng, nhiệm vụ", "STATION_INVESTMENT"),
        ("Đầu tư thiết bị y tế theo chức năng, nhiệm vụ", "STATION_EQUIPMENT"),
        (unicodedata.normalize("NFD", "Tuổi thọ  trung bình (tuổi)"), "LIFE_EXPECTANCY"),
        ("100% trạm y tế xã có tối thiểu 06 bác sĩ vào năm 2028", "STATION_DOCTORS"),
    ],
)
def test_other_spellings_and_figures_do_no_harm(name: str, code: str) -> None:
    assert _code(name) == code


# --- the set itself ---------------------------------------------------------------------------


def test_the_set_holds_every_code_once() -> None:
    assert len(NATIONAL) == len(national_indicators()) == 17
    assert {*map(_national, (row["code"] for _, row in PRINTED))} == NATIONAL.keys()


def test_own_names_and_wordings_lead_back() -> None:
    """No wording belongs to two indicators, none is so short that it would fit a stranger."""
    for code, row in NATIONAL.items():
        assert _code(row["name"]) == code
        for wording in parse_names(row["wordings"]):
            assert _code(wording.replace("…", "4")) == code, wording
            assert len(fold(wording).split()) >= 3, wording


@pytest.mark.parametrize("code", NATIONAL)
def test_every_row_can_stand_in_any_plan(code: str) -> None:
    """Labels name no area of one plan and fit their cells."""
    row = NATIONAL[code]
    assert 0 < len(row["short"]) <= 24
    assert row["reason"].endswith(".")
    for field in parse_fields(row["fields"]):
        assert len(field.label) <= 110, field.label
        assert not re.search(r"toàn tỉnh|địa bàn (tỉnh|xã|phường)|toàn (xã|phường)", field.label), field.label
    assert all(v == unicodedata.normalize("NFC", " ".join(v.split())) for v in row.values())


def test_the_shared_rows_cannot_be_changed() -> None:
    """The read is cached, so whoever wrote into a row would change it for everybody."""
    with pytest.raises(TypeError):
        national_indicators()[0]["code"] = "X"  # type: ignore[index]  # that it cannot be is the promise
