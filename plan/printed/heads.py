"""The words that Vietnamese offices begin with, to tell where in a list of names the next name begins.

Knowledge of the language, not of any plan. Two offices may differ by a mark only ("bản", "ban"), so marks count here.
"""

from __future__ import annotations

import re

# These begin a name wherever a list goes on with them.
_STRONG = re.compile(
    r"(?:các|những|mọi|toàn thể|một số|từng"
    r"|trung tâm|chi cục|cục|chi nhánh|trạm|điểm trạm|công an|công đoàn|văn phòng|bệnh viện|bảo hiểm xã hội|bhxh|bv"
    r"|sở|bộ|trường|trưởng|tổ trưởng|tổ dân phố|tổ công tác|tổ phụ trách|doanh nghiệp|hợp tác xã"
    r"|hội(?! (?:nhập|nghị|thảo|trường|chẩn))|liên đoàn|đoàn(?! thể)|báo và phát thanh"
    r"|[uủ][ỷy] ban|ubnd|hđnd|hội đồng|ubmttq\w*"
    r"|mặt trận|mttq\w*|đảng [uủ][ỷy]|thường trực|lãnh đạo|chủ tịch|giám đốc|thủ trưởng|người đứng đầu"
    r"|thanh tra|đài|đồn|kho bạc|thuế cơ sở|thuế tỉnh|hạt kiểm lâm|viện kiểm sát|viện vệ sinh|cơ sở|phòng khám"
    r"|nhân viên y tế|cộng tác viên|quân y|bộ chỉ huy|bộ đội|ttyt|tyt"
    r"|ban (?:chỉ huy|chỉ đạo|quản lý|nhân dân))"
    r"(?!\w)",
    re.IGNORECASE,
)
# These also stand inside collective names ("các cơ quan, phòng, ban, ngành") and after the name of an office.
_WEAK = re.compile(
    r"(?:phòng|ban|ngành|đơn vị|cơ quan|tổ chức|đoàn thể|địa phương|phường|xã(?! hội)|đặc khu|thị trấn|thôn|ấp|bản|khóm"
    r"|tiểu khu|khu phố|hộ)(?!\w)",
    re.IGNORECASE,
)
_COLLECTIVE = re.compile(r"(?:các|những|mọi|toàn thể|một số|từng|trưởng các)\b", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:ubnd|hđnd|[uủ][ỷy] ban nhân dân|hội đồng nhân dân)\b[^,]*", re.IGNORECASE)
_OFFICE_OF = re.compile(r"văn phòng\b.*\b(?:hđnd|hội đồng nhân dân|đảng [uủ][ỷy]|đoàn đ\w+)\b", re.IGNORECASE)


def is_collective(text: str) -> bool:
    """True when a name begins as one for many: "Các cơ quan, …"."""
    return bool(_COLLECTIVE.match(text))


def begins_name(item: str, before: str, *, together: bool) -> bool:
    """True when `item`, an item of a list, begins a name of its own after the name `before`.

    `together`: that name is a collective one, which may go on with "ban", "ngành", "cơ quan liên quan".
    """
    if _STRONG.match(item):
        return not (_OFFICE_OF.match(before) and _AUTHORITY.fullmatch(item))  # "Văn phòng HĐND và UBND" is one
    weak = _WEAK.match(item)
    if weak is None or weak.end() == len(item):
        return False
    return not together or any(word[:1].isupper() for word in item[weak.end() :].split())
