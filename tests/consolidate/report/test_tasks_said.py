"""A task is said with what was known of it before; silence past a deadline is neither lateness nor nothing."""

from __future__ import annotations

from tests.consolidate.report.report_case import Data, full_data, text_of

BEFORE = {"period": "2025-Y", "label": "năm 2025", "status": "in_progress", "progress": 75}


def _silent(data: Data, *, before: Data | None = None) -> Data:
    """NV-3, of which nobody has reported, past its deadline."""
    task: Data = data["tasks"][2]
    task |= {"overdue": True, "before": before}
    data["urgent_tasks"].append(task["code"])
    data["all_tasks"]["overdue"] += 1
    return task


def test_a_passed_deadline_without_report_says_so_and_what_was_known() -> None:
    data = full_data()
    _silent(data, before=BEFORE)
    text = text_of(data)
    said = "Đã hết thời hạn nhưng đơn vị chủ trì chưa báo cáo\n(năm 2025: đang triển khai, 75%)\n"
    assert text.count(said) == 2  # part III and the appendix
    assert "; thời hạn: Năm 2026; đã hết thời hạn nhưng đơn vị chủ trì chưa báo cáo)." in text
    data["compared_with"] = {"previous": data["period_days"] | {"id": "2025-Y", "label": "năm 2025"}}
    assert "chưa báo cáo\n(kỳ trước: đang triển khai, 75%)\n" in text_of(data)


def test_lateness_is_reckoned_to_the_end_of_the_period_where_that_is_over() -> None:
    data = full_data()
    assert "Đến thời điểm tổng hợp, có 1 nhiệm vụ quá hạn" in text_of(data)
    assert "Tính đến hết kỳ" not in text_of(data)
    data["as_of"] = "2026-07-08T08:00:00+07:00"
    text = text_of(data)
    assert "Tính đến hết kỳ báo cáo (30/6/2026), có 1 nhiệm vụ quá hạn" in text
    assert "Đến thời điểm tổng hợp" not in text


def test_progress_that_has_fallen_is_named_with_both_numbers() -> None:
    data = full_data()
    assert "thấp hơn lần báo cáo trước" not in text_of(data)
    task = data["tasks"][1]
    task["before"] = BEFORE | {"progress": 80}
    text = text_of(data)
    assert (
        "Có 1 nhiệm vụ, đề nghị đơn vị chủ trì rà soát, giải trình:\n- Nhiệm vụ 2. Nhiệm vụ NV-2 (60%, năm 2025 80%)."
        in text
    )
    assert "60%\n(năm 2025 80%)" in text
    task["before"]["progress"] = 60
    assert "năm 2025" not in text_of(data)


def test_the_lowest_progress_of_several_leads_says_how_many_are_done() -> None:
    data = full_data()
    task = data["tasks"][0]
    task |= {"status": "in_progress", "progress": 40}
    assert "40%\n1/5 đơn vị hoàn thành\n3/5\n" in text_of(data)
    assert "60%\n1/1\n" in text_of(data)  # a single lead needs no count
    assert "% hoàn thành (thấp nhất)" in text_of(data)


def test_at_most_six_tasks_of_a_status_are_named_in_the_body() -> None:
    data = full_data()
    sample = data["tasks"][2]
    data["tasks"] = [*data["tasks"], *({**sample, "code": f"M{n}", "shown_number": str(n)} for n in range(10, 30))]
    part = text_of(data).split("Nhiệm vụ chưa đủ báo cáo của đơn vị chủ trì\n")[1].split("Văn bản đã")[0]
    assert part.count("- Nhiệm vụ") == 6
    assert "- Và 15 nhiệm vụ khác (xem Phụ lục II)." in part


def test_words_in_a_row_with_an_error_are_told_marked_and_counted() -> None:
    """The same count as that of the workbook's sheet: every text of every row."""
    data = full_data()
    blocked = {"status": None, "progress": None, "file": None, "blocked": True, "difficulties": "Thiếu thuốc"}
    data["tasks"][0]["units"][3] |= blocked
    text = text_of(data)
    assert "có 2 đơn vị nêu khó khăn, vướng mắc (2 ý kiến, trong đó 1 ý kiến ở dòng có lỗi)." in text
    name = data["unit_names"][data["tasks"][0]["units"][3]["unit"]]
    assert f"- “Thiếu thuốc” ({name} (dòng có lỗi))." in text
    assert "- “Thiếu kinh phí” (UBND XÃ A)." in text
