"""What stands around every official report: national heading, number, date, title, recipients, signature.

Form after Decree 30/2020/NĐ-CP, Phụ lục I and III: a report to a body above bears "Kính gửi" and, among its
recipients, "Như trên" (mục II.9); a name may be short only in the heading, and only that of the body above (mục
II.2). What only a person can know (number, day, who signs) is left marked; nothing is said here about figures.
"""

from __future__ import annotations

from datetime import datetime

from consolidate.report.blocks import Block, Gap, Paragraph, Piece, Rule, SideBySide, Style, marked
from consolidate.report.words import Json, on_one_line, to_carry_out
from plan.text_fit import text_points
from plan.words import fold

_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_CAPS, _MOTTO_POINTS = 12, 13
_HEADING_WIDTHS = (67.0, 98.0)
_SIGNATURE_WIDTHS = (82.0, 83.0)
_MM_A_POINT = 25.4 / 72
_SHORT_RULE = 0.4  # of the line above it; the decree says a third to a half
_LONGEST_RULE = 40.0
_COMMITTEE = "Ủy ban nhân dân"
_ROOM_TO_SIGN = 64


def opening(data: Json) -> tuple[Block, ...]:
    """Everything above the first sentence."""
    subject = f"Kết quả {data['period_days']['label']} {to_carry_out(data)}"
    above = data["superior"]
    # A single addressee stands on the line of "Kính gửi" and without a full stop (Phụ lục I, mục II.9 and V.8).
    addressee = Piece(_in_full(above)) if above else marked("Tên cơ quan nhận báo cáo")
    return (
        _national_heading(data),
        Paragraph((Piece("BÁO CÁO"),), Style.NAME),
        Paragraph((Piece(subject),), Style.SUBJECT),
        Rule(_short_rule(subject, 14), sum(_HEADING_WIDTHS)),
        Paragraph((Piece("Kính gửi: "), addressee), Style.ADDRESSEE),
    )


def closing(data: Json) -> tuple[Block, ...]:
    """The last sentence, and under it on the same page recipients on the left, signature on the right."""
    last = f"Trên đây là báo cáo kết quả {data['period_days']['label']}, {full_issuer(data)} trân trọng báo cáo./."
    left = (
        Paragraph((Piece("Nơi nhận:", bold=True, italic=True, points=12),), Style.RECIPIENT),
        Paragraph((Piece("- Như trên;"),), Style.RECIPIENT),
        Paragraph(
            (Piece("- "), marked("Lãnh đạo, cơ quan, đơn vị nhận để biết, thực hiện"), Piece(";")), Style.RECIPIENT
        ),
        Paragraph((Piece("- Lưu: VT, "), marked("đơn vị soạn thảo"), Piece(".")), Style.RECIPIENT),
    )
    right: list[Paragraph | Rule | Gap] = []
    if _is_committee(data["issuer"]):
        right.append(_centred("TM. ỦY BAN NHÂN DÂN", 14, bold=True))
    right += [
        Paragraph((marked("QUYỀN HẠN, CHỨC VỤ", bold=True),), Style.HEAD),
        Gap(_ROOM_TO_SIGN),
        Paragraph((marked("Họ và tên người ký", bold=True),), Style.HEAD),
    ]
    return (
        Paragraph((Piece(last),), stays=True),
        Gap(10, stays=True),
        SideBySide(_SIGNATURE_WIDTHS, left, tuple(right)),
    )


def with_report(data: Json) -> Paragraph:
    """The line under the title of an appendix that ties it to the report."""
    year = _year(data)
    return Paragraph(
        (
            Piece("(Kèm theo Báo cáo số ", italic=True),
            marked("số", italic=True),
            Piece(f"/BC-{data['short_issuer']} ngày ", italic=True),
            marked("ngày", italic=True),
            Piece(" tháng ", italic=True),
            marked("tháng", italic=True),
            Piece(f" năm {year} của {full_issuer(data)})", italic=True),
        ),
        Style.HEAD,
    )


def full_issuer(data: Json) -> str:
    """The issuer's name in full: "UBND" may be short for a body above, never for the one that signs."""
    return _in_full(data["issuer"])


def _national_heading(data: Json) -> SideBySide:
    width_left, width_right = _HEADING_WIDTHS
    issuer = _on_two_lines(full_issuer(data)).upper()
    above = on_one_line(data["superior"]).upper()
    left = (
        *((_centred(above, _CAPS),) if above else ()),
        _centred(issuer, _CAPS, bold=True),
        Rule(_short_rule(issuer, _CAPS), width_left),
        Gap(4),
        Paragraph((Piece("Số: "), marked("số"), Piece(f"/BC-{data['short_issuer']}")), Style.HEAD),
    )
    right = (
        _centred(_NATION, _CAPS, bold=True),
        _centred(_MOTTO, _MOTTO_POINTS, bold=True),
        Rule(text_points(_MOTTO, _MOTTO_POINTS, bold=True) * _MM_A_POINT, width_right),
        Gap(4),
        Paragraph(
            (
                Piece(f"{on_one_line(data['place'])}, ngày ", italic=True),
                marked("ngày", italic=True),
                Piece(" tháng ", italic=True),
                marked("tháng", italic=True),
                Piece(f" năm {_year(data)}", italic=True),
            ),
            Style.HEAD,
        ),
    )
    return SideBySide(_HEADING_WIDTHS, left, right)


def _in_full(name: str) -> str:
    line = on_one_line(name)
    return f"{_COMMITTEE}{line[4:]}" if line.startswith("UBND ") else line


def _on_two_lines(issuer: str) -> str:
    """A committee's name and that of its place under one another, as the decree's own models have it."""
    place = issuer.removeprefix(f"{_COMMITTEE} ")
    return issuer if place == issuer else f"{_COMMITTEE}\n{place}"


def _centred(text: str, points: float, *, bold: bool = False) -> Paragraph:
    return Paragraph((Piece(text, bold=bold, points=points),), Style.HEAD)


def _short_rule(text: str, points: float) -> float:
    longest = max(text_points(line, points, bold=True) for line in text.split("\n"))
    return min(longest * _MM_A_POINT * _SHORT_RULE, _LONGEST_RULE)


def _year(data: Json) -> int:
    return datetime.fromisoformat(data["as_of"]).year


def _is_committee(issuer: str) -> bool:
    return fold(issuer).startswith(("ubnd ", "uy ban nhan dan "))
