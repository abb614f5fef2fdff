"""A worksheet whose long body is handed over as finished XML rows: a third of the time of a call per cell.

It leans on private names of the pinned XlsxWriter (`_write_rows`, `dim_rowmax`, `str_table`); a test
compares it cell for cell with the public calls. Texts go to the shared strings, so they stay texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlsxwriter.worksheet import Worksheet

Cell = str | float | int | None


class LongTableSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter ships no types
    """A sheet with heads written by the usual calls and a body given once to `write_body`."""

    dim_rowmax: int

    def __init__(self) -> None:
        super().__init__()
        self._body = ""
        self._head_rows = 0

    def write_body(self, first_row: int, rows: Iterable[Sequence[Cell]]) -> None:
        """Take the rows from 0-based `first_row` down, each a sequence of cells from column A; None is blank."""
        index = self.str_table._get_shared_string_index
        lines: list[str] = []
        columns = 0
        for number, row in enumerate(rows, first_row + 1):
            columns = max(columns, len(row))
            cells = []
            for letter, value in zip(_LETTERS, row, strict=False):
                if value is None:
                    continue
                if isinstance(value, str):
                    cells.append(f'<c r="{letter}{number}" t="s"><v>{index(value)}</v></c>')
                else:
                    cells.append(f'<c r="{letter}{number}"><v>{value:.16G}</v></c>')
            lines.append(f'<row r="{number}">{"".join(cells)}</row>')
        if lines:
            self._head_rows = first_row
            self._body = "".join(lines)
            self._check_dimensions(first_row + len(lines) - 1, columns - 1)

    def _write_rows(self) -> None:
        if not self._body:
            super()._write_rows()
            return
        last, self.dim_rowmax = self.dim_rowmax, self._head_rows - 1
        super()._write_rows()
        self.dim_rowmax = last
        self.fh.write(self._body)


_LETTERS = tuple(chr(ord("A") + n) for n in range(26))
