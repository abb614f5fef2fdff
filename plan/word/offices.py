"""The offices that the cells of an appendix name, as proposed units and groups.

A unit is proposed for every name that stands there, under its printed spelling. A wording for many, "Các phòng
chức năng", becomes a group without members and stays printed words in the rows: nobody is made up for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from plan import grammar
from plan.printed.heads import is_collective
from plan.printed.leads import leaves_out, read_assignments, split_names
from plan.printed.names import Directory
from plan.word.prose import slug
from plan.words import fold

_PERSON = re.compile(r"(?:đồng chí|đ/c|ông|bà|bác sĩ|bs|ths)\b", re.IGNORECASE)  # a person is no unit
_ROUNDS = 3  # a name learnt in one cell shows where it ends in another
_LONGEST_NAME = 100  # a longer text is a sentence about offices
_TWO_WORDS = (
    *("trung tâm", "chi cục", "bệnh viện", "văn phòng", "công an", "trạm y tế", "bảo hiểm xã hội", "hội đồng"),
    *(
        "thanh tra",
        "ban chỉ huy",
        "ban chỉ đạo",
        "liên đoàn",
        "mặt trận tổ quốc",
        "công đoàn",
        "chi nhánh",
        "tổ dân phố",
    ),
    *("kho bạc", "hạt kiểm lâm", "bộ chỉ huy", "đảng ủy", "ủy ban", "thường trực"),
)
_AUTHORITY = re.compile(r"(?:ubnd|[uủ][ỷy] ban nhân dân)\s+(phường|xã|đặc khu|tỉnh|thành phố)\b", re.IGNORECASE)
# As offices are shortened, by their first letters.
_SPELLINGS = (
    *(("vhxh", "phòng"), ("vh-xh", "phòng"), ("ktht", "phòng"), ("kt-ht", "phòng"), ("p.", "phòng")),
    *(("ttyt", "trung tâm"), ("tt ", "trung tâm"), ("tyt", "trạm y tế"), ("bv", "bệnh viện"), ("vp", "văn phòng")),
    *(
        ("bch", "ban chỉ huy"),
        ("ban chqs", "ban chỉ huy"),
        ("hđnd", "hội đồng"),
        ("ca ", "công an"),
        ("ubmttq", "mặt trận tổ quốc"),
    ),
    ("bhxh", "bảo hiểm xã hội"),
    ("ubnd", "ubnd"),
    ("mttq", "mặt trận tổ quốc"),
    ("ủy ban mttq", "mặt trận tổ quốc"),
)
_MANY = re.compile(
    r".*\b(?:liên quan|các cấp|và tương đương)$|(?:đơn vị|cơ quan|tổ chức|doanh nghiệp|phòng ban)\b.*", re.I
)
_NO_KIND = "cơ quan"  # of a shortened name that says nothing
_COMMUNE = r"(?:các )?(?:xã|phường|đặc khu)"
_LISTED = re.compile(rf".*\b{_COMMUNE}(?:,| và|/| -)? {_COMMUNE}\b.*", re.IGNORECASE)  # "UBND xã, phường"


@dataclass(frozen=True, slots=True)
class Offices:
    """Proposed rows of the tables of units and groups; who each printed cell means, in the grammar of a plan."""

    units: tuple[dict[str, str], ...]
    groups: tuple[dict[str, str], ...]
    assignments: Mapping[str, str]


def propose_offices(cells: Iterable[str]) -> Offices:
    """Gather the names of all lead, coordinating and monitoring cells, in printed order."""
    texts = tuple(dict.fromkeys(text for text in cells if text))
    # Cells with one name teach where the names of longer lists end: "Phòng Kinh tế, Hạ tầng và Đô thị".
    register = _Register()
    for text in texts:
        names = split_names(text, Directory({}))
        if len(names) == 1 and not names[0].scope and not re.search("[;/]", text):
            register.add(names[0].name)
    for _ in range(_ROUNDS):
        known = register.directory()
        register = _Register()
        for text in texts:
            for printed in split_names(text, known):
                register.add(printed.name)
        register.drop_compounds()
    known = register.directory()
    read = {text: grammar.format_assignments(read_assignments(text, known)) for text in texts}
    return Offices(register.unit_rows(), register.group_rows(), {"": "", **read})


@dataclass(slots=True)
class _Register:
    units: dict[str, str] = field(default_factory=dict)  # folded name -> first spelling
    groups: dict[str, str] = field(default_factory=dict)

    def add(self, name: str) -> None:
        if (
            len(name) > _LONGEST_NAME
            or not fold(name)
            or re.search(r"[\[\];]", name)
            or _PERSON.match(name)
            or leaves_out(name)
        ):
            return
        names = self.groups if is_for_many(name) else self.units
        names.setdefault(fold(name), name)

    def drop_compounds(self) -> None:
        """Two known names printed without a comma between them are no office, nor is a known one with its duty."""
        known = self.units.keys() | self.groups.keys()
        for name, spelling in list(self.units.items()):
            words = name.split()
            cuts = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))
            others = Directory({other: other for other in self.units if other != name})
            split = split_names(spelling, others)
            has_duty = len(split) == 1 and bool(split[0].scope) and fold(split[0].name) in others.refs
            if has_duty or any(first in known and second in known for first, second in cuts):
                del self.units[name]

    def directory(self) -> Directory:
        return Directory(dict(zip(self.units, _ids(list(self.units.values())), strict=True)))

    def unit_rows(self) -> tuple[dict[str, str], ...]:
        names = list(self.units.values())
        return tuple(_unit_row(id_, name) for id_, name in zip(_ids(names), names, strict=True))

    def group_rows(self) -> tuple[dict[str, str], ...]:
        names = list(self.groups.values())
        return tuple({"id": id_, "name": name, "aliases": ""} for id_, name in zip(_ids(names), names, strict=True))


def is_for_many(name: str) -> bool:
    """True for a wording that names no single office: "Các PCN", "tổ dân phố", "UBND xã, phường"."""
    return is_collective(name) or name[:1].islower() or bool(_LISTED.fullmatch(name) or _MANY.fullmatch(name))


def kind_of_office(name: str) -> str:
    """Return the kind of an office by the words that its name begins with.

    >>> kind_of_office("Chi cục Dân số và Trẻ em"), kind_of_office("UBND phường Thành Nam")
    ('chi cục', 'phường')
    """
    authority = _AUTHORITY.match(name)
    if authority:
        return authority[1].lower()
    lower = name.lower()
    spelt = next((kind for start, kind in _SPELLINGS if lower.startswith(start)), "")
    first = name.split(maxsplit=1)[0]
    known = spelt or next((kind for kind in _TWO_WORDS if lower.startswith(kind)), "")
    return known or (_NO_KIND if len(first) > 1 and first.isupper() else first.lower())


def _unit_row(id_: str, name: str) -> dict[str, str]:
    empty = dict.fromkeys(("code", "groups", "parent", "aliases", "contact", "population", "example"), "")
    return {"id": id_, **empty, "kind": kind_of_office(name), "name": name, "confirm": "id; kind; name"}


def _ids(names: Sequence[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        base = slug(name) or "don-vi"
        found.append(next(i for i in (base, *(f"{base}-{n}" for n in range(2, len(names) + 2))) if i not in found))
    return found
