"""Word documents made out of the catalog's printed columns come back as the same rows, however they are laid out."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from plan.grammar import parse_due
from plan.load import catalog_ids
from plan.model import PlanError
from plan.schema import check_tables
from plan.tables import INDICATOR_PRINTED, TASK_PRINTED, PlanTables
from plan.word.draft import Draft, read_document
from tests.office import Office
from tests.plan.word_documents import Appendix, WordMaker

ROOT = Path(__file__).parents[2]
CATALOG = ROOT / "plan" / "catalog"

LEAD = {"number": "STT", "lead_text": "Cơ quan chủ trì", "coordinating_text": "Cơ quan phối hợp"}
DUE = {"due_text": "Thời gian hoàn thành"}


@dataclass(frozen=True)
class Source:
    """What the document prints around its rows: the heads of its tables, and the lines that say whose plan it is."""

    issuer: str
    place: str
    prose: tuple[str, ...]
    titles: tuple[tuple[str, ...], tuple[str, ...]]
    heads: tuple[dict[str, str], dict[str, str]]  # of the table of indicators ({}: there is none) and of tasks
    days: dict[str, str]


SOURCES = {
    "ninh-binh-syt": Source(
        "Sở Y tế tỉnh Ninh Bình",
        "Ninh Bình",
        (
            "Ngoài các nhiệm vụ trên, định kỳ báo cáo kết quả thực hiện 6 tháng (trước ngày 10 tháng 6); 12 tháng "
            "(trước ngày 10 tháng 12) và báo cáo đột xuất khi có yêu cầu, gửi về Sở Y tế (qua Phòng Tài chính).",
        ),
        (
            ("PHỤ LỤC 1", "PHÂN CÔNG THỰC HIỆN CHỈ TIÊU KẾ HOẠCH"),
            ("PHỤ LỤC 2 PHÂN CÔNG NHIỆM VỤ CÁC ĐƠN VỊ TRONG NGÀNH Y TẾ", "BẢO VỆ, CHĂM SÓC SỨC KHỎE NHÂN DÂN"),
        ),
        (
            {
                **{"number": "TT", "name": "Nội dung", "unit": "Đơn vị tính", "target_text": "Mục tiêu"},
                "monitor_text": "Đơn vị/bộ phận tham mưu chỉ đạo, theo dõi",
                "lead_text": "Đơn vị/bộ phận chủ trì thực hiện, báo cáo",
            },
            {
                **{"number": "STT", "name": "Tên nhiệm vụ cụ thể", "lead_text": "Bộ phận/đơn vị chủ trì"},
                **{"coordinating_text": "Bộ phận/đơn vị phối hợp", "result": "Kết quả", **DUE},
            },
        ),
        {"H1": "06-10", "Y": "12-10"},
    ),
    "thanh-nam": Source(
        "UBND phường Thành Nam",
        "Thành Nam",
        (
            "Chủ động triển khai; định kỳ báo cáo kết quả thực hiện 6 tháng, 12 tháng gửi về UBND phường (qua Phòng "
            "Văn hoá - Xã hội) trước ngày 25/5 (đối với báo cáo 6 tháng) và trước ngày 10/12 (đối với báo cáo năm).",
        ),
        (
            ("PHỤ LỤC 1", "PHÂN CÔNG THỰC HIỆN CHỈ TIÊU KẾ HOẠCH"),
            ("PHỤ LỤC 2", "PHÂN CÔNG NHIỆM VỤ TRIỂN KHAI THỰC HIỆN", "NGHỊ QUYẾT 72- NQ/TW CỦA BỘ CHÍNH TRỊ"),
        ),
        (
            {
                **{"number": "TT", "name": "Nội dung", "unit": "Đơn vị tính", "target_text": "Mục tiêu"},
                **{"lead_text": "Cơ quan chủ trì thực hiện", "coordinating_text": "Cơ quan phối hợp"},
                "monitor_text": "Cơ quan theo dõi, báo cáo, công bố",
            },
            {"number": "STT", "name": "Tên nhiệm vụ", **LEAD, "result": "Kết quả", **DUE},
        ),
        {"H1": "05-25", "Y": "12-10"},
    ),
    "muong-la": Source(
        "UBND xã Mường La",
        "Mường La",
        ("Đồng thời, tổng hợp báo cáo kết quả thực hiện kế hoạch định kỳ (trước ngày 10/11 hàng năm).",),
        (
            ("PHỤ LỤC 1", "PHÂN CÔNG THỰC HIỆN CÁC MỤC TIÊU"),
            ("PHỤ LỤC 02", "PHÂN CÔNG NHIỆM VỤ THỰC HIỆN KẾ HOẠCH"),
        ),
        (
            {"number": "STT", "name": "Tên mục tiêu", **LEAD, **DUE},
            {"number": "STT", "name": "Tên mục tiêu", **LEAD, **DUE},  # so it stands over the tasks too
        ),
        {"Y": "11-10"},
    ),
    "kien-hai": Source(
        "Ủy ban Nhân dân đặc khu Kiên Hải",
        "Kiên Hải",
        (
            "Ủy ban Nhân dân đặc khu Kiên Hải triển khai Kế hoạch thực hiện, cụ thể như sau:",
            "- Báo cáo quý gửi trước ngày 10 của tháng cuối.",
            "- Báo cáo 6 tháng gửi trước ngày 15 tháng 6.",
            "- Báo cáo năm gửi trước ngày 05 tháng 11.",
        ),
        ((), ("Phụ lục", "DANH MỤC CÁC NHIỆM VỤ TRIỂN KHAI KẾ HOẠCH THỰC HIỆN", "CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA TỈNH ỦY")),
        ({}, {"number": "STT", "name": "Tên nhiệm vụ cụ thể", **LEAD, **DUE}),
        {"Q1": "03-10", "Q2": "06-10", "Q3": "09-10", "Q4": "12-10", "H1": "06-15", "Y": "11-05"},
    ),
}
CONTACTS = ("Họ và tên", "Chức vụ", "Số điện thoại")  # behind the appendices: no row, but said
PRINTED = {"indicators": INDICATOR_PRINTED, "tasks": TASK_PRINTED}


def rows_of(plan: str, table: str) -> list[dict[str, str]]:
    """The rows that stand in the tables of the document; those of prose and further figures of a row do not."""
    with (CATALOG / plan / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if not row["source"] and not row.get("part_of")]


def with_tables() -> list[str]:
    return [plan for plan in catalog_ids() if rows_of(plan, "indicators") or rows_of(plan, "tasks")]


@cache
def document(plan: str, *, per_table: int, repeats_head: bool) -> bytes:
    source = SOURCES[plan]
    maker = WordMaker().letterhead(source.issuer, source.place)
    maker.paragraphs("KẾ HOẠCH", "Thực hiện Nghị quyết số 72-NQ/TW của Bộ Chính trị", *source.prose)
    maker.signature()
    attached = f"(Kèm theo Kế hoạch số      /KH-UBND ngày    /01/2026 của {source.issuer})"
    for table, title, head in zip(PRINTED, source.titles, source.heads, strict=True):
        if head:
            rows = rows_of(plan, table)
            maker.appendix(Appendix((*title, attached), head, rows, per_table, repeats_head))
            maker.footnote("Theo Quyết định số 01/QĐ-UBND.")
    maker.table(CONTACTS, ("…", "Trưởng trạm", "…"))
    return maker.bytes()


def printed(tables: PlanTables) -> dict[str, list[dict[str, str]]]:
    texts = tables.texts()
    return {table: [{c: row[c] for c in columns} for row in texts[table]] for table, columns in PRINTED.items()}


def expected(plan: str) -> dict[str, list[dict[str, str]]]:
    heads = dict(zip(PRINTED, SOURCES[plan].heads, strict=True))
    return {
        table: [{c: row[c] for c in columns} for row in (rows_of(plan, table) if heads[table] else [])]
        for table, columns in PRINTED.items()
    }


def read(tmp_path: Path, data: bytes, name: str = "ke-hoach.docx") -> Draft:
    path = tmp_path / name
    path.write_bytes(data)
    return read_document(path)


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Draft]:
    """Each plan's document, imported once."""
    folder = tmp_path_factory.mktemp("drafts")
    return {plan: read(folder, document(plan, per_table=7, repeats_head=True)) for plan in with_tables()}


