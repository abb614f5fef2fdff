"""The page as a file: everything in it equals the JSON, nothing in it can reach out or run, same data, same bytes."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest

from consolidate.model import REPORTING_WORDS
from consolidate.page.draw import draw_page
from tests.consolidate.page.page_case import EVIL, Node, drawn, hostile, read, told
from tests.consolidate.workbook_case import empty_run, full_run


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


def test_files_of_after_the_moment_are_said(data: dict[str, Any]) -> None:
    """ "Tính đến 14:30" would be wrong of a page that counts what came at 15:00."""
    files = {**data["files"], "after_moment": ["xa-a/bo-sung.xlsx"]}
    tree = drawn({**data, "files": files})
    assert "14:30 ngày 09/6/2026 (gồm cả 1 tệp nhận sau thời điểm này)" in tree.one("header").text
    assert "xa-a/bo-sung.xlsx" in tree.one("section", id="nop").one("ul", css="files").text


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
    behind = [key.one("dd", css="behind").text for key in page.one(css="keys").all("div")]
    with_figure = sum(1 for row in data["indicators"] if row["value"] is not None)
    assert [t.replace(" ", "") for t in texts[:2]] == ["4/580,0%", f"{with_figure}/{len(data['indicators'])}81,8%"]
    assert texts[3] == str(data["all_tasks"]["overdue"])
    assert behind[0] == "đúng hạn 3, muộn 1; đạt yêu cầu 4, cần sửa 0; chưa nộp 1"
    assert "Đã gửi 4/5 đơn vị: đúng hạn 3, muộn 1; đạt yêu cầu 4, cần sửa 0." in page.one("section", id="nop").text
    parts = [int(part.split()[0]) for part in behind[1].split("; ")]
    assert sum(parts) == len(data["indicators"]), "every row once"
    assert parts[:2] == [1, 1] and "1 chưa có số liệu; 1 số liệu mâu thuẫn; " in behind[1]
    assert "có số liệu nhưng chưa đủ để đánh giá" in behind[1]
    legend = [item.text for item in page.one("section", id="nop").one("ul", css="legend").all("li")]
    assert legend[0] == "Đã nộp, đúng hạn 3 60,0%" and legend[3] == "Chưa nộp 1 20,0%"


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
    unseen = {ord("\u202e"): "", ord("\u2066"): ""}
    shown = EVIL.translate(unseen | dict.fromkeys(map(ord, "\x00\x1b\ud800"), "\ufffd"))
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
        assert table.all("caption")[0].text
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
