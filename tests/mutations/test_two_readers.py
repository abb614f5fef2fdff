"""The quick look and the careful reader see the same in a cell, however it is written: whichever takes the file.

A cell is read twice, once as it stands and once behind an XML comment, which only the careful reader knows.
"""

from __future__ import annotations

from itertools import product

import pytest

from tests.validation.packages import MAIN, xlsx_parts, zipped
from validation.raw import Fault
from validation.read import read_book

TYPES = ("", 't="n"', 't="s"', 't="b"', 't="e"', 't="str"', 't="inlineStr"', 't="d"', 't="x"')
INSIDES = (
    *("<v>5</v>", "<v> 5 </v>", "<v>&#53;</v>", "<v>1&#50;3</v>", "<v>0</v>", "<v>-0</v>", "<v>46183</v>", "<v/>", ""),
    *("<v></v>", "<v>TRUE</v>", "<v>false</v>", "<v>abc</v>", "<v>a&amp;b</v>", "<v>\n1\n</v>", "<v>5<!-- x -->6</v>"),
    *("<v><![CDATA[57]]></v>", "<is><t>77</t></is>", "<is><r><t>7</t></r><r><t>8</t></r></is>", "<v>#N/A</v>"),
    *("<v>5</v><is><t>9</t></is>", "<f>1+1</f><v>2</v>", "<f>1+1</f>", "<f/><v>3</v>", "<v>1E3</v>", "<v>1e400</v>"),
    *("<v>0x10</v>", "<v>1_000</v>", "<v>+5</v>", "<v>5.</v>", "<v>.5</v>", "<v>05</v>", "<v>5,5</v>", "<v>nan</v>"),
    *(
        "<v>2026-06-10</v>",
        "<v>5</v><v>6</v>",
        "<v>５</v>",
        "<v>1.0</v>",
        "<is><t>a_x0041_</t></is>",
        "<v>a_x0041_</v>",
    ),
    *('<v xml:space="preserve"> 5 </v>', "<is><t>  x  </t></is>", "<v>5</v>đuôi", "<extLst/><v>5</v>", "<v>99</v>"),
)
STRINGS = f'<sst xmlns="{MAIN}"><si><t>không</t></si><si><t>một</t></si><si><r><t>h</t></r><r><t>ai</t></r></si></sst>'


def seen(cell: str) -> object:
    """What a reader hands on of the one cell, or why it refuses the file."""
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
    book = read_book(zipped(xlsx_parts(sheet.encode(), sharedStrings=STRINGS.encode())), "a.xlsx")
    if isinstance(book, Fault):
        return book.code
    told = book.sheets[0]
    return told.at(1, 1), dict(told.errors), dict(told.formulas), told.uncached


@pytest.mark.parametrize("kind", TYPES)
def test_both_readers_see_the_same(kind: str) -> None:
    pairs = {inside: (seen(f'<c r="A1" {kind}>{inside}</c>'.replace(" >", ">")), kind) for inside in INSIDES}
    careful = {inside: (seen(f'<c r="A1" {kind}>{inside}</c><!-- -->'.replace(" >", ">")), kind) for inside in INSIDES}
    assert pairs == careful


def test_nothing_that_stands_in_a_cell_is_read_as_a_blank() -> None:
    """Whatever can be seen in the bytes of a cell is a value, an error, a formula or a refusal."""
    blanks = ("<v></v>", "<v/>", "")
    filled = [(kind, inside) for kind, inside in product(TYPES, INSIDES) if inside not in blanks]
    lost = [
        pair
        for pair in filled
        if seen(f'<c r="A1" {pair[0]}>{pair[1]}</c>'.replace(" >", ">")) == (None, {}, {}, frozenset())
    ]
    assert lost == []
