"""A printed target reads as a person would read it, and an unsure one is no target at all.

The tables were written from the documents by hand; the grammar of plan files says what was meant.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.grammar import format_targets, parse_targets
from plan.printed.targets import read_targets, targets_in_name

STEADY = settings(derandomize=True, deadline=None)  # the same cases on every machine, however busy

# Every text of the target columns, and of the prose that stands for them, in a section "đến năm 2030".
PRINTED = {
    "≥ 1,5": "2030 >= 1.5",
    "76": "2030 >= 76",
    "≥ 68": "2030 >= 68",
    ">95": "2030 > 95",
    "10": "2030 >= 10",
    "100": "2030 >= 100",
    "100%": "2030 >= 100",
    "20": "2030 >= 20",
    ">95 (2026), toàn dân (2030)": "2026 > 95; 2030 >= 100",
    "tối thiểu 1,5cm": "2030 >= 1.5",
    "thêm tối thiểu 1,5 cm": "2030 >= 1.5",
    "đạt tối thiểu 1,6cm": "2030 >= 1.6",
    "đạt 75 tuổi": "2030 >= 75",
    "75,5 tuổi": "2030 >= 75.5",
    "tối thiểu 70 năm": "2030 >= 70",
    "trên 95%": "2030 > 95",
    "trên 95% dân số": "2030 > 95",
    "tăng thêm 10%": "2030 >= 10",
    "lên trên 20%": "2030 > 20",
    "trên 80 tuổi": "2030 > 80",
    "tăng lên trên 71 tuổi": "2030 > 71",
    "từ 80 tuổi trở lên": "2030 >= 80",
    "đạt 100% dân số": "2030 >= 100",
    "toàn dân": "2030 >= 100",
    "đạt bảo hiểm y tế toàn dân": "2030 >= 100",
    "từ 4-6 bác sĩ": "2030 >= 100 @4",
    "ít nhất từ 4 - 5 bác sĩ": "2030 >= 100 @4",
    "tối thiểu 4 bác sĩ làm việc vào năm 2027, 5 bác sĩ vào năm 2030": "2027 >= 100 @4; 2030 >= 100 @5",
    "đến năm 2027 có ít nhất 04 bác sĩ, đến năm 2030 có ít nhất 05 bác sĩ": "2027 >= 100 @4; 2030 >= 100 @5",
}

PLAUSIBLE = {
    "dưới 5%": "2030 < 5",
    "không quá 5%": "2030 <= 5",
    "≤ 5": "2030 <= 5",
    "không dưới 95%": "2030 >= 95",
    "≥ 19 bác sĩ/vạn dân": "2030 >= 19",  # no count of one station
    "Năm 2026: 95%; năm 2030: 100%": "2026 >= 95; 2030 >= 100",
    "trên 95% vào năm 2026 và 100% vào năm 2030": "2026 > 95; 2030 >= 100",
    "Đến năm 2026, đạt trên 95%": "2026 > 95",
    "98,5 (2028)": "2028 >= 98.5",
}

# No sure reading: approximations, spans, decreases, two numbers for one year, numbers that may be others.
UNSURE = (
    "",
    "miễn phí",
    "khoảng 95%",
    "95-97%",
    "giảm 10%",
    "1.500",
    "1 000",
    "2030",
    "95 (2026), 98",
    "trên 95%, toàn dân",
    "95 (2026), 96 (2026)",
    "trên 90 dưới 95",
    "trên 95% ở trẻ dưới 5 tuổi",
    "ít nhất mỗi năm 1 lần",
    "95%%",
    "9" * 400,
)

# Names that end with their figure, where a document prints no column of targets.
IN_NAMES = {
    "Tỷ lệ tiêm chủng các vắc-xin trong Chương trình tiêm chủng thiết yếu đạt trên 95%.": "2030 > 95",
    "Tăng chiều cao trung bình của trẻ em và thanh thiếu niên từ 1 tuổi đến 18 tuổi đạt tối thiểu 1,6 cm.": (
        "2030 >= 1.6"
    ),
    "số năm sống khỏe mạnh đạt tối thiểu 70 năm": "2030 >= 70",
    "Tăng tỷ lệ khám bệnh, chữa bệnh bảo hiểm y tế tại trạm y tế xã lên trên 20%.": "2030 > 20",
    "Tỉ lệ bao phủ bảo hiểm y tế đạt trên 95% dân số": "2030 > 95",
    "Phấn đấu đạt bảo hiểm y tế toàn dân": "2030 >= 100",
    "Phấn đấu trạm có ít nhất từ 4-6 bác sĩ": "2030 >= 100 @4",
    "Trạm Y tế xã đến năm 2027 có ít nhất từ 4-5 bác sĩ": "2027 >= 100 @4",
    "Trạm y tế phường có tối thiểu 4 bác sĩ làm việc vào năm 2027, 5 bác sĩ vào năm 2030": (
        "2027 >= 100 @4; 2030 >= 100 @5"
    ),
    # two figures, or none
    "Tuổi thọ trung bình đạt 75 tuổi, trong đó số năm sống khỏe mạnh đạt tối thiểu 70 năm": "",
    "Người dân được khám sức khỏe định kỳ hoặc khám sàng lọc miễn phí ít nhất mỗi năm 1 lần": "",
    "Tăng thêm chiều cao trung bình của trẻ em và thanh thiếu niên từ 1-18 tuổi": "",
    "Tuổi thọ trung bình": "",
}


@pytest.mark.parametrize(("printed", "typed"), [*PRINTED.items(), *PLAUSIBLE.items()])
def test_a_target_reads_as_a_person_reads_it(printed: str, typed: str) -> None:
    assert format_targets(read_targets(printed, 2030)) == typed


@pytest.mark.parametrize("printed", UNSURE)
def test_no_number_is_guessed(printed: str) -> None:
    assert read_targets(printed, 2030) == ()


@pytest.mark.parametrize(("name", "typed"), IN_NAMES.items())
def test_a_name_may_end_with_its_only_figure(name: str, typed: str) -> None:
    assert format_targets(targets_in_name(name, 2030)) == typed


def test_a_target_without_a_year_wants_one_from_its_heading() -> None:
    """The year is never the present one, and a printed year outranks that of the heading."""
    assert read_targets("trên 95%", None) == ()
    assert format_targets(read_targets("trên 95%", 2045)) == "2045 > 95"
    assert format_targets(read_targets("trên 95% (2026)", 2045)) == "2026 > 95"
    assert format_targets(read_targets("trên 95% (2026)", None)) == "2026 > 95"


@pytest.mark.parametrize("printed", [*PRINTED, *PLAUSIBLE])
def test_case_and_spaces_do_not_matter(printed: str) -> None:
    assert read_targets(f"  {printed} ".replace(" ", " \n "), 2030) == read_targets(printed, 2030)
    assert read_targets(printed.upper(), 2030) == read_targets(printed, 2030)


PIECES = st.sampled_from([*PRINTED, *PLAUSIBLE, *UNSURE[:-1], *"(),;.-%≥<>0127", " ", "trên", "đạt", "năm 2026", "20"])


@STEADY
@given(
    st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join)),
    st.none() | st.integers(2000, 2099),
)
def test_no_text_breaks_the_reader_and_a_reading_can_be_typed(text: str, year: int | None) -> None:
    """Whatever stands in a cell, what is read is a value that plan files can hold."""
    for read in (read_targets(text, year), targets_in_name(text, year)):
        assert parse_targets(format_targets(read)) == read
