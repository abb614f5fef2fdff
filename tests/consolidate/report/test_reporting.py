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
    assert "- Chưa nộp: 41 đơn vị (31 xã, 10 bệnh viện), gồm " in part
    assert part.count("Đơn vị mới") < 8
    assert " và 33 đơn vị khác tại Phụ lục III." in part
    assert "- Đôn đốc 41 đơn vị chưa nộp báo cáo (danh sách tại Phụ lục III)." in body
    assert appendix.count("Đơn vị mới") == 40
    numbers = [int(line) for line in appendix.split("\n") if line.isdigit()]
    assert numbers[-2:] == [44, 7]


def test_the_table_says_state_moment_and_faults_and_dashes_where_nothing_came() -> None:
    data = with_many_units(full_data())
    sent = next(row for row in data["statuses"] if row["unit"] == "muon")
    sent["received_at"] = "2026-06-09T15:05:00+00:00"  # another zone than that of the run
    appendix = text_of(data).split(TITLE)[1]
    assert "Đơn vị mới 0\nChưa nộp\n–\n–\n" in appendix
    assert "Đơn vị muộn\nĐã nộp, muộn\n22 giờ 05 ngày 09/6/2026\n0\n" in appendix
    assert "Đơn vị sai\nĐã nộp, cần sửa\n" in appendix
    order = [appendix.index(state) for state in ("\nChưa nộp", "\nĐã nộp, muộn", "\nĐã nộp, cần sửa")]
    assert order == sorted(order)


def test_where_nobody_sent_anything_no_list_repeats_the_plan() -> None:
    data = with_many_units(empty_data() | {"statuses": full_data()["statuses"]})
    data["units"]["received"] = 0
    text = text_of(data)
    assert TITLE not in text
    assert "Phụ lục III" not in text


def test_sending_is_told_apart_from_quality() -> None:
    data = with_many_units(full_data(), owing=2)
    data["sent"] = {"in_time": 4, "late": 2}
    data["units"]["accepted"] = 5
    text = text_of(data)
    assert "đã gửi 6/9 đơn vị: đúng hạn 4, muộn 2. Về chất lượng: đạt yêu cầu 5, cần sửa 1 (trong đó 1 đơn vị " in text
    assert "chưa có số liệu dùng được)." in text
    assert "Nộp đúng hạn, đạt yêu cầu: 3 đơn vị." in text


def test_faults_are_those_of_the_units_and_warnings_are_not_told() -> None:
    data = with_many_units(full_data())
    text = text_of(data)
    assert "Qua kiểm tra, 1 đơn vị có báo cáo cần sửa (7 lỗi, ghi cụ thể" in text
    assert "; các dòng có lỗi chưa đưa vào tổng hợp." in text
    assert "cảnh báo" not in text.replace("“Lỗi, cảnh báo”", "")


def test_files_that_came_after_the_moment_are_said_to_count() -> None:
    data = full_data()
    assert "sau thời điểm trên" not in text_of(data)
    files = [row["file"] for row in data["statuses"] if row["file"]][:2]
    data["files"]["after_moment"] = [*files, "cua-ai.xlsx"]  # the last is no unit's
    assert "Có 2 tệp nhận sau thời điểm trên vẫn được xét." in text_of(data)


def test_the_title_does_not_stutter() -> None:
    for title, verb in (
        ("Kế hoạch thực hiện một số giải pháp", "triển khai"),
        ("Kế hoạch triển khai Nghị quyết", "thực hiện"),
        ("Kế hoạch nhỏ", "thực hiện"),
    ):
        text = text_of(full_data() | {"title": title})
        assert f"Kết quả 6 tháng đầu năm 2026 {verb} {title}" in text
        assert f"{verb.capitalize()} {title} [" in text
