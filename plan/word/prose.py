"""What the text around the appendices plainly says of a plan as a whole: issuer, title, place, days of reporting.

Proposals only, and only where one reading stands there; anything else stays blank, so that loading asks for it.
Signature blocks are not looked at: no name of a person is ever taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from plan.grammar import parse_month_day
from plan.tables import HEAD_COLUMNS
from plan.words import fold

_UBND = r"(?:UBND|[UỦ][ỶYỷy] [Bb]an [Nn]hân [Dd]ân)"
_PROPER = r"[A-ZÀ-ỸĐ][\w'-]*(?: (?:- )?[A-ZÀ-ỸĐ0-9][\w'-]*){0,5}"
_ISSUER = re.compile(rf"{_UBND} (?:tỉnh|thành phố|phường|xã|đặc khu) {_PROPER}|(?:Sở|Ban|Chi cục) [^\W\d_].{{2,50}}")
_ATTACHED = re.compile(r"[Kk]èm theo (?:Kế hoạch|Quyết định|Công văn|Chương trình)[^()]{0,160}?\bcủa ([^()]{3,80})\)")
_ISSUES = re.compile(
    rf"({_UBND} (?:tỉnh|thành phố|phường|xã|đặc khu) {_PROPER}) (?:xây dựng|ban hành|triển khai) [Kk]ế hoạch"
)
_LEVELS = re.compile(r"\b(đặc khu|phường|xã|tỉnh|thành phố)\b")
_PLACE = re.compile(r"(?P<place>[A-ZÀ-ỸĐ][^,;:.()0-9]{1,40}), ngày\b[^;:()]{0,30}\btháng\b[^;:()]{0,30}")
_NUMBER = re.compile(r"Số\s*:?[^/]{0,20}/KH-(?P<issuer>[A-ZĐ]{2,10})\b")
_RETURN = re.compile(rf"\bvề ((?:{_UBND}|Sở|Phòng|Trạm)[^().;,:]{{2,60}} \((?:thông )?qua [^()]{{3,60}}\))")
_PREAMBLE = re.compile(r"(?:Căn cứ|Thực hiện .*(?:;|\.)$|[IVX]+\.\s|1\.\s)")
_SIGNATURE = re.compile(r"(?:Nơi nhận|TM\.|KT\.|TL\.|TUQ\.|Q\.)")
_TITLE_LINES = 8

_DAY = r"trước ngày (?P<day>[0-9]{1,2})\s?(?:/|-|tháng)\s?(?P<month>[0-9]{1,2})(?![0-9])"
_HALF = r"(?:báo cáo )?(?:0?6|sáu) tháng(?: đầu năm)?"
_YEAR = r"(?:báo cáo (?:cả |hằng |hàng )?năm|12 tháng|cả năm)"
_SEND = r"\W{0,3}(?:gửi |nộp |báo cáo )?\W{0,2}"
_AFTER = r"\s?\((?:đối với )?(?:báo cáo )?(?:định kỳ )?"
_DAYS = {
    "H1": (rf"{_HALF}{_SEND}{_DAY}", rf"{_DAY}{_AFTER}(?:0?6|sáu) tháng(?: đầu năm)?\)"),
    "Y": (rf"{_YEAR}{_SEND}{_DAY}", rf"{_DAY}{_AFTER}(?:năm|cả năm|12 tháng)\)", rf"{_DAY} (?:hằng|hàng) năm"),
}
_QUARTER = re.compile(r"báo cáo quý\b[^.;]{0,30}trước ngày (?P<day>[0-9]{1,2}) (?:của )?tháng cuối", re.IGNORECASE)
_SPANS = {
    **{f"Q{n}": (f"{3 * n - 2:02}-01", f"{3 * n:02}-{30 if n in (2, 3) else 31}") for n in range(1, 5)},
    "H1": ("01-01", "06-30"),
    "Y": ("01-01", "12-31"),
}
_TIME_ZONE = "Asia/Ho_Chi_Minh"  # of all Vietnam


def propose_head(prose: Sequence[str], path: Path) -> dict[str, str]:
    """Return the head of a plan by its columns, "" for what the text does not plainly say."""
    text = " ".join(prose)
    issuer = _issuer(text)
    level = _LEVELS.search(issuer)
    short = {match["issuer"] for match in _NUMBER.finditer(text)}
    places = {match["place"].strip() for line in prose if (match := _PLACE.fullmatch(line))}
    returns = {" ".join(match[1].split()) for match in _RETURN.finditer(text.replace("*", ""))}
    found = {
        "id": slug(issuer) or slug(path.stem) or "ke-hoach",
        "issuer": issuer,
        "short_issuer": _only(short),
        "title": _title(prose),
        "level": level[1] if level else "tỉnh" if issuer.startswith("Sở ") else "",
        "place": _only(places),
        "return_to": _only(returns),
        "time_zone": _TIME_ZONE,
    }
    return {column: found.get(column, "") for column in HEAD_COLUMNS}


def propose_calendar(prose: Sequence[str]) -> list[dict[str, str]]:
    """Return the periods whose days the text names: "trước ngày 10/6" is too late from 10 June on."""
    text = " ".join(" ".join(prose).replace("*", "").split())
    dues: dict[str, str] = {}
    quarter_days = {int(match["day"]) for match in _QUARTER.finditer(text)}
    if len(quarter_days) == 1:
        dues = {f"Q{n}": f"{3 * n:02}-{min(quarter_days):02}" for n in range(1, 5)}
    for kind, patterns in _DAYS.items():
        days = {
            f"{int(match['month']):02}-{int(match['day']):02}"
            for pattern in patterns
            for match in re.finditer(pattern, text, re.IGNORECASE)
        }
        if len(days) == 1:  # two different days are no plain word
            dues[kind] = min(days)
    return [
        {"kind": kind, "first": first, "last": last, "due": dues[kind]}
        for kind, (first, last) in _SPANS.items()
        if kind in dues and _is_day(dues[kind])
    ]


def slug(text: str) -> str:
    """Return `text` as an id.

    >>> slug("Phòng Văn hoá - Xã hội")
    'phong-van-hoa-xa-hoi'
    """
    plain = fold(text).encode("ascii", "ignore").decode()
    return "-".join(plain.split())[:60].strip("-")


def _issuer(text: str) -> str:
    """Whoever the appendices say they are attached to, or who issues the plan in its first lines, if that is one."""
    attached = {" ".join(match[1].split()) for match in _ATTACHED.finditer(text)}
    issues = {match[1] for match in _ISSUES.finditer(text)}
    attached = {name for name in attached if _ISSUER.fullmatch(name) or not issues}
    for names in (attached, issues):
        if names:
            return _only(names)
    return ""


def _title(prose: Sequence[str]) -> str:
    """The lines under “KẾ HOẠCH”, if the text proper begins right below them; "" where their end is not plain."""
    start = next((index for index, text in enumerate(prose) if text == "KẾ HOẠCH"), None)
    if start is None:
        return ""
    lines: list[str] = []
    for text in prose[start + 1 : start + 2 + _TITLE_LINES]:
        if _SIGNATURE.match(text):
            return ""
        if _PREAMBLE.match(text) or (lines and text.startswith("Thực hiện")) or text.endswith((".", ";", ":")):
            words = " ".join(lines)
            return f"Kế hoạch {words[:1].lower()}{words[1:]}" if words else ""
        lines.append(text)
    return ""


def _only(found: set[str]) -> str:
    return min(found) if len(found) == 1 else ""


def _is_day(text: str) -> bool:
    try:
        parse_month_day(text)
    except ValueError:
        return False
    return True
