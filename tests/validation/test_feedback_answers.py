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
    read = explanations(book(HEAD, ["1", "Đã kiểm tra", "BHYT_COVERAGE"], ["2", "Đúng", "RETURNS_IDENTICAL"]))
    assert read == {"BHYT_COVERAGE": "Đã kiểm tra", "RETURNS_IDENTICAL": "Đúng"}


def test_inserted_sorted_and_moved_do_no_harm() -> None:
    moved: list[list[object]] = [
        [None, "Ghi chú của xã", KEY_HEADING, "STT", ANSWER_HEADING],
        [None, None, "NV-2", "7", "Hai"],
        ["chèn thêm"],
        [None, None, "NV-1", "3", "Một"],
    ]
    assert explanations(book([], *moved, name="Can sua")) == {"NV-2": "Hai", "NV-1": "Một"}


def test_two_answers_to_one_row_are_both_kept() -> None:
    rows: list[list[object]] = [["1", "Một", "NV-1"], ["2", "Hai", "NV-1"], ["3", "Một", "NV-1"]]
    assert explanations(book(HEAD, *rows)) == {"NV-1": "Một; Hai"}


@pytest.mark.parametrize("answer", [None, "", "   ", "-", "…", "\u200b"])
def test_what_says_nothing_explains_nothing(answer: object) -> None:
    assert explanations(book(HEAD, ["1", answer, "NV-1"])) == {}


def test_formulas_and_error_cells_explain_nothing() -> None:
    rows: list[list[object]] = [["1", "kết quả", "NV-1"], ["2", None, "NV-2"]]
    assert explanations(book(HEAD, *rows, formulas={"B4": "A1"}, errors={"B5": "#REF!"})) == {}


@pytest.mark.parametrize(("answer", "read"), [(12.0, "12"), ("=1+1", "=1+1"), ("Đu\u031b\u0301ng", "Đứng")])
def test_any_other_value_is_a_text(answer: object, read: str) -> None:
    assert explanations(book(HEAD, ["1", answer, "NV-1"])) == {"NV-1": read}


@pytest.mark.parametrize("key", [None, "", " ", 5, "x" * 201])
def test_an_answer_without_a_key_belongs_to_nothing(key: object) -> None:
    assert explanations(book(HEAD, ["1", "Đúng", key])) == {}


def test_a_workbook_without_the_sheet_has_no_answers() -> None:
    assert explanations(RawBook((), "xlsx")) == {}
    assert explanations(book(["Ghi chú, giải trình", "Mã dòng"], ["x", "NV-1"])) == {}


def test_only_what_a_rule_doubts_can_be_explained() -> None:
    """Its row is the key, its code where it has none; faults of cells, sheets and files have no key."""

    def key(code: str, severity: Severity, row: str) -> str:
        return answer_key(Finding(code, severity, "a.xlsx", row=row))

    assert key("PEER_OUTLIER", Severity.WARNING, "BHYT_COVERAGE") == "BHYT_COVERAGE"
    assert key("RETURNS_IDENTICAL", Severity.WARNING, "") == "RETURNS_IDENTICAL"
    assert key("PEER_OUTLIER", Severity.ERROR, "BHYT_COVERAGE") == ""
    assert key("LABEL_CHANGED", Severity.WARNING, "BHYT_COVERAGE") == ""
    assert key("SUPERSEDED_RICHER", Severity.WARNING, "") == ""
