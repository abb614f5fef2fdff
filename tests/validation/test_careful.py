"""The careful reader gives what python-calamine gives, and reads what python-calamine may not have."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter

from tests.validation.packages import number_at, ods_parts, sheet_xml, xlsx_parts, zipped
from validation.careful import read_carefully
from validation.raw import Fault, RawBook, RawSheet, parse_a1
from validation.read import read_book
from validation.scan import Scan, scan

STYLES = (
    b'<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="0.0&quot;%&quot;"/>'
    b'<numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    b'<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="165"/>'
    b"</cellXfs></styleSheet>"
)


def carefully(data: bytes) -> RawBook:
    found = scan(data, "a.xlsx")
    assert isinstance(found, Scan) and found.book is not None
    return read_carefully(found.book, found.kind, found.notes)


def book(data: bytes, name: str = "a.xlsx") -> RawBook:
    found = read_book(data, name)
    assert isinstance(found, RawBook), found
    return found


def only_sheet(sheet: bytes, **others: bytes) -> RawSheet:
    return book(zipped(xlsx_parts(sheet, **others))).sheets[0]


def value(sheet: RawSheet, address: str) -> object:
    return sheet.at(*parse_a1(address))


def cells_of(sheet: RawSheet) -> dict[tuple[int, int], object]:
    """What the sheet holds; type beside value, since 1.0 == True."""
    return {
        (row, column): (type(cell).__name__, cell)
        for row, cells in enumerate(sheet.rows, 1)
        for column, cell in enumerate(cells, 1)
        if cell is not None
    }


def ods_cell(attributes: str, content: str = "") -> str:
    return f"<table:table-cell {attributes}>{content}</table:table-cell>"


def everything(date1904: bool) -> bytes:
    target = io.BytesIO()
    options = {"in_memory": True, "date_1904": date1904, "use_future_functions": True}
    with xlsxwriter.Workbook(target, options) as made:
        sheet = made.add_worksheet("Mọi thứ & hơn nữa")
        formats = [
            made.add_format({"num_format": code}) for code in ("0.0%", "dd/mm/yyyy hh:mm", "[h]:mm", "hh:mm", '"%"0')
        ]
        sheet.write_row(
            "B2", [1, -2.5, 1e-7, 12345678901234567890, True, False, "chữ Việt", "  lề  ", "hai\ndòng", "a\x01b"]
        )
        sheet.write_row("B3", [0.955, 1.2], formats[0])
        sheet.write_datetime("B4", datetime(2026, 6, 10), formats[1])
        sheet.write_datetime("C4", datetime(2026, 6, 10, 13, 45, 30), formats[1])
        sheet.write_datetime("D4", timedelta(hours=30, minutes=15), formats[2])
        sheet.write_datetime("E4", time(7, 30), formats[3])
        sheet.write("F4", 3, formats[4])
        sheet.write_formula("B5", '=A1&"<b>"', None, "a<b>")
        sheet.write_formula("C5", "=1/0", None, "#DIV/0!")
        sheet.write_array_formula("D5:E6", "{=B2:C3}", None, 1)
        sheet.write_rich_string("B7", "đậm ", made.add_format({"bold": True}), "nhạt ", "hết")
        sheet.merge_range("B9:D10", "gộp")
        made.add_worksheet("ẩn").very_hidden()
    return target.getvalue()


@pytest.mark.parametrize("date1904", [False, True])
def test_both_readers_agree_on_everything_a_program_writes(date1904: bool) -> None:
    """Which reader took a file must never show in what it says."""
    data = everything(date1904)
    found = scan(data, "a.xlsx")
    assert isinstance(found, Scan) and None not in found.facts
    fast, slow = book(data), carefully(data)
    for left, right in zip(fast.sheets, slow.sheets, strict=True):
        assert cells_of(left) == cells_of(right)
        for field in ("name", "visible", "formulas", "uncached", "errors", "percents", "merged"):
            assert getattr(left, field) == getattr(right, field), field
    first = fast.sheets[0]
    assert value(first, "B4") == date(2026, 6, 10) and value(first, "C4") == datetime(2026, 6, 10, 13, 45, 30)
    assert first.percents == {"B3", "C3"} and first.errors == {"C5": "#DIV/0!"}
    assert [sheet.visible for sheet in fast.sheets] == [True, False]


def test_addresses_and_rows_may_be_missing() -> None:
    sheet = only_sheet(sheet_xml('<row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c><v>3</v></c></row><row/>'))
    assert cells_of(sheet) == {(1, 1): ("float", 1.0), (1, 2): ("float", 2.0), (4, 1): ("float", 3.0)}


def test_prefixes_quotes_and_attribute_order_change_nothing() -> None:
    xml = (
        b"<x:worksheet xmlns:x='m'><x:sheetData><x:row r='2'><x:c s='1' r='B2'><x:v>0.5</x:v></x:c>"
        b"<x:c t='e' r='C2'><x:f>1/0</x:f><x:v>#DIV/0!</x:v></x:c></x:row></x:sheetData>"
        b"<x:mergeCells><x:mergeCell ref='A1:B1'/></x:mergeCells></x:worksheet>"
    )
    sheet = only_sheet(xml, styles=STYLES)
    assert value(sheet, "B2") == 0.5 and sheet.percents == {"B2"}
    assert (sheet.formulas, sheet.errors, sheet.merged) == ({"C2": "1/0"}, {"C2": "#DIV/0!"}, ("A1:B1",))


def test_strings_are_joined_without_their_phonetic_reading() -> None:
    strings = (
        '<sst><!-- --><si><r><t xml:space="preserve">Hà </t></r><r><t>Nội</t></r>'
        '<rPh sb="0" eb="1"><t>ハノイ</t></rPh></si>'
        "<si><t>một_x000D_\nhai _x005F_x000D_ _xD800_</t></si><si/></sst>"
    ).encode()
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
    sheet = only_sheet(sheet_xml(rows), sharedStrings=strings)
    assert value(sheet, "A1") == "Hà Nội"
    assert value(sheet, "B1") == "một\r\nhai _x000D_ _xD800_"
    assert value(sheet, "C1") is None


def test_a_string_that_is_not_there_means_a_damaged_file() -> None:
    data = zipped(xlsx_parts(sheet_xml('<row r="1"><c t="s" r="A1"><v>5</v></c></row>'), sharedStrings=b"<sst/>"))
    assert read_book(data, "a.xlsx") == Fault("FILE_DAMAGED", {"detail": "chuỗi dùng chung không có trong tệp"})


@pytest.mark.parametrize(
    ("cell", "expected", "error"),
    [
        ("<c s='0' r='A1'><v>12,5</v></c>", "12,5", ""),
        ("<c s='0' r='A1'><v>1_000</v></c>", "1_000", ""),
        ("<c s='0' r='A1'><v>nan</v></c>", None, "#NUM!"),
        ("<c s='0' r='A1'><v>1e999</v></c>", None, "#NUM!"),
        ("<c t='e' r='A1'><v>#SPILL!</v></c>", None, "#SPILL!"),
        ("<c t='b' r='A1'><v>0</v></c>", False, ""),
        ("<c t='d' r='A1'><v>2026-06-10</v></c>", date(2026, 6, 10), ""),
        ("<c t='d' r='A1'><v>hôm nay</v></c>", "hôm nay", ""),
        ("<c s='3' r='A1'><v>46183.5</v></c>", datetime(2026, 6, 10, 12), ""),
        ("<c s='3' r='A1'><v>99999999</v></c>", 99999999.0, ""),
        ("<c s='3' r='A1'><v>-4</v></c>", time(0, 0), ""),
        ("<c s='3' r='A1'><v>59</v></c>", date(1900, 2, 28), ""),
        ("<c s='4' r='A1'><v>1.5</v></c>", timedelta(hours=36), ""),
        ("<c s='99' r='A1'><v>1.5</v></c>", 1.5, ""),
        ("<c t='inlineStr' r='A1'><is><r><t>a</t></r><r><t>b</t></r></is></c>", "ab", ""),
        ("<c t='str' r='A1'><f>x</f><v>a &amp; b</v></c>", "a & b", ""),
    ],
)
def test_each_kind_of_cell_has_its_value(cell: str, expected: object, error: str) -> None:
    sheet = only_sheet(sheet_xml(f"<row r='1'>{cell}</row>"), styles=STYLES)
    assert (value(sheet, "A1"), dict(sheet.errors)) == (expected, {"A1": error} if error else {})


def test_a_quoted_percent_sign_is_no_percent_format() -> None:
    sheet = only_sheet(
        sheet_xml("<row r='1'><c s='2' r='A1'><v>95</v></c><c s='1' r='B1'><v>0.95</v></c></row>"), styles=STYLES
    )
    assert sheet.percents == {"B1"}


def test_a_stray_cell_is_left_out_and_noted_and_the_table_is_read() -> None:
    """Somebody pressed Ctrl+Down and the space bar; the return itself is fine."""
    found = book(zipped(xlsx_parts(sheet_xml(number_at("B2") + number_at("P900000") + number_at("B1048576")))))
    assert found.notes == (Fault("STRAY_CELL", {"sheet": "Biểu", "cell": "P900000", "count": "2"}),)
    assert cells_of(found.sheets[0]) == {(2, 2): ("float", 7.0)}
    assert len(found.sheets[0].rows) == 2


@pytest.mark.parametrize("address", ["XFD2", "XFD1048576"])
def test_a_wide_stray_cell_too(address: str) -> None:
    found = book(zipped(xlsx_parts(sheet_xml(number_at("A1") + number_at(address)))))
    assert [note.facts["cell"] for note in found.notes] == [address]


@pytest.mark.parametrize("quotes", ['"', "'"])  # the second way of writing is not understood by the quick look
@pytest.mark.parametrize("area", ["a1:b2", "$A$1:$B$2", "", "A0:B1", "A1:ZZZ9999999", "A1:", "A1:B2:C3"])
def test_a_merge_over_no_area_means_a_damaged_file(area: str, quotes: str) -> None:
    """Dropping it could hide that it lies over an answer; passing it on would stop who looks at its corners."""
    sheet = sheet_xml(number_at("A1"), f"<mergeCells><mergeCell ref={quotes}{area}{quotes}/></mergeCells>")
    assert read_book(zipped(xlsx_parts(sheet)), "a.xlsx") == Fault("FILE_DAMAGED", {"detail": "vùng gộp ô sai"})


@pytest.mark.parametrize("quotes", ['"', "'"])
@pytest.mark.parametrize("area", ["B2", "A1:B2", "B2:A1", "A1:XFD1048576"])
def test_a_merge_within_excels_sheet_is_kept_as_written(area: str, quotes: str) -> None:
    sheet = sheet_xml(number_at("A1"), f"<mergeCells><mergeCell ref={quotes}{area}{quotes}/></mergeCells>")
    assert only_sheet(sheet).merged == (area,)


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (900_000, 1), (1, 16_000)])
def test_a_stray_cell_of_open_document_is_left_out_and_noted(rows: int, columns: int) -> None:
    """The same slip in LibreOffice, even when the cell was copied along."""
    table = ods_cell('office:value-type="float" office:value="7"')
    cell = ods_cell(f'office:value-type="float" office:value="5" table:number-columns-repeated="{columns}"')
    lines = (
        f"<table:table-row>{table}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="99999">{ods_cell("")}</table:table-row>'
        f'<table:table-row table:number-rows-repeated="{rows}">{ods_cell("")}{cell}</table:table-row>'
    )
    found = book(zipped(ods_parts(lines)), "a.ods")
    assert [(note.code, note.facts["cell"]) for note in found.notes] == [("STRAY_CELL", "B100001")]
    assert cells_of(found.sheets[0]) == {(1, 1): ("float", 7.0)}


def test_open_document_keeps_errors_formulas_and_percents() -> None:
    note = "<office:annotation><text:p>nhận xét</text:p></office:annotation>"
    cells = (
        ods_cell('office:value-type="percentage" office:value="0.955"', "<text:p>95,5%</text:p>"),
        ods_cell('table:number-columns-repeated="2" office:value-type="float" office:value="3"'),
        ods_cell(
            'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"',
            "<text:p>#DIV/0!</text:p>",
        ),
        ods_cell('table:formula="of:=[.A1]" office:value-type="float" office:value="2"', "<text:p>2</text:p>"),
        ods_cell('table:formula="of:=[.A2]"'),
        ods_cell('office:value-type="string"', f'{note}<text:p>một<text:s text:c="2"/>hai</text:p><text:p>ba</text:p>'),
        ods_cell('office:value-type="date" office:date-value="2026-06-10"', "<text:p>10/6</text:p>"),
        ods_cell('office:value-type="time" office:time-value="PT07H30M00S"', "<text:p>7:30</text:p>"),
        ods_cell('office:value-type="boolean" office:boolean-value="true"', "<text:p>ĐÚNG</text:p>"),
    )
    rows = (
        f'<table:table-row table:number-rows-repeated="2">{ods_cell("")}</table:table-row>'
        f"<table:table-row>{''.join(cells)}</table:table-row><table:table-row>"
        + ods_cell('table:number-columns-spanned="2" table:number-rows-spanned="3"')
        + "<table:covered-table-cell/>"
        '</table:table-row><table:table-row table:number-rows-repeated="1048572">'
        + ods_cell('table:number-columns-repeated="16384"')
        + "</table:table-row>"
    )
    found = book(zipped(ods_parts(rows)), "a.ods")
    sheet = found.sheets[0]
    assert (found.kind, found.blind, found.notes) == ("ods", False, ())
    assert [value(sheet, f"{letter}3") for letter in "ABCDEFGHIJ"] == [
        0.955, 3.0, 3.0, None, 2.0, None, "một  hai\nba", date(2026, 6, 10), time(7, 30), True,
    ]  # fmt: skip
    assert sheet.percents == {"A3"} and sheet.errors == {"D3": "#DIV/0!"}
    assert sheet.formulas == {"D3": "1/0", "E3": "[.A1]", "F3": "[.A2]"} and sheet.uncached == {"F3"}
    assert sheet.merged == ("A4:B6",)


@pytest.mark.parametrize(
    "row",
    [
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" '
        'office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>',
        '<table:table-row table:number-rows-repeated="999999999999"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>',
    ],
)
def test_repeat_bombs_of_open_document_are_refused(row: str) -> None:
    found = read_book(zipped(ods_parts(row)), "a.ods")
    assert isinstance(found, Fault) and found.code == "FILE_HOSTILE"
