"""What leaves validation: one feedback file for each return that needs one, and nothing of the inputs is read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import openpyxl

from plan.workspace import Workspace
from templates.draw import draw_template
from tests.validation.returned import COMMUNE, PERIOD, PLAN, RECEIVED, book, checked, received
from validation.feedback import FEEDBACK_SHEET
from validation.findings_book import SENDING_SHEET
from validation.messages import finding, is_for_office, message_to_unit
from validation.model import At, Checked, Return, Verdict
from validation.outbox import Occasion, Sources, write_feedback, write_findings

ROW = COMMUNE.task_rows[0]
OFFICE = "TEMPLATE_CHANGED"
FACTS = {"others": "Xã Yên Mô", "detail": "tệp bị cắt cụt"}
WRONG = book(typed={(ROW.code, "status"): "Tốt"})


def occasion(folder: Path) -> Occasion:
    return Occasion(Workspace(folder, PLAN.id, PERIOD.id), PLAN, PERIOD, RECEIVED)


def blank_of(unit: str) -> bytes:
    assert unit == COMMUNE.unit.id
    return draw_template(COMMUNE, {}, None)


@dataclass
class Store:
    """What the bytes of returns and blank templates are asked from, and how often."""

    data: bytes = b""
    asked: list[str] = field(default_factory=list)

    def write(self, folder: Path, run: Checked) -> dict[str, Path]:
        def bytes_of(r: Return) -> bytes:
            self.asked.append(r.file)
            return self.data

        return write_feedback(occasion(folder), run, Sources(bytes_of, blank_of), lambda done, total: None)


def written(folder: Path, run: Checked, data: bytes = b"") -> dict[str, Path]:
    store = Store(data)
    paths = store.write(folder, run)
    assert store.asked == list(paths), "each file is asked for once"
    return paths


def test_a_return_whose_bytes_are_gone_gets_the_list_alone(tmp_path: Path) -> None:
    """The files of parcels have no path of their own, and a ledger may have lost one."""
    run = checked(received(WRONG, "thu.eml/2026-H1_xa-gia-vien.xls"))
    paths = written(tmp_path, run)
    assert {file: path.name for file, path in paths.items()} == {
        "thu.eml/2026-H1_xa-gia-vien.xls": "can-sua_2026-H1_xa-gia-vien.xlsx"
    }
    (path,) = paths.values()
    assert openpyxl.load_workbook(path).sheetnames == [FEEDBACK_SHEET]


def faulty(*codes: str, unit: str = "xa-gia-vien") -> Checked:
    """One return with these findings."""
    run = checked(received(book(), "a.xlsx"))
    findings = tuple(finding(code, "a.xlsx", At(unit=unit), facts=FACTS) for code in codes)
    return replace(run, returns=(replace(run.returns[0], unit=unit),), findings=findings)


def test_who_is_only_asked_is_not_told_to_mend(tmp_path: Path) -> None:
    """The name of the file and the title of its first sheet."""
    for codes, name, title in (
        (("RETURNS_IDENTICAL",), "de-nghi-giai-trinh_xa-gia-vien_a.xlsx", "ĐỀ NGHỊ GIẢI TRÌNH"),
        (("RETURNS_IDENTICAL", "FILE_EMPTY"), "can-sua_xa-gia-vien_a.xlsx", "KẾT QUẢ KIỂM TRA BÁO CÁO"),
    ):
        (path,) = written(tmp_path, faulty(*codes)).values()
        assert path.name == name
        assert openpyxl.load_workbook(path)[FEEDBACK_SHEET]["A1"].value == title


def test_nothing_goes_back_about_what_only_the_department_can_mend(tmp_path: Path) -> None:
    """Nor is it said where there is something else to say."""
    assert is_for_office(finding(OFFICE, "a.xlsx"))
    assert written(tmp_path, faulty(OFFICE)) == {}
    (path,) = written(tmp_path, faulty(OFFICE, "FILE_EMPTY")).values()
    cells = [
        c.value for row in openpyxl.load_workbook(path)[FEEDBACK_SHEET].iter_rows(min_col=7, max_col=7) for c in row
    ]
    assert [c for c in cells if c and c != "Nội dung và cách sửa"] == [
        message_to_unit(finding("FILE_EMPTY", "a.xlsx", facts=FACTS))
    ]


def test_files_of_nobody_are_not_given_back(tmp_path: Path) -> None:
    for unit in ("", "xa-la"):
        assert written(tmp_path, faulty("FILE_EMPTY", unit=unit)) == {}


def test_what_would_come_out_the_same_is_not_drawn_again(tmp_path: Path) -> None:
    """And is, as soon as anything differs: the findings, the time left, or the copy itself."""
    data = b"no workbook"
    run = faulty("FILE_DAMAGED")
    return_ = replace(run.returns[0], sha256=sha256(data).hexdigest(), verdict=Verdict.UNREADABLE)
    run = replace(run, returns=(return_,))
    store = Store(data)
    (path,) = store.write(tmp_path, run).values()
    first = path.read_bytes()
    assert openpyxl.load_workbook(path).sheetnames[:2] == [FEEDBACK_SHEET, "Hướng dẫn"]
    assert list(store.write(tmp_path, run).values()) == [path]
    assert (store.asked, path.read_bytes()) == (["a.xlsx"], first)
    path.write_bytes(b"typed into")
    store.write(tmp_path, run)
    assert (len(store.asked), path.read_bytes()) == (2, first)
    store.write(tmp_path, replace(run, findings=(*run.findings, finding("STAMP_MISSING", "a.xlsx"))))
    assert (len(store.asked), path.read_bytes() != first) == (3, True)
    write_feedback(occasion(tmp_path / "later"), run, Sources(lambda _: data, blank_of), lambda done, total: None)
    assert (tmp_path / "later" / path.relative_to(tmp_path)).read_bytes() == first


def test_a_copy_of_lost_bytes_or_another_template_is_drawn_again(tmp_path: Path) -> None:
    run = faulty("FILE_DAMAGED")
    lost = Store()
    lost.write(tmp_path, run)
    lost.write(tmp_path, run)
    assert len(lost.asked) == 2
    data = b"no workbook"
    run = replace(run, returns=(replace(run.returns[0], sha256=sha256(data).hexdigest(), verdict=Verdict.UNREADABLE),))
    store = Store(data)
    store.write(tmp_path, run)
    known = Sources(lambda _: data, lambda _: draw_template(COMMUNE, {}, RECEIVED))
    (path,) = write_feedback(occasion(tmp_path), run, known, lambda done, total: None).values()
    before = path.read_bytes()
    store.write(tmp_path, run)
    assert (len(store.asked), path.read_bytes() != before) == (2, True)


def test_copies_of_an_earlier_run_go_and_other_files_stay(tmp_path: Path) -> None:
    (first,) = written(tmp_path, checked(received(WRONG))).values()
    first.with_name("của tôi.xlsx").write_bytes(b"x")
    assert written(tmp_path, checked(received(book()))) == {}
    assert sorted(p.name for p in first.parent.iterdir()) == ["của tôi.xlsx", "danh-sach.json"]


def test_copies_of_an_older_listing_go_too(tmp_path: Path) -> None:
    """It held names alone; one that leads elsewhere is left alone."""
    (first,) = written(tmp_path, checked(received(WRONG))).values()
    outside = first.parent.parent / "xa.xlsx"
    outside.write_bytes(b"x")
    first.with_name("danh-sach.json").write_text(f'["{first.name}", "../xa.xlsx", 5, null]', encoding="utf-8")
    assert written(tmp_path, checked(received(book()))) == {}
    assert not first.exists()
    assert outside.exists()


def test_the_findings_say_what_goes_back_to_whom(tmp_path: Path) -> None:
    run = faulty("FILE_EMPTY", OFFICE, "RETURNS_IDENTICAL")
    run = replace(run, returns=(replace(run.returns[0], sender="ai@vidu.vn"),))
    ((_, path),) = written(tmp_path, run).items()
    findings, _ = write_findings(occasion(tmp_path), run)
    sheet = openpyxl.load_workbook(findings)[SENDING_SHEET]
    assert [c.value for c in sheet[5]] == [
        1,
        COMMUNE.unit.name,
        path.name,
        "ai@vidu.vn",
        COMMUNE.unit.contact or "–",
        1,
        1,
    ]
    assert findings.parent / sheet["C5"].hyperlink.target.replace("\\", "/") == path


def test_the_findings_compare_the_files_of_a_unit(tmp_path: Path) -> None:
    run = checked(received(book(), "a.xlsx"), received(book(typed={(ROW.code, "progress"): 55}), "b.xlsx"))
    findings, data = write_findings(occasion(tmp_path), run)
    assert "So các bản gửi" in openpyxl.load_workbook(findings).sheetnames
    assert data.is_file()
