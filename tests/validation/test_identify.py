"""Whose return it is: three witnesses agree, or the finding names all three and nothing is guessed."""

from __future__ import annotations

import unicodedata

import pytest

from plan.layout import HEADER_ROW, INDICATOR_COLUMNS, INDICATOR_SHEET, STAMP_SHEET, TASK_SHEET
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


# --- last period's workbook -------------------------------------------------------------------

THIS, LAST, NAME = "2026-H1", "2025-Y", f"2026-H1_{GIA_VIEN}.xlsx"


def test_last_periods_workbook_refilled_is_read_when_all_that_people_see_says_this_period() -> None:
    """Both heading lines and the file name say this period, the hidden stamp alone an older one."""
    found = asked(book(GIA_VIEN, (heading(GIA_VIEN),) * 2, period=LAST), NAME)
    assert (found.unit, found.lock_digest, codes(found)) == (GIA_VIEN, "", ["OLD_TEMPLATE_REUSED"])
    assert found.findings[0].severity is Severity.WARNING
    assert LAST in found.findings[0].facts["stamp"]


@pytest.mark.parametrize(
    ("heads", "name"),
    [
        ((heading(GIA_VIEN), heading(GIA_VIEN, LAST)), NAME),
        ((heading(GIA_VIEN),) * 2, "bao cao.xlsx"),
        ((heading(GIA_VIEN),) * 2, f"2025-Y_{GIA_VIEN}.xlsx"),
        ((), NAME),
        ((heading(GIA_VIEN, LAST),) * 2, NAME),
    ],
)
def test_anything_less_is_a_conflict_that_names_every_period(heads: tuple[str, ...], name: str) -> None:
    """One witness that does not speak for this period, and nobody knows whose numbers these are."""
    found = asked(book(GIA_VIEN, heads, period=LAST), name)
    assert (found.unit, codes(found)) == ("", ["IDENTITY_CONFLICT"])
    assert LAST in found.findings[0].facts["stamp"]


def test_a_stamp_of_a_later_or_unknown_period_is_no_old_template() -> None:
    """Only what has been can be left over."""
    for period in ("2026-Y", "2031-Y", "2026-Q9", "2025-y x"):
        assert codes(asked(book(GIA_VIEN, (heading(GIA_VIEN),) * 2, period=period), NAME)) == ["IDENTITY_CONFLICT"]


def test_an_other_period_is_told_with_what_each_witness_says() -> None:
    """All agree on the older period: the file lies in the wrong place, or the wrong file was filled in."""
    found = asked(book(GIA_VIEN, (heading(GIA_VIEN, LAST),), period=LAST), f"2025-Y_{GIA_VIEN}.xlsx")
    assert codes(found) == ["OTHER_PERIOD"]
    assert all(LAST in found.findings[0].facts[key] for key in ("stamp", "heading", "file_name", "found"))


def with_layout(version: str) -> Identity:
    raw = book(GIA_VIEN, (heading(GIA_VIEN),))
    rows = [*raw.sheets[-1].rows, ("layout", version)]
    return asked(RawBook((raw.sheets[0], RawSheet(STAMP_SHEET, visible=False, rows=rows)), "xlsx"), NAME)


def test_an_older_layout_is_read_and_a_newer_one_refused() -> None:
    """Older forms are mapped by heading and code; of a newer one nobody here knows what it means."""
    assert with_layout("1") == Identity(GIA_VIEN, "abc", ())
    assert (codes(with_layout("0")), with_layout("0").lock_digest) == (["LAYOUT_OLDER"], "")
    for newer in ("2", "10", "99999999999999999999999"):
        assert [(f.code, f.severity) for f in with_layout(newer).findings] == [("LAYOUT_NEWER", Severity.ERROR)]
    assert with_layout("một") == with_layout("") == Identity(GIA_VIEN, "abc", ())


# --- what people see --------------------------------------------------------------------------


def printed(*head: tuple[object, ...], stamp: str = GIA_VIEN, name: str = INDICATOR_SHEET) -> RawBook:
    """A sheet whose head is `head`, with a table below it, and the stamp of `stamp`."""
    rows = [*head, *[()] * (HEADER_ROW - 1 - len(head)), tuple(c.heading for c in INDICATOR_COLUMNS)]
    return RawBook((RawSheet(name, visible=True, rows=rows), *book(stamp).sheets), "xlsx")


