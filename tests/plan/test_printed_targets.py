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
    # the year from which a gain is measured is not the year of the target
    "tăng 10% so với năm 2025": "2030 >= 10",
    "tăng thêm 10% (so với năm 2025)": "2030 >= 10",
    "tăng ít nhất 10% so với 2025": "2030 >= 10",
    "Đến năm 2028 tăng 10% so với năm 2025": "2028 >= 10",
    "tăng 10% so với năm 2025 vào năm 2028": "2028 >= 10",
    # directions
    "95 trở xuống": "2030 <= 95",
    "từ 95% trở xuống": "2030 <= 95",
    "95% trở lên": "2030 >= 95",
    "không dưới 95 trở lên": "2030 >= 95",
    "không quá 10%": "2030 <= 10",
    "tối đa 10%": "2030 <= 10",
    "không quá 0%": "2030 <= 0",
    "hơn 95%": "2030 > 95",
    "giảm còn 5%": "2030 <= 5",  # where it shall stand, not by how much it shall fall
    "giảm xuống còn 5%": "2030 <= 5",
    "giảm xuống dưới 5%": "2030 < 5",
    # years
    "trên 95% (2026) và 100% (2030)": "2026 > 95; 2030 >= 100",
    "trên 95% (năm 2026), đạt 100% (năm 2030)": "2026 > 95; 2030 >= 100",
    "2026: 95%": "2026 >= 95",
    "năm 2026 - 95%": "2026 >= 95",
    # what is counted
    "95.5": "2030 >= 95.5",
    "95 phần trăm": "2030 >= 95",
    "100 % người dân": "2030 >= 100",
    "95% hộ gia đình": "2030 >= 95",
    "100% trạm y tế đạt chuẩn": "2030 >= 100",
    "34 giường bệnh/vạn dân": "2030 >= 34",
    "34 trạm y tế": "2030 >= 34",
    "4 bác sĩ trở lên": "2030 >= 100 @4",
    "04 bác sĩ/trạm": "2030 >= 100 @4",
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
    # a level measured from another year, or a gain that is not counted from one
    "95% so với năm 2025",
    "tăng lên 95% so với năm 2025",
    "tăng 10% so với năm 2030",
    "tăng 10% so với cùng kỳ năm 2025",
    "tăng 10% so với năm trước",
    "tăng 2 lần",
    "tăng từ 93% lên 95%",
    "từ 93% năm 2025 lên 95% năm 2030",
    # a gain of every year is none of the last one
    "2%/năm",
    "2% mỗi năm",
    "tăng 2% hằng năm",
    "2%/quý",
    "≥ 2 lần/năm",
    # contradictions
    "dưới 95 trở lên",
    "trên 95 trở lên",
    "dưới 5 trở xuống",
    "từ dưới 95",
    "≥≤ 5",
    "giảm xuống trên 5%",
    "6-4 bác sĩ",
    # scales, and numbers that may be others
    "1,5 tỷ đồng",
    "1,5 tỉ",
    "10 nghìn",
    "10 nghìn người",
    "10 triệu",
    "2 vạn dân",
    "1,500",
    "15.000",
    "0.500",
    "0%",
    "đạt 0%",
    "≥ 0",
    "0 bác sĩ",
    "2026 95%",
    # words that say something else than a level
    "giảm 5%",
    "giảm dưới 5%",
    "cao hơn 5%",
    "vượt 5%",
    "95% kế hoạch",
    "95% chỉ tiêu được giao",
    "95% mức năm 2026",
    "100% trạm y tế chưa đạt",
    "95% trước năm 2027",
    "95% (từ 2026 đến 2030)",
    "4 bác sĩ/xã",
    "5‰",
    "9/10 trạm",
    # figures of the past
    "93,5 (2025)",
    "Năm 2025: 93,5%; năm 2030: 95%",
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
    "Tỷ lệ người được quản lý so với năm 2025 tăng thêm 10%": "2030 >= 10",
    "Giảm tỷ lệ suy dinh dưỡng đạt dưới 5%": "2030 < 5",
    # no sure reading of the figure
    "Giảm tỷ lệ suy dinh dưỡng đạt 5%": "",
    "Tỷ lệ người được quản lý mỗi năm tăng thêm 2%": "",
    "Tỷ lệ người được quản lý trước năm 2028 đạt 95%": "",
    "Đến năm 2025, đạt 90%": "",
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


@pytest.mark.parametrize("printed", ["93,5", "trên 95%", "100% (2025)", "Đạt"])
def test_a_figure_of_a_year_before_the_programme_is_no_target(printed: str) -> None:
    """ "Năm 2025 | 93,5" in a table says where a place stood."""
    assert read_targets(printed, 2025, attained=True) == ()
    assert read_targets("93,5", 2026) != ()


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


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Đạt", "2030 >= 100"),
        ("Đạt (2026), Đạt (2030)", "2026 >= 100; 2030 >= 100"),
        ("Đạt vào năm 2027", "2027 >= 100"),
        ("đạt 90%", "2030 >= 90"),
        ("Chưa đạt", ""),
        ("Đạt chuẩn", ""),
    ],
)
def test_attained_means_everybody_only_where_a_row_may_be_attained(text: str, meant: str) -> None:
    """ "Đạt" beside a ratio says no number."""
    assert format_targets(read_targets(text, 2030, attained=True)) == meant
    if not any(c.isdigit() for c in meant.replace("2030 >= 90", "")):
        return
    assert read_targets(text, 2030) == ()


@pytest.mark.parametrize("piece", ["tăng thêm ", "phấn đấu đạt ", "không quá ", "trên hơn ", "tối thiểu từ "])
def test_words_heaped_up_cost_no_time(piece: str) -> None:
    """A pattern that tries every way to split them would take years on a cell of 300 characters; this returns."""
    assert read_targets(piece * (299 // len(piece)), 2030) == ()
