"""A printed deadline reads as a person would read it, and never as something that is not printed.

The tables were written from the documents by hand; the grammar of plan files says what was meant.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.grammar import format_due, parse_due
from plan.load import catalog_ids, load_plan
from plan.model import DueKind, DuePart
from plan.printed.due import read_due

STEADY = settings(derandomize=True, deadline=None)  # the same cases on every machine, however busy

# Every text that stands in a deadline column of the five documents.
PRINTED = {
    # ninh-binh-syt
    "Thường xuyên": "ongoing",
    "Hàng năm và từng giai đoạn": "yearly",
    "2026-2027 (sau khi Chính phủ phê duyệt Chương trình)": (
        "2026..2027; when: sau khi Chính phủ phê duyệt Chương trình"
    ),
    "Năm 2026-2027": "2026..2027",
    "Năm 2029": "by 2029",
    "Hàng năm": "yearly",
    "Sau khi có văn bản hướng dẫn của Bộ Y tế": "when: sau khi có văn bản hướng dẫn của Bộ Y tế",
    "Năm 2026": "by 2026",
    "Năm 2028-2030": "2028..2030",
    "Theo văn bản triển khai của cơ quan chủ trì": "when: theo văn bản triển khai của cơ quan chủ trì",
    "Năm 2026-2030": "2026..2030",
    "Năm 2026, triển khai thường xuyên": "by 2026; ongoing",
    "Sau khi có quy định của Trung ương": "when: sau khi có quy định của Trung ương",
    "2026": "by 2026",
    "Theo đề nghị của các xã, phường": "when: theo đề nghị của các xã, phường",
    "Năm 2027-2028": "2027..2028",
    "Hàng năm theo hướng dẫn của Trung ương": "yearly; when: theo hướng dẫn của Trung ương",
    "Theo văn bản đề nghị của cơ quan chủ trì": "when: theo văn bản đề nghị của cơ quan chủ trì",
    # muong-la
    "Đến tháng 9/2030": "by 2030-09",
    "Từ năm 2026": "2026..",
    "Từ năm 2030": "2030..",
    "Năm 2027": "by 2027",
    "Năm 2030": "by 2030",
    "Hằng năm và theo từng giai đoạn theo hướng dẫn của tỉnh": "yearly; when: theo hướng dẫn của tỉnh",
    "Hằng năm": "yearly",
    "2026-2030": "2026..2030",
    "Sau khi Chính phủ, ban hành Nghị định": "when: sau khi Chính phủ, ban hành Nghị định",
    # kien-hai
    "Quý I/2027": "by 2027-Q1",
    "Quý IV/2026, triển khai thường xuyên": "by 2026-Q4; ongoing",
    "2025-2030": "2025..2030",
    "Quý II/2026": "by 2026-Q2",
    "2030-2035": "2030..2035",
    "Quý IV/2026": "by 2026-Q4",
    "2028": "by 2028",
    "Quý I/2026": "by 2026-Q1",
}

# Other wordings of plans of this family.
PLAUSIBLE = {
    "Trước ngày 30/6/2026": "by 2026-06-29",  # as "trước ngày 10/6" of a return: that day is too late
    "Trước 30/6/2026": "by 2026-06-29",
    "Trước tháng 9/2026": "by 2026-08",
    "Trước năm 2027": "by 2026",
    "Ngày 30/6/2026": "by 2026-06-30",
    "Chậm nhất ngày 15 tháng 7 năm 2026": "by 2026-07-15",
    "30-6-2026": "by 2026-06-30",
    "Tháng 6/2026": "by 2026-06",
    "Tháng 12 năm 2026": "by 2026-12",
    "Quý 3 năm 2026": "by 2026-Q3",
    "Trong quý III năm 2026": "by 2026-Q3",
    "Quí III/2026": "by 2026-Q3",
    "Quý II, III/2026": "2026-Q2..2026-Q3",
    "Quý II và quý III/2026": "2026-Q2..2026-Q3",
    "Quý I, III/2026": "by 2026-Q1; by 2026-Q3",
    "Quý I - III/2026": "2026-Q1..2026-Q3",
    "Quý III/2026 - Quý I/2027": "2026-Q3..2027-Q1",
    "6 tháng đầu năm 2026": "by 2026-06",
    "6 tháng cuối năm 2026": "by 2026-12",
    "Hằng tháng": "ongoing",
    "Hàng quý": "ongoing",
    "Thường xuyên, liên tục": "ongoing",
    "Thường xuyên hằng năm": "ongoing; yearly",
    "Mỗi năm": "yearly",
    "Quý IV hằng năm": "yearly",
    "Trước ngày 10/11 hàng năm": "yearly",
    "Đến năm 2030": "by 2030",
    "Đến hết năm 2027": "by 2027",
    "Từ nay đến năm 2030": "by 2030",
    "Cuối năm 2026": "by 2026",
    "Trong năm 2026": "by 2026",
    "Hoàn thành trong quý II/2026": "by 2026-Q2",
    "Giai đoạn 2026 - 2030": "2026..2030",
    "Giai đoạn 2026 – 2030": "2026..2030",
    "Từ năm 2026 đến năm 2030": "2026..2030",
    "Từ năm 2026 đến hết năm 2030": "2026..2030",
    "Từ tháng 3 đến tháng 9/2026": "2026-03..2026-09",
    "Từ ngày 01/3 đến ngày 15/6/2026": "2026-03-01..2026-06-15",
    "Tháng 5-6/2026": "2026-05..2026-06",
    "Năm 2026 và năm 2027": "2026..2027",
    "Năm 2026, 2027, 2028": "2026..2028",
    "Năm 2026 và các năm tiếp theo": "2026..",
    "Từ năm 2026 trở đi": "2026..",
    "Kể từ quý III/2026": "2026-Q3..",
    "Khi có yêu cầu": "when: khi có yêu cầu",
    "Ngay sau khi Kế hoạch được ban hành": "when: ngay sau khi Kế hoạch được ban hành",
    "Theo lộ trình của Chính phủ": "when: theo lộ trình của Chính phủ",
    "Năm 2026 (theo hướng dẫn của Bộ Y tế)": "by 2026; when: theo hướng dẫn của Bộ Y tế",
    "Sau khi có hướng dẫn, thường xuyên": "when: sau khi có hướng dẫn; ongoing",
    "Sau khi Luật (sửa đổi) có hiệu lực": "when: sau khi Luật (sửa đổi) có hiệu lực",
    "Thuờng xuyên": "ongoing",  # a typist's mark
}

# Moments, ranges and lists as typists write them: a dash before a year may belong to the month or quarter.
TYPED_FORMS = {
    "Quý I-2026": "by 2026-Q1",
    "quý 1-2026": "by 2026-Q1",
    "Quý I – năm 2026": "by 2026-Q1",
    "Quý II, năm 2026": "by 2026-Q2",
    "Quý 3.2026": "by 2026-Q3",
    "Quý III của năm 2026": "by 2026-Q3",
    "tháng 3-2026": "by 2026-03",
    "Tháng 03 - 2026": "by 2026-03",
    "tháng 4 - năm 2026": "by 2026-04",
    "Tháng 9, năm 2026": "by 2026-09",
    "03/2026": "by 2026-03",
    "Ngày 15 tháng 3 - 2026": "by 2026-03-15",
    "15.3.2026": "by 2026-03-15",
    "Trước quý II-2026": "by 2026-Q1",
    "Trước tháng 3-2026": "by 2026-02",
    "Đến hết quý I-2026": "by 2026-Q1",
    "Đến trước ngày 30/6/2026": "by 2026-06-29",
    "Chậm nhất đến ngày 30/6/2026": "by 2026-06-30",
    "Từ nay tới năm 2030": "by 2030",
    "Từ quý II-2026 trở đi": "2026-Q2..",
    "Bắt đầu từ tháng 3-2026": "2026-03..",
    "tháng 1-3 năm 2026": "2026-01..2026-03",
    "Tháng 1-3/2026": "2026-01..2026-03",
    "từ tháng 3 đến 4 năm 2026": "2026-03..2026-04",
    "từ tháng 3 đến 4/2026": "2026-03..2026-04",
    "Tháng 3/2026-12/2026": "2026-03..2026-12",
    "1/2026 - 3/2026": "2026-01..2026-03",
    "Tháng 12/2026-01/2027": "2026-12..2027-01",
    "từ tháng 6-2026 đến tháng 9-2026": "2026-06..2026-09",
    "Quý 1-2/2026": "2026-Q1..2026-Q2",  # January to February would be "tháng 1-2"
    "Quý 2-4 năm 2026": "2026-Q2..2026-Q4",
    "từ quý 2 đến 4 năm 2026": "2026-Q2..2026-Q4",
    "từ quý I đến III/2026": "2026-Q1..2026-Q3",
    "Quý IV/2025-I/2026": "2025-Q4..2026-Q1",
    "Quý 4-2026 - Quý 1-2027": "2026-Q4..2027-Q1",
    "Quý IV/2025 - tháng 1/2026": "2025-Q4..2026-01",
    "Từ tháng 3 đến hết năm 2026": "2026-03..2026",
    "Từ 01/3 đến hết năm 2026": "2026-03-01..2026",
    "Quý II - hết năm 2026": "2026-Q2..2026",
    "Từ đầu năm 2026 đến 2030": "2026..2030",
    "Từ tháng 3/2026 đến 2030": "2026-03..2030",
    "Năm 2026 - quý II/2027": "2026..2027-Q2",
    "6 tháng cuối năm 2026 - quý I/2027": "2026-07..2027-Q1",
    "tháng 3,4/2026": "2026-03..2026-04",
    "Tháng 3, 4 và 5/2026": "2026-03..2026-05",
    "Tháng 6 và tháng 12/2026": "by 2026-06; by 2026-12",
    "Quý I-2026, quý III-2026": "by 2026-Q1; by 2026-Q3",
    "Quý I, III-2026": "by 2026-Q1; by 2026-Q3",
    "Năm 2026; năm 2030": "by 2026; by 2030",
    "Đến năm 2030, đến năm 2045": "by 2030; by 2045",
    "Năm 2026-2027 và 2028": "2026..2027; by 2028",
    "Giai đoạn 2026-2030, 2031-2035": "2026..2030; 2031..2035",
    "- Giai đoạn 2026-2030": "2026..2030",
    "Hằng năm, từ năm 2026": "yearly; 2026..",
    "Sau khi có hướng dẫn và trước năm 2027": "when: sau khi có hướng dẫn; by 2026",
}

# Nothing sure: half a deadline would let a task run overdue, or never.
NOT_UNDERSTOOD = (
    "",
    "   ",
    "Sớm",
    "Từng giai đoạn",
    "Đầu năm 2026",
    "Sau năm 2026",
    "Tháng 6",
    "Quý II",
    "Năm 20266",
    "Năm 1926",
    "Ngày 31/2/2026",
    "2030-2026",
    "2026-06-30",  # a day, or June to 30?
    "Năm 2026 đối với xã, năm 2027 đối với phường",
    "Năm 2026 hoặc 2027",
    "Khoảng năm 2026",
    "trước ngày 1/1/2000",
    "thường xuyên " * 80,
)

# Two readings, each of which somebody would defend.
TWO_READINGS = (
    "1-3/2026",  # 1 March, or January to March
    "01-03/2026",
    "6-9/2026",
    "15-3/2026",
    "15/3-2026",
    "06-2026",
    "tháng 6-9-2026",
    "tháng 3 - 4-2026",
    "Quý I - 3/2026",  # the third quarter, or March
    "từ quý 1 đến 3/2026",
    "quý I và 3/2026",
    "Quý IV/2025 - 1/2026",
    "Trước 2026 - 2030",
    "Đến năm 2026 - 2030",
    "Cuối năm 2026 - 2027",
    "Trước năm 2026, 2027",  # "trước" once or twice
    "Trước năm 2026; 2027",
    "Đến năm 2030 và 2045",
    "Quý I năm 2026 - 2030",  # the quarter of every year, or the time from it on
    "Quý I-2026 - 2030",
    "tháng 3/2026 - 2030",
    "6 tháng đầu năm 2026 - 2030",
    "tháng 11-12 năm 2026 - 2027",
    "Quý IV/2025 - 2026",
    "Quý I/2026 và 2027",
    "Tháng 6 năm 2026, 2027",
    "Quý I/2026 và các năm tiếp theo",
    "2026-2027 và các năm tiếp theo",
    "Tháng 3 đến năm 2026",  # into that year, or to its end
    "Quý I đến 2026",
    "2026, 2027-2030",
    "2026-2030-2035",
    "2026 (2027)",
    "2026 2027",
    "- Quý I/2026 - Quý III/2026",  # two lines, or one range
    "Triển khai năm 2026, hoàn thành năm 2030",
    "Thực hiện từ năm 2026, hoàn thành năm 2030",
    "Quý II/2026, trước 30/6/2026",
    "Bắt đầu năm 2026",
    "Trước cuối năm 2026",
    "Sau quý I-2026",
    "Năm 2026, sau đó hằng năm",
    "hằng tháng 3/2026",
    "Tháng 10-9/2026",
    "Năm học 2026 - 2027",
    "Sau khi Luật có hiệu lực (01/7/2026)",  # the day of the law
    "Sau khi có hướng dẫn, trước tháng 6",
    "Theo Kế hoạch năm 2026 và 2027",
    "Từ khi có Kế hoạch đến hết năm 2030",
)


@pytest.mark.parametrize(("printed", "typed"), [*PRINTED.items(), *PLAUSIBLE.items(), *TYPED_FORMS.items()])
def test_a_deadline_reads_as_a_person_reads_it(printed: str, typed: str) -> None:
    assert format_due(read_due(printed)) == format_due(parse_due(typed))


def test_the_table_holds_all_35_texts_that_the_documents_print() -> None:
    cells = set()
    for plan in map(load_plan, catalog_ids()):
        cells |= {i.due_text for i in plan.indicators if not i.source}
        cells |= {t.due_text for t in plan.tasks if not t.source}
    assert cells - {""} == set(PRINTED)
    assert len(PRINTED) == 35


@pytest.mark.parametrize("printed", [*NOT_UNDERSTOOD, *TWO_READINGS])
def test_what_is_not_understood_whole_is_unknown(printed: str) -> None:
    assert read_due(printed) == (DuePart(DueKind.UNKNOWN),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Năm 2026, triển khai thường xuyên", "Triển khai thường xuyên, năm 2026"),
        ("Hàng năm theo hướng dẫn của Trung ương", "Theo hướng dẫn của Trung ương, hàng năm"),
        ("2026-2027 (sau khi có Chương trình)", "Sau khi có Chương trình (2026-2027)"),
        ("Thường xuyên; hằng năm", "Hằng năm; thường xuyên"),
    ],
)
def test_the_order_of_the_parts_does_not_matter(one: str, other: str) -> None:
    assert set(read_due(one)) == set(read_due(other))
    assert len(read_due(one)) == 2


@pytest.mark.parametrize("printed", [*PRINTED, *PLAUSIBLE, *TYPED_FORMS])
def test_case_and_spaces_do_not_matter(printed: str) -> None:
    """Only an awaited event keeps the letters of the document."""
    wide = re.sub(" ", "  \n ", f" {printed} ")
    assert read_due(wide) == read_due(printed)
    for shouted in (printed.upper(), printed.lower()):
        assert format_due(read_due(shouted)).lower() == format_due(read_due(printed)).lower()


WORDS = st.sampled_from(
    [
        *PRINTED,
        *PLAUSIBLE,
        *TYPED_FORMS,
        *TWO_READINGS,
        *"(),;-/.:",
        " ",
        "và",
        "theo",
        "sau khi",
        "trước",
        "quý",
        "31/12/",
        "20",
    ]
)


@STEADY
@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join)))
def test_no_text_breaks_the_reader_and_a_reading_can_be_typed(text: str) -> None:
    """Whatever stands in a cell, the reading is a value that plan files can hold."""
    read = read_due(text)
    assert read
    assert parse_due(format_due(read)) == read
