"""Every planted fault is the only thing wrong with its unit, and honest answers have nothing wrong with them.

The rules here are written down a second time on purpose: the rehearsal must not lean on the reader's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from plan.layout import INDICATOR_SHEET, TASK_SHEET, layout_for
from plan.load import load_plan
from plan.model import FieldKind, Plan
from plan.period import parse_period
from plan.words import ATTAINED, CHOICE_WORDS, STATE_WORDS, STATUS_WORDS, DataState, TaskStatus
from templates.rehearsal_faults import CELL_FAULTS, CellFault, spoil
from templates.rehearsal_oddities import CELL_ODDITIES, retype
from templates.rehearsal_scene import Answers, Place, Scene, Typed, task_places
from templates.rehearsal_values import honest_answers

PLAN = load_plan("ninh-binh-syt")
PERIOD = parse_period(PLAN, "2026-H1")
LAST_DAY = date(2026, 5, 20)
STATES = {word: state for state, word in STATE_WORDS.items()}
STATUSES = {word: status for status, word in STATUS_WORDS.items()}

Complaint = tuple[str, Place]


def scenes(plan: Plan = PLAN, seed: str = "1", period: str = "2026-H1") -> list[Scene]:
    return [Scene(layout_for(plan, unit, parse_period(plan, period)), seed, LAST_DAY) for unit in plan.units]


def complaints(scene: Scene, answers: Answers) -> list[Complaint]:
    """A second opinion on DESIGN section 5: what a strict officer would send back, cell by cell."""
    found = [*_indicator_complaints(scene, answers), *_task_complaints(scene, answers)]
    return sorted(set(found))


def _indicator_complaints(scene: Scene, answers: Answers) -> Iterator[Complaint]:
    numbers: dict[str, Decimal] = {}
    for row in scene.layout.indicator_rows:
        value, state, note = (Place(INDICATOR_SHEET, row.code, key) for key in ("value", "state", "explanation"))
        typed = answers[value].typed
        said = STATES.get(str(answers[state].typed), DataState.OFFICIAL)
        if said is DataState.NOT_APPLICABLE:
            if not answers[note].typed:
                yield "NO_REASON", note
        elif said is DataState.NOTHING:
            if typed not in (None, 0):
                yield "STATE_WITH_VALUE", value
            numbers[row.code] = Decimal(0)
        elif row.field.kind is FieldKind.CHOICE:
            yield from _choice_complaints(row.indicator.code, value, answers)
        elif row.field.kind is not FieldKind.TEXT:
            if code := _number_complaint(typed, row.field.kind, row.field.minimum, row.field.maximum):
                yield code, value
            else:
                numbers[row.code] = Decimal(str(typed))
    yield from _ratio_complaints(numbers)


def _choice_complaints(code: str, value: Place, answers: Answers) -> Iterator[Complaint]:
    evidence, note = Place(INDICATOR_SHEET, f"{code}.evidence", "value"), value._replace(column="explanation")
    if answers[value].typed not in CHOICE_WORDS:
        yield "CHOICE_UNKNOWN", value
    elif answers[value].typed == ATTAINED and not answers[evidence].typed and not answers[note].typed:
        yield "ATTAINED_WITHOUT_EVIDENCE", evidence


def _ratio_complaints(numbers: dict[str, Decimal]) -> Iterator[Complaint]:
    for code, below in numbers.items():
        numerator = code.removesuffix("denominator") + "numerator"
        if code.endswith("denominator") and numerator in numbers:
            if below == 0:
                yield "DENOMINATOR_ZERO", Place(INDICATOR_SHEET, code, "value")
            elif numbers[numerator] > below:
                yield "NUMERATOR_EXCEEDS_DENOMINATOR", Place(INDICATOR_SHEET, numerator, "value")


def _number_complaint(typed: Typed, kind: FieldKind, low: Decimal | None, high: Decimal | None) -> str:
    if typed is None:
        return "REQUIRED_MISSING"
    if isinstance(typed, str):
        special = {"#": "CELL_ERROR_VALUE", "=": "FORMULA_NOT_CALCULATED"}
        ambiguous = "." in typed and typed.replace(".", "").isdigit()
        return special.get(typed[0], "NUMBER_AMBIGUOUS" if ambiguous else "NOT_A_NUMBER")
    number = Decimal(str(typed))
    if kind is FieldKind.COUNT and number != number.to_integral_value():
        return "NOT_WHOLE"
    if number < (low if low is not None else 0):
        return "BELOW_MINIMUM"
    return "ABOVE_MAXIMUM" if high is not None and number > high else ""


def _task_complaints(scene: Scene, answers: Answers) -> Iterator[Complaint]:
    for row in scene.layout.task_rows:
        places = task_places(row.code)
        typed = {key: answers[place].typed for key, place in places.items()}
        status = STATUSES.get(str(typed["status"]))
        if status is None:
            yield ("CHOICE_UNKNOWN" if typed["status"] else "STATUS_MISSING"), places["status"]
        elif code := _progress_complaint(status, typed["progress"]):
            yield code, places["status" if code == "HUNDRED_NOT_COMPLETED" else "progress"]
        if status is TaskStatus.COMPLETED and not typed["result"] and not typed["document_number"]:
            yield "COMPLETED_WITHOUT_RESULT", places["result"]
        day = typed["document_date"]
        if isinstance(day, str):
            yield "NOT_A_DATE", places["document_date"]
        elif isinstance(day, date) and not PERIOD.first <= day <= LAST_DAY and not typed["explanation"]:
            yield "DATE_IMPLAUSIBLE", places["document_date"]


def _progress_complaint(status: TaskStatus, progress: Typed) -> str:
    asked = status in (TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED)
    possible = not isinstance(progress, int) or 0 <= progress <= 100
    judged = (
        ("PROGRESS_MISSING", progress is None and asked),
        ("FRACTION_FOR_PERCENT", isinstance(progress, float)),
        ("ABOVE_MAXIMUM", not possible),
        ("COMPLETED_NOT_100", status is TaskStatus.COMPLETED and progress != 100),
        ("HUNDRED_NOT_COMPLETED", status is not TaskStatus.COMPLETED and progress == 100),
        ("NOT_STARTED_WITH_PROGRESS", status is TaskStatus.NOT_STARTED and bool(progress)),
    )
    return next((code for code, wrong in judged if wrong), "")


def test_honest_answers_have_nothing_wrong_with_them() -> None:
    for seed in ("1", "2"):
        for scene in scenes(seed=seed):
            assert complaints(scene, honest_answers(scene)) == [], scene.layout.unit.id


@pytest.mark.parametrize("fault", CELL_FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_the_only_thing_wrong_and_stands_where_it_is_due(fault: CellFault) -> None:
    hosts = 0
    for scene in scenes(seed="7")[:60]:
        planted = spoil(fault, scene, honest_answers(scene), ())
        if planted is None:
            continue
        hosts += 1
        assert complaints(scene, planted.answers) == [(fault.code, planted.place)], scene.layout.unit.id
        if fault.severity == "error":
            assert planted.answers[planted.place].meant is None
    assert hosts >= 1, "no unit of the default plan can make this mistake"


@pytest.mark.parametrize("fault", CELL_FAULTS, ids=lambda fault: fault.name)
def test_a_fault_changes_no_row_but_its_own_and_none_that_is_taken(fault: CellFault) -> None:
    for scene in scenes()[8:30]:
        answers = honest_answers(scene)
        planted = spoil(fault, scene, answers, ())
        if planted is None:
            continue
        changed = {place.row.split(".")[0] for place, answer in planted.answers.items() if answer != answers[place]}
        assert changed <= {planted.row}
        again = spoil(fault, scene, answers, {planted.row})
        assert again is None or again.row != planted.row


@pytest.mark.parametrize("name", CELL_ODDITIES)
def test_an_oddity_changes_what_is_typed_and_never_what_is_meant(name: str) -> None:
    shown = 0
    for scene in scenes():
        answers = honest_answers(scene)
        odd = retype(name, scene, answers)
        shown += odd != answers
        assert {place: a.meant for place, a in odd.items()} == {place: a.meant for place, a in answers.items()}
    assert shown >= 1


def test_oddities_are_typed_as_vietnamese_offices_type_them() -> None:
    """A point groups thousands, a comma parts decimals, the day stands first."""
    typed: dict[str, set[str]] = {}
    for name in ("grouped_counts", "decimal_commas", "text_dates", "capital_statuses"):
        for scene in scenes():
            answers = honest_answers(scene)
            odd = retype(name, scene, answers)
            for place, answer in odd.items():
                if answer != answers[place]:
                    typed.setdefault(name, set()).add(str(answer.typed))
                    if name == "grouped_counts":
                        assert str(answer.typed).replace(".", "") == answer.meant
                    elif name == "decimal_commas":
                        assert Decimal(str(answer.typed).replace(",", ".")) == Decimal(str(answer.meant))
                    elif name == "text_dates":
                        day, month, year = str(answer.typed).split("/")
                        assert f"{year}-{month}-{day}" == answer.meant
    assert "ĐANG TRIỂN KHAI" in typed["capital_statuses"]
    assert all("," in text for text in typed["decimal_commas"])


def test_a_new_unit_changes_nobody_elses_answers() -> None:
    """Answers depend on (seed, unit, row) alone."""
    stranger = replace(PLAN.units[-1], id="xa-moi", name="UBND xã Mới")
    larger = replace(PLAN, units=(stranger, *PLAN.units), digest="larger")
    before = {scene.layout.unit.id: honest_answers(scene) for scene in scenes()}
    after = {scene.layout.unit.id: honest_answers(scene) for scene in scenes(larger)}
    assert {unit: after[unit] for unit in before} == before


def test_a_later_period_never_falls_behind_an_earlier_one() -> None:
    """Progress that falls without explanation would be a finding of its own (DESIGN section 5)."""
    for half, year in zip(scenes(), scenes(period="2026-Y"), strict=True):
        earlier = honest_answers(half)
        for place, answer in honest_answers(year).items():
            if place.sheet == TASK_SHEET and place.column == "progress" and earlier[place].typed is not None:
                assert isinstance(answer.typed, int)
                assert answer.typed >= int(str(earlier[place].typed))


def test_figures_are_plausible_and_agree_within_a_unit() -> None:
    """One population per commune, doctors 2 to 7, insurance 88 to 99 %, life expectancy 74 to 76."""
    values: dict[str, dict[str, float]] = {}
    for scene in scenes(seed="3"):
        for place, answer in honest_answers(scene).items():
            if place.column == "value" and isinstance(answer.typed, int | float):
                values.setdefault(scene.layout.unit.id, {})[place.row] = answer.typed
    communes = [cells for unit, cells in values.items() if unit.startswith(("xa-", "phuong-"))]
    for cells in communes:
        people = cells.get("BHYT_COVERAGE.denominator")
        if people is None:
            continue
        assert 5_000 <= people <= 45_000
        assert cells.get("EHR_COVERAGE.denominator", people) == people
        assert 0.87 <= cells["BHYT_COVERAGE.numerator"] / people <= 0.995
        assert 2 <= cells.get("STATION_DOCTORS.count", 2) <= 7
    assert len(communes) > 100
    assert 74 <= values["chi-cuc-dan-so-tre-em"]["LIFE_EXPECTANCY.value"] <= 76
