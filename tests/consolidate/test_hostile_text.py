"""What units wrote stays text in the workbook, the report and the page: no formula, link, field, element or script.

The outputs of a hostile run are held against those of a tame one whose texts are as long: they must be built alike.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from itertools import chain
from xml.etree import ElementTree

import openpyxl
import pytest

from consolidate.page.draw import draw_page
from consolidate.report.draw import draw_report
from consolidate.result_json import consolidated_json
from consolidate.workbook.book import draw_status, draw_workbook
from plan.cell_text import cell_text
from tests.consolidate.hostile_case import HALF, TEXTS, hostile_run, tame
from validation.model import Finding

_TAME = tuple(map(tame, TEXTS))
_TEXT_CELLS = ("s", "inlineStr")


def _say(finding: Finding) -> str:
    """A sentence that quotes what stood in the cell, as those of the department do."""
    return f"Giá trị “{finding.value}” ở tệp {finding.file} không dùng được."


def _book(texts: tuple[str, ...]) -> bytes:
    return draw_workbook(hostile_run(texts), _say)


def _status(texts: tuple[str, ...]) -> bytes:
    return draw_status(hostile_run(texts))


def _report(texts: tuple[str, ...]) -> bytes:
    return draw_report(json.loads(consolidated_json(hostile_run(texts))))


@cache
def _page(texts: tuple[str, ...]) -> str:
    return draw_page(json.loads(consolidated_json(hostile_run(texts)))).decode("utf-8")


@cache
def _parts(make: Callable[[tuple[str, ...]], bytes], texts: tuple[str, ...]) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(make(texts))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _trees(make: Callable[[tuple[str, ...]], bytes], texts: tuple[str, ...]) -> dict[str, ElementTree.Element]:
    """Every part as XML, which it has to be."""
    found = _parts(make, texts)
    return {n: ElementTree.fromstring(p) for n, p in found.items() if n.endswith((".xml", ".rels"))}  # noqa: S314


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


# --- both kinds of Office file ----------------------------------------------------------------

office_file = pytest.mark.parametrize("make", [_book, _status, _report])


@office_file
def test_a_file_has_the_same_kinds_of_elements_whatever_units_wrote(make: Callable[[tuple[str, ...]], bytes]) -> None:
    hostile, plain = _trees(make, TEXTS), _trees(make, _TAME)
    assert hostile.keys() == plain.keys()
    for name, root in hostile.items():
        assert {e.tag for e in root.iter()} == {e.tag for e in plain[name].iter()}, name


@office_file
def test_no_file_leads_out_of_itself(make: Callable[[tuple[str, ...]], bytes]) -> None:
    """No relationship to the outside: neither a link, nor a picture or template fetched from somewhere."""
    relations = chain.from_iterable(root for name, root in _trees(make, TEXTS).items() if name.endswith(".rels"))
    assert [r.attrib for r in relations if r.get("TargetMode") == "External"] == []


# --- the workbooks ----------------------------------------------------------------------------


@pytest.mark.parametrize("make", [_book, _status])
def test_formulas_names_and_places_of_links_are_ours(make: Callable[[tuple[str, ...]], bytes]) -> None:
    """They do not depend on a single word of a unit."""

    def live(texts: tuple[str, ...]) -> dict[str, list[str]]:
        found = {}
        for name, root in _trees(make, texts).items():
            formulas = [e.text or "" for e in root.iter() if _local(e) in ("f", "definedName", "formula1", "formula")]
            links = [e.get("location", "-") for e in root.iter() if _local(e) == "hyperlink"]
            found[name] = [*formulas, *links]
        return found

    hostile = live(TEXTS)
    assert hostile == live(_TAME)
    assert sum(map(len, hostile.values())) > 20


@pytest.mark.parametrize("make", [_book, _status])
def test_texts_are_string_cells(make: Callable[[tuple[str, ...]], bytes]) -> None:
    """A cell that shows a text of a unit holds a string, and has no formula that could have come to it."""
    shown = {str(cell_text(text)) for text in TEXTS}
    for name, root in _trees(make, TEXTS).items():
        if not name.startswith("xl/worksheets/sheet"):
            continue
        for cell in (e for e in root.iter() if _local(e) == "c"):
            kinds = {_local(child) for child in cell}
            text = "".join(cell.itertext())
            if cell.get("t") not in _TEXT_CELLS and text in shown:
                pytest.fail(f"{name} {cell.get('r')}: {text!r} is no string")
            if cell.get("t") in _TEXT_CELLS:
                assert "f" not in kinds, (name, cell.get("r"))


def test_every_text_can_be_read_in_the_workbook() -> None:
    """Made harmless, not left out: what cannot be written shows that something stood there."""
    book = openpyxl.load_workbook(BytesIO(draw_workbook(hostile_run((*TEXTS, HALF)), _say)))
    seen = " ".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None)
    assert [text for text in TEXTS if cell_text(text).strip() not in seen] == []
    assert "a\ufffdb\ufffdc\ufffd" in seen
    assert "d\ufffd" in seen


# --- the report -------------------------------------------------------------------------------


def test_no_field_or_link_of_the_report_holds_a_text() -> None:
    """Word runs what stands in a field, and follows a link that nobody sees."""

    def live(texts: tuple[str, ...]) -> list[str]:
        return [
            f"{name} {_local(e)} {sorted(e.attrib.items())} {''.join(e.itertext())}"
            for name, root in _trees(_report, texts).items()
            for e in root.iter()
            if _local(e) in ("instrText", "fldSimple", "hyperlink", "altChunk", "object", "attachedTemplate")
        ]

    assert live(TEXTS) == live(_TAME)


def test_the_report_shows_what_units_wrote() -> None:
    texts = "\n".join(
        "".join(e.text or "" for e in root.iter() if _local(e) == "t")
        for name, root in _trees(_report, TEXTS).items()
        if name == "word/document.xml"
    )
    assert [text for text in ("<!--<script>", "{{ 7 * 7 }}{% raw %}", '" onmouseover="alert(1)" x="') if text in texts]


# --- the page ---------------------------------------------------------------------------------


class _Built(HTMLParser):
    """How a page is built: its elements with the names of their attributes, what it can run, where it can lead."""

    _LEADING = ("href", "src", "srcset", "action", "formaction", "xlink:href", "style", "http-equiv", "target")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.leading: list[tuple[str, str]] = []
        self.scripts: list[str] = []
        self._in_script = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(sorted(name for name, _ in attrs))))
        self.leading += [(name, value or "") for name, value in attrs if name in self._LEADING]
        self._in_script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self.elements.append((f"/{tag}", ()))
        self._in_script = False

    def handle_comment(self, data: str) -> None:
        self.elements.append(("!--", (data,)))

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts.append(data)


def test_a_page_is_built_alike_whatever_units_wrote() -> None:
    """The same elements with the same attributes in the same order; a text is the inside of one of them."""
    hostile, plain = _Built(_page(TEXTS)), _Built(_page(_TAME))
    assert hostile.elements == plain.elements
    assert hostile.leading == plain.leading
    assert [n for _, names in hostile.elements for n in names if n.startswith("on")] == []
    assert [value for _, value in hostile.leading if re.match(r"\s*(?:\w+:|//)", value)] == ["data:,"]


def test_no_script_of_the_page_can_be_broken_off() -> None:
    """Not even by the beginning of a comment, after which a browser overlooks the end of the script."""
    scripts = _Built(_page(TEXTS)).scripts
    assert scripts
    assert [s for s in scripts if re.search(r"<!--|<script|</script", s, re.IGNORECASE)] == []


def test_the_page_shows_what_units_wrote() -> None:
    assert "&lt;img src=x onerror=alert(1)&gt;" in _page(TEXTS) or "\\u003cimg src=x" in _page(TEXTS)
