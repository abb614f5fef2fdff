"""A plan may let a new rule warn first, and let one unit off it: visibly, for a while, and only what is a rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plan.model import RuleSetting, Waiver
from plan.period import deadline
from plan.rule_words import RULE_WORDS, SEVERITY_CODES
from tests.validation.returned import COMMUNE, PERIOD, PLAN, Cells, book, received
from validation.check import check_returns
from validation.message_table import MESSAGES
from validation.messages import message
from validation.model import Checked, Finding, Severity, Verdict
from validation.settings import settled

EXCEEDS = "NUMERATOR_EXCEEDS_DENOMINATOR"
TYPED: Cells = {("BHYT_COVERAGE.numerator", "value"): 13}  # of 12
HERE = COMMUNE.unit.id


def run(settings: tuple[RuleSetting, ...] = (), waivers: tuple[Waiver, ...] = (), typed: Cells = TYPED) -> Checked:
    plan = replace(PLAN, rule_settings=settings, waivers=waivers)
    return check_returns(plan, PERIOD, [received(book(typed=typed))], deadline(plan, PERIOD))


def only(checked: Checked) -> Finding:
    (found,) = checked.findings
    return found


@pytest.mark.parametrize(
    ("until", "severity", "verdict", "blocked"),
    [
        (None, Severity.WARNING, Verdict.ACCEPTED_WITH_WARNINGS, set()),
        (PERIOD.last, Severity.WARNING, Verdict.ACCEPTED_WITH_WARNINGS, set()),
        (date(2026, 6, 29), Severity.ERROR, Verdict.TO_BE_CORRECTED, {"BHYT_COVERAGE"}),
    ],
)
def test_a_rule_can_warn_first_until_a_day(
    until: date | None, severity: Severity, verdict: Verdict, blocked: set[str]
) -> None:
    """A warning blocks nothing; after its last day the rule is what it is by itself."""
    checked = run(settings=(RuleSetting(EXCEEDS, "warning", until, "Quy tắc mới"),))
    assert (only(checked).code, only(checked).severity) == (EXCEEDS, severity)
    assert checked.returns[0].verdict is verdict
    assert {e.row for e in checked.indicator_entries if e.blocked} == blocked


@pytest.mark.parametrize("row", ["", "BHYT_COVERAGE"])
def test_a_waived_unit_is_let_off_with_its_reason(row: str) -> None:
    """What the rule found stays visible as a note, with the reason in the sentence."""
    checked = run(waivers=(Waiver(HERE, EXCEEDS, row, None, "Người nơi khác đến khám"),))
    found = only(checked)
    assert (found.severity, found.row) == (Severity.NOTE, "BHYT_COVERAGE")
    assert "Đơn vị được miễn theo kế hoạch: Người nơi khác đến khám" in message(found)
    assert checked.returns[0].verdict is Verdict.ACCEPTED


@pytest.mark.parametrize(
    "waiver",
    [
        Waiver("xa-kim-son", EXCEEDS, "", None, "Đơn vị khác"),
        Waiver(HERE, EXCEEDS, "EPI_COVERAGE", None, "Dòng khác"),
        Waiver(HERE, "PROGRESS_FELL", "", None, "Quy tắc khác"),
        Waiver(HERE, EXCEEDS, "", date(2026, 1, 31), "Đã hết hạn"),
    ],
    ids=lambda w: w.reason,
)
def test_a_waiver_lets_off_nothing_else(waiver: Waiver) -> None:
    assert only(run(waivers=(waiver,))).severity is Severity.ERROR


def test_what_is_no_rule_cannot_be_eased() -> None:
    """Nobody can be let off being readable: a word in a number cell stays an error whatever a plan says."""
    word: Cells = {("BHYT_COVERAGE.numerator", "value"): "khoảng 500"}
    settings = (RuleSetting("NOT_A_NUMBER", "note", None, "Thử"),)
    checked = run(settings, (Waiver(HERE, "NOT_A_NUMBER", "", None, "Thử"),), word)
    assert (only(checked).code, only(checked).severity) == ("NOT_A_NUMBER", Severity.ERROR)


def test_every_rule_that_a_plan_can_name_is_said_somewhere() -> None:
    """The words of the plan and the messages of validation are one list, under one name."""
    assert {code: MESSAGES[code].title for code in RULE_WORDS} == RULE_WORDS
    assert set(SEVERITY_CODES) == {s.value for s in Severity}


def test_settling_nothing_is_nothing() -> None:
    assert settled([], PLAN, PERIOD) == []
