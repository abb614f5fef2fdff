"""findings.json keeps its contract: its keys, its order, its bytes."""

from __future__ import annotations

import json
from dataclasses import replace

from plan.layout import INDICATOR_SHEET, TASK_SHEET
from validation.findings_json import findings_json
from validation.model import Finding, Severity


def found(file: str, sheet: str = "", cell: str = "", value: str = "") -> Finding:
    return Finding("NOT_A_NUMBER", Severity.ERROR, file, sheet, cell, "xa-gia-vien", "BHYT.numerator", value)


def say(finding: Finding) -> str:
    return f"Đây không phải là số: {finding.value}"


def test_each_record_has_exactly_the_keys_of_the_contract() -> None:
    records = json.loads(findings_json([found("a.xlsx", INDICATOR_SHEET, "H9", "chín")], say))
    assert records == [
        {
            "file": "a.xlsx",
            "sheet": "Phụ lục 1",
            "cell": "H9",
            "unit": "xa-gia-vien",
            "row": "BHYT.numerator",
            "code": "NOT_A_NUMBER",
            "severity": "error",
            "message": "Đây không phải là số: chín",
            "value": "chín",
            "explanation": "",
        }
    ]
    contract = ["file", "sheet", "cell", "unit", "row", "code", "severity", "message", "value"]
    assert list(records[0]) == [*contract, "explanation"]


def test_what_the_unit_explained_stands_beside_what_was_asked() -> None:
    answered = replace(found("a.xlsx"), facts={"explained": "Đúng như vậy"})
    assert json.loads(findings_json([answered], say))[0]["explanation"] == "Đúng như vậy"


def test_vietnamese_stays_readable() -> None:
    text = findings_json([found("a.xlsx", value="chín")], say).decode("utf-8")
    assert '"message": "Đây không phải là số: chín"' in text
    assert text.startswith('[\n {\n  "file"')


def test_order_is_that_of_a_reader_and_not_of_the_alphabet() -> None:
    """H10 comes after H9, the file itself before its sheets, appendix 1 before 2, foreign sheets last."""
    findings = [
        found("b.xlsx"),
        found("a.xlsx", "Bảng của xã", "A1"),
        found("a.xlsx", TASK_SHEET, "G9"),
        found("a.xlsx", INDICATOR_SHEET, "H10"),
        found("a.xlsx", INDICATOR_SHEET, "AA9"),
        found("a.xlsx", INDICATOR_SHEET, "H9"),
        found("a.xlsx"),
    ]
    expected = [
        ("a.xlsx", "", ""),
        ("a.xlsx", INDICATOR_SHEET, "H9"),
        ("a.xlsx", INDICATOR_SHEET, "AA9"),
        ("a.xlsx", INDICATOR_SHEET, "H10"),
        ("a.xlsx", TASK_SHEET, "G9"),
        ("a.xlsx", "Bảng của xã", "A1"),
        ("b.xlsx", "", ""),
    ]
    data = findings_json(findings, say)
    assert [(r["file"], r["sheet"], r["cell"]) for r in json.loads(data)] == expected
    assert findings_json(reversed(findings), say) == data


def test_a_file_name_that_is_not_utf8_does_not_stop_the_run() -> None:
    records = json.loads(findings_json([found("b\udce1o-c\udce1o.xlsx")], say))
    assert records[0]["file"] == "b?o-c?o.xlsx"


def test_no_findings_is_an_empty_array() -> None:
    assert findings_json([], say) == b"[]\n"
