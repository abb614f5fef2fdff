"""Cells as only the bytes of a file can have them: types, cached formulas, shared and array formulas, odd numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from math import inf, nextafter

from plan.layout import INDICATOR_SHEET, TASK_SHEET
from tests.mutations.kinds_typing import Pick, cell_case, count, dated, running
from tests.mutations.make import case, package, theme
from tests.mutations.model import Case, Due, Kind, Make, Subject, Value, a1
from tests.mutations.package import OFFICE, Package, inline

_xml = theme("ô", "XML")


def _cell(
    pick: Pick, key: str, how: Callable[[str], tuple[str, str]], found: str = "", meant: Value | None = None
) -> Make:
    """Write one cell anew: `how` takes what was typed and gives the cell's attributes and inside."""

    def make(s: Subject) -> Case | None:
        code = pick(s)
        if code is None:
            return None
        place = s.place(code, key)
        attributes, inside = how(_typed(s.typed[place]))
        data = package(s, lambda p: p.cell(place[0], a1(*s.places[place]), attributes, inside))
        return cell_case(s, code, key, data, found, **({} if meant is None else {key: meant}))

    return make


def _typed(value: object) -> str:
    return value.date().isoformat() if hasattr(value, "date") else str(value)


def _count(how: Callable[[str], tuple[str, str]], found: str = "") -> Make:
    return _cell(count, "value", how, found)


def _coded(digits: str) -> str:
    """The second character written as a reference; any XML parser gives back the same digits."""
    return f"{digits[0]}&#{ord(digits[1])};{digits[2:]}"


def _serial(day: str) -> int:
    return (date.fromisoformat(day) - date(1899, 12, 30)).days


def _styled(pick: Pick, key: str, number_format: str, how: Callable[[str], str], found: str = "") -> Make:
    """Another number stored, shown with a number format that makes the same of it."""

    def make(s: Subject) -> Case | None:
        code = pick(s)
        if code is None:
            return None
        place = s.place(code, key)
        address = a1(*s.places[place])

        def change(parts: Package) -> None:
            parts.cell(place[0], address, "", f"<v>{how(_typed(s.typed[place]))}</v>")
            parts.styled(place[0], address, number_format)

        return cell_case(s, code, key, package(s, change), found)

    return make


def _formula(formula: str, result: str, tag: str = "<f>") -> str:
    return f"{tag}{formula}</f><v>{result}</v>"


def _spread(formula: str, inside: str = "") -> Make:
    """A formula in the cell left of the answer covers the answer too; `{0}` is their common area."""

    def make(s: Subject) -> Case | None:
        code = s.count()
        if code is None:
            return None
        value, before = s.at(code, "value"), s.at(code, "previous")

        def change(parts: Package) -> None:
            parts.cell(INDICATOR_SHEET, before, "", formula.format(f"{before}:{value}"))
            if inside:
                parts.cell(INDICATOR_SHEET, value, "", inside.format(s.value(code)))

        return cell_case(s, code, "value", package(s, change), "FORMULA_REFERENCE")

    return make


def _from_1904(shift: int) -> Make:
    """A workbook whose days count from 1904; with `shift` 1462 its serial numbers mean the same days."""

    def change(s: Subject, parts: Package) -> None:
        parts.change("xl/workbook.xml", "<workbookPr/>", '<workbookPr date1904="1"/>')
        for (sheet, code, key), value in s.typed.items():
            if key == "document_date" and value is not None:
                day = _serial(_typed(value)) - shift
                parts.cell(sheet, s.at(code, key), "", f"<v>{day}</v>")

    return lambda s: case(s, package(s, lambda p: change(s, p)))


