"""How every appendix of the report begins, how it is called, and which ones there are.

Form after Decree 30/2020/NĐ-CP, Phụ lục I, Phần I, mục III.1: Roman numbers where there are several, name, what it
belongs to.
"""

from __future__ import annotations

from consolidate.report.blocks import Block, Paragraph, Piece, Style
from consolidate.report.frame import with_report
from consolidate.report.words import Json

_ROMAN = ("I", "II", "III")


def appendix_names(data: Json, *, with_units: bool) -> dict[str, str]:
    """How the appendices that there are are called, by the key of their rows; a single one needs no number."""
    keys = [key for key in ("indicators", "tasks") if data[key]] + (["statuses"] if with_units else [])
    if len(keys) == 1:
        return {keys[0]: "Phụ lục"}
    return {key: f"Phụ lục {number}" for key, number in zip(keys, _ROMAN, strict=False)}


def appendix_head(data: Json, name: str, title: str, note: str) -> tuple[Block, ...]:
    """Return what stands above the table of an appendix; `note` "" for none."""
    return (
        Paragraph((Piece(f"{name}\n{title.upper()}"),), Style.APPENDIX),
        with_report(data),
        *((Paragraph((Piece(note),), Style.NOTE),) if note else ()),
    )
