"""A worksheet whose drawn rows wait on disk, as they will stand in the file, until it is put together.

XlsxWriter keeps a kilobyte and more of every row until the end, for all sheets together: too much for the lists
of a whole country. Its own `constant_memory` is for a whole workbook; this leans on private names of the pinned
XlsxWriter (`_write_rows`, `_check_dimensions`, the dim_ fields), and a test holds it byte for byte against the
plain sheet.
"""

from __future__ import annotations

import tempfile
from shutil import copyfileobj
from typing import IO

from xlsxwriter.worksheet import Worksheet

# Both are whole sixteens, for which XlsxWriter notes the columns in use.
HEAD_ROWS = 160  # stay in memory: charts read the counts on top, which may be written when the list is finished
WINDOW = 1600  # rows that are worth a file


class SpilledSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter ships no types
    """A sheet that `spill` empties to disk; a later call for a row on disk is refused.

    One whose `is_list` is set is drawn row by row and empties itself on the way, `WINDOW` rows behind.
    """

    dim_rowmin: int
    dim_rowmax: int | None

    def __init__(self) -> None:
        super().__init__()
        self.is_list = False
        self._on_disk: IO[str] | None = None
        self._next = HEAD_ROWS  # the first row below the heads that is not on disk

    def spill(self) -> None:
        """Put what is drawn on disk, where it is enough to be worth it."""
        if self.dim_rowmax is not None and self.dim_rowmax >= self._next + WINDOW:
            self._spill_before(self.dim_rowmax + 1)

    def _check_dimensions(self, row: int, col: int, ignore_row: bool = False, ignore_col: bool = False) -> int:
        if HEAD_ROWS <= row < self._next and not ignore_row:
            return -2
        outcome: int = super()._check_dimensions(row, col, ignore_row, ignore_col)
        if self.is_list and outcome == 0 and not ignore_row and row >= self._next + 2 * WINDOW:
            self._spill_before(self._next + WINDOW)
        return outcome

    def _spill_before(self, end: int) -> None:
        if self._on_disk is None:
            self._on_disk = tempfile.TemporaryFile(  # noqa: SIM115 (closed when the file is put together)
                "w+", encoding="utf-8", newline="", dir=self.tmpdir
            )
        self.fh = self._on_disk  # XlsxWriter opens the part itself when it puts the file together
        self._write_only(self._next, end - 1)
        for row in range(self._next, end):
            self.table.pop(row, None)
            self.row_info.pop(row, None)
        self._next = end

    def _write_only(self, first: int, last: int) -> None:
        dimensions = self.dim_rowmin, self.dim_rowmax
        self.dim_rowmin, self.dim_rowmax = max(first, self.dim_rowmin), last
        super()._write_rows()
        self.dim_rowmin, self.dim_rowmax = dimensions

    def _write_rows(self) -> None:
        if self._on_disk is None or self.dim_rowmax is None:
            super()._write_rows()
            return
        self._write_only(0, HEAD_ROWS - 1)
        self._on_disk.seek(0)
        copyfileobj(self._on_disk, self.fh)
        self._on_disk.close()
        self._write_only(self._next, self.dim_rowmax)
