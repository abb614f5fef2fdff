"""A lead or coordinating cell parts into the names that a person sees in it, and nobody is guessed.

The tables were written from the documents by hand: each cell as printed, and who is meant by it.
"""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.grammar import format_assignments, parse_assignments
from plan.load import catalog_ids, load_plan
from plan.model import Group
from plan.printed.leads import PrintedName, read_assignments, split_names
from plan.printed.names import Directory
from plan.words import fold
from tests import blank

STEADY = settings(derandomize=True, deadline=None)  # the same cases on every machine, however busy
NOBODY = Directory({})

# Every lead cell of the five documents that names several units, one by one or together, or says what a unit does.
LEADS = {
    "ninh-binh-syt": {
        "Các cơ sở khám chữa bệnh": "@benh-vien",
        "UBND xã, phường": "@xa-phuong",
        "Trạm Y tế xã, phường và các cơ sở khám chữa bệnh ban đầu": "@xa-phuong",
        "Các phòng chức năng (PCN), các đơn vị trực thuộc (ĐVTT)": "@pcn; @dvtt",
        "Phòng Quản lý YTDP chỉ đạo; Trung tâm Kiểm soát bệnh tật thực hiện": (
            "phong-ql-ytdp [chỉ đạo]; trung-tam-ksbt [thực hiện]"
        ),
        "Phòng Tài chính (quân dân y), Phòng Quản lý Khám chữa bệnh (y tế công an)": (
            "phong-tai-chinh [quân dân y]; phong-ql-kcb [y tế công an]"
        ),
        "Phòng Tổ chức cán bộ (tổ chức, nhân sự); Phòng Quản lý KCB (hoạt động)": (
            "phong-to-chuc-can-bo [tổ chức, nhân sự]; phong-ql-kcb [hoạt động]"
        ),
        "Phòng Quản lý Dược; Trung tâm Kiểm nghiệm Dược phẩm, Mỹ phẩm": "phong-ql-duoc; trung-tam-kiem-nghiem",
        "Phòng Quản lý YTDP (chỉ đạo); Trung tâm KSBT (triển khai)": (
            "phong-ql-ytdp [chỉ đạo]; trung-tam-ksbt [triển khai]"
        ),
        "Phòng Tổ chức cán bộ (an ninh trật tự), Phòng Tài chính (phòng chống cháy nổ), "
        "Phòng QL KCB (an toàn giao thông)": (
            "phong-to-chuc-can-bo [an ninh trật tự]; phong-tai-chinh [phòng chống cháy nổ]; "
            "phong-ql-kcb [an toàn giao thông]"
        ),
        "Phòng QL YTDP (khám sức khỏe định kỳ, khám sàng lọc, khám bệnh bảo hiểm y tế; kiểm tra sức khỏe học sinh, "
        "sinh viên, khám bệnh nghề nghiệp), Phòng Bảo hiểm y tế (tạo lập hồ sơ sức khỏe điện tử)": (
            "phong-ql-ytdp [khám sức khỏe định kỳ, khám sàng lọc, khám bệnh bảo hiểm y tế]; "
            "phong-ql-ytdp [kiểm tra sức khỏe học sinh, sinh viên, khám bệnh nghề nghiệp]; "
            "phong-bhyt [tạo lập hồ sơ sức khỏe điện tử]"
        ),
    },
    "thanh-nam": {
        "Các cơ quan, đơn vị, tổ dân phố": "@co-quan-don-vi; @to-dan-pho",
        "Phòng Văn hoá - Xã hội, Phòng Kinh tế - Hạ tầng": "phong-van-hoa-xa-hoi; phong-kinh-te-ha-tang-do-thi",
        "Phòng Văn hoá - Xã hội, Trung tâm sự nghiệp công": "phong-van-hoa-xa-hoi; trung-tam-su-nghiep-cong",
    },
    "muong-la": {
        "Phòng Văn hoá - Xã hội; Trạm Y tế": "phong-van-hoa-xa-hoi; tram-y-te-xa",
        "Phòng Văn hoá - Xã hội; Trạm Y tế xã": "phong-van-hoa-xa-hoi; tram-y-te-xa",
    },
    "kien-hai": {
        "Các cơ quan, phòng, ban, ngành": "@co-quan-phong-ban-nganh",
        "Các cơ quan, phòng, ban, ngành theo chức năng, nhiệm vụ": (
            "@co-quan-phong-ban-nganh [theo chức năng, nhiệm vụ]"
        ),
        "Phòng Văn hoá - Xã hội (lĩnh vực giáo dục)": "phong-vhxh [lĩnh vực giáo dục]",
        "Các Trường học; Phòng VH-XH (nơi làm việc); Trung tâm Dịch vụ tổng hợp (cộng đồng)": (
            "@co-so-giao-duc; phong-vhxh [nơi làm việc]; trung-tam-dvth [cộng đồng]"
        ),
        "Công an đặc khu, Trạm Y tế, Bảo hiểm xã hội cơ sở Kiên Hải": "cong-an; tram-y-te; bhxh",
        "Trạm Y tế, các cơ quan, phòng, ban, ngành": "tram-y-te; @co-quan-phong-ban-nganh",
        "Các phòng, ban, ngành, các đơn vị": "@phong-ban-nganh-don-vi",
        "Phòng Kinh tế, các cơ quan, phòng, ban, ngành": "phong-kinh-te; @co-quan-phong-ban-nganh",
    },
}

