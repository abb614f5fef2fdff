"""What the quick look tells of a sheet, and that it says None rather than guess."""

from __future__ import annotations

import pytest

from tests.validation.packages import sheet_xml
from validation.cells import CellFacts, look
from validation.raw import RefusedError

PERCENT = frozenset({b"3", b"12"})


def seen(data: str, after: str = "") -> CellFacts:
    facts = look(sheet_xml(data, after), PERCENT)
    assert facts is not None
    return facts


def test_formulas_come_with_their_text_unescaped() -> None:
    facts = seen(
        '<row r="2"><c r="B2" s="1" t="str"><f aca="false">IF(A1&gt;1,&quot;&#272;ủ&quot;,"")</f><v>Đủ</v></c>'
        '<c r="C2"><f t="shared" ref="C2:C3" si="0">A2*2</f><v>4</v></c></row>'
        '<row r="3"><c r="C3"><f t="shared" si="0"/><v>6</v></c></row>'
    )
    assert facts.formulas == {"B2": 'IF(A1>1,"Đủ","")', "C2": "A2*2", "C3": ""}
    assert facts.uncached == frozenset()


def test_every_cell_that_an_array_formula_fills_is_a_formula() -> None:
    """Otherwise its followers would pass for typed numbers."""
    facts = seen('<row r="1"><c r="A1"><f t="array" ref="A1:B2">X</f><v>1</v></c><c r="B1"><v>2</v></c></row>')
    assert facts.formulas == {"A1": "X", "B1": "", "A2": "", "B2": ""}


@pytest.mark.parametrize(
    ("cell", "is_uncached"),
    [
        ('<c r="A1"><f>1+1</f></c>', True),
        ('<c r="A1"><f>1+1</f><v/></c>', True),
        ('<c r="A1"><f>1+1</f><v></v></c>', True),
        ('<c r="A1" t="str"><f>""</f></c>', True),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', False),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', False),
    ],
)
def test_a_missing_result_is_told_from_an_empty_text(cell: str, is_uncached: bool) -> None:
    assert ("A1" in seen(f'<row r="1">{cell}</row>').uncached) is is_uncached


def test_error_cells_keep_their_word_and_place() -> None:
    facts = seen(
        '<row r="4"><c r="D4" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E4" t="e"><v>#N/A</v></c>'
        '<c r="F4" t="str"><v> t="e" #REF!</v></c></row>'
    )
    assert facts.errors == {"D4": "#DIV/0!", "E4": "#N/A"}


def test_percent_cells_are_the_numbers_with_a_percent_style() -> None:
    facts = seen(
        '<row r="1" s="3" customFormat="1"><c r="A1" s="3"><v>0.955</v></c><c r="B1" s="3"/>'
        '<c r="C1" s="12" t="n"><f>A1</f><v>0.9</v></c><c r="D1" s="3" t="s"><v>0</v></c>'
        '<c r="E1" s="1"><v>5</v></c></row>'
    )
    assert facts.percents == {"A1", "C1"}


def test_the_extent_is_that_of_filled_cells_in_any_order() -> None:
    facts = seen(
        '<row r="9"><c r="AB9"><v>1</v></c><c r="ZZ9" s="4"/></row><row r="3"><c r="B3"><v>1</v></c></row>'
        '<row r="99"><c r="A99" s="4"/></row>'
    )
    assert (facts.last_row, facts.last_column, facts.count) == (9, 28, 4)
    empty = look(b"<worksheet><sheetData/></worksheet>", PERCENT)
    assert empty is not None and (empty.last_row, empty.last_column) == (0, 0)


def test_a_sheet_larger_than_one_chunk_is_seen_whole() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><f>{n}</f><v>{n}</v></c></row>' for n in range(1, 9_001))
    assert len(rows) > 1 << 18
    assert len(seen(rows).formulas) == 9_000


def test_merged_ranges_are_listed() -> None:
    assert seen("", '<mergeCells count="1"><mergeCell ref="A1:C3"/></mergeCells>').merged == ("A1:C3",)


@pytest.mark.parametrize(
    "data",
    [
        "<row r='1'><c r='A1'><v>1</v></c></row>",
        '<row r="1"><c><v>1</v></c></row>',
        '<row r="1"><c s="1" r="A1"><v>1</v></c></row>',
        '<row r="1"><x:c r="A1"><v>1</v></x:c></row>',
        '<row r="1"><c r="ZZZZ1"><v>1</v></c></row>',
        '<row r="10000000"><c r="A10000000"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="d"><v>2026-01-01</v></c></row>',
        '<row r="1"><c r="A1"><v>1<!-- x --></v></c></row>',
        '<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>',
        '<row r="1"><c r="A1" t="e"><v>#SPILL!</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><extra/>',
        '<row r="1"><c r="A1"><f t="array">1</f><v>1</v></c></row>',
        "<sheetData></sheetData>",
    ],
)
def test_what_is_not_understood_to_the_last_byte_goes_to_the_careful_reader(data: str) -> None:
    assert look(sheet_xml(data), PERCENT) is None


def test_a_prefixed_sheet_goes_to_the_careful_reader() -> None:
    assert look(b'<x:worksheet xmlns:x="m"><x:sheetData/></x:worksheet>', PERCENT) is None


def test_an_array_formula_over_everything_is_refused() -> None:
    with pytest.raises(RefusedError) as refusal:
        seen('<row r="1"><c r="A1"><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c></row>')
    assert refusal.value.fault.facts == {"reason": "có công thức mảng quá lớn"}


def test_time_stays_linear_on_unclosed_tags() -> None:
    """Possessive patterns: two megabytes of almost-cells are given up at once, not tried in every way."""
    for piece in ('<c r="A1"><f ', '<row r="1" a="1" ', '<c r="A1" s="1" cm="1"'):
        assert look(sheet_xml(piece * 100_000), PERCENT) is None
