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
    assert row["prorated"] == (wanted["prorated"] if row["targets"] else ""), plan
    held, national = (parse_fields(text) for text in (row["fields"] or wanted["fields"], wanted["fields"]))
    assert [(f.name, f.unit, f.minimum, f.maximum, f.cumulative) for f in held] == [
        (f.name, f.unit, f.minimum, f.maximum, f.cumulative) for f in national
    ], plan


def test_only_what_can_but_grow_within_a_year_is_cumulative() -> None:
    """Events since the first of January. Who is up to date with the vaccines due may be so no longer at the next."""
    since = "từ đầu năm"
    fields = [(plan, row["code"], field) for plan, row in PRINTED for field in parse_fields(row["fields"])]
    fields += [("", code, field) for code, row in NATIONAL.items() for field in parse_fields(row["fields"])]
    assert all(since in field.label for _, _, field in fields if field.cumulative)
    unmarked = {(code, f.name) for _, code, f in fields if since in f.label and not f.cumulative}
    assert unmarked == {("EPI_COVERAGE", "numerator")}
    assert {(code, f.name) for plan, code, f in fields if f.cumulative and not plan} == {
        ("EPI_COVERAGE", "denominator"),
        ("PERIODIC_CHECKUP", "numerator"),
        ("BHYT_VISITS_PRIMARY", "numerator"),
        ("BHYT_VISITS_PRIMARY", "denominator"),
    }


def test_only_what_starts_at_nothing_every_year_is_prorated() -> None:
    """People counted anew each year over everybody. A share of those due or of all visits is no smaller in June."""
    assert [code for code, row in NATIONAL.items() if row["prorated"]] == ["PERIODIC_CHECKUP"]
    fields = {field.name: field.cumulative for field in parse_fields(NATIONAL["PERIODIC_CHECKUP"]["fields"])}
    assert fields == {"numerator": True, "denominator": False}
    shares = [row["reason"] for _, row in PRINTED if row["prorated"]]
    assert len(shares) == 2
    assert all("cách chia của người lập" in reason for reason in shares), "no document prints a half-year milestone"


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
        "Khám bệnh, chữa bệnh",  # the beginning of a wording
        "Khám bệnh, chữa bệnh bảo hiểm y tế",
        "Đầu tư cơ sở vật chất",  # the beginning of several
        "Trẻ em và thanh thiếu niên",  # the end of one
        "Số bác sĩ trên 10.000 dân",
        "Mỗi 10.000 dân có ít nhất 15 bác sĩ",
        "Chiều cao trung bình của thanh niên",
        "Tỉ lệ học sinh tham gia bảo hiểm y tế",
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


