"""A document is counted once, whoever reports it; none is dropped for lack of a number, none picked from many."""

from __future__ import annotations

from tests.consolidate.report.report_case import Data, full_data, text_of, with_groups

ISSUED = {"document_number": "12/KH-SYT", "document_date": "2026-03-05"}


def _part(data: Data, task: int, unit: str) -> Data:
    found: Data = next(part for part in data["tasks"][task]["units"] if part["unit"] == unit)
    return found


def test_one_document_of_many_units_and_tasks_is_one() -> None:
    data = with_groups(full_data())
    for task in data["tasks"]:
        for part in task["units"]:
            part.update(ISSUED)
    _part(data, 0, "xa-a")["document_number"] = "12/kh-syt "
    text = text_of(data)
    assert (
        "đã ban hành 1 văn bản để thực hiện nhiệm vụ (mỗi văn bản chỉ đếm một lần theo số, ngày), gồm 1 văn bản do"
        in text
    )
    said = "- Văn bản do đơn vị chủ trì báo cáo: 12/KH-SYT ngày 05/3/2026 (Ban Kế hoạch, UBND XÃ A và 3 đơn vị khác)."
    assert text.count(said) == 1


def test_documents_of_coordinators_stand_apart() -> None:
    data = full_data()
    _part(data, 1, "xa-b").update(document_number="7/CV", document_date="2026-04-01")
    text = text_of(data)
    counts = "1 văn bản do đơn vị chủ trì báo cáo, 1 văn bản chỉ do đơn vị phối hợp báo cáo."
    assert (
        f"đã ban hành 2 văn bản để thực hiện nhiệm vụ (mỗi văn bản chỉ đếm một lần theo số, ngày), gồm {counts}" in text
    )
    assert "- Văn bản chỉ do đơn vị phối hợp báo cáo: 7/CV ngày 01/4/2026 (UBND XÃ B)." in text
    assert "Văn bản của đơn vị phối hợp: 1\n" in text.split("Phụ lục II\n")[1]


def test_a_document_with_a_day_and_no_number_is_not_dropped() -> None:
    data = full_data()
    for unit in ("xa-a", "xa-b"):
        _part(data, 0, unit)["document_date"] = "2026-04-01"
    text = text_of(data)
    assert "đã ban hành 3 văn bản" in text
    assert "; có 2 văn bản không ghi số." in text
    assert "văn bản không ghi số ngày 01/4/2026 (UBND XÃ A); văn bản không ghi số ngày 01/4/2026 (UBND XÃ B)" in text


def test_of_many_documents_none_is_picked() -> None:
    data = full_data()
    part = data["tasks"][0]["units"][0]
    data["tasks"][0]["units"] = [{**part, "document_number": f"{n}/QĐ"} for n in range(300, 320)]
    text = text_of(data)
    assert "đã ban hành 20 văn bản" in text
    assert "Danh mục văn bản theo từng nhiệm vụ và từng đơn vị tại sổ tổng hợp." in text
    assert "Văn bản: 20 văn bản (xem tiếp ở sổ tổng hợp)" in text
    assert "/QĐ" not in text
