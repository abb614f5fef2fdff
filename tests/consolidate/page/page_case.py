"""Pages to look at: the small run with a past, drawn and read back as a tree, and data that wants to do harm."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

from consolidate.model import Consolidation
from consolidate.page.draw import draw_page
from consolidate.past import past_periods
from consolidate.result_json import consolidated_json
from plan.words import DataState
from tests.blank import H1
from tests.consolidate.workbook_case import full_run, indicator_entries
from validation.model import Earlier

_VOID = {"meta", "link", "input", "br"}


@dataclass(slots=True)
class Node:
    """An element: its name, attributes and what is in it."""

    name: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def text(self) -> str:
        """Everything readable inside, single-spaced."""
        pieces = (child if isinstance(child, str) else child.text for child in self.children)
        return " ".join(" ".join(pieces).split())

    def all(self, name: str = "", css: str = "", **attributes: str) -> list[Node]:
        """The elements below with this name, class and these attributes ("data_label" for data-label), in order."""
        found = []
        for child in self.children:
            if isinstance(child, str):
                continue
            named = name in ("", child.name) and (not css or css in child.classes)
            if named and all(child.attributes.get(k.replace("_", "-")) == v for k, v in attributes.items()):
                found.append(child)
            found += child.all(name, css, **attributes)
        return found

    def one(self, name: str = "", css: str = "", **attributes: str) -> Node:
        """The only such element."""
        (found,) = self.all(name, css, **attributes)
        return found


def number(text: str) -> float:
    """The first Vietnamese number of a text."""
    found = re.search(r"[-−]?\d[\d.]*(?:,\d+)?", text)
    assert found, text
    return float(found[0].replace("−", "-").replace(".", "").replace(",", "."))


def cell(line: Node, label: str) -> str:
    """What stands under a heading of a table that turns into cards."""
    return line.one("td", data_label=label).text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(page: bytes) -> Node:
    """The page as a tree; every element must be closed where it was opened."""
    reader = _Reader()
    reader.feed(page.decode())
    reader.close()
    (root,) = reader.open
    return root


def told(run: Consolidation) -> dict[str, Any]:
    """What `consolidated.json` says of a run, parsed."""
    data: dict[str, Any] = json.loads(consolidated_json(run))
    return data


def run_with_past() -> Consolidation:
    """The small run, with the same period a year earlier, when a commune reported other numbers and one none."""
    first, last = H1.first.replace(year=2025), H1.last.replace(year=2025)
    period = replace(H1, id="2025-H1", year=2025, label="6 tháng đầu năm 2025", first=first, last=last, due=None)
    before = tuple(
        replace(e, value=e.value / 2 if isinstance(e.value, Decimal) and e.field == "numerator" else e.value)
        for e in indicator_entries()
        if not (e.unit == "xa-b" and e.row == "SUM") and e.state is not DataState.NOT_APPLICABLE
    )
    run = full_run()
    return replace(run, past=past_periods(run.plan, (Earlier(period, before, ()),)))


def drawn(data: dict[str, Any]) -> Node:
    """The page of `data` as a tree."""
    return read(draw_page(data))


EVIL = (
    '</script><script>window.done=1</script><img src="http://example.invalid/x" onerror="window.done=2">'
    "'\"><a href=javascript:window.done=3>x</a>{{ 7*7 }}{% raw %}\u202egnp.exe\u2066\x00\x1b\ud800 & &lt; <r>x</r>"
)


def hostile(data: dict[str, Any], text: str = EVIL) -> dict[str, Any]:
    """`data` with `text` wherever a unit, a file or a document could have put words."""
    words = {"name", "lead", "due", "group", "section", "target_text", "label", "title", "issuer", "superior", "kind"}
    words |= {"result", "document_number", "difficulties", "proposals", "file", "sender", "scope", "result_asked"}

    def spoiled(value: Any, key: str = "") -> Any:  # noqa: ANN401 (any JSON)
        if isinstance(value, dict):
            if key == "period_days":
                return value
            if key == "unit_names":
                return dict.fromkeys(value, text)
            return {k: spoiled(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [spoiled(v, key) for v in value]
        return text if isinstance(value, str) and key in words else value

    spoilt: dict[str, Any] = spoiled(data)
    spoilt["files"] = {**spoilt["files"], "of_nobody": [text], "gone": [text]}
    for row in spoilt["tasks"]:
        row["units"] = [{**p, "difficulties": text, "proposals": text, "result": text} for p in row["units"]]
    return spoilt