@pytest.mark.parametrize(
    "name",
    [
        # other people than the whole population
        "Tuổi thọ trung bình của nữ",
        "Tuổi thọ trung bình của nam",  # folds to the word for years
        "Tuổi thọ trung bình (nam)",
        "Tuổi thọ trung bình của người dân trên 60 tuổi",
        "Tuổi thọ trung bình của người dân tộc thiểu số",
        "Số năm sống khỏe mạnh từ 60 tuổi",
        "Tỷ lệ học sinh được lập sổ sức khỏe điện tử",
        "Tỷ lệ người dân trên 60 tuổi được lập sổ sức khỏe điện tử",
        "Tỷ lệ người cao tuổi được khám sức khỏe định kỳ",
        "Khám sức khỏe định kỳ cho người lao động",
        "Tỷ lệ dân số tham gia bảo hiểm y tế hộ gia đình",
        "Tỷ lệ bao phủ bảo hiểm y tế học sinh, sinh viên",
        "Tăng chiều cao trung bình của trẻ em và thanh thiếu niên từ 6-10 tuổi",
        # the contrary, or what goes wrong
        "Tỷ lệ hộ nghèo chưa được lập sổ sức khỏe điện tử",
        "Tỷ lệ người dân chưa được khám sức khỏe định kỳ",
        "Tỷ lệ dân số không được lập sổ sức khỏe điện tử",
        "Tỷ lệ tai biến sau tiêm chủng mở rộng",
        "Tỷ lệ khám chữa bệnh BHYT tại trạm y tế bị từ chối thanh toán",
        "KCB BHYT tại trạm y tế bị từ chối thanh toán",
        # places, money, counts instead of the rate
        "Số cơ sở tiêm chủng mở rộng đạt chuẩn",
        "Tỷ lệ xã có điểm tiêm chủng mở rộng",
        "Tỷ lệ xã, phường đạt bảo hiểm y tế toàn dân",
        "Tỷ lệ trạm y tế lập sổ sức khỏe điện tử",
        "Kinh phí đầu tư cơ sở vật chất, thiết bị cho trạm y tế",
        "Tỷ lệ bệnh viện được đầu tư cơ sở vật chất theo chức năng, nhiệm vụ",
        "Số trạm y tế được đầu tư thiết bị y tế theo chức năng, nhiệm vụ",
        "Số người được lập sổ sức khỏe điện tử",
        "1.000 người dân được lập sổ sức khỏe điện tử",
        "Chi phí khám bệnh, chữa bệnh bảo hiểm y tế tại trạm y tế",
        "Tỷ lệ người dân khám bệnh, chữa bệnh bảo hiểm y tế tại trạm y tế",  # visits are counted, not people
        "Tỷ lệ người dân được miễn viện phí ở mức cơ bản",  # attained or not, no rate
        "Số người tham gia các loại hình bảo hiểm sức khỏe",
        # the level of what is measured as a gain, and the other way round
        "Chiều cao trung bình của trẻ em và thanh thiếu niên từ 1-18 tuổi",
        "Tăng chiều cao trung bình của trẻ em và thanh thiếu niên lên 165 cm",
        "Tỷ lệ người dân thường xuyên tham gia hoạt động thể chất",
        "Tỷ lệ người dân thường xuyên tham gia hoạt động thể chất tăng lên 40%",
        "Tỷ lệ người dân thường xuyên tham gia hoạt động thể chất tăng thêm 10% so với năm 2020",
        "Tuổi thọ trung bình tăng thêm 2 tuổi",
        "Tăng tỷ lệ dân số tham gia bảo hiểm y tế thêm 5%",
        # how often, what kind, and of whose
        "Khám sức khỏe định kỳ mỗi năm 2 lần",
        "Tỷ lệ trạm y tế có ít nhất 01 bác sĩ y học gia đình",
        "Tỷ lệ trạm y tế có ít nhất 50% bác sĩ",
        "Trạm cấp cứu 115 có ít nhất 04 bác sĩ",
        "Trạm y tế có ít nhất 4 bác sĩ trên 10.000 dân",
        "Trạm Y tế xã biên giới có tối thiểu 4 bác sĩ",
        # more than the beginning of a wording, less than the whole
        "Tỷ lệ tiêm chủng các vắc-xin",
        "Chiều cao trung bình của trẻ em",
        "Tỷ lệ người dân được miễn viện phí",
        "Tỷ lệ khám bệnh, chữa bệnh bảo hiểm y tế",
    ],
)
def test_a_near_miss_is_left_to_a_person(name: str) -> None:
    """One word more makes another figure; taken for the national one it would be rolled up with it."""
    assert recognise(name) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Tuổi thọ trung bình của người dân trên địa bàn tỉnh đạt 75,5 tuổi vào năm 2030", "LIFE_EXPECTANCY"),
        ("Tuổi thọ trung bình tính từ lúc sinh (tuổi)", "LIFE_EXPECTANCY"),
        ("Người dân có tuổi thọ trung bình đạt trên 80 tuổi", "LIFE_EXPECTANCY"),
        ("Số năm sống khoẻ mạnh tăng lên trên 71 tuổi", "HEALTHY_LIFE_YEARS"),
        ("Đến năm 2030, số năm sống khỏe đạt tối thiểu 68 năm", "HEALTHY_LIFE_YEARS"),
        ("Chiều cao trung bình của trẻ em, thanh thiếu niên từ 1-18 tuổi tăng thêm tối thiểu 1,5cm", "HEIGHT_GAIN"),
        ("Tỷ lệ tiêm chủng các loại vắc xin trong chương trình Tiêm chủng mở rộng hằng năm đạt > 95%", "EPI_COVERAGE"),
        ("Duy trì tỷ lệ tiêm chủng mở rộng trên 95%", "EPI_COVERAGE"),
        (
            "Tăng tỷ lệ người dân thường xuyên tham gia các hoạt động thể chất thêm 10%",
            "PHYSICAL_ACTIVITY_GAIN",
        ),
        ("Phấn đấu 100% người dân được khám sức khỏe định kỳ ít nhất 01 lần/năm", "PERIODIC_CHECKUP"),
        ("Trên 95% dân số được lập hồ sơ sức khỏe điện tử", "EHR_COVERAGE"),
        ("Tỷ lệ người dân trên địa bàn phường được lập sổ sức khỏe điện tử (%)", "EHR_COVERAGE"),
        ("Thực hiện chính sách miễn viện phí cho Nhân dân theo lộ trình", "FREE_BASIC_CARE"),
        ("Tỷ lệ trạm y tế cấp xã bảo đảm nhân lực thực hiện chức năng, nhiệm vụ theo quy định", "STATION_STAFFING"),
        ("Tỷ lệ TYT được đầu tư trang thiết bị y tế theo chức năng, nhiệm vụ", "STATION_EQUIPMENT"),
        ("Đến năm 2027, trạm y tế xã, phường, đặc khu có ít nhất từ 4-5 bác sĩ", "STATION_DOCTORS"),
        ("100% trạm y tế phường có ít nhất 04 bác sĩ làm việc đạt 100%", "STATION_DOCTORS"),
        ("Tăng tỷ lệ KCB BHYT tại trạm y tế xã lên trên 20%", "BHYT_VISITS_PRIMARY"),
        ("Tỷ lệ khám chữa bệnh BHYT tại Trạm Y tế cấp xã từ 20% trở lên", "BHYT_VISITS_PRIMARY"),
        ("Tỷ lệ bao phủ BHYT đạt trên 95% dân số năm 2026, bảo hiểm y tế toàn dân năm 2030", "BHYT_COVERAGE"),
        ("Phấn đấu đến năm 2030: 100% dân số tham gia bảo hiểm y tế", "BHYT_COVERAGE"),
    ],
)
def test_words_that_say_nothing_do_no_harm(name: str, code: str) -> None:
    """Who, where, by when and how much stand around a name in every document and leave it what it is."""
    assert _code(name) == code


def test_the_beginning_of_a_wording_is_none_unless_it_was_reviewed() -> None:
    """A name broken off says less than the wording: only the beginnings that are wordings themselves are known."""
    wordings = {wording for row in NATIONAL.values() for wording in parse_names(row["wordings"])}
    known = {fold(text) for text in wordings}
    for wording in wordings:
        words = wording.replace("… ", "").split()
        for end in range(1, len(words)):
            beginning = " ".join(words[:end])
            own = {text for text in known if fold(beginning).startswith(text)}
            assert recognise(beginning) is None or own, beginning


def test_a_long_text_is_refused_at_once() -> None:
    """A cell that holds a page of amounts may be read in many ways, and must not be tried in all of them."""
    assert recognise("Bao phủ bảo hiểm y tế " + "đạt 5% " * 500 + "của nữ") is None


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
