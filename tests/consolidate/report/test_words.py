"""The report reads as an office would write it: with nothing, with one, with many, whatever is missing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.consolidate.report.report_case import (
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
    assert {"[số]", "[ngày]", "[tháng]", "[Họ và tên người ký]", "[Quyền hạn, chức vụ của người ký]"} <= set(found)
    assert sum(line.count("[") for line in paragraphs(document)) == len(found)


def test_who_has_reported_and_who_has_not_is_named() -> None:
    text = text_of(full_data())
    assert "4 đơn vị đã gửi báo cáo trong tổng số 5 đơn vị phải báo cáo, đều có số liệu được tổng hợp" in text
    assert "- Đã nộp, muộn 1 đơn vị: UBND XÃ A." in text
    assert "- Đã nộp, cần sửa: không có đơn vị nào." in text
    assert "- Chưa nộp 1 đơn vị: UBND XÃ D." in text
    assert "- Đôn đốc 1 đơn vị chưa nộp báo cáo: UBND XÃ D." in text


def test_nothing_received_is_said_once_and_no_figure_is_made_of_it() -> None:
    text = text_of(empty_data())
    assert "chưa nhận được báo cáo của đơn vị nào trong tổng số 5 đơn vị phải báo cáo." in text
    assert "Kế hoạch có 11 chỉ tiêu, đều chưa đủ số liệu" in text
    assert "Chưa có số liệu của chỉ tiêu nào nên chưa đánh giá" in text
    assert "Không đơn vị nào nêu khó khăn, vướng mắc trong báo cáo." in text
    assert "Các đơn vị chưa báo cáo văn bản nào" in text


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


def test_an_indicator_says_result_target_verdict_coverage_and_change() -> None:
    text = text_of(compared_data())
    assert (
        "Chỉ tiêu RATIO: 12,35% (có số liệu ước); mục tiêu năm 2026: >\N{NO-BREAK SPACE}95%; tạm tính chưa đạt; "
        "mức cần có đến cuối kỳ: >\N{NO-BREAK SPACE}47,5%, chậm tiến độ. "
        "Số liệu của 2/4 đơn vị, bao phủ 50% số đơn vị, còn thiếu 2 đơn vị. "
        "Giảm 1,50\N{NO-BREAK SPACE}điểm % so với kỳ trước (11,25%), "
        "giảm 1,50\N{NO-BREAK SPACE}điểm % so với cùng kỳ năm trước (11,25%); "
        "các đơn vị báo cáo giữa các kỳ không hoàn toàn giống nhau."
    ) in text


@pytest.mark.parametrize(
    ("difference", "words"),
    [(0.25, "Tăng 0,25\N{NO-BREAK SPACE}điểm %"), (0, "Không thay đổi"), (-3, "Giảm 3,00\N{NO-BREAK SPACE}điểm %")],
)
def test_a_change_is_said_with_its_direction(difference: float, words: str) -> None:
    data = compared_data()
    for row in data["indicators"]:
        for change in row["changes"]:
            change["difference"] = difference
    assert f"{words} so với kỳ trước (11,25%)" in text_of(data)


def test_a_conflict_is_shown_with_both_numbers_and_none_is_picked() -> None:
    text = text_of(full_data())
    said = "số liệu mâu thuẫn giữa Ban Kế hoạch (74,6%), UBND XÃ A (75,1%), cần thống nhất một số"
    assert said in text
    assert "Số liệu mâu thuẫn" in text  # in the place of the figure in the appendix
    assert "Thống nhất số liệu mâu thuẫn của 1 chỉ tiêu: “Chỉ tiêu CONFLICT”." in text


@pytest.mark.parametrize(
    ("verdict", "heading", "reason"),
    [
        ("reached", "Chỉ tiêu đạt mục tiêu", ""),
        ("not_reached", "Chỉ tiêu chưa đạt mục tiêu", ""),
        ("not_yet_due", "Chỉ tiêu chưa đến hạn đánh giá", "Mục tiêu đặt cho năm sau"),
        ("not_enough_data", "Chỉ tiêu chưa đủ số liệu để đánh giá", "Chưa kết luận vì"),
        ("no_target", "Chỉ tiêu mà văn bản không nêu số để so sánh", ""),
        ("not_applicable", "Chỉ tiêu không áp dụng", "Mọi đơn vị phải báo cáo đều báo không áp dụng"),
    ],
)
def test_indicators_stand_under_their_verdict_and_what_is_not_judged_says_why(
    verdict: str, heading: str, reason: str
) -> None:
    data = full_data()
    data["verdicts"] = dict.fromkeys(data["verdicts"], 0) | {verdict: len(data["indicators"])}
    for row in data["indicators"]:
        row["verdict"] = verdict
        row["target"] = None if verdict == "no_target" else row["target"]
        row["reached"] = None if verdict in ("no_target", "not_applicable") else verdict == "reached"
    text = text_of(data)
    assert f"1. {heading} (11 chỉ tiêu)" in text
    assert reason in text
    provisional = verdict in ("not_yet_due", "not_enough_data")
    narrative, appendix = text.split("Nơi nhận:")
    assert ("tạm tính" in narrative.split("III. KẾT QUẢ")[0]) == provisional
    assert ("tạm tính" in appendix) == provisional


def test_urgent_tasks_come_before_the_others_with_lead_and_deadline() -> None:
    text = text_of(compared_data())
    part = text.split("III. KẾT QUẢ")[1].split("IV. KHÓ KHĂN")[0]
    assert part.index("2. Nhiệm vụ quá hạn, có nguy cơ chậm") < part.index("Văn bản đã ban hành")
    table = part.split("% hoàn thành")[1]
    assert table.index("Nhiệm vụ NV-2\nBan; UBND xã\nNăm 2026\nQuá hạn\n(đang triển khai)\n60%") < table.index("NV-3")
    assert "Có nguy cơ chậm\n(chưa đủ báo cáo)" in table
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
        part["difficulties"] = "Thiếu  kinh phí\n"
    data["tasks"][0]["units"][0]["difficulties"] = "Thiếu người"
    text = text_of(data)
    assert text.count("“Thiếu kinh phí”") == 1
    assert (
        "- “Thiếu kinh phí” (UBND XÃ A, UBND XÃ B, UBND XÃ C và 1 đơn vị khác).\n- “Thiếu người” (Ban Kế hoạch)."
        in text
    )
    assert "Có 5 đơn vị nêu khó khăn, vướng mắc." in text


def test_documents_are_listed_with_number_day_and_unit() -> None:
    assert "đã ban hành 1 văn bản để thực hiện nhiệm vụ, gồm:\n- 12/KH-SYT ngày 05/3/2026 của Ban Kế hoạch." in text_of(
        full_data()
    )


def test_a_document_is_counted_once_and_named_in_each_group_that_it_serves() -> None:
    data = with_groups(full_data())
    issued = {"document_number": "12/KH-SYT", "document_date": "2026-03-05"}
    for task in data["tasks"]:
        part = next((p for p in task["units"] if p["unit"] == "ban"), None)
        if part is None:
            part = {**data["tasks"][0]["units"][0]}
            task["units"].append(part)
        part.update(issued)
    text = text_of(data)
    assert (
        "đã ban hành 1 văn bản để thực hiện nhiệm vụ (văn bản dùng cho nhiều nhóm nhiệm vụ được nêu ở từng nhóm)"
        in text
    )
    assert text.count("(1 văn bản): 12/KH-SYT ngày 05/3/2026 của Ban Kế hoạch.") == 2


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
