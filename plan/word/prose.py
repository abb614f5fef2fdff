"""What the text around the appendices plainly says of a plan as a whole: issuer, title, place.

Proposals only, and only where one reading stands there; anything else stays blank, so that loading asks for it.
Signature blocks are not looked at: no name of a person is ever taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

from plan.headings import HEADINGS
from plan.tables import HEAD_COLUMNS
from plan.words import fold

_UBND = r"(?:UBND|[UỦ][ỶYỷy] [Bb]an [Nn]hân [Dd]ân)"
_PROPER = r"[A-ZÀ-ỸĐ][\w'-]*(?: (?:- )?[A-ZÀ-ỸĐ0-9][\w'-]*){0,5}"
_ISSUER = re.compile(rf"{_UBND} (?:tỉnh|thành phố|phường|xã|đặc khu) {_PROPER}|(?:Sở|Ban|Chi cục) [^\W\d_].{{2,50}}")
_ATTACHED = re.compile(r"[Kk]èm theo (?:Kế hoạch|Quyết định|Công văn|Chương trình)[^()]{0,160}?\bcủa ([^()]{3,80})\)")
_ISSUES = re.compile(
    rf"({_UBND} (?:tỉnh|thành phố|phường|xã|đặc khu) {_PROPER}) (?:xây dựng|ban hành|triển khai) [Kk]ế hoạch"
)
_AUTHORITY = r"(?:UBND|[UỦ][ỶY] BAN NHÂN DÂN)"
_NATION = r"\W*(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐỘC LẬP|$)"  # what stands to the right of the issuer
_HEAD = re.compile(
    rf"{_AUTHORITY} (?P<level>TỈNH|THÀNH PHỐ|PHƯỜNG|XÃ|ĐẶC KHU) (?P<name>[^\W_][^,;:.()]{{1,40}}?)(?:{_NATION}.*)",
    re.IGNORECASE,
)
_HEAD_OF_OFFICE = re.compile(r"(?:SỞ|BAN|CHI CỤC|PHÒNG|TRUNG TÂM|TRẠM|ĐẢNG) ")  # an office under the authority above it
_HEAD_LINES = 10
_LEVELS = re.compile(r"\b(đặc khu|phường|xã|tỉnh|thành phố)\b")
_PLACE = re.compile(r"(?P<place>[A-ZÀ-ỸĐ][^,;:.()0-9]{1,40}), ngày\b[^;:()]{0,30}\btháng\b[^;:()]{0,30}")
_NUMBER = re.compile(r"Số\s*:?[^/]{0,20}/KH-(?P<issuer>[A-ZĐ]{2,10})\b")
_RETURN = re.compile(rf"\bvề ((?:{_UBND}|Sở|Phòng|Trạm)[^().;,:]{{2,60}} \((?:thông )?qua [^()]{{3,60}}\))")
_PREAMBLE = re.compile(r"(?:Căn cứ|Thực hiện .*(?:;|\.)$|[IVX]+\.\s|1\.\s)")
_SIGNATURE = re.compile(r"(?:Nơi nhận|TM\.|KT\.|TL\.|TUQ\.|Q\.)")
_TITLE_LINES = 8

_TIME_ZONE = "Asia/Ho_Chi_Minh"  # of all Vietnam


def propose_head(prose: Sequence[str], path: Path) -> dict[str, str]:
    """Return the head of a plan by its columns, "" for what the text does not plainly say."""
    text = " ".join(prose)
    named = _issuer(text)
    issuer, head_place = (named, "") if named is not None else _letterhead(prose)
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
        "place": _only(places) if places else head_place,
        "return_to": _only(returns),
        "time_zone": _TIME_ZONE,
    }
    return {column: found.get(column, "") for column in HEAD_COLUMNS}


def note_head(head: Mapping[str, str]) -> list[str]:
    """Say each proposed item of a head: they have no column of their own to be confirmed in."""
    return [
        f"Thông tin chung, {HEADINGS['head'][column]} ({column}): đọc là “{text}”, kiểm tra lại."
        for column, text in head.items()
        if text
    ]


def slug(text: str) -> str:
    """Return `text` as an id.

    >>> slug("Phòng Văn hoá - Xã hội")
    'phong-van-hoa-xa-hoi'
    """
    plain = fold(text).encode("ascii", "ignore").decode()
    return "-".join(plain.split())[:60].strip("-")


def _issuer(text: str) -> str | None:
    """Whoever the appendices say they are attached to, or who issues the plan in its first lines; "" for several.

    None where no line says so.
    """
    attached = {" ".join(match[1].split()) for match in _ATTACHED.finditer(text)}
    issues = {match[1] for match in _ISSUES.finditer(text)}
    attached = {name for name in attached if _ISSUER.fullmatch(name) or not issues}
    for names in (attached, issues):
        if names:
            return _only(names)
    return None


def _letterhead(prose: Sequence[str]) -> tuple[str, str]:
    """The authority in the letterhead and its place-name, both "" where it is none, several, or an office under one."""
    ends = (index for index, text in enumerate(prose) if text.startswith(("KẾ HOẠCH", "PHỤ LỤC", "Căn cứ")))
    lines = [text.strip(" -_*") for text in prose[: min(next(ends, _HEAD_LINES), _HEAD_LINES)]]
    lines += [f"{over} {under}" for over, under in combinations(lines, 2) if re.fullmatch(_AUTHORITY, over)]
    heads = [match for line in lines if (match := _HEAD.fullmatch(line))]
    found = {(match["level"].lower(), name) for match in heads if (name := _proper(match["name"]))}
    if len(found) != 1 or any(_HEAD_OF_OFFICE.match(line) for line in lines):
        return "", ""
    level, name = min(found)
    return f"UBND {level} {name}", name


def _proper(name: str) -> str:
    """Return a place-name as it is written in a text; "" for words that are none."""
    if name.isupper():
        return " ".join("-".join(part.capitalize() for part in word.split("-")) for word in name.split())
    return name if re.fullmatch(_PROPER, name) else ""


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