# Coordinating cells that are harder than that: missing separators, commas inside names, words that name nobody.
COORDINATORS = {
    "ninh-binh-syt": {
        "Các PCN, các ĐVTT, UBND xã, phường; các doanh nghiệp": "@pcn; @dvtt; @xa-phuong; ?các doanh nghiệp",
        "Các PCN, UBND xã phường": "@pcn; @xa-phuong",
        "Các đơn vị liên quan": "?Các đơn vị liên quan",
    },
    "thanh-nam": {
        "Trạm Y tế, các trường học, tổ dân phố": "tram-y-te; @co-so-giao-duc; @to-dan-pho",
        "Các cơ quan, đơn vị, liên quan": "?Các cơ quan, đơn vị, liên quan",
        "Công đoàn phường, các tổ dân phố, doanh nghiệp, cơ sở sản xuất, kinh doanh": (
            "cong-doan; @to-dan-pho; ?doanh nghiệp; ?cơ sở sản xuất, kinh doanh"
        ),
        "Hội Liên hiệp Phụ nữ phường, các cơ quan, đơn vị, tổ dân phố": (
            "hoi-lien-hiep-phu-nu; @co-quan-don-vi; @to-dan-pho"
        ),
        "Trạm Y tế, Phòng Kinh tế - hạ tầng và đô thị các tổ dân phố": (
            "tram-y-te; phong-kinh-te-ha-tang-do-thi; @to-dan-pho"
        ),
        "Trạm Y tế Các cơ quan, đơn vị liên quan": "tram-y-te; ?Các cơ quan, đơn vị liên quan",
        "Công an phường, Phòng Văn hoá - Xã hội, Phòng Kinh tế - Hạ tầng và Đô thị": (
            "cong-an; phong-van-hoa-xa-hoi; phong-kinh-te-ha-tang-do-thi"
        ),
    },
    "muong-la": {
        "Các cơ quan, đơn vị; Trưởng các bản, tiểu khu": "@co-quan-don-vi; @truong-ban-tieu-khu",
        "Các cơ quan, đơn vị; các Doanh nghiệp trên địa bàn": "@co-quan-don-vi; ?các Doanh nghiệp trên địa bàn",
        "Các cơ quan, đơn vị;": "@co-quan-don-vi",
    },
    "kien-hai": {
        "Các Trường, Trạm Y tế và các cơ quan, phòng, ban, ngành liên quan": (
            "@co-so-giao-duc; tram-y-te; ?các cơ quan, phòng, ban, ngành liên quan"
        ),
        "Phòng VH-XH Phòng Kinh tế, Ban Chỉ huy quân sự, Công an đặc khu": (
            "phong-vhxh; phong-kinh-te; ban-chi-huy-quan-su; cong-an"
        ),
        "Trạm Y tế và Các cơ quan, phòng, ban, ngành": "tram-y-te; @co-quan-phong-ban-nganh",
        "Trạm Y tế, các Phòng, ban, ngành, cơ quan liên quan": "tram-y-te; ?các Phòng, ban, ngành, cơ quan liên quan",
    },
}

NOTHING_PARTS_TWO = "Phòng VH-XH Phòng Kinh tế, Ban Chỉ huy quân sự, Công an đặc khu"  # but the capital letter

