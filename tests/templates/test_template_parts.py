"""Small promises of the template room: formulas that old Excel knows, refused calls raise, messages that fit."""

from __future__ import annotations

import re
import warnings
from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter

from plan.layout import FIRST_ROW
from plan.model import Field, FieldKind
from plan.worksheet import tint, validate
from templates import entry_rules, formulas
from templates.safe import Area, span
from tests.templates import template_case as case

# Known to Excel 2010 and LibreOffice alike.
OLD_FUNCTIONS = {"IFERROR", "IF", "AND", "OR", "NOT", "LEN", "TRIM", "N", "INT", "ROUND", "ISNUMBER", "COUNTIF"}
OLD_FUNCTIONS |= {"EXACT", "UPPER", "LOWER", "SUBSTITUTE"}


def all_formulas() -> list[str]:
    layout = case.layout()
    lines = layout.indicator_rows
    found = [
        formulas.indicator_check(line, [x for x in lines if x.indicator.code == line.indicator.code])[0]
        for line in lines
    ]
    for result in layout.result_rows:
        own = [line for line in lines if line.indicator.code == result.indicator.code]
        found.append(formulas.indicator_result(own, 2))
    return [*found, formulas.task_check(FIRST_ROW)[0]]


def test_formulas_use_only_functions_that_old_excel_knows_and_cannot_show_an_error() -> None:
    for formula in all_formulas():
        bare = re.sub(r'"[^"]*"', '""', formula)
        assert set(re.findall(r"([A-Z][A-Z0-9.]*)\(", bare)) <= OLD_FUNCTIONS
        assert formula.startswith("=IFERROR(")
        assert len(formula) < 8192
        assert "{" not in bare


def sheet() -> xlsxwriter.worksheet.Worksheet:
    return xlsxwriter.Workbook(BytesIO()).add_worksheet()


HERE = Area(0, 0, 0, 0)


@pytest.mark.parametrize(
    "options",
    [
        {"validate": "list", "source": ["x" * 300]},
        {"validate": "any", "input_title": "x" * 33, "input_message": "ok"},
        {"validate": "any", "input_title": "ok", "input_message": "x" * 256},
        {"validate": "whole", "criteria": ">=", "value": 0, "mistyped": 1},
    ],
)
def test_a_validation_that_xlsxwriter_would_drop_raises(options: dict[str, object]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(ValueError, match="refused validation"):
            validate(sheet(), HERE, options)


def test_a_merge_or_colour_that_xlsxwriter_would_drop_raises() -> None:
    target = sheet()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(ValueError, match="refused merge"):
            span(target, Area(0, 0, 2_000_000, 1), "x", None)
        with pytest.raises(ValueError, match="refused conditional"):
            tint(target, HERE, {"type": "no such type"})


@pytest.mark.parametrize("kind", list(FieldKind))
@pytest.mark.parametrize(("low", "high"), [(None, None), ("0", None), (None, "100"), ("-1000000.5", "1000000000.25")])
def test_every_message_fits_excels_limits(kind: FieldKind, low: str | None, high: str | None) -> None:
    least, most = (Decimal(b) if b else None for b in (low, high))
    field = Field("f", "nhãn", kind, "trẻ em dưới 5 tuổi trên địa bàn", least, most)
    before = "\nKỳ trước: Không phát sinh, 100%."
    for rule in (
        entry_rules.value_rule(field),
        entry_rules.state_rule(),
        entry_rules.explanation_rule(),
        entry_rules.status_rule(before),
        entry_rules.progress_rule(before),
        entry_rules.document_number_rule(),
        entry_rules.document_date_rule(case.PERIOD.last),
    ):
        validate(sheet(), HERE, rule)
        assert len(rule.get("input_title", "")) <= 32
        assert len(rule.get("error_title", "")) <= 32


@pytest.mark.parametrize("kind", [FieldKind.COUNT, FieldKind.NUMBER])
@pytest.mark.parametrize(
    ("low", "high"),
    [(None, None), ("0", "200"), ("50", "200"), ("40.5", "100"), ("0", "1"), ("7", "7"), ("20000", None), (None, "40")],
)
def test_the_example_of_a_number_is_one_that_the_cell_takes(kind: FieldKind, low: str | None, high: str | None) -> None:
    least, most = (Decimal(b) if b else None for b in (low, high))
    rule = entry_rules.value_rule(Field("f", "nhãn", kind, "bác sĩ", least, most))
    for message in (rule["input_message"], rule["error_message"]):
        shown = re.search(r"Ví dụ: (-?[0-9]+(?:,[0-9]+)?)\.", message)
        assert shown is not None
        example = Decimal(shown[1].replace(",", "."))
        assert least is None or example >= least
        assert most is None or example <= most
        assert kind is FieldKind.NUMBER or example == example.to_integral_value()


def test_evidence_is_asked_for_in_words_of_its_choice_only_where_there_is_one() -> None:
    evidence, choice = Field("evidence", "Minh chứng", FieldKind.TEXT), Field("attained", "Đủ?", FieldKind.CHOICE)
    asked = "Chọn Đạt thì ghi số, ký hiệu, ngày văn bản làm minh chứng."
    assert asked in entry_rules.value_rule(evidence, (choice, evidence))["input_message"]
    assert "Đạt" not in entry_rules.value_rule(evidence, (evidence,))["input_message"]
