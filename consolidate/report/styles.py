"""The styles of the report: Times New Roman, sizes and distances of Decree 30/2020/NĐ-CP, Phụ lục I.

Written as Word's own XML in place of the template of python-docx, which has another font, coloured headings and
English as its language. Only styles: no text, no page.
"""

from __future__ import annotations

from dataclasses import dataclass

from consolidate.report.blocks import Style
from plan.text_fit import FONT

BODY_POINTS = 14
CELL_POINTS = {Style.CELL: 12, Style.SMALL_CELL: 11}
TABLE_STYLE = "BangKe"  # ruled
FRAME_STYLE = "KhungTrong"  # two blocks side by side, no rules
HEADER_STYLE = "Header"

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_INDENT = 720  # 1,27 cm in twentieths of a point; the decree asks 1 cm or 1,27 cm
_LEVELS = {Style.HEADING: 0, Style.SUBHEADING: 1, Style.APPENDIX: 0}  # of Word's navigation pane


@dataclass(frozen=True, slots=True)
class _Look:
    """A paragraph style: `align` as Word writes it, `indent` of the first line, distances in points."""

    name: str
    points: float
    align: str = "both"
    bold: bool = False
    italic: bool = False
    indent: int = 0
    before: int = 0
    after: int = 6
    line: float = 1.0
    keep: bool = False


_LOOKS = {
    Style.BODY: _Look("Nội dung", BODY_POINTS, indent=_INDENT, line=1.1),
    Style.HEADING: _Look("heading 1", BODY_POINTS, bold=True, indent=_INDENT, before=6, keep=True),
    Style.SUBHEADING: _Look("heading 2", BODY_POINTS, bold=True, indent=_INDENT, keep=True),
    Style.APPENDIX: _Look("Phụ lục", BODY_POINTS, "center", bold=True, after=0, keep=True),
    Style.NAME: _Look("Title", BODY_POINTS, "center", bold=True, before=18, after=0, keep=True),
    Style.SUBJECT: _Look("Trích yếu", BODY_POINTS, "center", bold=True, after=0, keep=True),
    Style.ADDRESSEE: _Look("Kính gửi", BODY_POINTS, "center", before=12, after=12),
    Style.CAPTION: _Look("Tên bảng", 13, "center", bold=True, before=6, keep=True),
    Style.NOTE: _Look("Ghi chú bảng", 12, italic=True, before=4),
    Style.CELL: _Look("Ô bảng", CELL_POINTS[Style.CELL], "left", before=1, after=1),
    Style.SMALL_CELL: _Look("Ô bảng nhỏ", CELL_POINTS[Style.SMALL_CELL], "left", before=1, after=1),
    Style.HEAD: _Look("Thể thức", 13, "center", after=0),
    Style.RECIPIENT: _Look("Nơi nhận", 11, "left", after=0),
}


def styles_xml() -> str:
    """Return the whole styles part."""
    looks = "".join(_paragraph_style(style, look) for style, look in _LOOKS.items())
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    return (
        f'<w:styles xmlns:w="{_NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}{_size(BODY_POINTS)}'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        f"{_table_style('TableNormal', 'Normal Table', '', default=True)}"
        f"{_table_style(TABLE_STYLE, 'Bảng kẻ', _borders())}{_table_style(FRAME_STYLE, 'Khung trống', '')}"
        f'<w:style w:type="paragraph" w:styleId="{HEADER_STYLE}"><w:name w:val="header"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr>{_size(13)}</w:rPr></w:style>'
        f"{looks}</w:styles>"
    )


def _paragraph_style(style: Style, look: _Look) -> str:
    keep = "<w:keepNext/><w:keepLines/>" if look.keep else ""
    spacing = (
        f'<w:spacing w:before="{look.before * 20}" w:after="{look.after * 20}" '
        f'w:line="{round(240 * look.line)}" w:lineRule="auto"/>'
    )
    indent = f'<w:ind w:firstLine="{look.indent}"/>' if look.indent else ""
    level = f'<w:outlineLvl w:val="{_LEVELS[style]}"/>' if style in _LEVELS else ""
    bold = "<w:b/><w:bCs/>" if look.bold else ""
    italic = "<w:i/><w:iCs/>" if look.italic else ""
    follower = Style.BODY if style in _LEVELS or style is Style.BODY else style
    return (
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{look.name}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="{follower}"/><w:qFormat/><w:pPr>{keep}{spacing}{indent}<w:jc w:val="{look.align}"/>{level}'
        f"</w:pPr><w:rPr>{bold}{italic}{_size(look.points)}</w:rPr></w:style>"
    )


def _table_style(style: str, name: str, borders: str, *, default: bool = False) -> str:
    kind = ' w:default="1"' if default else ""
    base = "" if default else '<w:basedOn w:val="TableNormal"/>'
    sides = "".join(f'<w:{side} w:w="57" w:type="dxa"/>' for side in ("left", "right"))  # 1 mm
    return (
        f'<w:style w:type="table"{kind} w:styleId="{style}"><w:name w:val="{name}"/>{base}'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{borders}<w:tblCellMar>{sides}</w:tblCellMar></w:tblPr></w:style>'
    )


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    return f"<w:tblBorders>{lines}</w:tblBorders>"


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'