@pytest.mark.parametrize("plan", with_tables())
@pytest.mark.parametrize(("per_table", "repeats_head"), [(7, True), (5, False), (1000, True)])
def test_a_document_imports_to_the_rows_that_it_prints(
    plan: str, per_table: int, repeats_head: bool, tmp_path: Path
) -> None:
    """Merged group rows, heads repeated or not, rows torn over a page break: every printed cell is verbatim."""
    draft = read(tmp_path, document(plan, per_table=per_table, repeats_head=repeats_head))
    assert printed(draft.tables) == expected(plan)
    assert [unread.text for unread in draft.unread] == [" | ".join(CONTACTS)]


@pytest.mark.parametrize("plan", with_tables())
def test_what_a_document_says_of_itself_is_proposed(plan: str, drafts: dict[str, Draft]) -> None:
    """Issuer, place and the days of reporting come from the text; what it does not say is left for loading to ask."""
    draft = drafts[plan]
    head = draft.tables.head.rows[0]
    assert (head["issuer"], head["place"]) == (SOURCES[plan].issuer, SOURCES[plan].place)
    assert head["title"] == "Kế hoạch thực hiện Nghị quyết số 72-NQ/TW của Bộ Chính trị"
    assert {row["kind"]: row["due"] for row in draft.tables.calendar.rows} == SOURCES[plan].days
    faults = check_tables(draft.tables)
    assert all("còn thiếu hoặc để trống" in fault for fault in faults), faults