@pytest.mark.parametrize(
    "text", ["XÃ NHO QUAN", "UBND xã Nho Quan - 6 tháng 2026", "Đơn vị: xa nho quan", "PHÒNG TÀI CHÍNH"]
)
@pytest.mark.parametrize("name", [INDICATOR_SHEET, "Sheet1"])
def test_another_unit_named_over_the_table_contradicts_the_stamp(text: str, name: str) -> None:
    """A letterhead or a free heading of one other unit: the finding says where it stands."""
    found = asked(printed((None, "ỦY BAN NHÂN DÂN"), (None, text), name=name), "bao cao.xlsx")
    assert (found.unit, codes(found)) == ("", ["IDENTITY_CONFLICT"])
    assert f"trang “{name}”, ô B2" in found.findings[0].facts["heading"]
    assert GIA_VIEN in found.findings[0].facts["stamp"]


@pytest.mark.parametrize(
    "head",
    [
        ("XÃ GIA VIỄN",),
        ("UBND xã Gia Viễn - 6 tháng 2026",),
        ("xa gia vien", "Sao gửi UBND xã Nho Quan"),
        ("Dùng cho xã Nho Quan, xã Yên Từ",),
        ("Kính gửi: Phòng Tài chính",),
        (PLAN.issuer.upper(),),
        ("Trạm Y tế",),
        (),
    ],
)
def test_the_units_own_name_and_what_names_nobody_else_alone_do_no_harm(head: tuple[str, ...]) -> None:
    """Addressees, copies, the issuer, several communes at once: no witness against the stamp."""
    assert asked(printed(*((None, text) for text in head)), "bao cao.xlsx") == Identity(GIA_VIEN, "abc", ())


def test_another_period_named_over_the_table_contradicts_the_stamp() -> None:
    """ "Kỳ báo cáo" is what the sender says of the numbers below; words that name no period of the plan say nothing."""
    found = asked(printed((None, "Kỳ báo cáo: năm 2025 (từ ngày 01/01/2025 đến ngày 31/12/2025)")), "bao cao.xlsx")
    assert codes(found) == ["IDENTITY_CONFLICT"]
    assert "kỳ 2025-Y" in found.findings[0].facts["heading"]
    for text in ("Kỳ báo cáo: 6 tháng đầu năm 2026 (từ…)", "kỳ báo cáo: 6T/2026", "Kỳ báo cáo: tháng 3", "Kỳ báo cáo"):
        assert codes(asked(printed((None, text)), "bao cao.xlsx")) == []


def test_the_heading_of_one_sheet_out_of_a_neighbours_file_is_a_conflict() -> None:
    """Whatever that sheet is called; one that nobody sees is nobody's heading."""
    raw = book(GIA_VIEN, (heading(GIA_VIEN),))
    rows = ((None, heading(NHO_QUAN)),)
    for name in (TASK_SHEET, "Sheet7"):
        copied = RawBook((*raw.sheets, RawSheet(name, visible=True, rows=rows)), "xlsx")
        assert codes(asked(copied, "x.xlsx")) == ["IDENTITY_CONFLICT"]
    hidden = RawBook((*raw.sheets, RawSheet("Sheet7", visible=False, rows=rows)), "xlsx")
    assert asked(hidden, "x.xlsx") == Identity(GIA_VIEN, "abc", ())


# --- the stamp --------------------------------------------------------------------------------


def stamped(name: str, rows: tuple[tuple[object, ...], ...], *, visible: bool = False) -> RawBook:
    return RawBook((RawSheet(name, visible=visible, rows=rows),), "xlsx")


STAMP = (("plan", PLAN.id), ("unit", GIA_VIEN), ("period", "2026-H1"), ("lock_digest", "abc"))


@pytest.mark.parametrize(
    "raw",
    [
        stamped("Sheet9", STAMP),
        stamped(STAMP_SHEET, STAMP, visible=True),
        stamped(STAMP_SHEET, ((), (None, "ghi chú"), *((None, *pair) for pair in STAMP), ("x", 1))),
        stamped(STAMP_SHEET, (*STAMP, *STAMP, ("unit", None), (5, 5), ("unit",))),
        stamped(STAMP_SHEET, (("plan", PLAN.id.upper()), ("UNIT ", " Xa-Gia-Vien "), ("period", "2026-h1"), STAMP[3])),
    ],
)
def test_a_stamp_moved_renamed_shown_or_retyped_still_speaks(raw: RawBook) -> None:
    """It is known by its keys."""
    assert asked(raw, "bao cao.xlsx") == Identity(GIA_VIEN, "abc", ())


def test_a_stamp_that_contradicts_itself_is_believed_in_neither() -> None:
    """Two units in one stamp, or in two stamps of one file."""
    twice = stamped(STAMP_SHEET, (*STAMP, ("unit", NHO_QUAN)))
    assert codes(asked(twice, "x.xlsx")) == ["IDENTITY_CONFLICT"]
    other = RawSheet("_tonghop (2)", visible=False, rows=(STAMP[0], ("unit", NHO_QUAN), STAMP[2]))
    assert codes(asked(RawBook((*stamped(STAMP_SHEET, STAMP).sheets, other), "xlsx"), "x.xlsx")) == [
        "IDENTITY_CONFLICT"
    ]


