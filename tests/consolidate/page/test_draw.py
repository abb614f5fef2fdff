"""The page as a file: everything in it equals the JSON, nothing in it can reach out or run, same data, same bytes."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest

from consolidate.model import OVERALL_STATUS_WORDS, REPORTING_WORDS, TARGET_VERDICT_WORDS
from consolidate.page.draw import draw_page
from tests.consolidate.page.page_case import EVIL, Node, drawn, hostile, read, run_with_past, told
from tests.consolidate.workbook_case import empty_run, full_run


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return told(run_with_past())


@pytest.fixture(scope="module")
def page(data: dict[str, Any]) -> Node:
    return drawn(data)


def number(text: str) -> float:
    """The first Vietnamese number of a text."""
    found = re.search(r"[-−]?\d[\d.]*(?:,\d+)?", text)
    assert found, text
    return float(found[0].replace("−", "-").replace(".", "").replace(",", "."))


def cell(line: Node, label: str) -> str:
    return line.one("td", data_label=label).text


def test_same_data_same_bytes(data: dict[str, Any]) -> None:
    """A page that was not changed can be seen not to have changed."""
    assert draw_page(data) == draw_page(data)


def test_the_heading_says_whose_figures_and_of_when(page: Node) -> None:
    """Whoever is handed a print-out knows the issuer, the period, the deadline and the moment."""
    head = page.one("header").text
    for words in (
        "Sở Y tế tỉnh Ninh Bình",
        "6 tháng đầu năm 2026",
        "từ ngày 01/01/2026 đến ngày 30/6/2026",
        "trước ngày 10/6/2026",
        "14:30 ngày 09/6/2026",
    ):
        assert words in head
    assert page.one("html").attributes["lang"] == "vi"
    assert not page.all(css="rehearsal")


def test_a_rehearsal_says_so_first(data: dict[str, Any]) -> None:
    """Nobody takes rehearsed figures for real ones, not even from the name of the tab."""
    tree = drawn({**data, "rehearsal": True})
    assert tree.one(css="rehearsal").text.startswith("SỐ LIỆU GIẢ")
    assert tree.one("title").text.startswith("SỐ LIỆU GIẢ")


def test_every_indicator_shows_the_figures_of_the_json(data: dict[str, Any], page: Node) -> None:
    """Value, target, verdict, coverage, changes: read back from the page, equal to the last digit."""
    lines = page.one("table", css="indicators").all("tr", css="line")
    assert len(lines) == len(data["indicators"])
    changed = 0
    for row, line in zip(data["indicators"], lines, strict=True):
        assert row["name"] in line.one("th").text
        result = cell(line, "Kết quả")
        if row["value"] is None:
            assert result == ("Số liệu mâu thuẫn" if row["conflicts"] else "Chưa có số liệu")
        else:
            assert number(result) == row["value"]
            assert ("ước" in result) is row["estimated"]
        assert number(cell(line, "Mục tiêu")) == row["target"]["value"]
        assert f"năm {row['target']['year']}" in cell(line, "Mục tiêu")
        assert cell(line, "Đánh giá").startswith(TARGET_VERDICT_WORDS[row["verdict"]])
        covered = cell(line, "Bao phủ")
        assert covered.startswith(f"{len(row['included'])}/{row['expected']} đơn vị")
        assert number(covered.partition("đơn vị")[2]) == pytest.approx(100 * row["coverage"]["share"], abs=1e-9)
        for change in row["changes"]:
            said = cell(line, "So với cùng kỳ năm trước (6 tháng đầu năm 2025)")
            difference, _, before = said.partition("từ")
            assert (number(difference), number(before)) == (change["difference"], change["value"])
            assert ("không cùng các đơn vị" in said) is not change["same_units"]
            changed += 1
    assert changed >= 5


def test_details_name_who_is_missing_and_what_was_divided(data: dict[str, Any], page: Node) -> None:
    """Behind each figure stand its numerator and denominator, its periods, and the units that are not in it."""
    unders = page.one("table", css="indicators").all("tr", css="under")
    names = data["unit_names"]
    for row, under in zip(data["indicators"], unders, strict=True):
        told_of = {d.one("dt").text: d.one("dd").text for d in under.one("dl").all("div")}
        if row["numerator"] is not None:
            parts = [number(part) for part in told_of["Tử số / mẫu số"].split(" / ")]
            assert parts == [row["numerator"], row["denominator"]]
        if row["missing"]:
            said = told_of[f"Chưa có số liệu ({len(row['missing'])} đơn vị)"]
            whole = len(row["missing"]) == row["expected"] > 1
            assert said == (
                "tất cả các đơn vị phải báo cáo chỉ tiêu này" if whole else ", ".join(names[u] for u in row["missing"])
            )
        values = [number(said.partition(":")[2]) for said in told_of["Qua các kỳ"].split("; ") if "chưa có" not in said]
        assert values == [p["value"] for p in row["trend"] if p["value"] is not None]
    conflict = next(u.text for r, u in zip(data["indicators"], unders, strict=True) if r["conflicts"])
    assert "74,6" in conflict and "75,1" in conflict and "Ban Kế hoạch" in conflict


def test_the_line_through_the_periods_is_told_to_who_does_not_see_it(page: Node) -> None:
    """A picture with a text alternative that has its numbers."""
    lines = page.all("svg", css="spark")
    assert lines
    for line in lines:
        assert re.search(r"6 tháng đầu năm 2025: [\d,]+.*6 tháng đầu năm 2026: [\d,]+", line.attributes["aria-label"])


def test_a_milestone_is_shown_with_its_verdict(data: dict[str, Any]) -> None:
    """Where the plan prorates a row, half a year is measured by half a target, in words."""
    row = {**data["indicators"][0], "milestone": 47.5, "on_track": False}
    tree = drawn({**data, "indicators": [row]})
    assert "mốc đến cuối kỳ: 47,50%, chưa đạt mốc" in cell(tree.one("table", css="indicators"), "Đánh giá")


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


def test_tallies_are_those_of_the_json(data: dict[str, Any], page: Node) -> None:
    """By group and by lead: every count in its column."""
    for table, rows in zip(page.all("table", css="tallies"), (data["groups"], data["leads"]), strict=True):
        heads = [head.text for head in table.one("thead").all("th")][2:-2]
        for row, line in zip(rows, table.one("tbody").all("tr"), strict=True):
            counts = [int(c.text) for c in line.all("td")]
            words = {OVERALL_STATUS_WORDS[key]: count for key, count in row["counts"].items()}
            assert counts == [row["tasks"], *(words[head] for head in heads), row["overdue"], row["at_risk"]]
            assert line.one("th").text == row["label"]


def test_every_unit_has_its_line(data: dict[str, Any], page: Node) -> None:
    """Name, kind, state, moment, cells, errors and warnings as the JSON has them."""
    lines = page.one("table", css="units").one("tbody").all("tr")
    for row, line in zip(data["statuses"], lines, strict=True):
        assert line.one("th").text == row["name"]
        texts = [c.text for c in line.all("td")]
        received = "14:30 ngày 09/6/2026" if row["received_at"] else "–"
        answered = f"{row['answered']}/{row['required']}"
        counts = [str(row["errors"]), str(row["warnings"])]
        assert texts[1:] == [row["kind"], REPORTING_WORDS[row["state"]], received, answered, *counts]


def test_the_numbers_on_top_and_the_shares(data: dict[str, Any], page: Node) -> None:
    """What is read first is counted from the same JSON."""
    texts = [key.all("dd")[0].text for key in page.one(css="keys").all("div")]
    with_figure = sum(1 for row in data["indicators"] if row["value"] is not None)
    assert [t.replace(" ", "") for t in texts[:2]] == ["4/580,0%", f"{with_figure}/{len(data['indicators'])}81,8%"]
    assert texts[3] == str(data["all_tasks"]["overdue"])
    legend = [item.text for item in page.one("section", id="nop").one("ul", css="legend").all("li")]
    assert legend[0] == "Đã nộp, đúng hạn 3 60,0%" and legend[3] == "Chưa nộp 1 20,0%"


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
    assert remark.one("p", css="who").text == "Ban Kế hoạch, UBND XÃ A, UBND XÃ B, UBND XÃ C và 1 đơn vị khác"
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


@pytest.mark.parametrize("rows", [True, False])
def test_nothing_received_is_said_in_words(rows: bool) -> None:
    """No unit, no indicator, no task, no past: an honest page, without a chart of nothing."""
    data = told(empty_run(rows=rows))
    tree = drawn(data)
    text = tree.one("main").text
    if rows:
        assert text.count("Chưa có số liệu") >= len(data["indicators"])
        assert "Chưa có số liệu của kỳ trước hoặc cùng kỳ năm trước để so sánh." in text
    else:
        assert "Kế hoạch không có chỉ tiêu nào." in text and "Kế hoạch không có nhiệm vụ nào." in text
    assert "Chưa có đơn vị nào nêu khó khăn hay đề xuất." in text
    assert not tree.all("svg", css="spark")


def test_a_plan_without_units() -> None:
    """The page stands even when nobody has been asked."""
    data = told(empty_run(rows=False))
    none = {**data, "statuses": [], "units": dict.fromkeys(data["units"], 0)}
    none["reporting"] = dict.fromkeys(data["reporting"], 0)
    assert "Kế hoạch chưa giao việc cho đơn vị nào." in drawn(none).text


def test_hostile_texts_stay_texts(data: dict[str, Any]) -> None:
    """Whatever units, files and documents say, the elements of the page are those of a harmless one."""
    evil = hostile(data)
    tree = read(draw_page(evil))
    assert len(tree.all("script")) == 2 and len(tree.all("style")) == 1
    assert not tree.all("img") and not tree.all("iframe")
    every = tree.all()
    assert not [n for n in every for a in n.attributes if a.startswith("on") or a == "style"]
    assert all(n.attributes["href"].startswith(("#", "data:,")) for n in every if "href" in n.attributes)
    assert not [n for n in every if "src" in n.attributes]
    shown = EVIL.replace("\x00", "\ufffd").replace("\x1b", "\ufffd").replace("\ud800", "\ufffd")
    assert tree.one("table", css="units").all("th", data_key="")[0].text == " ".join(shown.split())
    assert "49" not in tree.one("title").text


def test_the_policy_allows_what_is_in_the_page_and_nothing_else(page: Node) -> None:
    """Style and scripts by the hash of their very bytes; no address, no inline handler, no form, no base."""
    (meta,) = (m for m in page.all("meta") if m.attributes.get("http-equiv") == "Content-Security-Policy")
    policy = dict(part.split(" ", 1) for part in meta.attributes["content"].split("; "))

    def hashes(nodes: list[Node]) -> str:
        sources = ["".join(c for c in n.children if isinstance(c, str)) for n in nodes]
        return " ".join(f"'sha256-{b64encode(sha256(s.encode()).digest()).decode()}'" for s in sources)

    assert policy == {
        "default-src": "'none'",
        "style-src": hashes(page.all("style")),
        "script-src": hashes(page.all("script")),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    order = [n.name for n in page.one("head").all()]
    assert order.index("meta") < order.index("style"), "a policy counts only for what comes after it"


def test_structure_for_who_reads_by_ear(page: Node) -> None:
    """Landmarks, one h1, no heading level skipped, captions, scopes, labels, ids that are unique and hit."""
    assert all(len(page.all(name)) == 1 for name in ("header", "nav", "main", "footer", "h1"))
    levels = [int(n.name[1]) for n in page.all() if re.fullmatch("h[1-6]", n.name)]
    assert levels[0] == 1 and all(b - a <= 1 for a, b in pairwise(levels))
    for table in page.all("table"):
        assert table.one("caption").text
        assert all(th.attributes.get("scope") in ("col", "row", "rowgroup") for th in table.all("th"))
    ids = [n.attributes["id"] for n in page.all() if "id" in n.attributes]
    assert len(ids) == len(set(ids))
    links = [n.attributes["href"][1:] for n in page.all("a")] + [n.attributes["href"][1:] for n in page.all("use")]
    named = [n.attributes[a] for n in page.all() for a in ("aria-labelledby",) if a in n.attributes]
    assert set(links) | set(named) <= set(ids)
    assert all(label.all("input") or label.all("select") for label in page.all("label"))
    for picture in page.all("svg"):
        assert (
            picture.attributes.get("aria-hidden") == "true"
            or picture.attributes.get("aria-label")
            or ("mark" in picture.classes)
        )
    assert page.all("a")[0].attributes == {"class": "skip", "href": "#noi-dung"}


def test_a_number_that_nobody_spelled_is_refused(data: dict[str, Any]) -> None:
    """A bare 1234.5 in the page would be a fault of ours: it must fail here, not be read as 12345."""
    with pytest.raises(TypeError, match="is not spelled"):
        draw_page({**data, "title": 1234.5})
    assert draw_page(told(full_run()))