# A document whose units nobody has listed: the names as printed, scopes behind a bar.
UNLISTED = {
    "Trung tâm Kiểm nghiệm Dược phẩm, Mỹ phẩm": ["Trung tâm Kiểm nghiệm Dược phẩm, Mỹ phẩm"],
    "Phòng Kinh tế, Hạ tầng và Đô thị": ["Phòng Kinh tế, Hạ tầng và Đô thị"],
    "Trung tâm Văn hóa, Thể thao và Truyền thông, Trạm Y tế": [
        "Trung tâm Văn hóa, Thể thao và Truyền thông",
        "Trạm Y tế",
    ],
    "Sở Giáo dục và Đào tạo, Sở Y tế và UBND các xã, phường": [
        "Sở Giáo dục và Đào tạo",
        "Sở Y tế",
        "UBND các xã, phường",
    ],
    "Văn phòng HĐND và UBND, Phòng Văn hóa và Xã hội": ["Văn phòng HĐND và UBND", "Phòng Văn hóa và Xã hội"],
    "UBND xã, phường": ["UBND xã, phường"],
    "Các cơ quan, phòng, ban, ngành": ["Các cơ quan, phòng, ban, ngành"],
    "Các cơ quan, đơn vị, tổ dân phố": ["Các cơ quan, đơn vị", "tổ dân phố"],
    "Các phòng chức năng (PCN), các đơn vị trực thuộc (ĐVTT)": [
        "Các phòng chức năng (PCN)",
        "các đơn vị trực thuộc (ĐVTT)",
    ],
    "Trạm Y tế Các cơ quan, đơn vị liên quan": ["Trạm Y tế", "Các cơ quan, đơn vị liên quan"],
    "Phòng Tài chính, phòng Tổ chức cán bộ": ["Phòng Tài chính", "phòng Tổ chức cán bộ"],
    "Ban Chỉ đạo bảo vệ, chăm sóc sức khỏe nhân dân": ["Ban Chỉ đạo bảo vệ, chăm sóc sức khỏe nhân dân"],
    "Hội Nông dân, Hội Đông y, Đoàn Thanh niên, các đoàn thể": [
        "Hội Nông dân",
        "Hội Đông y",
        "Đoàn Thanh niên",
        "các đoàn thể",
    ],
    "Các bệnh viện, trung tâm y tế, trạm y tế": ["Các bệnh viện", "trung tâm y tế", "trạm y tế"],
    "Sở Y tế; các sở, ban, ngành; Đảng ủy, HĐND, UBND xã": [
        "Sở Y tế",
        "các sở, ban, ngành",
        "Đảng ủy",
        "HĐND",
        "UBND xã",
    ],
    "Phòng Y tế/Trạm Y tế": ["Phòng Y tế", "Trạm Y tế"],
    "Phòng A (việc này, việc kia) và Phòng B": ["Phòng A|việc này, việc kia", "Phòng B"],
    "Phòng Y tế chủ trì; Công an xã theo chức năng, nhiệm vụ": [
        "Phòng Y tế|chủ trì",
        "Công an xã|theo chức năng, nhiệm vụ",
    ],
    "Trung tâm Dịch vụ tổng hợp": ["Trung tâm Dịch vụ tổng hợp"],
    "Trạm Y tế, Trung tâm Dịch vụ tổng hợp": ["Trạm Y tế", "Trung tâm Dịch vụ tổng hợp"],
    "Trung tâm Dịch vụ tổng hợp chủ trì, Trạm Y tế thực hiện": [
        "Trung tâm Dịch vụ tổng hợp|chủ trì",
        "Trạm Y tế|thực hiện",
    ],
    "Thường trực Ban Chỉ đạo; Thành viên ban chỉ đạo; Phòng Thanh tra, kiểm tra": [
        "Thường trực Ban Chỉ đạo",
        "Thành viên ban chỉ đạo",
        "Phòng Thanh tra, kiểm tra",
    ],
    "Trạm Y tế thực hiện": ["Trạm Y tế thực hiện"],  # alone it may be all that stands there
    "Công an xã theo nhiệm vụ được giao": ["Công an xã|theo nhiệm vụ được giao"],
    "Văn phòng HĐND-UBND, Ban Chỉ huy Quân sự": ["Văn phòng HĐND-UBND", "Ban Chỉ huy Quân sự"],
    "Đề nghị Mặt trận Tổ quốc Việt Nam phường và các tổ chức thành viên": [
        "Mặt trận Tổ quốc Việt Nam phường",
        "các tổ chức thành viên",
    ],
    "- Phòng Văn hoá - Xã hội\n- Trạm Y tế;": ["Phòng Văn hoá - Xã hội", "Trạm Y tế"],
    "Phòng Văn hoá -\nXã hội, Trạm\nY tế": ["Phòng Văn hoá - Xã hội", "Trạm Y tế"],  # a broken line parts nothing
    " ; , và ": [],
    "": [],
}


@cache
def _directory(plan_id: str) -> Directory:
    plan = load_plan(plan_id)
    return Directory.of(plan.units, plan.groups)


