"""What a unit explains on the first sheet of its marked copy is read back, whatever it did to the sheet."""

from __future__ import annotations

import pytest

from validation.feedback_answers import ANSWER_HEADING, FEEDBACK_SHEET, KEY_HEADING, answer_key, explanations
from validation.model import Finding, Severity
from validation.raw import RawBook, RawSheet

HEAD: list[object] = ["STT", ANSWER_HEADING, KEY_HEADING]


def book(*rows: list[object], name: str = FEEDBACK_SHEET, **facts: object) -> RawBook:
    return RawBook((RawSheet(name, visible=True, rows=[["KẾT QUẢ"], [], *rows], **facts),), "xlsx")  # type: ignore[arg-type]  # facts of one sheet


def test_answers_are_found_by_their_keys() -> None:
    read = explanations(book(HEAD, ["1", "Đã kiểm tra", "BHYT_COVERAGE"], ["2", "Mới tách trạm", "RETURNS_IDENTICAL"]))
    assert read == {"BHYT_COVERAGE": "Đã kiểm tra", "RETURNS_IDENTICAL": "Mới tách trạm"}


def test_inserted_sorted_and_moved_do_no_harm() -> None:
    moved: list[list[object]] = [
        [None, "Ghi chú của xã", KEY_HEADING, "STT", ANSWER_HEADING],
        [None, None, "NV-2", "7", "Lời hai"],
        ["chèn thêm"],
        [None, None, "NV-1", "3", "Lời một"],
    ]
    assert explanations(book([], *moved, name="Can sua")) == {"NV-2": "Lời hai", "NV-1": "Lời một"}


def test_two_answers_to_one_row_are_both_kept() -> None:
    rows: list[list[object]] = [["1", "Lời một", "NV-1"], ["2", "Lời hai", "NV-1"], ["3", "Lời một", "NV-1"]]
    assert explanations(book(HEAD, *rows)) == {"NV-1": "Lời một; Lời hai"}


@pytest.mark.parametrize("answer", [None, "", "   ", "-", "…", "\u200b", "ok", "đúng", "x 12", "12 15", 12.0])
def test_what_says_nothing_explains_nothing(answer: object) -> None:
    assert explanations(book(HEAD, ["1", answer, "NV-1"])) == {}


def test_formulas_and_error_cells_explain_nothing() -> None:
    rows: list[list[object]] = [["1", "có kết quả", "NV-1"], ["2", None, "NV-2"]]
    assert explanations(book(HEAD, *rows, formulas={"B4": "A1"}, errors={"B5": "#REF!"})) == {}


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        ("=A1 mới tách trạm", "=A1 mới tách trạm"),
        ("Đu\u031b\u0301ng riêng", "Đứng riêng"),
        ("sápnhậpxãmới", "sápnhậpxãmới"),
    ],
)
def test_any_other_value_is_a_text(answer: object, read: str) -> None:
    assert explanations(book(HEAD, ["1", answer, "NV-1"])) == {"NV-1": read}


@pytest.mark.parametrize("key", [None, "", " ", 5, "x" * 201])
def test_an_answer_without_a_key_belongs_to_nothing(key: object) -> None:
    assert explanations(book(HEAD, ["1", "Mới tách trạm", key])) == {}


def test_a_workbook_without_the_sheet_has_no_answers() -> None:
    assert explanations(RawBook((), "xlsx")) == {}
    assert explanations(book(["Ghi chú, giải trình", "Mã dòng"], ["x", "NV-1"])) == {}


def test_a_heading_retyped_on_our_sheet_is_still_found() -> None:
    """On other sheets only our own spelling is looked for: every text of every return would have to be folded."""
    head: list[object] = ["STT", "GIẢI TRÌNH", "mã dòng (máy đọc)"]
    answer: list[object] = ["1", "Mới tách trạm", "NV-1"]
    assert explanations(book(head, answer, name="Cần sửa (2)")) == {"NV-1": "Mới tách trạm"}
    assert explanations(book(head, answer, name="Phụ lục 1")) == {}


def test_only_what_a_rule_doubts_can_be_explained() -> None:
    """Its row is the key, its code where it has none; faults of cells, sheets and files have no key."""

    def key(code: str, severity: Severity, row: str) -> str:
        return answer_key(Finding(code, severity, "a.xlsx", row=row))

    assert key("PEER_OUTLIER", Severity.WARNING, "BHYT_COVERAGE") == "BHYT_COVERAGE"
    assert key("RETURNS_IDENTICAL", Severity.WARNING, "") == "RETURNS_IDENTICAL"
    assert key("PEER_OUTLIER", Severity.ERROR, "BHYT_COVERAGE") == ""
    assert key("LABEL_CHANGED", Severity.WARNING, "BHYT_COVERAGE") == ""
    assert key("SUPERSEDED_RICHER", Severity.WARNING, "") == ""