def _shared_strings(extra: str = "", index: str = "{}") -> Make:
    """All texts moved into the table of shared strings, as Excel stores them; `index` is how a cell names one."""

    def change(parts: Package) -> None:
        strings: dict[str, int] = {}

        def moved(found: re.Match[str]) -> str:
            text = re.sub(r"</?is>", "", found[2])
            number = strings.setdefault(text, len(strings))
            return f'{found[1]} t="s"><v>{index.format(number)}</v></c>'

        for part in [name for name in parts.parts if name.startswith("xl/worksheets/")]:
            text = parts.text(part)
            pattern = r'(<c r="[A-Z]+\d+"(?: s="\d+")?) t="inlineStr">(<is>.*?</is>)</c>'
            parts.parts[part] = re.sub(pattern, moved, text, flags=re.DOTALL).encode()
        items = "".join(f"<si>{text}{extra}</si>" for text in strings)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        parts.add_part("xl/sharedStrings.xml", f'<sst xmlns="{main}">{items}</sst>'.encode(), kind)
        link = f'<Relationship Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml" Id="rId77"/></Relationships>'
        parts.change("xl/_rels/workbook.xml.rels", "</Relationships>", link)

    return lambda s: case(s, package(s, change))


def _lost_strings(s: Subject) -> Case:
    """The table of shared strings is named by its relation and missing from the package."""
    whole = _shared_strings()(s)
    assert whole is not None
    data = whole.sent[0].data
    assert isinstance(data, bytes)
    parts = Package(data)
    del parts.parts["xl/sharedStrings.xml"]
    return case(s, parts.data(), [Due("FILE_DAMAGED")])


def _lost_styles(s: Subject) -> Case | None:
    """The styles are missing, and with them that a 1 was shown as 100 %."""
    code = s.task("completed", dated=True)
    if code is None:
        return None

    def change(parts: Package) -> None:
        parts.cell(TASK_SHEET, s.at(code, "progress"), "", "<v>1</v>")
        del parts.parts["xl/styles.xml"]

    return case(s, package(s, change), [Due("FILE_DAMAGED")])


def _split_runs(text: str) -> str:
    middle = len(text) // 2
    runs = (f'<t xml:space="preserve">{part}</t>' for part in (text[:middle], text[middle:]))
    return f"<is>{''.join(f'<r>{run}</r>' for run in runs)}</is>"


def _commented(s: Subject) -> Case:
    """A comment and a link on an input cell: neither is an answer."""
    code = s.task() or ""

    def change(parts: Package) -> None:
        part = parts.part(TASK_SHEET)
        links = f'<hyperlinks><hyperlink ref="{s.at(code, "result")}" location="A1" display="99"/></hyperlinks>'
        parts.change(part, "</mergeCells>", f"</mergeCells>{links}")
        body = (
            f'<comments><authors><author/></authors><commentList><comment ref="{s.at(code, "progress")}" authorId="0">'
        )
        body += "<text><t>99</t></text></comment></commentList></comments>"
        parts.add_part("xl/comments3.xml", body.encode(), "application/vnd.openxmlformats-officedocument.comments+xml")
        name = part.rsplit("/", 1)[1]
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        link = f'<Relationship Type="{OFFICE}/comments" Target="/xl/comments3.xml" Id="c1"/>'
        links = f'<Relationships xmlns="{space}">{link}</Relationships>'
        parts.parts[f"xl/worksheets/_rels/{name}.rels"] = links.encode()

    return case(s, package(s, change))


def _legacy(table: dict[str, str], done: str) -> tuple[str, Make]:
    """Every "Đang triển khai" and "Chưa triển khai" of Appendix 2 as an old font stores it."""

    def make(s: Subject) -> Case:
        due = []

        def change(parts: Package) -> None:
            for (sheet, code, key), value in s.typed.items():
                if key == "status" and value in table:
                    parts.cell(sheet, s.at(code, key), 't="inlineStr"', inline(table[str(value)]))
                    due.append(Due("TEXT_DECODED", sheet, s.at(code, key)))

        return case(s, package(s, change), due)

    return done, make


_TCVN3 = {"Đang triển khai": "§ang triÓn khai", "Hoàn thành": "Hoµn thµnh", "Chưa triển khai": "Ch\u00ada triÓn khai"}
_VNI = {"Đang triển khai": "Ñang trieån khai", "Hoàn thành": "Hoaøn thaønh"}
_MOJIBAKE = {"Đang triển khai": "Ä\u0090ang triá»ƒn khai", "Hoàn thành": "HoÃ\u00a0n thÃ\u00a0nh"}