CELLS = [
    (plan_id, printed, typed)
    for table in (LEADS, COORDINATORS)
    for plan_id, cells in table.items()
    for printed, typed in cells.items()
]


@pytest.mark.parametrize(("plan_id", "printed", "typed"), CELLS)
def test_a_cell_names_whom_a_person_sees_in_it(plan_id: str, printed: str, typed: str) -> None:
    assert format_assignments(read_assignments(printed, _directory(plan_id))) == typed


def test_the_table_holds_all_24_ways_in_which_a_lead_cell_names_several_units_or_roles() -> None:
    """A cell is one of them when its typed value is more than one unit by its id."""
    found = []
    for plan in map(load_plan, catalog_ids()):
        rows = [(i.source, i.lead_text, i.reporters) for i in plan.indicators]
        rows += [(t.source, t.lead_text, t.leads) for t in plan.tasks]
        several = [
            text
            for source, text, typed in rows
            if text and not source and (len(typed) > 1 or any(a.scope or a.ref[0] in "@?" for a in typed))
        ]
        found += list(dict.fromkeys(several))
    assert sorted(found) == sorted(text for cells in LEADS.values() for text in cells)
    assert len(found) == 24


@pytest.mark.parametrize(("printed", "names"), UNLISTED.items())
def test_names_are_told_apart_where_no_unit_is_known(printed: str, names: list[str]) -> None:
    split = split_names(printed, NOBODY)
    assert [f"{n.name}|{n.scope}" if n.scope else n.name for n in split] == names


def test_a_name_that_the_plan_knows_is_never_cut() -> None:
    """Whatever words it is made of: separators, unit words, even brackets."""
    name = "Trạm Y tế, Phòng khám và Các điểm trạm (cơ sở 2)"
    directory = Directory.of((blank.unit("x", name), blank.unit("y", "Công an xã")), ())
    assert format_assignments(read_assignments(f"Công an xã, {name} và Công an xã", directory)) == "y; x"


def test_a_scope_belongs_to_the_name_before_it() -> None:
    directory = Directory.of((blank.unit("a", "Phòng A"), blank.unit("b", "Phòng B")), ())
    read = read_assignments("Phòng A (chỉ đạo; kiểm tra), Phòng B triển khai thực hiện, Phòng A", directory)
    assert format_assignments(read) == "a [chỉ đạo]; a [kiểm tra]; b [triển khai thực hiện]; a"


def test_the_last_words_of_a_name_are_its_duty_only_where_the_rest_is_known() -> None:
    """ "Trung tâm Dịch vụ tổng hợp" is whole; "Trạm Y tế tổng hợp" is the Trạm Y tế that the plan knows."""
    directory = Directory.of((blank.unit("tram", "Trạm Y tế"), blank.unit("dv", "Trung tâm Dịch vụ tổng hợp")), ())
    read = read_assignments("Trạm Y tế tổng hợp; Trung tâm Dịch vụ tổng hợp tổng hợp; Tổ kiểm tra", directory)
    assert format_assignments(read) == "tram [tổng hợp]; dv [tổng hợp]; ?Tổ kiểm tra"


def test_the_word_for_many_may_stand_before_a_group_but_not_before_a_unit() -> None:
    """ "Các tổ dân phố" is the group "Tổ dân phố"; "các Trạm Y tế" is not the one Trạm Y tế."""
    groups = (Group("to", "Tổ dân phố", ("Các ấp",)),)
    directory = Directory.of((blank.unit("tram", "Trạm Y tế"),), groups)
    read = read_assignments("các tổ dân phố, ấp; các Trạm Y tế", directory)
    assert format_assignments(read) == "@to; ?các Trạm Y tế"


def test_a_wording_of_two_units_names_nobody() -> None:
    """Which of the two is meant is for a person to say."""
    units = (blank.unit("a", "Trạm Y tế xã A"), blank.unit("b", "Trạm Y tế xã B"))
    both = tuple(type(u)(**{f: getattr(u, f) for f in u.__slots__} | {"aliases": ("Trạm Y tế",)}) for u in units)
    directory = Directory.of(both, ())
    assert format_assignments(read_assignments("Trạm Y tế, Trạm Y tế xã B", directory)) == "?Trạm Y tế; b"


