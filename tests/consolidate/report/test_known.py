"""Where little or nothing was reported, nothing is said to be done, going on, in time or free of difficulties."""

from __future__ import annotations

from typing import Any

import pytest

from tests.consolidate.report.report_case import empty_data, full_data, silenced, text_of

NOT_KNOWN = (
    "nguy cơ chậm trong",
    "không có nhiệm vụ nào",
    "không có nhiệm vụ quá hạn",
    "hông đơn vị nào nêu",
    "Tiếp tục thực hiện",
    "Bắt đầu triển khai",
    "văn bản nào được ban hành",
    "hoàn thành: 0",
)
NOTHING = {"nobody sent anything": empty_data, "all rows are blocked": lambda: silenced(full_data())}


@pytest.mark.parametrize("make", NOTHING.values(), ids=list(NOTHING))
def test_nothing_usable_is_said_once_and_nothing_is_concluded_from_it(make: Any) -> None:  # noqa: ANN401
    narrative = text_of(make()).split("Nơi nhận:")[0]
    assert [words for words in NOT_KNOWN if words in narrative] == []
    assert "Kế hoạch có 11 chỉ tiêu; chưa có số liệu của chỉ tiêu nào được tổng hợp nên chưa đánh giá" in narrative
    assert "chưa đủ báo cáo của đơn vị chủ trì để đánh giá tình trạng thực hiện nhiệm vụ nào" in narrative
    unheard = "Chưa có báo cáo thực hiện nhiệm vụ nào được tổng hợp nên chưa biết đơn vị nào nêu"
    assert narrative.count(f"{unheard} khó khăn, vướng mắc.") == narrative.count(f"{unheard} đề xuất, kiến nghị.") == 1
    assert "- Đề nghị đơn vị chủ trì báo cáo 3 nhiệm vụ chưa đủ báo cáo để đánh giá." in narrative


def test_returns_of_which_nothing_can_be_used_are_not_called_data() -> None:
    assert "chưa nhận được báo cáo của đơn vị nào trong tổng số 5 đơn vị phải báo cáo." in text_of(empty_data())
    text = text_of(silenced(full_data()))
    assert "Báo cáo của 4 đơn vị được đưa vào tổng hợp, nhưng chưa có số liệu nào dùng được. Cụ thể:" in text


def test_a_return_without_a_usable_row_is_told_apart() -> None:
    data = full_data()
    for row in data["indicators"]:
        for key in ("included", "not_applicable", "conflicts"):
            row[key] = [unit for unit in row[key] if unit != "xa-b"]
    for task in data["tasks"]:
        for part in task["units"]:
            part["file"] = None if part["unit"] == "xa-b" else part["file"]
    data["units"]["counted"] = 5
    assert "(có số liệu dùng được: 4 đơn vị)" in text_of(data)
    assert "có số liệu dùng được" not in text_of(full_data()).split("II. KẾT QUẢ")[0]


def test_a_passed_deadline_of_an_unknown_task_is_a_deadline_and_not_lateness() -> None:
    data = empty_data()
    data["all_tasks"] |= {"overdue": 1, "at_risk": 1}
    data["tasks"][0]["overdue"] = data["tasks"][1]["at_risk"] = True
    data["urgent_tasks"] = [task["code"] for task in data["tasks"][:2]]
    text = text_of(data)
    assert "Theo thời hạn được giao, có 1 nhiệm vụ đã hết thời hạn, 1 nhiệm vụ sắp đến thời hạn." in text
    assert "Đã hết thời hạn nhưng đơn vị chủ trì chưa báo cáo\n–" in text
    assert "; đã hết thời hạn nhưng đơn vị chủ trì chưa báo cáo).\n" in text.split("VI. NHIỆM VỤ")[1]


def test_tasks_without_enough_reports_are_counted_apart_everywhere() -> None:
    data = full_data()
    tally = data["all_tasks"]["counts"]
    assert tally["not_enough_reports"] == 1
    text = text_of(data)
    assert "; không phát sinh: 0; còn 1 nhiệm vụ chưa đủ báo cáo để đánh giá (chi tiết" in text
    assert "không có nhiệm vụ nào khác có nguy cơ chậm trong 2 nhiệm vụ đã đủ báo cáo." in text
    assert "Ngoài ra, còn 1 nhiệm vụ chưa đủ báo cáo để đánh giá." in text
    assert f"Tiếp tục thực hiện {tally['in_progress']} nhiệm vụ đang triển khai." in text
    data["urgent_tasks"] = []
    data["all_tasks"]["overdue"] = 0
    assert (
        "trong 2 nhiệm vụ đã đủ báo cáo, không có nhiệm vụ nào quá hạn hoặc có nguy cơ chậm; "
        "còn 1 nhiệm vụ chưa đủ báo cáo để đánh giá."
    ) in text_of(data)


def test_none_of_something_is_said_only_of_those_who_reported() -> None:
    data = full_data()
    for task in data["tasks"]:
        for part in task["units"]:
            for key in ("difficulties", "proposals", "document_number", "document_date"):
                part.pop(key, None)
    text = text_of(data)
    among = "4 đơn vị có báo cáo thực hiện nhiệm vụ"  # of one of them only the words of a row with an error
    assert f"Trong {among}, không đơn vị nào nêu khó khăn, vướng mắc." in text
    assert f"Trong {among}, không đơn vị nào nêu đề xuất, kiến nghị." in text
    assert "Báo cáo của 3 đơn vị được tổng hợp chưa nêu văn bản nào được ban hành để thực hiện nhiệm vụ." in text
