"""The head rows of appendix tables: which column is what, and whether its rows are indicators or tasks.

Wordings are compared folded. A column that could be two things is told by the other columns; one that could
still be either is left out and said, never picked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from plan.words import fold


class Kind(StrEnum):
    """What the rows of an appendix are."""

    INDICATORS = "chỉ tiêu"
    TASKS = "nhiệm vụ"


_NUMBER = {"stt", "tt", "so tt", "so thu tu", "thu tu", "so"}
_UNIT = {"don vi tinh", "dvt", "dv tinh", "don vi do", "don vi do luong"}
_INDICATOR_NAMES = {
    *("ten muc tieu", "ten chi tieu", "noi dung chi tieu", "noi dung muc tieu", "muc tieu cu the", "chi tieu cu the"),
    *("cac chi tieu", "cac muc tieu", "muc tieu chi tieu", "chi tieu muc tieu", "ten muc tieu chi tieu"),
    *("ten chi tieu muc tieu", "noi dung chi tieu muc tieu", "noi dung muc tieu chi tieu", "chi tieu danh gia"),
}
_TASK_NAMES = {
    *("ten nhiem vu", "ten nhiem vu cu the", "nhiem vu", "nhiem vu cu the", "noi dung nhiem vu", "cac nhiem vu"),
    *("noi dung cong viec", "cong viec", "ten cong viec", "nhiem vu giai phap", "noi dung nhiem vu giai phap"),
    *("ten nhiem vu giai phap", "nhiem vu trong tam", "noi dung thuc hien", "hoat dong", "noi dung hoat dong"),
    *("nhiem vu cong viec", "nhiem vu chu yeu", "nhiem vu va giai phap", "nhiem vu duoc giao", "dau viec"),
}
_ANY_NAMES = {"noi dung", "noi dung cu the", "ten noi dung"}
_GOALS = {"muc tieu", "chi tieu"}  # the name of a row, or what it must reach
_TARGETS = {
    *("ke hoach giao", "chi tieu giao", "chi tieu ke hoach", "muc tieu ke hoach", "chi tieu duoc giao", "muc phan dau"),
    *("muc tieu phan dau", "chi tieu phan dau", "gia tri muc tieu", "muc tieu can dat", "chi tieu can dat"),
}
_RESULTS = {
    *("ket qua", "san pham", "ket qua san pham", "san pham ket qua", "ket qua du kien", "san pham du kien"),
    *("san pham dau ra", "ket qua dau ra", "ket qua can dat", "san pham hoan thanh", "ket qua thuc hien"),
    *("san pham du kien hoan thanh", "ket qua du kien hoan thanh", "ket qua can dat duoc", "ket qua dat duoc"),
    *("ket qua san pham dau ra", "ket qua san pham du kien", "san pham cu the", "ket qua hoan thanh"),
}
_DUES = {
    *("thoi gian hoan thanh", "thoi han", "thoi han hoan thanh", "thoi gian thuc hien", "tien do", "thoi gian"),
    *("tien do thuc hien", "tien do hoan thanh", "thoi diem hoan thanh", "han hoan thanh", "lo trinh"),
    *("lo trinh thuc hien", "thoi han thuc hien", "thoi gian thuc hien hoan thanh", "thoi gian tien do"),
    *("thoi gian du kien hoan thanh", "thoi gian trinh"),
}
_LEADS = re.compile(r"\b(?:chu tri|dau moi|chiu trach nhiem)\b")
_DOERS = re.compile(
    r"(?:co quan|don vi|bo phan|phong|noi|nguoi|to chuc)(?: (?:don vi|bo phan|co quan))* (?:thuc hien|duoc giao)"
)
_WATCHERS = re.compile(r"\b(?:theo doi|tham muu|cong bo|giam sat)\b")
_YEARS = re.compile(r"(?:(?:muc tieu|chi tieu|ke hoach) )?(?:den )?(?:het )?(?:nam )?(20\d\d)")
_IGNORED = {"ghi chu"}
_LONGEST = 90  # a head cell says what a column is, it does not tell a story

NAME_WORDINGS = "Nội dung, Tên nhiệm vụ, Tên chỉ tiêu, Tên mục tiêu"
WORK_WORDINGS = "Cơ quan/Đơn vị/Bộ phận chủ trì, Mục tiêu, Kết quả, Thời gian hoàn thành"


@dataclass(frozen=True, slots=True)
class Heading:
    """A head row that was understood: its columns by the role of each, and those without a use."""

    texts: tuple[str, ...]  # as printed, in the order of the columns
    roles: tuple[str, ...]  # role of each column, "" for one that a plan has no place for
    years: Mapping[int, int]  # column -> year, where several columns hold the target of a year each
    name_kind: Kind | None  # what the name column says that the rows are
    column_kind: Kind | None  # what the other columns say

    @property
    def is_usable(self) -> bool:
        """True when rows below it can be rows of an appendix: a name, and who, what or when."""
        return "name" in self.roles and bool({"lead", "target", "due", "result"} & set(self.roles))

    @property
    def is_shared_lead(self) -> bool:
        """True when one column holds leads and coordinators together, which nobody can tell apart."""
        return any(role == "lead" and "phoi hop" in fold(t) for role, t in zip(self.roles, self.texts, strict=True))


def read_heading(texts: Sequence[str]) -> Heading | None:
    """Return the columns of a head row; None for a row that is no head of an appendix table.

    Two known columns and a number or a name make a head: whoever asks finds out by `is_usable` whether it serves.
    """
    if len(texts) < 3 or any(len(text) > _LONGEST for text in texts):
        return None
    folded = [_folded(text) for text in texts]
    years = {i: int(match[1]) for i, text in enumerate(folded) if (match := _YEARS.fullmatch(text))}
    roles = [_role(text) for text in folded]
    for index in years:
        roles[index] = "target"
    _settle_goals(roles)
    _settle_watchers(roles, folded)
    _settle_dues(roles, folded)
    for index, role in enumerate(roles):
        if role in roles[:index] and not (role == "target" and index in years):
            roles[index] = ""  # two columns of one kind: the first is it
    known = [role for role in roles if role]
    if len(known) < 2 or not {"number", "name"} & set(known) or known == ["number", "due"]:
        return None
    name = folded[roles.index("name")] if "name" in roles else ""
    several = years if len(years) > 1 else {}
    return Heading(tuple(texts), tuple(roles), several or years, _name_kind(name), _column_kind(roles))


def _folded(text: str) -> str:
    """Fold a head cell; what stands in brackets, "(triệu đồng)", and slashes do not change what it is."""
    return fold(re.sub(r"\([^)]*\)", " ", text)) or fold(text)


def _role(text: str) -> str:
    roles = {
        "number": _NUMBER,
        "unit": _UNIT,
        "name": _INDICATOR_NAMES | _TASK_NAMES | _ANY_NAMES,
        "goal": _GOALS,
        "target": _TARGETS,
        "result": _RESULTS,
        "due": _DUES,
        "": _IGNORED,
    }
    found = next((role for role, words in roles.items() if text in words), None)
    if found is not None:
        return found
    if _LEADS.search(text):
        return "lead"
    if "phoi hop" in text:
        return "coordinating"
    if _WATCHERS.search(text):
        return "monitor"
    return "lead" if _DOERS.fullmatch(text) else ""


def _settle_goals(roles: list[str]) -> None:
    """ "Chỉ tiêu" alone is the name of the row where no column is called so, else what must be reached."""
    for index, role in enumerate(roles):
        if role == "goal":
            roles[index] = "target" if "name" in roles else "name"


def _settle_watchers(roles: list[str], folded: list[str]) -> None:
    """Of two leading columns the one that also watches is the monitor: "chủ trì theo dõi"."""
    leads = [index for index, role in enumerate(roles) if role == "lead"]
    if len(leads) == 2 and "monitor" not in roles:
        watchers = [index for index in leads if _WATCHERS.search(folded[index])]
        if len(watchers) == 1:
            roles[watchers[0]] = "monitor"


def _settle_dues(roles: list[str], folded: list[str]) -> None:
    """Of several columns of time the one that says when a task ends is the deadline; the others are said to be lost."""
    dues = [index for index, role in enumerate(roles) if role == "due"]
    ends = [index for index in dues if re.search(r"\b(?:hoan thanh|thoi han|han)\b", folded[index])]
    for index in dues if len(dues) > 1 else ():
        if index != (ends or dues)[0]:
            roles[index] = ""


def _name_kind(text: str) -> Kind | None:
    if text in _INDICATOR_NAMES or text in _GOALS:
        return Kind.INDICATORS
    return Kind.TASKS if text in _TASK_NAMES else None


def _column_kind(roles: Sequence[str]) -> Kind | None:
    if "target" in roles or "unit" in roles:
        return Kind.INDICATORS
    return Kind.TASKS if "result" in roles else None


def title_kind(title: str) -> Kind | None:
    """Return what the title of an appendix says that its rows are; None when it says neither, or both."""
    text = re.sub(r"\bchuong trinh muc tieu\b", "", fold(title))
    says_tasks = bool(re.search(r"\b(?:nhiem vu|cong viec)\b", text))
    says_indicators = bool(re.search(r"\b(?:chi tieu|muc tieu)\b", text))
    if says_tasks == says_indicators:
        return None
    return Kind.TASKS if says_tasks else Kind.INDICATORS


def kind_of(title: str, heading: Heading, *, is_fresh: bool) -> Kind | None:
    """Weigh the title, the columns and the name of the name column; None when they do not agree on one.

    A title over this very table says most: the second appendix of one commune calls its tasks "Tên mục tiêu" under
    "PHÂN CÔNG NHIỆM VỤ". The other way round nobody does, and the title of an earlier table outweighs nothing.
    """
    own = (heading.column_kind, 2), (heading.name_kind, 1)
    says = title_kind(title)
    if not is_fresh and any(kind is not None for kind, _ in own):
        says = None
    if (says, heading.name_kind, heading.column_kind) == (Kind.INDICATORS, Kind.TASKS, None):
        return None
    weights = {Kind.INDICATORS: 0, Kind.TASKS: 0}
    for kind, weight in ((says, 2), *own):
        if kind is not None:
            weights[kind] += weight
    if weights[Kind.INDICATORS] == weights[Kind.TASKS]:
        return None
    return max(weights, key=lambda kind: weights[kind])