@pytest.mark.parametrize("plan", with_tables())
def test_what_is_proposed_is_what_a_person_read(plan: str, drafts: dict[str, Draft]) -> None:
    """A proposed code, measure, target, deadline or parent is the reviewed one of the catalog, or is not made."""
    draft = drafts[plan]
    texts = draft.tables.texts()
    for table, columns in {
        "indicators": ("code", "measure", "aggregation", "targets", "same_as"),
        "tasks": ("code", "due", "parent"),
    }.items():
        for row, reviewed in zip(texts[table], rows_of(plan, table), strict=False):
            for column in columns:
                assert not row[column] or _same(column, row[column], reviewed[column]), (reviewed["code"], column)
            marked = row["confirm"].split("; ")
            assert all(row[column] for column in marked)
            assert {c for c in columns if row[c]} - {"code"} <= set(marked)


def _same(column: str, proposed: str, reviewed: str) -> bool:
    return parse_due(proposed) == parse_due(reviewed) if column == "due" else proposed == reviewed


@pytest.mark.parametrize("plan", with_tables())
def test_offices_stand_in_the_document(plan: str, drafts: dict[str, Draft]) -> None:
    """Nobody is invented: every proposed unit and group is spelt as it stands in a lead or coordinating cell."""
    draft = drafts[plan]
    texts = draft.tables.texts()
    cells = " | ".join(
        row.get(column, "")
        for table in PRINTED
        for row in texts[table]
        for column in ("lead_text", "coordinating_text", "monitor_text")
    )
    assert texts["units"]
    assert all(row["name"] in cells for row in (*texts["units"], *texts["groups"]))
    assert all(row["groups"] == row["contact"] == "" for row in texts["units"])


@pytest.mark.office
@pytest.mark.parametrize("plan", with_tables())
def test_a_document_saved_again_by_libreoffice_imports_the_same(
    plan: str, tmp_path: Path, office: Office, drafts: dict[str, Draft]
) -> None:
    """Offices that use LibreOffice or WPS save other XML for the same page."""
    program = shutil.which("soffice")
    if program is None or not (Path(program).resolve().parent / "libswlo.so").is_file():
        pytest.skip("LibreOffice Writer (libreoffice-writer) is not installed")
    path = tmp_path / "ke-hoach.docx"
    path.write_bytes(document(plan, per_table=7, repeats_head=True))
    again = office.convert([path], "docx", tmp_path / "again")[0]
    theirs = read_document(again)
    assert printed(theirs.tables) == expected(plan)
    assert theirs.tables.texts() == drafts[plan].tables.texts()


def test_a_plan_in_prose_says_that_it_has_no_appendix(tmp_path: Path) -> None:
    """A plan without appendices is told so at once, with the headings that were looked for and what to do instead."""
    maker = WordMaker().letterhead("UBND phường Trần Liễu", "Trần Liễu")
    with (CATALOG / "tran-lieu" / "tasks.csv").open(encoding="utf-8", newline="") as file:
        maker.paragraphs("KẾ HOẠCH", *(row["sentence"] for row in csv.DictReader(file)))
    maker.signature()
    with pytest.raises(PlanError) as refused:
        read(tmp_path, maker.bytes())
    (line,) = str(refused.value).splitlines()
    assert "không có bảng phụ lục nào" in line
    assert all(words in line for words in ("ke-hoach.docx", "Tên nhiệm vụ", "chủ trì", "plan new"))


def test_a_person_who_signs_is_nowhere_in_the_draft(tmp_path: Path) -> None:
    """The names of officials are no facts of a plan."""
    signed = SOURCES["thanh-nam"]
    maker = WordMaker().letterhead(signed.issuer, signed.place).paragraphs("KẾ HOẠCH", "Thực hiện Nghị quyết")
    maker.signature("Người Ký Tên").paragraphs("Người Ký Tên")
    maker.appendix(Appendix(signed.titles[1], signed.heads[1], rows_of("thanh-nam", "tasks")))
    assert "Người Ký Tên" not in str(read(tmp_path, maker.bytes()).tables.texts())
