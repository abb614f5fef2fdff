"""The report reads as an office would write it: with nothing, with one, with many, whatever is missing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.consolidate.report.report_case import (
    Data,
    compared_data,
    drawn,
    empty_data,
    full_data,
    marks,
    paragraphs,
    text_of,
    with_groups,
)

PARTS = (
    "I. TÌNH HÌNH CHUNG VỀ BÁO CÁO",
    "II. KẾT QUẢ THỰC HIỆN CHỈ TIÊU",
    "III. KẾT QUẢ THỰC HIỆN NHIỆM VỤ",
    "IV. KHÓ KHĂN, VƯỚNG MẮC",
    "V. ĐỀ XUẤT, KIẾN NGHỊ",
    "VI. NHIỆM VỤ TRỌNG TÂM KỲ TỚI",
)
EVERY = {
    "full": full_data,
    "compared": compared_data,
    "empty": empty_data,
    "no rows": lambda: empty_data(rows=False),
}


@pytest.mark.parametrize("make", EVERY.values(), ids=list(EVERY))
def test_every_part_is_there_and_no_sentence_is_broken(make: Any) -> None:  # noqa: ANN401
    lines = paragraphs(drawn(make()))
    assert [line for line in lines if line in PARTS] == list(PARTS)
    text = "\n".join(lines)
    broken = (
        "None",
        "True",
        "False",
        "()",
        ": .",
        ": ,",
        ", .",
        "..\n",
        "  ",
        " ,",
        "; .",
        "[]",
        "“”",
        "nan",
        " 0 đơn vị",
    )
    assert [sign for sign in broken if sign in text] == []
    assert all(line[0] != " " for line in lines if line)


def test_what_a_person_has_to_finish_is_marked_and_nothing_else() -> None:
    document = drawn(full_data())
    found = marks(document)
    assert all(text.startswith("[") and text.endswith("]") for text in found)
    assert sum(text.startswith("[Phần này do người soạn hoàn chỉnh: ") for text in found) == 6
    assert {"[số]", "[ngày]", "[tháng]", "[Họ và tên người ký]", "[QUYỀN HẠN, CHỨC VỤ]"} <= set(found)
    assert sum(line.count("[") for line in paragraphs(document)) == len(found)


def test_who_has_reported_and_who_has_not_is_named() -> None:
    text = text_of(full_data())
    assert "Đến 14 giờ 30 ngày 09/6/2026, đã gửi 4/5 đơn vị: đúng hạn 3, muộn 1. Về chất lượng: đạt yêu cầu 4, " in text
    assert "- Nộp muộn, đạt yêu cầu: 1 đơn vị (UBND XÃ A)." in text
    assert "- Đã nộp, cần sửa: không có đơn vị nào." in text
    assert "- Chưa nộp: 1 đơn vị (UBND XÃ D)." in text
    assert "- Đôn đốc 1 đơn vị chưa nộp báo cáo: UBND XÃ D." in text


def test_a_plan_without_rows_has_no_appendix() -> None:
    text = text_of(empty_data(rows=False))
    assert "Kế hoạch không có chỉ tiêu nào." in text
    assert "Kế hoạch không có nhiệm vụ nào." in text
    assert "Phụ lục" not in text


def test_a_single_appendix_has_no_number() -> None:
    data = full_data()
    data["indicators"] = []
    text = text_of(data)
    assert "Phụ lục\nTỔNG HỢP KẾT QUẢ THỰC HIỆN NHIỆM VỤ" in text
    assert "tại Phụ lục kèm theo" in text
    assert "Phụ lục I" not in text


def test_an_indicator_is_one_row_of_the_table_and_all_of_it_stands_in_the_appendix() -> None:
    narrative, appendix = _results(compared_data())
    row = (
        "Chỉ tiêu RATIO\n12,35%\n(ước)\n>\N{NO-BREAK SPACE}95%\nnăm\N{NO-BREAK SPACE}2026\n"
        "Chưa đủ số liệu (tạm tính: chưa đạt); chậm tiến độ\n2/4\n−1,50\n−1,50*\n"
    )
    assert row in narrative
    assert "* các đơn vị báo cáo giữa các kỳ không hoàn toàn giống nhau." in narrative
    assert (
        "So với mục tiêu năm 2026: >\N{NO-BREAK SPACE}95%.\n"
        "Số liệu của 2/4 đơn vị; còn thiếu 2 đơn vị: chưa nộp 1 (UBND XÃ D); "
    ) in appendix
    assert "Mức cần có đến cuối kỳ: >\N{NO-BREAK SPACE}47,5%, chậm tiến độ" in appendix


@pytest.mark.parametrize(
    ("difference", "value", "unit", "words"),
    [
        (5, 80, "%", "tăng 5,00\N{NO-BREAK SPACE}điểm % so với kỳ trước (80,00%)"),
        (-5.01, 80, "%", "giảm 5,01\N{NO-BREAK SPACE}điểm % so với kỳ trước (80,00%)"),
        (4.99, 6, "%", ""),
        (-8, 80, "bác sĩ", "giảm 8,00\N{NO-BREAK SPACE}bác sĩ so với kỳ trước (80,00\N{NO-BREAK SPACE}bác sĩ)"),
        (7.99, 80, "bác sĩ", ""),
        (0, 0, "bác sĩ", ""),
    ],
)
def test_only_a_large_change_is_a_sentence_and_its_rule_is_stated(
    difference: float, value: float, unit: str, words: str
) -> None:
    data = compared_data()
    for row in data["indicators"]:
        row["changes"] = [c | {"difference": 0, "value": 1} for c in row["changes"]]
    row = data["indicators"][0]
    row["unit"] = unit
    row["changes"][0] |= {"difference": difference, "value": value}
    narrative, _ = _results(data)
    rule = "- Thay đổi lớn (từ 5 điểm % trở lên; số liệu không phải tỷ lệ: từ 10% trở lên): 1 chỉ tiêu, gồm "
    assert (f"{rule}Ngắn RATIO (chỉ tiêu 1): {words}." in narrative) == bool(words)
    assert ("Thay đổi lớn" in narrative) == bool(words)


def test_low_coverage_and_missing_figures_stand_out_with_who_owes_them() -> None:
    narrative, _ = _results(full_data())
    thin = next(line for line in narrative.split("\n") if line.startswith("- Số liệu bao phủ dưới 80%: 5 chỉ tiêu"))
    assert "Ngắn RATIO (chỉ tiêu 1): 2/4 đơn vị; " in thin
    assert "- Chưa có số liệu: 1 chỉ tiêu, gồm Ngắn NOBODY (chỉ tiêu 1), 0/4 đơn vị (còn thiếu 4 đơn vị: " in (
        narrative
    )
    data = full_data()
    for row in data["indicators"]:
        row["coverage"]["share"] = 0.8
    assert "dưới 80%" not in _results(data)[0]


def test_many_notable_rows_stay_one_bounded_paragraph() -> None:
    data = full_data()
    for row in data["indicators"]:
        row["on_track"], row["milestones"] = False, [47.5]
    late = next(line for line in _results(data)[0].split("\n") if line.startswith("- Chậm so với mức"))
    assert late.startswith("- Chậm so với mức cần có đến cuối kỳ: 11 chỉ tiêu, gồm ")
    assert late.endswith("; và 3 chỉ tiêu khác nêu trong bảng.")


def test_a_conflict_is_shown_with_both_numbers_and_none_is_picked() -> None:
    text = text_of(full_data())
    said = "số liệu mâu thuẫn giữa Ban Kế hoạch (74,6%), UBND XÃ A (75,1%), cần thống nhất một số"
    assert f"- Số liệu mâu thuẫn: 1 chỉ tiêu, gồm Ngắn CONFLICT (chỉ tiêu 1): {said}." in text
    assert text.count("Chỉ tiêu CONFLICT\nSố liệu mâu thuẫn") == 1  # in the place of the figure
    assert text.count("Số liệu mâu thuẫn giữa") == 1  # in the appendix
    assert "Thống nhất số liệu mâu thuẫn của 1 chỉ tiêu: “Chỉ tiêu CONFLICT”." in text


@pytest.mark.parametrize(
    ("verdict", "sentence", "reason"),
    [
        ("reached", "- Đạt mục tiêu: 11 chỉ tiêu, gồm Ngắn RATIO (chỉ tiêu 1): 12,35% (có số liệu ước), mục", ""),
        ("not_reached", "- Chưa đạt mục tiêu: 11 chỉ tiêu, gồm Ngắn RATIO (chỉ tiêu 1): 12,35% (có", ""),
        (
            "not_yet_due",
            "- Tạm tính đã đạt mục tiêu của năm nay: ",
            "“Chưa đến hạn”: mục tiêu đặt cho năm",
        ),
        ("not_enough_data", "đều chưa đủ số liệu", "“Chưa đủ số liệu”: còn đơn vị"),
        ("no_target", "đều không nêu số để so", ""),
        ("not_applicable", "đều không áp dụng", "“Không áp dụng”: mọi đơn vị phải báo cáo đều báo không áp dụng"),
    ],
)
def test_verdicts_are_counted_told_apart_and_what_is_not_judged_says_why(
    verdict: str, sentence: str, reason: str
) -> None:
    data = full_data()
    data["verdicts"] = dict.fromkeys(data["verdicts"], 0) | {verdict: len(data["indicators"])}
    for row in data["indicators"]:
        row["verdict"] = verdict
        row["targets"] = [] if verdict == "no_target" else row["targets"]
        row["reached"] = None if verdict in ("no_target", "not_applicable") else verdict != "not_reached"
    narrative, appendix = _results(data)
    assert sentence in narrative
    assert reason in narrative
    compared = verdict in ("reached", "not_reached", "not_yet_due", "not_enough_data")
    assert ("mới có số liệu của 2/4 đơn vị" in narrative) == compared  # no comparison without its coverage
    provisional = verdict in ("not_yet_due", "not_enough_data")
    assert ("tạm tính: đạt" in narrative) == provisional
    assert ("tạm tính" in appendix) == provisional


def test_urgent_tasks_come_before_the_others_with_lead_and_deadline() -> None:
    text = text_of(compared_data())
    part = text.split("III. KẾT QUẢ")[1].split("IV. KHÓ KHĂN")[0]
    assert part.index("2. Nhiệm vụ quá hạn, có nguy cơ chậm") < part.index("Văn bản đã ban hành")
    table = part.split("% hoàn thành (thấp nhất)")[1]
    assert table.index("Nhiệm vụ NV-2\nBan; UBND xã\nNăm 2026\nQuá hạn\n(đang triển khai)\n60%") < table.index("NV-3")
    assert "Có nguy cơ chậm; đơn vị chủ trì chưa báo cáo" in table
    assert "Quá hạn\n(đang triển khai)\n60%\n1/1\n" in text  # of the leads, whatever coordinators report
    assert "- Nhiệm vụ 2. Nhiệm vụ NV-2 (chủ trì: Ban; UBND xã; thời hạn: Năm 2026)." in text.split("VI. NHIỆM VỤ")[1]


def test_tasks_are_counted_by_group_where_there_are_several() -> None:
    assert "Kết quả thực hiện theo nhóm nhiệm vụ" not in text_of(full_data())
    text = text_of(with_groups(full_data()))
    assert "Kết quả thực hiện theo nhóm nhiệm vụ" in text
    assert "II. Nhóm thứ hai" in text


def test_what_several_units_say_alike_stands_once_with_their_names() -> None:
    data = full_data()
    for part in data["tasks"][0]["units"]:
        part |= {"difficulties": "Thiếu  kinh phí\n", "file": "bao-cao.xlsx", "blocked": False}
    data["tasks"][0]["units"][0]["difficulties"] = "Thiếu người"
    text = text_of(data)
    assert text.count("“Thiếu kinh phí”") == 1
    assert (
        "- “Thiếu kinh phí” (UBND XÃ A, UBND XÃ B, UBND XÃ C và 1 đơn vị khác).\n- “Thiếu người” (Ban Kế hoạch)."
        in text
    )
    assert "Trong 5 đơn vị có báo cáo thực hiện nhiệm vụ, có 5 đơn vị nêu khó khăn, vướng mắc (5 ý kiến)." in text


def test_case_and_a_stop_make_no_other_voice_and_the_most_shared_come_first() -> None:
    data = full_data()
    parts = data["tasks"][0]["units"]
    for part, said in zip(
        parts, ("Thiếu người", "Thiếu kinh phí.", "thiếu kinh phí", "THIẾU KINH PHÍ;", ""), strict=True
    ):
        part["difficulties"] = said
    said = text_of(data).split("IV. KHÓ KHĂN")[1].split("V. ĐỀ XUẤT")[0]
    assert said.index("- “Thiếu kinh phí.” (UBND XÃ A, UBND XÃ B, UBND XÃ C (dòng có lỗi)).") < said.index(
        "- “Thiếu người”"
    )
    assert said.casefold().count("thiếu kinh phí") == 1


def test_what_is_said_of_several_groups_stands_once_before_the_groups() -> None:
    data = with_groups(full_data())
    for task in (data["tasks"][0], data["tasks"][-1]):
        for part in task["units"]:
            part["proposals"] = "Cấp kinh phí"
    data["tasks"][0]["units"][0]["proposals"] = "Cấp thêm người"
    said = text_of(data).split("V. ĐỀ XUẤT")[1].split("VI. NHIỆM VỤ")[0]
    assert said.count("Cấp kinh phí") == 1
    shared, own = said.index("Chung cho nhiều nhóm nhiệm vụ\n- “Cấp kinh phí”"), said.index("“Cấp thêm người”")
    assert shared < said.index("; ở 2 nhóm nhiệm vụ).") < said.index("Nhóm nhiệm vụ: ") < own


def test_a_committee_without_a_superior_signs_in_its_own_name() -> None:
    """A ward's report: its name in full, nobody above it invented, the addressee left to a person."""
    data = full_data() | {
        "issuer": "UBND phường Thành Nam",
        "superior": "",
        "short_issuer": "UBND",
        "place": "Thành Nam",
    }
    document = drawn(data)
    text = "\n".join(paragraphs(document))
    assert text.startswith("ỦY BAN NHÂN DÂN\nPHƯỜNG THÀNH NAM\n")
    assert "TM. ỦY BAN NHÂN DÂN" in text
    assert "[Tên cơ quan nhận báo cáo]" in marks(document)
    assert "Số: [số]/BC-UBND" in text
    assert "TM. " not in text_of(full_data())


def _results(data: Data) -> tuple[str, str]:
    """Part II, and the appendix of indicators."""
    text = text_of(data)
    part = text.split("II. KẾT QUẢ THỰC HIỆN CHỈ TIÊU\n")[1].split("III. KẾT QUẢ")[0]
    return part, text.split("TỔNG HỢP KẾT QUẢ THỰC HIỆN CHỈ TIÊU")[1].split("Phụ lục II")[0]
