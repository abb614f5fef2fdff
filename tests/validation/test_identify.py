"""Whose return it is: three witnesses agree, or the finding names all three and nothing is guessed."""

from __future__ import annotations

import pytest

from plan.layout import INDICATOR_SHEET, STAMP_SHEET, TASK_SHEET
from plan.load import load_plan
from plan.period import parse_period
from validation.identify import Identity, identify, likely_unit
from validation.model import Severity
from validation.raw import RawBook, RawSheet

PLAN = load_plan("ninh-binh-syt")
PERIOD = parse_period(PLAN, "2026-H1")
GIA_VIEN, NHO_QUAN = "xa-gia-vien", "xa-nho-quan"


def heading(unit: str, period: str = "2026-H1", plan: str = PLAN.id) -> str:
    return f"Kế hoạch: {plan}  |  Kỳ: {period}  |  Mã đơn vị: {unit}"


def book(stamp: str = "", heads: tuple[str, ...] = (), period: str = "2026-H1", plan: str = PLAN.id) -> RawBook:
    """A workbook with a stamp for `stamp` ("" for none) and the given heading lines on its two appendices."""
    sheets = [
        RawSheet(name, visible=True, rows=((None,), (None, text)))
        for name, text in zip((INDICATOR_SHEET, TASK_SHEET), heads, strict=False)
    ]
    if stamp:
        rows = (("plan", plan), ("unit", stamp), ("period", period), ("lock_digest", "abc"))
        sheets.append(RawSheet(STAMP_SHEET, visible=False, rows=rows))
    return RawBook(tuple(sheets), "xlsx")


def asked(raw: RawBook, name: str) -> Identity:
    return identify(raw, name, PLAN, PERIOD)


def codes(identity: Identity) -> list[str]:
    return [f.code for f in identity.findings]


def test_three_witnesses_that_agree_say_nothing() -> None:
    """The common case has no remark."""
    found = asked(book(GIA_VIEN, (heading(GIA_VIEN),) * 2), f"2026-H1_{GIA_VIEN}.xlsx")
    assert (found.unit, found.lock_digest, found.findings) == (GIA_VIEN, "abc", ())


def test_a_renamed_file_is_still_the_units() -> None:
    """File names are free; the stamp and the heading decide."""
    for name in ("Báo cáo.xlsx", "con/đường/BC gia viễn gửi Phòng Tài chính.xlsx", "scan (1).xlsx"):
        assert asked(book(GIA_VIEN, (heading(GIA_VIEN),)), name) == Identity(GIA_VIEN, "abc", ())


@pytest.mark.parametrize(
    ("stamp", "head", "name"),
    [
        (GIA_VIEN, NHO_QUAN, "bao cao.xlsx"),
        (GIA_VIEN, GIA_VIEN, f"2026-H1_{NHO_QUAN}.xlsx"),
        ("", GIA_VIEN, f"2026-H1_{NHO_QUAN}.xlsx"),
    ],
)
def test_witnesses_that_contradict_are_all_named(stamp: str, head: str, name: str) -> None:
    """A neighbour's file refilled is nobody's until people have asked."""
    found = asked(book(stamp, (heading(head),)), name)
    assert (found.unit, codes(found)) == ("", ["IDENTITY_CONFLICT"])
    facts = found.findings[0].facts
    assert stamp in facts["stamp"]
    assert head in facts["heading"]
    assert set(facts) == {"stamp", "heading", "file_name"}


def test_two_appendices_of_two_units_in_one_file_are_a_conflict() -> None:
    """One file for two units: neither gets the other's numbers."""
    found = asked(book("", (heading(GIA_VIEN), heading(NHO_QUAN))), "bao cao.xlsx")
    assert (found.unit, codes(found)) == ("", ["IDENTITY_CONFLICT"])


def test_a_lost_stamp_falls_back_on_the_heading_and_then_on_the_name() -> None:
    """What is left is used and said, more loudly the less there is."""
    assert codes(asked(book("", (heading(GIA_VIEN),)), "x.xlsx")) == ["STAMP_MISSING"]
    only_name = asked(book(), f"2026-H1_{GIA_VIEN}.xlsx")
    assert (only_name.unit, codes(only_name)) == (GIA_VIEN, ["IDENTITY_FROM_NAME"])
    assert codes(asked(book(), "Xã Gia Viễn.xlsx")) == ["IDENTITY_UNKNOWN"]


def test_other_plan_other_period_and_unknown_unit_are_told_apart() -> None:
    """Each gate has its own words, because each asks for something else."""
    assert codes(asked(book(GIA_VIEN, (), plan="thanh-nam"), "x.xlsx")) == ["OTHER_PLAN"]
    other = asked(book(GIA_VIEN, (heading(GIA_VIEN, "2026-Y"),), period="2026-Y"), "x.xlsx")
    assert (other.unit, codes(other)) == (GIA_VIEN, ["OTHER_PERIOD"])
    unknown = asked(book("xa-khong-co", (heading("xa-khong-co"),)), "x.xlsx")
    assert (unknown.unit, codes(unknown)) == ("", ["UNIT_UNKNOWN"])


def test_a_file_name_that_speaks_of_another_commune_is_a_contradiction() -> None:
    """Stamp and heading agree on one commune, the free-hand name says another: an error until people have asked."""
    found = asked(book(GIA_VIEN, (heading(GIA_VIEN),)), "Bao cao xa Nho Quan.xlsx")
    assert (found.unit, codes(found)) == (GIA_VIEN, ["IDENTITY_NAME_DIFFERS"])
    assert found.findings[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    "name",
    [
        "2026-H1_xa-gia-vien-sua.xlsx",
        "2026-h1_Xa-Gia-Vien-v2.xlsx",
        "2026-H1_bao-cao.xlsx",
        "bao cao 2026-H1_lan2.xlsx",
        "2026-H1_xa-gia-viễn.xlsx",
    ],
)
def test_what_people_add_to_a_file_name_does_no_harm(name: str) -> None:
    """A name is a claim only by a unit's id in it; words of people claim nothing."""
    assert asked(book(GIA_VIEN, (heading(GIA_VIEN),)), name) == Identity(GIA_VIEN, "abc", ())


def test_an_unreadable_file_is_still_attributed_where_its_name_tells() -> None:
    """A damaged return is somebody's: its unit must not be chased as silent."""
    assert likely_unit(f"2026-H1_{GIA_VIEN}.xlsx", PLAN) == GIA_VIEN
    assert likely_unit("thu muc/BAO CAO XÃ GIA VIỄN.xlsx", PLAN) == GIA_VIEN
    assert likely_unit("scan0001.pdf", PLAN) == ""
