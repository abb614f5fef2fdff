"""The official provinces and communes as units of a plan, out of the `vietnam-provinces` package.

This is the only door to that package, so that no commune is ever typed by hand and a renamed one is
renamed in one place. It must not know any plan, read a file or decide who reports what.
Importing it loads the package's table of every commune; import it only where units are made.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass

import vietnam_provinces as official

from plan.model import PlanError, Unit
from plan.words import fold

COMMUNE_GROUP = "xa-phuong"


@dataclass(frozen=True, slots=True)
class Province:
    """A province or a city under the central government; `code` is the official number."""

    code: int
    name: str
    kind: str  # "tỉnh" or "thành phố trung ương"


def provinces() -> tuple[Province, ...]:
    """Return all 34 provinces, sorted by official code."""
    found = (Province(int(p.code), _clean(p.name), p.division_type.value) for p in official.Province.iter_all())
    return tuple(sorted(found, key=lambda p: p.code))


def commune_units(province_code: int) -> tuple[Unit, ...]:
    """Return the communes of one province as units, sorted by official code.

    Raises PlanError when no province has that code.
    """
    if province_code not in {p.code for p in provinces()}:
        raise PlanError(
            f"Không có tỉnh, thành phố nào mang mã {province_code}. "
            "Hãy dùng mã của danh mục hành chính 34 tỉnh, thành phố, ví dụ 37 là tỉnh Ninh Bình."
        )
    wards = sorted((w for w in official.Ward.iter_all() if w.province_code == province_code), key=lambda w: w.code)
    times = Counter(slug(w.name) for w in wards)
    return tuple(_unit(ward, is_shared=times[slug(ward.name)] > 1) for ward in wards)


def slug(name: str) -> str:
    """Return `name` as an id: ASCII lower case, words joined by hyphens.

    >>> slug("Xã  Ea M’Droh")
    'xa-ea-m-droh'
    """
    return fold(name).replace(" ", "-")


def _unit(ward: official.Ward, *, is_shared: bool) -> Unit:
    name = _clean(ward.name)
    kind = ward.division_type.value
    code = f"{int(ward.code):05d}"
    return Unit(
        id=f"{slug(name)}-{code}" if is_shared else slug(name),
        code=code,
        kind=kind,
        # In running text the kind is written small: "UBND xã Gia Viễn"; the package capitalises it.
        name=f"UBND {kind}{name[len(kind) :]}",
        groups=(COMMUNE_GROUP,),
        parent="",
        aliases=(name,),
        contact="",
        population=None,
        example=False,
        confirm=(),
    )


def _clean(name: str) -> str:
    """The package holds names with two spaces ("Xã  Xuân Giang") and need not be NFC for ever."""
    return " ".join(unicodedata.normalize("NFC", name).split())
