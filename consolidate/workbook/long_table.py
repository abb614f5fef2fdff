"""A worksheet whose long body is written row by row while the file is put together, and never held.

It leans on private names of the pinned XlsxWriter (`_write_rows`, `dim_rowmax`, `str_table`, which is written
after the sheets); a test compares it cell for cell with the public calls. Texts are never formulas or markup.
They go to the shared strings, which stand in memory; those that hardly ever repeat only while these are few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from xlsxwriter.sharedstrings import SharedStringTable
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

Cell = str | float | int | None
MOST_SHARED = 50_000  # strings of a workbook, before free texts stand in their cells
_ROWS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Body:
    """`count` rows of `columns` cells from column A, made anew whenever `rows` is called; None is blank."""

    rows: Callable[[], Iterable[Sequence[Cell]]]
    count: int
    columns: int
    free: frozenset[int] = frozenset()  # 0-based columns of texts that hardly ever repeat


class LongTableSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter ships no types
    """A sheet with heads written by the usual calls and a body given once to `write_body`."""

    dim_rowmax: int

    def __init__(self) -> None:
        super().__init__()
        self._body: Body | None = None
        self._first_row = 0

    def write_body(self, first_row: int, body: Body) -> None:
        """Take the rows from 0-based `first_row` down. Raises ValueError when a sheet cannot hold them."""
        if not body.count:
            return
        if self._check_dimensions(first_row + body.count - 1, body.columns - 1):
            raise ValueError(f"{body.count} rows of {body.columns} cells from row {first_row} leave the sheet")
        self._body, self._first_row = body, first_row

    def _write_rows(self) -> None:
        if self._body is None:
            super()._write_rows()
            return
        last, self.dim_rowmax = self.dim_rowmax, self._first_row - 1
        super()._write_rows()
        self.dim_rowmax = last
        self._stream(self._body)

    def _stream(self, body: Body) -> None:
        columns = [(xl_col_to_name(at), at in body.free) for at in range(body.columns)]
        shared = _SharedTexts(self.str_table)
        find, put, used = shared.known.get, shared.put, 0
        rows = iter(body.rows())
        written = 0
        while chunk := list(islice(rows, _ROWS_AT_ONCE)):
            lines = []
            for number, row in enumerate(chunk, self._first_row + written + 1):
                cells = []
                for (letters, is_free), value in zip(columns, row, strict=True):
                    if value is None:
                        continue
                    if not isinstance(value, str):
                        cells.append(f'<c r="{letters}{number}"><v>{value:.16G}</v></c>')
                    elif (at := find(value)) is not None or (at := put(value, is_free)) is not None:
                        used += 1
                        cells.append(f'<c r="{letters}{number}" t="s"><v>{at}</v></c>')
                    else:
                        cells.append(f'<c r="{letters}{number}" t="inlineStr"><is>{self._inline(value)}</is></c>')
                lines.append(f'<row r="{number}">{"".join(cells)}</row>')
            self.fh.write("".join(lines))
            written += len(chunk)
        self.str_table.count += used
        if written != body.count:  # names and formulas were made for `count`
            raise ValueError(f"{body.count} rows were announced, {written} came")

    def _inline(self, text: str) -> str:
        keep = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
        return f"<t{keep}>{self._escape_data(self._escape_control_characters(text))}</t>"


class _SharedTexts:
    """The workbook's shared strings once XlsxWriter has sorted them: it knows them no more, but still writes them."""

    def __init__(self, table: SharedStringTable) -> None:
        self._table = table
        self.known: dict[str, int] = {text: at for at, text in enumerate(table.string_array)}

    def put(self, text: str, is_free: bool) -> int | None:
        """Add a text that is not `known` yet; returns its place, or None for a free one beyond `MOST_SHARED`."""
        at = len(self.known)
        if is_free and at >= MOST_SHARED:
            return None
        self.known[text] = at
        self._table.string_array.append(text)
        self._table.unique_count += 1
        return at