KINDS: tuple[Kind, ...] = (
    _xml("xml-str", "kiểu str không công thức", _count(lambda v: ('t="str"', f"<v>{v}</v>"))),
    _xml("xml-rich", "chữ nhiều định dạng tách đôi con số", _count(lambda v: ('t="inlineStr"', _split_runs(v)))),
    _xml("xml-thieu-v", "ô kiểu số không có giá trị", _count(lambda _v: ('t="n"', ""), "REQUIRED_MISSING")),
    _xml("xml-mu", "số viết kiểu khoa học", _count(lambda v: ("", f"<v>{int(v) / 10000!r}E4</v>"))),
    _xml("xml-thua-0", "số lưu “12345.0”", _count(lambda v: ("", f"<v>{v}.0</v>"))),
    _xml(
        "xml-sai-so",
        "số lưu lệch ở chữ số thứ 16",
        _count(lambda v: ("", f"<v>{nextafter(float(v), inf)!r}</v>"), "NUMBER_CLEANED"),
    ),
    _xml("xml-phay", "số lưu “12,345” kiểu số", _count(lambda v: ("", f"<v>{int(v):,}</v>"), "NUMBER_CLEANED")),
    _xml("xml-cdata", "số trong CDATA", _count(lambda v: ("", f"<v><![CDATA[{v}]]></v>"))),
    _xml("xml-ma-ky-tu", "chữ số giữa con số viết bằng mã &#…;", _count(lambda v: ("", f"<v>{_coded(v)}</v>"))),
    _xml(
        "xml-ma-ky-tu-ngay",
        "ngày lưu bằng mã &#…;",
        _cell(dated, "document_date", lambda v: ("", f"<v>{_coded(str(_serial(v)))}</v>")),
    ),
    _xml(
        "xml-is-khong-kieu",
        "chữ trong <is>, ô không ghi kiểu",
        _cell(running, "result", lambda _v: ("", f"<!-- --> {inline('Đã họp')}"), "", "Đã họp"),
    ),
    _xml(
        "xml-v-kieu-inline",
        "ô kiểu inlineStr, chữ lại nằm trong <v>",
        _cell(running, "result", lambda _v: ('t="inlineStr"', "<v>Đã họp</v>"), "", "Đã họp"),
    ),
    _xml("xml-chu-thich", "chú thích XML giữa con số", _count(lambda v: ("", f"<v>{v[:1]}<!-- 9 -->{v[1:]}</v>"))),
    _xml("xml-cach", "khoảng trắng quanh số", _count(lambda v: ("", f"<v> {v} </v>"))),
    _xml("xml-nan", "giá trị NaN", _count(lambda _v: ("", "<v>NaN</v>"), "CELL_ERROR_VALUE")),
    _xml("xml-vo-cung", "giá trị 1e400", _count(lambda _v: ("", "<v>1e400</v>"), "CELL_ERROR_VALUE")),
    _xml("xml-loi", "ô lỗi #N/A", _count(lambda _v: ('t="e"', "<v>#N/A</v>"), "CELL_ERROR_VALUE")),
    _xml("xml-loi-la", "ô lỗi #SPILL!", _count(lambda _v: ('t="e"', "<v>#SPILL!</v>"), "CELL_ERROR_VALUE")),
    _xml("xml-logic", "ô kiểu đúng/sai", _count(lambda _v: ('t="b"', "<v>1</v>"), "NOT_A_NUMBER")),
    _xml("xml-kieu-d", "số đếm lưu kiểu ngày ISO", _count(lambda _v: ('t="d"', "<v>2026-06-10</v>"), "NOT_A_NUMBER")),
    _xml("xml-ngay-d", "ngày lưu kiểu ISO (t=d)", _cell(dated, "document_date", lambda v: ('t="d"', f"<v>{v}</v>"))),
    _xml(
        "xml-cong-thuc-nho",
        "công thức tham chiếu có kết quả lưu sẵn",
        _count(lambda v: ("", _formula("A1+B1", v)), "FORMULA_REFERENCE"),
    ),
    _xml(
        "xml-ket-qua-cu",
        "phép cộng hai số, kết quả lưu đã cũ",
        _count(lambda v: ("", _formula(f"{int(v) - 7}+7", "999")), "FORMULA_RECOMPUTED"),
    ),
    _xml(
        "xml-cong-thuc-chu",
        "công thức có kết quả là chữ",
        _count(lambda v: ('t="str"', _formula(f"TEXT({v},&quot;0&quot;)", v)), "FORMULA_REFERENCE"),
    ),
    _xml(
        "xml-cong-thuc-loi",
        "công thức có kết quả lỗi",
        _count(lambda _v: ('t="e"', _formula("1/0", "#DIV/0!")), "CELL_ERROR_VALUE"),
    ),
    _xml(
        "xml-chia-se",
        "công thức dùng chung (shared)",
        _spread('<f t="shared" ref="{0}" si="7">1+1</f><v>2</v>', '<f t="shared" si="7"/><v>{0}</v>'),
    ),
    _xml("xml-mang", "ô nằm trong công thức mảng", _spread('<f t="array" ref="{0}">A1:B1*2</f><v>1</v>')),
    _xml(
        "xml-bang-du-lieu",
        "ô của bảng dữ liệu (dataTable)",
        _spread('<f t="dataTable" ref="{0}" dt2D="1" r1="A1" r2="B1"/><v>1</v>'),
    ),
    _xml("xml-dinh-dang-nghin", "định dạng hiện theo nghìn (#,##0,)", _styled(count, "value", "#,##0,", lambda v: v)),
    _xml("xml-dinh-dang-chu", "định dạng thêm chữ “người”", _styled(count, "value", '0" người"', lambda v: v)),
    _xml(
        "xml-phan-tram-tuy-bien",
        "0,75 định dạng 0.0 %",
        _styled(running, "progress", "0.0 %", lambda v: repr(int(v) / 100), "NUMBER_CLEANED"),
    ),
    _xml("xml-phan-tram-chu", '75 định dạng 0"%"', _styled(running, "progress", '0"%"', lambda v: v)),
    _xml(
        "xml-ngay-tuy-bien",
        "ngày định dạng riêng [$-vi-VN]",
        _styled(dated, "document_date", "[$-42A]dd\\ mmmm\\ yyyy", lambda v: str(_serial(v))),
    ),
    _xml("xml-1904", "sổ tính theo hệ ngày 1904", _from_1904(1462)),
    _xml("xml-chuoi-chung", "chuyển mọi chữ vào bảng chuỗi dùng chung", _shared_strings()),
    _xml("xml-chuoi-xuong-dong", "số thứ tự chuỗi đứng giữa hai dòng", _shared_strings(index="\n  {}\n")),
    _xml("xml-mat-chuoi", "mất bảng chuỗi dùng chung", _lost_strings),
    _xml("xml-mat-kieu", "mất bảng kiểu, ô 100 % lưu là 1", _lost_styles),
    _xml("xml-phien-am", "chuỗi có chú âm (phonetic)", _shared_strings('<rPh sb="0" eb="1"><t>9999</t></rPh>')),
    _xml("xml-ghi-chu", "ô nhập có chú thích và liên kết", _commented),
    _xml(
        "xml-escape",
        "chữ chứa mã _x000D_",
        _cell(running, "result", lambda _v: ('t="inlineStr"', inline("Đã làm_x000D_\nxong")), "", "Đã làm\nxong"),
    ),
    _xml("tcvn3", *_legacy(_TCVN3, "tình trạng gõ phông TCVN3 (.VnTime)")),
    _xml("vni", *_legacy(_VNI, "tình trạng gõ phông VNI")),
    _xml("mojibake", *_legacy(_MOJIBAKE, "tình trạng bị vỡ chữ UTF-8")),
)
