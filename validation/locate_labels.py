"""What the printed texts beside a row prove: they stand in for lost codes, and they convict codes that were moved.

A printed text proves a row only where one row of the form can carry it and the indicator printed beside it
is the right one. Everything less is left to a finding; no answer is looked at here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plan.words import fold
from validation.locate_form import Expected, Form, corners
from validation.locate_rows import Found, Spans
from validation.raw import RawSheet


class Names:
    """Which indicator is printed beside each row: a name is merged over its rows, or stands in the first one."""

    def __init__(self, sheet: RawSheet, spans: Spans, column: int | None) -> None:
        self._beside: dict[int, str] = {}
        self._above: dict[int, tuple[int, str]] = {}
        if column is None:
            return
        rows = [number for first, last in spans for number in range(first, last + 1)]
        for number in rows:
            text = sheet.at(number, column)
            if isinstance(text, str) and text.strip():
                self._beside[number] = text
        self._take_merged(sheet, column)
        nearest: tuple[int, str] | None = None
        for number in rows:
            if number in self._beside:
                nearest = (number, self._beside[number])
            if nearest is not None:
                self._above[number] = nearest

    def _take_merged(self, sheet: RawSheet, column: int) -> None:
        """A merged area says something only when it is whole: sorting leaves areas behind that hold other rows."""
        own = frozenset(self._beside)
        seen: set[int] = set()
        for area in sheet.merged:
            box = corners(area)
            if box is None or not box[0][1] <= column <= box[1][1] or box[0][0] not in own or box[0][0] in seen:
                continue
            top, bottom = box[0][0], min(box[1][0], len(sheet.rows))
            seen.add(top)
            if own.isdisjoint(range(top + 1, bottom + 1)):
                self._beside.update(dict.fromkeys(range(top + 1, bottom + 1), self._beside[top]))

    def beside(self, number: int) -> str:
        """The name that surely belongs to the row, "" when none does."""
        return self._beside.get(number, "")

    def above(self, number: int) -> tuple[int, str]:
        """(row, name) of the nearest name at or above the row; (0, "") when there is none."""
        return self._above.get(number, (0, ""))


@dataclass(frozen=True, slots=True)
class _Print:
    """The printed texts of a table."""

    sheet: RawSheet
    columns: Mapping[str, int]
    form: Form
    names: Names

    def proves(self, number: int, e: Expected, *, strange: bool) -> bool:
        """True when the row can only be `e`, whose label it carries; `strange`: a code of nobody's stands in it."""
        if not e.name:
            return True
        wanted, beside = fold(e.name), self.names.beside(number)
        if beside:
            return fold(beside) == wanted
        alone = len(self.form.by_label[fold(e.label)]) == 1 and not strange
        row, above = self.names.above(number)
        if not above:
            return alone
        return fold(above) == wanted and (alone or self._is_whole(row, number, e))

    def _is_whole(self, row: int, number: int, e: Expected) -> bool:
        """True when all rows of the indicator follow its name at `row` without a gap, `number` in its place."""
        block = [x for x in self.form.expected if x.row_code == e.row_code]
        labels = (self.sheet.at(row + i, self.columns[self.form.label_key]) for i in range(len(block)))
        whole = all(isinstance(t, str) and fold(t) == fold(x.label) for t, x in zip(labels, block, strict=True))
        return whole and number - row == block.index(e)


def rows_by_label(
    sheet: RawSheet, spans: Spans, columns: Mapping[str, int], form: Form, found: Found
) -> tuple[dict[str, int], dict[str, list[int]]]:
    """For codes that `found` lacks: (code -> the row that print proves) and (code -> rows that may be meant)."""
    missing = {e.code for e in form.expected if e.code not in found.rows}
    if not missing:
        return {}, {}
    printed = _Print(
        sheet, columns, form, Names(sheet, spans, columns.get("name") if form.label_key != "name" else None)
    )
    claimed = set(found.rows.values())
    sure: dict[str, list[int]] = {}
    loose: dict[str, list[int]] = {}
    for number in (n for first, last in spans for n in range(first, last + 1) if n not in claimed):
        text = sheet.at(number, columns[form.label_key])
        alike = form.by_label.get(fold(text), ()) if isinstance(text, str) else ()
        strange = number in found.strange
        proven = [e for e in alike if printed.proves(number, e, strange=strange)]
        if len(proven) == 1:
            sure.setdefault(proven[0].code, []).append(number)
        elif not strange:
            for e in alike:
                loose.setdefault(e.code, []).append(number)
    rows = {code: numbers[0] for code, numbers in sure.items() if len(numbers) == 1 and code in missing}
    unsure = {
        e.code: sure.get(e.code) or loose[e.code]
        for e in form.expected
        if e.code in missing and e.code not in rows and (e.code in sure or e.code in loose)
    }
    return rows, unsure
