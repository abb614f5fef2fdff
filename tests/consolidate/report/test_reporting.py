"""Many names go into an appendix of their own, few stay in the body, and nobody is lost on the way."""

from __future__ import annotations

from tests.consolidate.report.report_case import empty_data, full_data, text_of, with_many_units

TITLE = "DANH SÁCH ĐƠN VỊ CHƯA NỘP, NỘP MUỘN, CẦN SỬA BÁO CÁO"


def test_few_names_stay_in_the_body() -> None:
    assert TITLE not in text_of(full_data())
    text = text_of(with_many_units(full_data(), owing=15))  # with those that the plan has: 20 to name or fewer
    assert "Phụ lục III" not in text
    assert text.split("II. KẾT QUẢ")[0].count("Đơn vị mới") == 15


def test_many_names_are_a_table_and_the_body_has_number_kinds_and_the_first() -> None:
    data = with_many_units(full_data())
    body, appendix = text_of(data).split(f"Phụ lục III\n{TITLE}\n6 THÁNG ĐẦU NĂM 2026")
    part = body.split("II. KẾT QUẢ")[0]
    assert "- Chưa nộp 41 đơn vị (31 xã, 10 bệnh viện): " in part
    assert part.count("Đơn vị mới") < 8
    assert " và 33 đơn vị khác tại Phụ lục III." in part
    assert "- Đôn đốc 41 đơn vị chưa nộp báo cáo (danh sách tại Phụ lục III)." in body
    assert appendix.count("Đơn vị mới") == 40
    numbers = [int(line) for line in appendix.split("\n") if line.isdigit()]
    assert numbers[-3:] == [44, 7, 2]


def test_the_table_says_state_moment_and_faults_and_dashes_where_nothing_came() -> None:
    data = with_many_units(full_data())
    sent = next(row for row in data["statuses"] if row["unit"] == "muon")
    sent["received_at"] = "2026-06-09T15:05:00+00:00"  # another zone than that of the run
    appendix = text_of(data).split(TITLE)[1]
    assert "Đơn vị mới 0\nChưa nộp\n–\n–\n–\n" in appendix
    assert "Đơn vị muộn\nĐã nộp, muộn\n22 giờ 05 ngày 09/6/2026\n0\n3\n" in appendix
    assert "Đơn vị sai\nĐã nộp, cần sửa\n" in appendix
    order = [appendix.index(state) for state in ("\nChưa nộp", "\nĐã nộp, muộn", "\nĐã nộp, cần sửa")]
    assert order == sorted(order)


def test_where_nobody_sent_anything_no_list_repeats_the_plan() -> None:
    data = with_many_units(empty_data() | {"statuses": full_data()["statuses"]})
    data["units"]["received"] = 0
    text = text_of(data)
    assert TITLE not in text
    assert "Phụ lục III" not in text
