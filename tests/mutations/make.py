"""The three hands that damage a return: openpyxl, XML and LibreOffice; each makes the one file of a case."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.mutations.model import Case, Due, Key, Kind, Make, Places, Script, Sent, Subject, Value, moved
from tests.mutations.package import Package

Steps = Iterable[tuple[str, ...]]


def case(
    subject: Subject,
    data: bytes | Script,
    due: Iterable[Due] = (),
    *,
    meant: Mapping[Key, Value] | None = None,
    places: Places | None = None,
    name: str = "",
    sheets: Mapping[str, str] | None = None,
) -> Case:
    """One file under the name of the template, or `name`."""
    return Case((Sent(name or subject.name, data),), tuple(due), meant or {}, places, sheets or {})


def saved(book: Workbook) -> bytes:
    """The workbook's bytes."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def loaded(subject: Subject) -> Workbook:
    """The faultless return, open in openpyxl: a fresh one each time."""
    book: Workbook = pickle.loads(subject.pickled)  # noqa: S301 - made by tests.mutations.subjects in this process
    return book


def _appendices(subject: Subject) -> Workbook:
    """The same without the sheets that hold no answers: half the time to save, all that typing needs."""
    book: Workbook = pickle.loads(subject.lean)  # noqa: S301 - as above
    return book


def unmerge(sheet: Worksheet, first: int = 1) -> None:
    """Undo all merges from the row `first` down, as people must before they sort."""
    for area in [a for a in sheet.merged_cells.ranges if a.max_row >= first]:
        sheet.unmerge_cells(str(area))


def rearrange(sheet: Worksheet, rows: Sequence[int]) -> None:
    """Put the rows, top to bottom, into the places that they hold together."""
    unmerge(sheet, min(rows))
    width = range(1, sheet.max_column + 1)
    before = {r: [(sheet.cell(r, c).value, sheet.cell(r, c).number_format) for c in width] for r in rows}
    for target, source in zip(sorted(rows), rows, strict=True):
        for c, (value, shown) in zip(width, before[source], strict=True):
            sheet.cell(target, c).value = value
            sheet.cell(target, c).number_format = shown


def reordered(places: Places, sheet: str, rows: Sequence[int]) -> Places:
    """The places after `rearrange`."""
    new = dict(zip(rows, sorted(rows), strict=True))
    return moved(places, sheet, lambda r, c: (new.get(r, r), c))


Cells = Mapping[tuple[str, str], Any]  # (row code, column key) -> what is typed; a pair: value and number format


def typed(subject: Subject, cells: Cells) -> bytes:
    """The return with these cells typed over in openpyxl."""
    book = _appendices(subject)
    for (code, key), value in cells.items():
        place = subject.place(code, key)
        cell = book[place[0]].cell(*subject.places[place])
        if isinstance(value, tuple):
            cell.value, cell.number_format = value
        else:
            cell.value = value
    return saved(book)


def package(subject: Subject, change: Callable[[Package], None]) -> bytes:
    """The return with its XML changed."""
    parts = Package(subject.data)
    change(parts)
    return parts.data()


def script(*steps: tuple[object, ...], kind: str = "xlsx", password: str = "") -> Script:
    """Steps for LibreOffice, as it takes them."""
    return Script(tuple(tuple(str(word) for word in step) for step in steps), kind, password)


def theme(name: str, means: str) -> Callable[..., Kind]:
    """A maker of kinds of one theme that are done by the same means."""

    def kind(called: str, done: str, make: Make, note: str = "") -> Kind:
        return Kind(called, name, means, done, make, note)

    return kind
