"""Any damage in any order: each input cell is read as it was typed, or an error stands against its row or sheet."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from plan.layout import CHECK_SHEET, HEADER_ROW, STAMP_SHEET
from tests.validation.damaged import APPENDICES, COLUMN, FORMS, ROW, WHERE, Sheet, assert_right_or_said, filled
from tests.validation.returned import COMMUNE, PERIOD, PLAN
from validation.identify import identify
from validation.locate_sheet import find_table
from validation.model import Finding
from validation.raw import RawBook, RawSheet

Sheets = dict[str, Sheet]
Damage = Callable[[Sheets, str, int, int], None]
LAST = max(ROW.values()) + 4
# None of an input column: a heading moved to another column's values cannot be seen by anybody.
HEADINGS = ("Ghi chú của xã", "Mã dòng", "Kỳ trước", "Số liệu kỳ này năm 2025", "Nhiệm vụ (tiếp)", "TT", "", "Số liệu")


def insert_row(sheets: Sheets, name: str, place: int, other: int) -> None:
    cells = [None, None, None, None, "Tổng cộng", None, None, 7] if other % 2 else []
    sheets[name].insert_row(place, cells)


def delete_row(sheets: Sheets, name: str, place: int, _: int) -> None:
    sheets[name].delete_row(place)


def copy_row(sheets: Sheets, name: str, place: int, other: int) -> None:
    grid = sheets[name].grid
    sheets[name].insert_row(other, grid[min(place, len(grid)) - 1])


def swap_rows(sheets: Sheets, name: str, place: int, other: int) -> None:
    length = len(sheets[name].grid)
    sheets[name].swap_rows(min(place, length), min(other, length))


def insert_column(sheets: Sheets, name: str, place: int, other: int) -> None:
    typed = ((HEADER_ROW, HEADINGS[other % len(HEADINGS)]), (HEADER_ROW + 2, "tự thêm"))
    sheets[name].insert_column(place % 17 + 1, typed if other % 3 else ())


def delete_column(sheets: Sheets, name: str, place: int, _: int) -> None:
    sheets[name].delete_column(place % 15 + 1)


def move_column(sheets: Sheets, name: str, place: int, other: int) -> None:
    sheets[name].move_column(place % 11 + 1, other % 11 + 1)


def lose_code(sheets: Sheets, name: str, place: int, other: int) -> None:
    for row in sheets[name].grid[place - 1 : place]:
        row[:] = [(None if other % 2 else "abc") if cell in ROW else cell for cell in row]


def lose_codes(sheets: Sheets, name: str, _: int, other: int) -> None:
    for row in sheets[name].grid:
        row[:] = [None if cell in ROW else cell for cell in row]
    if other % 2:
        sheets[name].merged = []


def retype_heading(sheets: Sheets, name: str, place: int, other: int) -> None:
    """A slip, a further word, or another heading altogether."""
    old = "".join(map(str, sheets[name].grid[HEADER_ROW - 1][place % 15 : place % 15 + 1]))
    new = (f"{old}x", f"{old} (ghi rõ)", HEADINGS[other % len(HEADINGS)])[other % 3]
    sheets[name].put(HEADER_ROW, place % 15 + 1, new)


def rename(sheets: Sheets, name: str, place: int, _: int) -> None:
    sheets[name].name = f"Sheet{place}"


def hide(sheets: Sheets, name: str, _: int, __: int) -> None:
    sheets[name].visible = False


def double(sheets: Sheets, name: str, place: int, other: int) -> None:
    copy = sheets[name].copy(f"{name} ({place})")
    if other % 2:
        copy.put(ROW_OF[name][other % len(ROW_OF[name])], COLUMN[name]["explanation"], "khác")
    sheets[copy.name] = copy


def paste_below(sheets: Sheets, name: str, place: int, other: int) -> None:
    target = APPENDICES[other % 2]
    sheets[target].grid += [[], *([None] * (place % 2) + row for row in sheets[name].copy("").grid)]


ROW_OF = {name: [ROW[e.code] for e in form.expected] for name, form in FORMS.items()}
DAMAGES: tuple[Damage, ...] = (
    *(insert_row, delete_row, copy_row, swap_rows, insert_column, delete_column, move_column),
    *(lose_code, lose_codes, retype_heading, rename, hide, double, paste_below),
)
SOME = st.lists(
    st.tuples(st.sampled_from(DAMAGES), st.sampled_from(APPENDICES), st.integers(1, LAST), st.integers(1, LAST)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=70, deadline=None, derandomize=True)
@given(damages=SOME)
def test_no_damage_yields_a_wrong_value(damages: list[tuple[Damage, str, int, int]]) -> None:
    """Rows, columns and sheets inserted, deleted, copied, moved, renamed, and codes lost, up to five at once."""
    sheets = filled()
    for damage, name, place, other in damages:
        damage(sheets, name, place, other)
    assert_right_or_said(sheets)


PRINTED = [
    *(c.heading for form in FORMS.values() for c in form.columns),
    *(text for form in FORMS.values() for e in form.expected[:3] for text in (e.code, e.label, e.name)),
    *(text for line in COMMUNE.stamp() for text in line),
    *(COMMUNE.identity_text, "XÃ NHO QUAN", "Kỳ báo cáo: năm 2026", "Số liệu", "\ud800", "²½", "%"),
]
CELL = st.one_of(
    st.none(), st.sampled_from(PRINTED), st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.dates()
)
AREA = st.one_of(st.sampled_from(["A1:XFD1048576", "B2", "C9:A1", "A0", "", "H8:I9"]), st.text(max_size=8))
SHEET = st.builds(
    RawSheet,
    st.one_of(st.sampled_from([*APPENDICES, STAMP_SHEET, CHECK_SHEET, "Cần sửa"]), st.text(max_size=6)),
    st.booleans(),
    st.lists(st.lists(CELL, max_size=16), max_size=14),
    merged=st.lists(AREA, max_size=4).map(tuple),
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(sheets=st.lists(SHEET, max_size=4), name=st.text(max_size=30))
def test_no_workbook_at_all_makes_identity_or_gate_raise(sheets: list[RawSheet], name: str) -> None:
    """What comes back may be anything."""
    raw = RawBook(tuple(sheets), "xlsx")
    assert all(isinstance(f, Finding) for f in identify(raw, name, PLAN, PERIOD).findings)
    for appendix in APPENDICES:
        table, findings = find_table(raw, COMMUNE, appendix, WHERE)
        assert table is not None or findings
