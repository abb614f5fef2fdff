"""Communes are made from the official package, and the catalog that was made from it has not drifted."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import asdict
from pathlib import Path

import pytest

from plan.model import PlanError
from plan.territory import commune_units, provinces, slug

UNITS_CSV = Path(__file__).parents[2] / "plan" / "catalog" / "ninh-binh-syt" / "units.csv"
NINH_BINH = 37


def test_the_country_has_34_provinces_and_3321_communes() -> None:
    found = provinces()
    assert [p.code for p in found] == sorted({p.code for p in found})
    assert len(found) == 34
    assert sum(len(commune_units(p.code)) for p in found) == 3321
    assert (found[0].name, found[0].kind) == ("Thành phố Hà Nội", "thành phố trung ương")


@pytest.mark.parametrize("code", [p.code for p in provinces()])
def test_every_commune_is_a_usable_unit(code: int) -> None:
    """Ids are unique ASCII slugs, codes official and sorted, names clean NFC, in every province."""
    units = commune_units(code)
    assert len({u.id for u in units}) == len(units)
    assert [u.code for u in units] == sorted({u.code for u in units})
    for unit in units:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", unit.id), unit
        assert re.fullmatch(r"\d{5}", unit.code), unit
        assert unit.kind in {"xã", "phường", "đặc khu"}
        assert unit.name.startswith(f"UBND {unit.kind} "), unit
        assert unit.name.removeprefix("UBND ").lower() == unit.aliases[0].lower()
        for text in (unit.name, *unit.aliases):
            assert text == " ".join(text.split())
            assert unicodedata.is_normalized("NFC", text)


def test_one_commune_is_written_as_the_house_writes_it() -> None:
    unit = next(u for u in commune_units(NINH_BINH) if u.code == "14104")
    assert unit.id == "xa-xuan-giang"
    assert unit.name == "UBND xã Xuân Giang"  # the package holds "Xã  Xuân Giang"
    assert unit.aliases == ("Xã Xuân Giang",)
    assert unit.groups == ("xa-phuong",)
    assert (unit.kind, unit.parent, unit.contact, unit.example) == ("xã", "", "", False)


def test_two_communes_of_one_slug_carry_their_code() -> None:
    """A slug drops diacritics, so two names of one province can meet: then both show their code."""
    thai_nguyen = {u.name: u.id for u in commune_units(19)}
    assert thai_nguyen["UBND xã Văn Lang"] == "xa-van-lang-02143"
    assert thai_nguyen["UBND xã Văn Lăng"] == "xa-van-lang-05665"


def test_a_slug_holds_no_punctuation() -> None:
    assert slug("Xã  Ea M’Droh") == "xa-ea-m-droh"
    assert slug("Phường Xuân Hương - Đà Lạt") == "phuong-xuan-huong-da-lat"


@pytest.mark.parametrize("code", [0, 2, 99])
def test_an_unknown_province_is_refused_in_vietnamese(code: int) -> None:
    with pytest.raises(PlanError, match=f"mã {code}"):
        commune_units(code)


def test_the_catalog_holds_exactly_the_communes_of_the_package() -> None:
    """A new release of the package that renames, adds or drops a commune of Ninh Bình fails here."""
    with UNITS_CSV.open(encoding="utf-8", newline="") as file:
        held = [row for row in csv.DictReader(file) if row["code"]]
    made = [
        {
            **asdict(u),
            "groups": "; ".join(u.groups),
            "aliases": "; ".join(u.aliases),
            "population": "",  # nobody has given the numbers
            "example": "x" if u.example else "",
            "confirm": "; ".join(u.confirm),
        }
        for u in commune_units(NINH_BINH)
    ]
    assert len(made) == 129
    assert held == made
