"""The tasks of the page and what units wrote on them: the words of the JSON, by which day, what was known before."""

from __future__ import annotations

from typing import Any

from consolidate.model import OVERALL_STATUS_WORDS
from tests.consolidate.page.page_case import Node, cell, drawn, number


def test_every_task_shows_the_words_of_the_json(data: dict[str, Any], page: Node) -> None:
    """Status, progress, deadline, lead; urgent ones first, in the order of the JSON."""
    lines = page.one("table", css="tasks").all("tr", css="line")
    for row, line in zip(data["tasks"], lines, strict=True):
        assert line.one("th").text.endswith(row["name"])
        status = cell(line, "Tình trạng")
        assert status.startswith(OVERALL_STATUS_WORDS[row["status"]])
        assert ("Quá hạn" in status, "Có nguy cơ chậm" in status) == (row["overdue"], row["at_risk"])
        progress = line.all("td", css="num")[0].text
        assert progress == "–" if row["progress"] is None else number(progress) == row["progress"]
        leads = [p for p in row["units"] if p["role"] == "lead"]
        assert cell(line, "Chủ trì đã báo cáo") == f"{sum(1 for p in leads if p['status'])}/{len(leads)}"
    names = {row["code"]: row["name"] for row in data["tasks"]}
    urgent = [item.one("p", css="name").text for item in page.one("ol", css="urgent").all("li")]
    assert [text.partition(" ")[2] for text in urgent] == [names[code] for code in data["urgent_tasks"]]


def with_task(data: dict[str, Any], **changes: Any) -> Node:  # noqa: ANN401 (any JSON)
    """The line of the first task of a page, changed."""
    tree = drawn({**data, "tasks": [{**data["tasks"][0], **changes}, *data["tasks"][1:]]})
    return tree.one("table", css="tasks").all("tr", css="line")[0]


def test_the_slowest_of_many_leads_is_called_so(data: dict[str, Any], page: Node) -> None:
    """ "0%" of a task that five of nineteen have finished says less than nothing."""
    assert cell(with_task(data), "Tiến độ") == "thấp nhất 40% 1/5 đơn vị hoàn thành"
    all_done = with_task(data, progress=100, counts={**data["tasks"][0]["counts"], "completed": 5})
    assert cell(all_done, "Tiến độ") == "100%"
    single = page.one("table", css="tasks").all("tr", css="line")[1]
    assert cell(single, "Tiến độ") == "60%"


def test_what_was_known_before_is_shown_where_it_was_more(data: dict[str, Any]) -> None:
    """A progress that fell, and a task of which this period knows nothing yet; not one that goes on."""
    before = {"period": "2025-Y", "label": "Năm 2025", "status": "in_progress", "progress": 80}
    fallen = "kỳ trước (Năm 2025): đang triển khai, 80%"
    assert fallen in cell(with_task(data, before=before), "Tình trạng")
    assert "kỳ trước" not in cell(with_task(data, before={**before, "progress": 40}), "Tình trạng")
    unknown = with_task(data, before={**before, "progress": None}, status="not_enough_reports", progress=None)
    assert cell(unknown, "Tình trạng").endswith("kỳ trước (Năm 2025): đang triển khai")


def test_overdue_names_the_day_it_is_judged_by(data: dict[str, Any]) -> None:
    """Drawn in July, a task due on 5 July is not overdue on the sheet of the half year: the page says by which day."""
    assert drawn(data).one(css="keys").text.endswith("tính đến ngày 09/6/2026; 0 có nguy cơ chậm")
    later = drawn({**data, "as_of": "2026-07-20T08:00:00+07:00"})
    assert "tính đến hết kỳ (30/6/2026); 0 có nguy cơ chậm" in later.one(css="keys").text
    assert later.one("h3", id="can-chu-y").text.endswith("tính đến hết kỳ (30/6/2026).")


def test_tallies_are_those_of_the_json(data: dict[str, Any], page: Node) -> None:
    """By group and by lead: every count in its column."""
    for table, rows in zip(page.all("table", css="tallies"), (data["groups"], data["leads"]), strict=True):
        heads = [head.text for head in table.one("thead").all("th")][2:-2]
        for row, line in zip(rows, table.one("tbody").all("tr"), strict=True):
            counts = [int(c.text) for c in line.all("td")]
            words = {OVERALL_STATUS_WORDS[key]: count for key, count in row["counts"].items()}
            assert counts == [row["tasks"], *(words[head] for head in heads), row["overdue"], row["at_risk"]]
            assert line.one("th").text == row["label"]


def test_the_words_of_a_row_with_an_error_are_not_lost(data: dict[str, Any]) -> None:
    """Its figures count nowhere; what a unit asks for is heard all the same, and marked."""
    parts = [
        {**p, "status": None, "blocked": True, "difficulties": "Thiếu bác sĩ"} if p["unit"] == "xa-c" else p
        for p in data["tasks"][0]["units"]
    ]
    tree = drawn({**data, "tasks": [{**data["tasks"][0], "units": parts}, *data["tasks"][1:]]})
    (said,) = (li for li in tree.one("section", id="kho-khan").all("li") if "Thiếu bác sĩ" in li.text)
    assert said.one("p", css="who").text == "UBND XÃ C (dòng có lỗi)"
    assert "UBND XÃ C: Dòng có lỗi." in tree.one("table", css="tasks").text


def test_difficulties_said_alike_stand_once(data: dict[str, Any]) -> None:
    """Three communes with one sentence are one remark with three names, and numbers above say how many."""
    parts = [
        {**p, "difficulties": "Thiếu  kinh phí", "proposals": ""} if p["role"] == "lead" else p
        for p in data["tasks"][0]["units"]
    ]
    tree = drawn({**data, "tasks": [{**data["tasks"][0], "units": parts}, *data["tasks"][1:]]})
    group = tree.one("section", id="kho-khan").one("details")
    assert f"{len(parts)} đơn vị nêu {len(parts)} khó khăn, 0 đề xuất" in group.one("summary").text
    (remark,) = group.one("ul", css="remarks").all("li")
    assert (
        remark.one("p", css="who").text
        == "Ban Kế hoạch, UBND XÃ A, UBND XÃ B, UBND XÃ C (dòng có lỗi) và 1 đơn vị khác"
    )
    assert "Thiếu kinh phí" in remark.text


def test_remarks_beyond_the_bound_are_counted(data: dict[str, Any]) -> None:
    """A task on which everybody writes does not make a page that nobody can open."""
    names = {f"u{n}": f"Đơn vị {n}" for n in range(30)}
    part = {**data["tasks"][0]["units"][0], "proposals": ""}
    parts = [{**part, "unit": unit, "difficulties": f"Khó khăn số {unit}"} for unit in names]
    tree = drawn(
        {
            **data,
            "unit_names": names | data["unit_names"],
            "tasks": [{**data["tasks"][0], "units": parts}, *data["tasks"][1:]],
        }
    )
    text = tree.one("section", id="kho-khan").text
    assert "và ý kiến của 22 đơn vị khác" in text and text.count("Khó khăn:") == 8
