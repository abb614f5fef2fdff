"""Where each line of the data stands: on one sheet, or on several where an Excel sheet (1,048,576 rows) ends.

The lines of one row code never part, so that every formula reads one sheet's names and stays one formula.
Arithmetic only: it makes no line and draws no cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plan.model import PlanError

MOST_LINES = 1_000_000  # of one data sheet; the rest of Excel's rows is left to whoever adds some
_PREFIX = "DL"
FIRST_ROW = 2  # Excel row under the heads


@dataclass(frozen=True, slots=True)
class Place:
    """A line of data: its sheet and its Excel row."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one row code, Excel rows first..last of one sheet."""

    code: str
    sheet: str
    first: int
    last: int

    @property
    def lines(self) -> int:
        """How many they are."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class DataSheet:
    """One data sheet; its columns have defined names that begin with `prefix`."""

    name: str
    prefix: str
    blocks: tuple[Block, ...]

    @property
    def last(self) -> int:
        """The last Excel row of the names; an empty sheet keeps one blank row under its heads."""
        return self.blocks[-1].last if self.blocks else FIRST_ROW


@dataclass(frozen=True, slots=True)
class DataPlaces:
    """All data sheets, at least one, and where each row code and each unit first stands in them."""

    sheets: tuple[DataSheet, ...]
    first_of_unit: Mapping[str, Place] = field(default_factory=dict)

    @property
    def blocks(self) -> dict[str, Block]:
        """The block of each row code that has lines, in the order of the sheets."""
        return {block.code: block for sheet in self.sheets for block in sheet.blocks}

    @property
    def first_of_code(self) -> dict[str, Place]:
        """The first line of each row code that has lines."""
        return {code: Place(block.sheet, block.first) for code, block in self.blocks.items()}

    def prefix(self, code: str) -> str:
        """What the names of the sheet with the lines of `code` begin with; of the first sheet when it has none."""
        holding = (s.prefix for s in self.sheets if any(b.code == code for b in s.blocks))
        return next(holding, _PREFIX)


def laid_out(name: str, counts: Sequence[tuple[str, int]], most: int = MOST_LINES) -> tuple[DataSheet, ...]:
    """Put the blocks (code, lines) on sheets `name`, `name 2`… of at most `most` lines, in their order.

    Raises PlanError when the lines of one code alone are more than a sheet can hold.
    """
    sheets: list[list[Block]] = [[]]
    row = FIRST_ROW
    for code, lines in counts:
        if lines > most:
            raise PlanError(
                f"Mã {code} có {lines} dòng số liệu, một trang tính chỉ chứa được {most}: hãy chia kế hoạch theo tỉnh."
            )
        if row + lines - FIRST_ROW > most:
            sheets.append([])
            row = FIRST_ROW
        sheets[-1].append(Block(code, _numbered(name, len(sheets), " "), row, row + lines - 1))
        row += lines
    return tuple(
        DataSheet(_numbered(name, at, " "), _numbered(_PREFIX, at, ""), tuple(blocks))
        for at, blocks in enumerate(sheets, 1)
    )


def _numbered(text: str, at: int, between: str) -> str:
    return text if at == 1 else f"{text}{between}{at}"
