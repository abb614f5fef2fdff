"""Reports to look at: consolidated.json of the small run, changed by hand, and what Word would show of a document."""

from __future__ import annotations

import copy
import io
import json
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from consolidate.report.draw import draw_report
from consolidate.result_json import consolidated_json
from tests.consolidate.workbook_case import empty_run, full_run

Data = dict[str, Any]


@lru_cache(maxsize=1)
def _full() -> bytes:
    return consolidated_json(full_run())


def full_data() -> Data:
    """The small run as parsed JSON, to be changed freely."""
    data: Data = json.loads(_full())
    return data


def empty_data(*, rows: bool = True) -> Data:
    """Nothing has come in; with `rows` False the plan has neither indicators nor tasks."""
    data: Data = json.loads(consolidated_json(empty_run(rows=rows)))
    return data


def compared_data() -> Data:
    """The small run beside two earlier periods, with a milestone and a task at risk."""
    data = full_data()
    periods = (("previous", "2025-Y", "năm 2025"), ("last_year", "2025-H1", "6 tháng đầu năm 2025"))
    data["compared_with"] = {key: {**data["period_days"], "id": i, "label": label} for key, i, label in periods}
    for number, row in enumerate(data["indicators"]):
        if row["value"] is None:
            continue
        row["milestones"], row["on_track"] = [47.5] * len(row["targets"]), bool(number % 2)
        row["changes"] = [
            {
                "compared": key,
                "period": i,
                "label": label,
                "value": 11.25,
                "difference": -1.5,
                "same_units": key == "previous",
            }
            for key, i, label in periods
        ]
    data["tasks"][2]["at_risk"] = True
    data["urgent_tasks"].append(data["tasks"][2]["code"])
    return data


def with_groups(data: Data) -> Data:
    """`data` with its tasks in groups of their own, so that there is a table of groups."""
    data = copy.deepcopy(data)
    tally = {**copy.deepcopy(data["groups"][0]), "label": "II. Nhóm thứ hai"}
    data["groups"] = [*data["groups"], tally]
    data["tasks"][-1]["group"] = tally["label"]
    return data


def with_many_units(data: Data, owing: int = 40) -> Data:
    """`data` with `owing` more communes and hospitals that have sent nothing, one late and one to be corrected."""
    data = copy.deepcopy(data)
    sent = next(row for row in data["statuses"] if row["received_at"])
    silent = {**sent, "received_at": None, "file": None, "sha256": None, "errors": 0, "warnings": 0}
    for number in range(owing):
        kind = "bệnh viện" if number % 4 == 3 else "xã"
        row = {**silent, "unit": f"moi-{number}", "name": f"Đơn vị mới {number}", "kind": kind, "state": "missing"}
        data["statuses"].append(row)
    data["statuses"] += [
        {**sent, "unit": "muon", "name": "Đơn vị muộn", "state": "late", "errors": 0, "warnings": 3},
        {**sent, "unit": "sai", "name": "Đơn vị sai", "state": "to_be_corrected", "errors": 7, "warnings": 2},
    ]
    data["unit_names"] |= {row["unit"]: row["name"] for row in data["statuses"]}
    states = [row["state"] for row in data["statuses"]]
    data["reporting"] = {state: states.count(state) for state in data["reporting"]}
    data["units"]["expected"] = len(states)
    data["sent"]["in_time"] += 1
    data["sent"]["late"] += 1
    data["units"]["received"] += 2
    return data


def silenced(data: Data) -> Data:
    """`data` as when every row of every return is blocked: returns are there, nothing in them can be used."""
    data = copy.deepcopy(data)
    empty = empty_data()
    keys = ("indicators", "tasks", "groups", "leads", "verdicts", "all_tasks", "urgent_tasks")
    return data | {key: empty[key] for key in keys}


def drawn(data: Data) -> Document:
    """The report as python-docx reads it."""
    return docx.Document(io.BytesIO(draw_report(data)))


def paragraphs(document: Document) -> list[str]:
    """The text of every paragraph in the body, those of table cells too, in printed order."""
    return [_text(p) for p in document.element.body.iter(qn("w:p"))]


def text_of(data: Data) -> str:
    """The whole text of the report, one paragraph a line."""
    with zipfile.ZipFile(io.BytesIO(draw_report(data))) as package:
        body = parse_xml(package.read("word/document.xml"))
    return "\n".join(_text(p) for p in body.iter(qn("w:p")))


def marks(document: Document) -> list[str]:
    """The texts under yellow highlight."""
    return [
        "".join(t.text or "" for t in run.iter(qn("w:t")))
        for run in document.element.body.iter(qn("w:r"))
        if run.find(f"{qn('w:rPr')}/{qn('w:highlight')}") is not None
    ]


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:  # noqa: ANN401 (any JSON)
    """Every (path, container, key) of a number in `value`; a list's items share the path "…[]"."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        at = f"{path}[]" if isinstance(value, list) else f"{path}.{key}".lstrip(".")
        if isinstance(item, int | float) and not isinstance(item, bool):
            yield at, value, key
        else:
            yield from leaves(item, at)


def _text(paragraph: Any) -> str:  # noqa: ANN401 (an element of lxml)
    inside = paragraph.iter(qn("w:t"), qn("w:br"))
    return "".join("\n" if child.tag == qn("w:br") else child.text or "" for child in inside)
