"""A draft proposes only what has one reading, marks it, and leaves the rest blank for loading to ask."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plan import grammar
from plan.build import build_plan
from plan.folder import read_folder, write_texts
from plan.schema import check_tables
from plan.word.draft import Draft, read_document
from plan.word.offices import is_for_many, kind_of_office, propose_offices
from plan.word.prose import propose_head
from plan.word.reporting_days import propose_calendar
from tests.plan.word_documents import WordMaker

INDICATORS = ("TT", "Nội dung", "ĐVT", "Mục tiêu", "Cơ quan chủ trì", "Cơ quan phối hợp")
TASKS = ("STT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Kết quả", "Thời gian hoàn thành")


def maker() -> WordMaker:
    made = WordMaker().letterhead("UBND xã Ví Dụ", "Ví Dụ")
    made.paragraphs("KẾ HOẠCH", "Chăm sóc sức khỏe Nhân dân", "năm 2026", "Căn cứ Nghị quyết số 72-NQ/TW;")
    made.paragraphs("Báo cáo năm gửi về UBND xã (qua Phòng Văn hoá - Xã hội) trước ngày 10/12 (đối với báo cáo năm).")
    made.signature()
    made.paragraphs("PHỤ LỤC 1", "CHỈ TIÊU", "(Kèm theo Kế hoạch số   /KH-UBND của UBND xã Ví Dụ)")
    made.paragraphs("1. Mục tiêu đến năm 2030").table(
        INDICATORS,
        ("1", "Tỉ lệ dân số tham gia bảo hiểm y tế", "%", ">95 (2026), toàn dân (2030)", "Phòng Kinh tế", "Trạm Y tế"),
        ("2", "Tỉ lệ dân số tham gia bảo hiểm y tế", "%", "100", "Phòng Kinh tế", ""),
        ("3", "Tỉ lệ hộ nuôi ong có sổ theo dõi", "%", "khoảng 50", "Đồng chí Nguyễn Văn Ví Dụ", "tổ dân phố"),
    )
    made.paragraphs("PHỤ LỤC 2", "NHIỆM VỤ").table(
        TASKS,
        ("1", "Việc một", "Trạm Y tế", "Các cơ quan, đơn vị; UBND xã, phường", "Kế hoạch", "Sớm"),
        ("2", "Việc hai", "Phòng Kinh tế, Hạ tầng và Đô thị, Trạm Y tế", "", "", ""),
        ("3", "Việc ba", "Phòng Kinh tế, Hạ tầng và Đô thị", "", "Báo cáo", "Quý I/2027"),
    )
    return made


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    path = tmp_path / "Ke hoach y te.docx"
    path.write_bytes(maker().bytes())
    return read_document(path)


def test_a_national_indicator_is_recognised_and_any_other_is_left_to_a_person(draft: Draft) -> None:
    """A measure is proposed for a figure that is surely meant; no measure is made up for another."""
    first, again, other = draft.tables.indicators.rows
    assert (first["code"], first["measure"], first["targets"]) == ("BHYT_COVERAGE", "ratio", "2026 > 95; 2030 >= 100")
    assert (again["code"], again["same_as"]) == ("BHYT_COVERAGE_2030", "BHYT_COVERAGE")
    assert other["code"] == "CT_3"
    blank = ("measure", "aggregation", "decimals", "fields", "targets", "due", "same_as", "short", "reason")
    assert all(other[column] == "" for column in blank)


def test_the_blanks_of_a_draft_are_what_loading_asks_for(draft: Draft, tmp_path: Path) -> None:
    """Nothing else is wrong with a draft, and once a person has filled these cells it is a plan."""
    faults = check_tables(draft.tables)
    assert [fault.partition(":")[0] for fault in faults] == [
        *(f"indicators.csv, ô {letter}4" for letter in ("M", "N", "O", "P", "AA", "AB")),
    ]
    known, again, other = draft.tables.indicators.rows
    filled = {**other, **{c: known[c] for c in ("measure", "aggregation", "decimals", "fields", "short", "reason")}}
    mended = replace(draft.tables, indicators=replace(draft.tables.indicators, rows=(known, again, filled)))
    assert check_tables(mended) == []
    assert len(build_plan(mended).indicators) == 3
    for name, data in write_texts(mended).items():
        (tmp_path / name).write_bytes(data)
    problems: list[str] = []
    assert (read_folder(tmp_path, problems).texts(), problems) == (mended.texts(), [])


def test_nobody_is_made_up_for_a_wording_that_means_many(draft: Draft) -> None:
    """ "Các cơ quan, đơn vị" is a group to be filled, and printed words in the rows; a person is no unit."""
    texts = draft.tables.texts()
    assert [row["name"] for row in texts["units"]] == ["Phòng Kinh tế", "Trạm Y tế", "Phòng Kinh tế, Hạ tầng và Đô thị"]
    assert [row["name"] for row in texts["groups"]] == ["tổ dân phố", "Các cơ quan, đơn vị", "UBND xã, phường"]
    first, second, third = texts["tasks"]
    assert first["coordinators"] == "?Các cơ quan, đơn vị; ?UBND xã, phường"
    assert second["leads"] == "phong-kinh-te-ha-tang-va-do-thi; tram-y-te"
    assert third["leads"] == "phong-kinh-te-ha-tang-va-do-thi"
    assert texts["indicators"][2]["reporters"] == "?Đồng chí Nguyễn Văn Ví Dụ"


def test_deadlines_are_typed_or_unknown(draft: Draft) -> None:
    assert [row["due"] for row in draft.tables.tasks.rows] == ["unknown", "unknown", "by 2027-Q1"]


def test_every_proposal_is_marked(draft: Draft) -> None:
    """What a program read stands in `confirm` by the name of its column, and is never blank."""
    texts = draft.tables.texts()
    marked = [(row, c) for table in ("indicators", "tasks", "units") for row in texts[table] for c in _marked(row)]
    assert len(marked) == 40
    # A blank cell is marked only where the document prints what could not be read.
    assert all(row[column] or (column == "targets" and row["target_text"]) for row, column in marked)
    assert set(_marked(texts["tasks"][2])) == {"leads", "due"}
    assert set(_marked(texts["indicators"][2])) == {"code", "targets", "reporters", "coordinators"}
    assert all(set(_marked(row)) == {"id", "kind", "name"} for row in texts["units"])


def test_attained_in_a_column_of_a_year_is_a_target_and_what_is_not_read_is_marked(tmp_path: Path) -> None:
    """Neither is lost in silence: "Đạt" is a proposal of 100, "khoảng 50" is left for a person."""
    head = ("TT", "Nội dung", "2026", "2030", "Cơ quan chủ trì")
    made = (
        WordMaker()
        .paragraphs("PHỤ LỤC 1", "CHỈ TIÊU")
        .table(
            head,
            ("1", "Có quy chế phối hợp", "Đạt", "Đạt", "Trạm Y tế"),
            ("2", "Tỉ lệ hộ nuôi ong", "khoảng 50", "60", "Trạm Y tế"),
            ("3", "Tỉ lệ dân số tham gia bảo hiểm y tế", "Đạt", "100", "Trạm Y tế"),
        )
    )
    path = tmp_path / "a.docx"
    path.write_bytes(made.bytes())
    draft = read_document(path)
    rows = draft.tables.texts()["indicators"]
    assert rows[0]["target_text"] == "Đạt (2026), Đạt (2030)"
    assert [row["targets"] for row in rows] == ["2026 >= 100; 2030 >= 100", "2030 >= 60", "2030 >= 100"]
    assert all("targets" in _marked(row) for row in rows)
    assert [(u.table, u.row, u.text) for u in draft.unread] == [(1, 3, "khoảng 50"), (1, 4, "Đạt")]
    assert all("(targets)" in u.why for u in draft.unread)


def _marked(row: dict[str, str]) -> tuple[str, ...]:
    return grammar.parse_names(row["confirm"])


def test_the_head_and_the_calendar_are_what_the_text_says(draft: Draft) -> None:
    assert draft.tables.head.rows == (
        {
            **{"id": "ubnd-xa-vi-du", "issuer": "UBND xã Ví Dụ", "superior": "", "short_issuer": "UBND", "level": "xã"},
            **{"title": "Kế hoạch chăm sóc sức khỏe Nhân dân năm 2026", "place": "Ví Dụ"},
            **{"return_to": "UBND xã (qua Phòng Văn hoá - Xã hội)", "time_zone": "Asia/Ho_Chi_Minh"},
        },
    )
    assert draft.tables.calendar.rows == ({"kind": "Y", "first": "01-01", "last": "12-31", "due": "12-10"},)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("báo cáo 6 tháng (trước ngày 10 tháng 6); 12 tháng (trước ngày 10 tháng 12)", {"H1": "06-10", "Y": "12-10"}),
        (
            "trước ngày 25/5 (đối với báo cáo 6 tháng) và trước ngày 10/12 (đối với báo cáo năm)",
            {"H1": "05-25", "Y": "12-10"},
        ),
        ("- Báo cáo quý gửi trước ngày 10 của tháng cuối.", {f"Q{n}": f"{3 * n:02}-10" for n in range(1, 5)}),
        ("định kỳ (trước ngày 10/11 hàng năm)", {"Y": "11-10"}),
        ("báo cáo định kỳ theo quy định", {}),
        ("Hoàn thành trước ngày 10/12 việc cấp thẻ", {}),
        ("6 tháng (trước ngày 10/6); phường gửi 6 tháng (trước ngày 5/6)", {}),  # two days, so none
        ("6 tháng (trước ngày 31/6)", {}),  # no such day
    ],
)
def test_the_calendar_is_only_what_stands_there(text: str, days: dict[str, str]) -> None:
    """A period without a plain day is not proposed; two different days for one period are no plain day."""
    assert {day.row["kind"]: day.row["due"] for day in propose_calendar([text])} == days


@pytest.mark.parametrize(
    ("prose", "days"),
    [
        (["Các đơn vị nộp báo cáo 6 tháng trước ngày 05/6 cho Kho bạc Nhà nước."], {}),
        (["Báo cáo UBND tỉnh 6 tháng trước ngày 05/6."], {}),
        (["Gửi Sở Y tế báo cáo năm trước ngày 05/12 (báo cáo năm)."], {}),
        (["Định kỳ gửi Sở Y tế, cụ thể:", "- Báo cáo 6 tháng trước ngày 05/6."], {}),
        (["Hoàn thành việc rà soát trước ngày 10/12 hằng năm."], {}),
        (["Báo cáo 6 tháng gửi Kho bạc trước ngày 05/6. Báo cáo 6 tháng trước ngày 25/5."], {"H1": "05-25"}),
        (["Báo cáo 6 tháng gửi về UBND xã trước ngày 25/5 (báo cáo 6 tháng) để báo cáo UBND tỉnh."], {"H1": "05-25"}),
        (["Gửi về Phòng Văn hoá - Xã hội báo cáo 6 tháng trước", "ngày 25/5."], {"H1": "05-25"}),
        (["Gửi báo cáo về Ủy ban nhân dân xã, cụ thể:", "- Báo cáo 6 tháng trước ngày 25/5."], {"H1": "05-25"}),
    ],
)
def test_a_day_counts_only_in_a_sentence_about_reports_to_the_issuer(prose: list[str], days: dict[str, str]) -> None:
    """A document also names days of reports to a treasury or to the authority above."""
    assert {day.row["kind"]: day.row["due"] for day in propose_calendar(prose, "UBND xã Ví Dụ")} == days


def test_what_has_no_column_to_confirm_is_noted(draft: Draft) -> None:
    """Each day with its sentence, each item of the head, each group: a person who confirms must know of them."""
    sentence = "Báo cáo năm gửi về UBND xã (qua Phòng Văn hoá - Xã hội) trước ngày 10/12 (đối với báo cáo năm)."
    assert f"Hạn năm trước ngày 10/12: đọc từ câu “{sentence}”" in draft.notes
    head = {column: text for column, text in draft.tables.head.rows[0].items() if text}
    said = [note for note in draft.notes if note.startswith("Thông tin chung")]
    assert [all(part in note for part in item) for note, item in zip(said, head.items(), strict=True)] == [True] * 8
    groups = [note for note in draft.notes if note.startswith("Nhóm đơn vị")]
    assert [row["name"] in note for row, note in zip(draft.tables.groups.rows, groups, strict=True)] == [True] * 3


def test_a_head_that_the_text_does_not_say_stays_blank() -> None:
    """Two issuers, no title, no place: nothing is chosen; the id comes from the file then."""
    prose = [
        "(Kèm theo Kế hoạch của UBND xã Một)",
        "(Kèm theo Kế hoạch của UBND xã Hai)",
        "KẾ HOẠCH",
        "TM. UBND",
        "Ai Đó",
    ]
    head = propose_head(prose, Path("Kế hoạch 2026.docx"))
    assert head["id"] == "ke-hoach-2026"
    assert {key for key, text in head.items() if text} == {"id", "time_zone"}


@pytest.mark.parametrize(
    ("name", "kind", "many"),
    [
        ("Phòng Văn hoá - Xã hội", "phòng", False),
        ("BHXH cơ sở Mường La", "bảo hiểm xã hội", False),
        ("UBND đặc khu Kiên Hải", "đặc khu", False),
        ("Ủy ban nhân dân xã Mường La", "xã", False),
        ("Trạm Y tế", "trạm y tế", False),
        ("UBND xã phường", "ubnd", True),
        ("Trạm Y tế xã, phường", "trạm y tế", True),
        ("Các PCN", "các", True),
        ("tổ dân phố", "tổ dân phố", True),
        ("Đơn vị liên quan", "đơn", True),
        ("Phòng VHXH", "phòng", False),
        ("VHXH", "phòng", False),
        ("TT Dịch vụ tổng hợp", "trung tâm", False),
        ("Ban Chỉ huy Quân sự", "ban chỉ huy", False),
        ("Văn phòng HĐND-UBND", "văn phòng", False),
        ("KHHGĐ", "cơ quan", False),
    ],
)
def test_kinds_of_offices(name: str, kind: str, many: bool) -> None:
    assert is_for_many(name) is many
    if not many:
        assert kind_of_office(name) == kind


SMALL_PLAN = {
    "Trung tâm Dịch vụ tổng hợp": "trung-tam-dich-vu-tong-hop",
    "Văn phòng HĐND-UBND, Trung tâm Dịch vụ tổng hợp": "van-phong-hdnd-ubnd; trung-tam-dich-vu-tong-hop",
    "Ban Chỉ huy Quân sự": "ban-chi-huy-quan-su",
    "Phòng VHXH": "phong-vhxh",
    "Phòng Văn hóa - Xã hội chỉ đạo; Trạm Y tế thực hiện": "phong-van-hoa-xa-hoi [chỉ đạo]; tram-y-te [thực hiện]",
    "Trạm Y tế tổng hợp": "tram-y-te [tổng hợp]",
}


def test_the_offices_of_a_small_commune_are_whole_and_once() -> None:
    """No last word of a name becomes a duty; a duty behind a name that stands elsewhere makes no new office."""
    offices = propose_offices(SMALL_PLAN)
    assert {text: offices.assignments[text] for text in SMALL_PLAN} == SMALL_PLAN
    assert {row["id"]: row["kind"] for row in offices.units} == {
        "trung-tam-dich-vu-tong-hop": "trung tâm",
        "van-phong-hdnd-ubnd": "văn phòng",
        "ban-chi-huy-quan-su": "ban chỉ huy",
        "phong-vhxh": "phòng",
        "phong-van-hoa-xa-hoi": "phòng",
        "tram-y-te": "trạm y tế",
    }


NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@pytest.mark.parametrize(
    ("lines", "head"),
    [
        (["ỦY BAN NHÂN DÂN XÃ PHÚ LƯƠNG", NATION], ("UBND xã Phú Lương", "xã", "Phú Lương")),
        ([f"ỦY BAN NHÂN DÂN XÃ PHÚ LƯƠNG {NATION}"], ("UBND xã Phú Lương", "xã", "Phú Lương")),
        (["UỶ BAN NHÂN DÂN", NATION, "XÃ PHÚ LƯƠNG", "Số:  /KH-UBND"], ("UBND xã Phú Lương", "xã", "Phú Lương")),
        (["UBND PHƯỜNG B'LAO 2", "B'Lao, ngày   tháng   năm 2026"], ("UBND phường B'lao 2", "phường", "B'Lao")),
        (["UBND TỈNH SƠN LA", "SỞ Y TẾ", NATION], ("", "", "")),  # the office below the authority issues
        (["UBND XÃ MỘT", "UBND XÃ HAI"], ("", "", "")),
        (["Ủy ban nhân dân xã Một tổ chức hội nghị"], ("", "", "")),
        (["KẾ HOẠCH", "UBND XÃ MỘT"], ("", "", "")),  # below the letterhead
        (["UBND XÃ MỘT", "(Kèm theo Kế hoạch của UBND xã Hai)"], ("UBND xã Hai", "xã", "")),
    ],
)
def test_the_letterhead_names_the_issuer_where_no_other_line_does(lines: list[str], head: tuple[str, str, str]) -> None:
    found = propose_head(lines, Path("a.docx"))
    assert (found["issuer"], found["level"], found["place"]) == head


def test_a_letterhead_table_or_paragraph_is_read_from_a_document(tmp_path: Path) -> None:
    rows = (("STT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành"), ("1", "Việc", "Trạm Y tế", "Năm 2026"))
    documents = (
        WordMaker().letterhead("Ủy ban nhân dân xã Phú Lương", "Phú Lương"),
        WordMaker().paragraphs("ỦY BAN NHÂN DÂN XÃ PHÚ LƯƠNG", NATION),
    )
    for document in documents:
        path = tmp_path / "a.docx"
        path.write_bytes(document.paragraphs("PHỤ LỤC", "NHIỆM VỤ").table(*rows).bytes())
        head = read_document(path).tables.texts()["head"][0]
        assert (head["id"], head["issuer"]) == ("ubnd-xa-phu-luong", "UBND xã Phú Lương")
        assert (head["level"], head["place"]) == ("xã", "Phú Lương")


def test_names_learnt_in_one_cell_part_those_of_another() -> None:
    """A missing comma makes no third office of two; a name is registered once for all its spellings."""
    offices = propose_offices(["Phòng VH-XH", "Phòng Kinh tế", "Phòng VH-XH Phòng Kinh tế, Công an xã", "Phòng VH–XH"])
    assert [row["name"] for row in offices.units] == ["Phòng VH-XH", "Phòng Kinh tế", "Công an xã"]
    assert offices.assignments["Phòng VH-XH Phòng Kinh tế, Công an xã"] == "phong-vh-xh; phong-kinh-te; cong-an-xa"
    assert offices.assignments["Phòng VH–XH"] == "phong-vh-xh"