# Kien Hai knows the group, the Trạm Y tế and the Công an; who is left out must not be asked.
LEAVING_OUT = (
    "Các cơ quan, phòng, ban, ngành (trừ Trạm Y tế)",
    "Các cơ quan, phòng, ban, ngành, trừ Trạm Y tế",
    "Các cơ quan, phòng, ban, ngành ngoại trừ Công an đặc khu, Trạm Y tế",
    "Trạm Y tế, các cơ quan, phòng, ban, ngành (không bao gồm Công an đặc khu)",
    "Các cơ quan, phòng, ban, ngành không kể Trạm Y tế",
    "Các cơ quan, phòng, ban, ngành (loại trừ Trạm Y tế)",
    "Các cơ quan, phòng, ban, ngành (ngoài Trạm Y tế)",
    "Trừ Trạm Y tế, các cơ quan, phòng, ban, ngành",
    "Trạm Y tế (không gồm điểm trạm)",
)


@pytest.mark.parametrize("printed", LEAVING_OUT)
def test_a_cell_that_leaves_somebody_out_names_nobody_certain(printed: str) -> None:
    """Neither the group with the exception as its scope, nor the very unit that is excepted."""
    assert format_assignments(read_assignments(printed, _directory("kien-hai"))) == f"?{printed}"
    assert [name.name for name in split_names(printed, NOBODY)] == [printed]


def test_only_a_declared_group_may_leave_somebody_out() -> None:
    """A person who declared the wording said whom it means; the name of a unit with an exception is no such word."""
    words = "Các cơ quan (trừ Trạm Y tế)"
    group = Directory.of((), (Group("khac", words, ()),))
    assert format_assignments(read_assignments(f"{words};", group)) == "@khac"
    assert format_assignments(read_assignments(words, Directory({fold(words): "khac"}))) == f"?{words}"


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("Trạm Y tế (phòng trừ dịch bệnh)", "tram-y-te [phòng trừ dịch bệnh]"),
        ("Ban Chỉ đạo loại trừ sốt rét, Trạm Y tế", "?Ban Chỉ đạo loại trừ sốt rét; tram-y-te"),
        ("UBND xã Trừ Văn Thố, Trạm Y tế", "?UBND xã Trừ Văn Thố; tram-y-te"),
        ("Cơ sở (ngoài công lập), Trạm Y tế", "?Cơ sở [ngoài công lập]; tram-y-te"),
    ],
)
def test_not_every_such_word_leaves_somebody_out(printed: str, typed: str) -> None:
    assert format_assignments(read_assignments(printed, _directory("kien-hai"))) == typed


@pytest.mark.parametrize(("plan_id", "printed", "typed"), CELLS)
def test_case_and_spaces_do_not_matter_to_whom_the_plan_knows(plan_id: str, printed: str, typed: str) -> None:
    directory = _directory(plan_id)
    wide = f"  {printed} ".replace(" ", " \n ")
    assert format_assignments(read_assignments(wide, directory)) == typed
    if "?" not in typed and printed != NOTHING_PARTS_TWO:
        lower = read_assignments(printed.lower(), directory)
        assert [a.ref for a in lower] == [a.ref for a in parse_assignments(typed)]


def test_a_cell_as_long_as_a_sheet_can_hold_is_read_in_no_time() -> None:
    """The readers neither recurse nor go back and forth: a hostile document cannot stop them."""
    directory = Directory.of((blank.unit("a", "Trạm A"), blank.unit("b", "Phòng")), ())
    for text in ("Trạm A, " * 4_000, "Phòng và ban " * 2_500, "Trạm A " * 4_500, "(" * 30_000, "các, " * 6_000):
        assert len(read_assignments(text, directory)) <= 3, text[:20]


PIECES = st.sampled_from(
    [*(text for _, text, _ in CELLS), *LEAVING_OUT, "trừ", *"()[];,/?@-", " ", "và", "Các", "chỉ đạo", "Phòng", "ban"]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join))
DIRECTORIES = st.sampled_from([NOBODY, *map(_directory, LEADS)])


@STEADY
@given(TEXTS, DIRECTORIES)
def test_no_text_breaks_the_readers_and_a_reading_can_be_typed(text: str, directory: Directory) -> None:
    """Whatever stands in a cell, what is read is a value that plan files can hold, and nobody unknown is an id."""
    read = read_assignments(text, directory)
    assert parse_assignments(format_assignments(read)) == read
    assert {a.ref for a in read if not a.ref.startswith("?")} <= set(directory.refs.values())
    assert all(isinstance(name, PrintedName) and name.name.strip() for name in split_names(text, directory))


@STEADY
@given(st.text(alphabet="aăâ ,;()vàCcPpồng", max_size=40))
def test_no_letter_of_a_cell_is_lost(text: str) -> None:
    """Names and scopes hold every letter that is not the word that parts them."""
    kept = "".join(name.name + name.scope for name in split_names(text, NOBODY))
    letters = {c for c in text.lower() if c.isalpha()} - set("và")
    assert letters <= set(kept.lower())