def test_what_is_left_of_a_stamp_still_contradicts() -> None:
    """A blank or foreign unit, another plan: the heading does not speak over it."""
    line = RawSheet(INDICATOR_SHEET, visible=True, rows=((None, heading(GIA_VIEN)),))
    for rows, said in (
        ((STAMP[0], ("unit", None), STAMP[2]), ["STAMP_MISSING"]),
        ((STAMP[0], ("unit", ""), ("period", LAST)), ["IDENTITY_CONFLICT"]),
        ((STAMP[0], ("unit", 14728), STAMP[2]), ["IDENTITY_CONFLICT"]),
        ((("plan", "thanh-nam"), STAMP[1], STAMP[2]), ["IDENTITY_CONFLICT"]),
    ):
        raw = RawBook((line, RawSheet(STAMP_SHEET, visible=False, rows=rows)), "xlsx")
        assert codes(asked(raw, "x.xlsx")) == said


# --- the path ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "folder",
    ["xa-nho-quan", "UBND xã Nho Quan", "thư/Nho quan/XA NHO QUAN.zip", f"2026-H1_{NHO_QUAN}.eml", "phong tai chinh"],
)
def test_a_folder_of_another_unit_is_a_doubt(folder: str) -> None:
    """A weak witness: the numbers count for the stamp's unit, and people are asked to look."""
    found = asked(book(GIA_VIEN, (heading(GIA_VIEN),)), f"{folder}/bao cao.xlsx")
    assert (found.unit, [(f.code, f.severity) for f in found.findings]) == (
        GIA_VIEN,
        [("IDENTITY_FOLDER_DIFFERS", Severity.WARNING)],
    )


@pytest.mark.parametrize(
    "folder", ["xa-gia-vien", "đợt 1", "Phòng Tài chính chuyển", "xã Nho Quan/xã Gia Viễn", "Xã Gia Viễn"]
)
def test_other_folders_do_no_harm(folder: str) -> None:
    """The nearest folder speaks; offices pass mail on."""
    assert asked(book(GIA_VIEN, (heading(GIA_VIEN),)), f"{folder}/bao cao.xlsx") == Identity(GIA_VIEN, "abc", ())


def test_a_folder_never_counts_numbers_but_tells_whom_to_ask() -> None:
    """Without stamp, heading and name the return is nobody's."""
    for folder in ("xa-gia-vien", "UBND xã Gia Viễn", "XÃ GIA VIỄN.zip", "xã gia viễn"):
        assert codes(asked(book(), f"{folder}/bao cao.xlsx")) == ["IDENTITY_UNKNOWN"]
        assert likely_unit(f"{folder}/bao cao.xlsx", PLAN) == GIA_VIEN
    assert likely_unit("xa-gia-vien/BC xã Nho Quan.xlsx", PLAN) == NHO_QUAN
    assert likely_unit("dot 1/scan.pdf", PLAN) == ""


def test_a_file_name_in_another_encoding_claims_nothing() -> None:
    """Composed or decomposed it is the same name; what cannot be read is no name."""
    decomposed = unicodedata.normalize("NFD", "Báo cáo xã Nho Quan.xlsx")
    assert codes(asked(book(GIA_VIEN, (heading(GIA_VIEN),)), decomposed)) == ["IDENTITY_NAME_DIFFERS"]
    for name in ("B\\xe1o c\\xe1o x\\xe3 Nho Quan.xlsx", "X· Gia ViÔn.xls", "", "/", "...", "a" * 5000):
        assert asked(book(GIA_VIEN, (heading(GIA_VIEN),)), name).unit == GIA_VIEN


def test_the_list_of_faults_sent_back_instead_of_the_report_is_told() -> None:
    """It has a sheet of links and no table."""
    listed = RawSheet("Cần sửa", visible=True, rows=(("KẾT QUẢ KIỂM TRA BÁO CÁO",),))
    assert codes(asked(RawBook((listed,), "xlsx"), "can sua.xlsx")) == ["FEEDBACK_LIST_RETURNED"]
    named = asked(RawBook((listed,), "xlsx"), NAME)
    assert (named.unit, codes(named)) == (GIA_VIEN, ["FEEDBACK_LIST_RETURNED"])
    marked = book(GIA_VIEN, (heading(GIA_VIEN),))
    assert asked(RawBook((listed, *marked.sheets), "xlsx"), NAME) == Identity(GIA_VIEN, "abc", ())
