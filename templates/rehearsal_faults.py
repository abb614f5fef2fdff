"""The mistakes that units make in cells, each with the finding that a careful reader must answer it with.

A fault takes a unit's honest answers and spoils one row of them, so that exactly one finding is due:
whatever else the row could be blamed for is set right. No workbook is opened here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from plan.layout import INDICATOR_SHEET, TASK_SHEET, IndicatorRow, is_required
from plan.model import FieldKind
from plan.words import ATTAINED, STATE_WORDS, STATUS_WORDS, DataState, TaskStatus
from templates.rehearsal_scene import Answer, Answers, Place, Scene, Typed, document_day, issuer, plain, task_places
from templates.rehearsal_values import sixteen_digits


@dataclass(frozen=True, slots=True)
class Planted:
    """Answers with one fault in them: `place` is where the finding is due, `row` the row it falls on."""

    answers: Answers
    place: Place
    row: str  # indicator code without field, or task code


Plant = Callable[[Scene, Answers, Collection[str]], Planted | None]


@dataclass(frozen=True, slots=True)
class CellFault:
    """A kind of mistake: `code` and `severity` as findings name them; `plant` returns None where it has no host."""

    code: str
    plant: Plant
    severity: str = "error"
    variant: str = ""  # tells apart two causes of one code

    @property
    def name(self) -> str:
        """The kind's unique name."""
        return self.code + self.variant


# --- Appendix 1 -------------------------------------------------------------------------------


def _rows(scene: Scene, answers: Answers, taken: Collection[str], kind: FieldKind) -> list[IndicatorRow]:
    """Return the rows of `kind` that hold an ordinary value and may still be spoilt, denominators excepted.

    A spoilt denominator could be blamed for its numerator too, and one fault must mean one finding.
    """
    special = (DataState.NOTHING.value, DataState.NOT_APPLICABLE.value)
    return [
        row
        for row in scene.layout.indicator_rows
        if row.field.kind is kind
        and is_required(row.field)
        and row.indicator.code not in taken
        and not row.field.name.endswith("denominator")
        and answers[Place(INDICATOR_SHEET, row.code, "value")].typed is not None
        and answers[Place(INDICATOR_SHEET, row.code, "state")].meant not in special
    ]


def _spoil(answers: Answers, row: IndicatorRow, key: str, changes: Mapping[Place, Answer]) -> Planted:
    place = Place(INDICATOR_SHEET, row.code, key)
    return Planted({**answers, **changes}, place, row.indicator.code)


def _value_of(row: IndicatorRow) -> Place:
    return Place(INDICATOR_SHEET, row.code, "value")


def _type_over(scene: Scene, answers: Answers, taken: Collection[str], *, typed: Typed) -> Planted | None:
    """Type `typed` over an ordinary count."""
    rows = _rows(scene, answers, taken, FieldKind.COUNT)
    if not rows:
        return None
    row = scene.dice("over", str(typed)).choice(rows)
    return _spoil(answers, row, "value", {_value_of(row): Answer(typed, None)})


def _required_missing(scene: Scene, answers: Answers, taken: Collection[str]) -> Planted | None:
    rows = _rows(scene, answers, taken, FieldKind.COUNT)
    if not rows:
        return None
    row = scene.dice("missing").choice(rows)
    # A state beside a blank would say that something was meant: the whole line is left empty.
    state = Place(INDICATOR_SHEET, row.code, "state")
    return _spoil(answers, row, "value", {_value_of(row): Answer(None, None), state: Answer(None, None)})


def _number_ambiguous(scene: Scene, answers: Answers, taken: Collection[str]) -> Planted | None:
    rows = _rows(scene, answers, taken, FieldKind.NUMBER)
    if not rows:
        return None
    row = scene.dice("ambiguous").choice(rows)
    whole = int(float(str(answers[_value_of(row)].typed)))
    return _spoil(answers, row, "value", {_value_of(row): Answer(f"{whole}.123", None)})


def _ten_times(scene: Scene, answers: Answers, taken: Collection[str]) -> Planted | None:
    """Forget the decimal comma: 76,0 becomes 760."""
    for row in _rows(scene, answers, taken, FieldKind.NUMBER):
        typed = sixteen_digits(float(str(answers[_value_of(row)].typed)) * 10, 0)
        if row.field.maximum is not None and typed > row.field.maximum:
            return _spoil(answers, row, "value", {_value_of(row): Answer(int(typed), None)})
    return None


def _numerator_exceeds(scene: Scene, answers: Answers, taken: Collection[str]) -> Planted | None:
    for row in _rows(scene, answers, taken, FieldKind.COUNT):
        if row.field.name.endswith("numerator"):
            whole = answers[_value_of(_denominator(scene, row))].typed
            if isinstance(whole, int):
                more = whole + scene.dice("exceeds").randint(1, 400)
                return _spoil(answers, row, "value", {_value_of(row): plain(more)})
    return None


def _denominator(scene: Scene, numerator: IndicatorRow) -> IndicatorRow:
    code = numerator.code.removesuffix("numerator") + "denominator"
    return next(row for row in scene.layout.indicator_rows if row.code == code)


def _denominator_zero(scene: Scene, answers: Answers, taken: Collection[str]) -> Planted | None:
    for row in _rows(scene, answers, taken, FieldKind.COUNT):
        if row.field.name.endswith("numerator"):
            below = _denominator(scene, row)
            if below.field.minimum is None or below.field.minimum <= 0:
                zeros = {_value_of(row): plain(0), _value_of(below): plain(0)}
                return _spoil(answers, below, "value", zeros)
    return None


def _no_reason(scene: Scene, answers: Answers, taken: Collection[str]) -> Planted | None:
    """Only rows that stand alone: of a pair, each half would be asked for its reason."""
    for kind in (FieldKind.COUNT, FieldKind.CHOICE, FieldKind.NUMBER):
        for row in _rows(scene, answers, taken, kind):
            if sum(is_required(field) for field in row.indicator.fields) == 1:
                changes = _blank(row)
                state = Place(INDICATOR_SHEET, row.code, "state")
                changes[state] = _said(DataState.NOT_APPLICABLE)
                return _spoil(answers, row, "explanation", changes)
    return None


def _said(state: DataState) -> Answer:
    return Answer(STATE_WORDS[state], state.value)


def _blank(row: IndicatorRow) -> dict[Place, Answer]:
    """Return blanks for every input cell of the row's indicator."""
    codes = (f"{row.indicator.code}.{field.name}" for field in row.indicator.fields)
    keys = ("value", "state", "explanation")
    return {Place(INDICATOR_SHEET, code, key): Answer(None, None) for code in codes for key in keys}


def _state_with_value(scene: Scene, answers: Answers, taken: Collection[str]) -> Planted | None:
    for row in _rows(scene, answers, taken, FieldKind.COUNT):
        if answers[_value_of(row)].typed != 0:
            state = Place(INDICATOR_SHEET, row.code, "state")
            return _spoil(answers, row, "value", {state: _said(DataState.NOTHING)})
    return None


def _without_evidence(scene: Scene, answers: Answers, taken: Collection[str]) -> Planted | None:
    for row in _rows(scene, answers, taken, FieldKind.CHOICE):
        texts = [f for f in row.indicator.fields if f.kind is FieldKind.TEXT]
        if texts:
            changes = _blank(row)
            changes[_value_of(row)] = plain(ATTAINED)
            evidence = Place(INDICATOR_SHEET, f"{row.indicator.code}.{texts[0].name}", "value")
            return Planted({**answers, **changes}, evidence, row.indicator.code)
    return None


# --- Appendix 2 -------------------------------------------------------------------------------

_IN_PROGRESS = STATUS_WORDS[TaskStatus.IN_PROGRESS]
_COMPLETED = STATUS_WORDS[TaskStatus.COMPLETED]
_NOT_STARTED = STATUS_WORDS[TaskStatus.NOT_STARTED]
_READ_AS = {word: status.value for status, word in STATUS_WORDS.items()}


def _task(scene: Scene, answers: Answers, taken: Collection[str], *, key: str, **cells: Typed) -> Planted | None:
    """Rewrite one task row to `cells`, everything else blank; the finding is due at column `key`."""
    free = [row.code for row in scene.layout.task_rows if row.code not in taken]
    if not free:
        return None
    code = scene.dice("task", key, str(cells)).choice(free)
    changes: dict[Place, Answer] = {}
    for column, place in task_places(code).items():
        typed = cells.get(column)
        changes[place] = Answer(typed, _READ_AS.get(str(typed))) if column == "status" else plain(typed)
    return Planted({**answers, **changes}, Place(TASK_SHEET, code, key), code)


def _document(scene: Scene, answers: Answers, taken: Collection[str], *, years: int, text: str) -> Planted | None:
    """Put a day that does not exist (`text`), or one `years` ahead, on a task's document."""
    chance = scene.dice("document", text)
    day = document_day(scene, chance)
    year = scene.layout.period.year
    # Of the month only what every year has: 29/2 moved ten years ahead would be no day at all.
    typed: Typed = f"{text}/{year}" if text else date(year + years, day.month, min(day.day, 28))
    return _task(
        scene,
        answers,
        taken,
        key="document_date",
        status=_IN_PROGRESS,
        progress=60,
        result="Đã ban hành kế hoạch và triển khai đến các bộ phận.",
        document_number=f"{chance.randint(3, 240)}/KH-{issuer(scene)}",
        document_date=typed,
    )


_DONE = "Đã triển khai xong theo kế hoạch, có báo cáo kết quả."
_DOING = "Đang tổng hợp nhu cầu, hoàn thiện hồ sơ trình phê duyệt."

# Rare hosts come first: decimal numbers are asked of one or two units of a whole province.
CELL_FAULTS: tuple[CellFault, ...] = (
    CellFault("NUMBER_AMBIGUOUS", _number_ambiguous),
    CellFault("ABOVE_MAXIMUM", _ten_times, variant=" (dấu phẩy)"),
    CellFault("ATTAINED_WITHOUT_EVIDENCE", _without_evidence, "warning"),
    CellFault("NO_REASON", _no_reason),
    CellFault("NUMERATOR_EXCEEDS_DENOMINATOR", _numerator_exceeds),
    CellFault("DENOMINATOR_ZERO", _denominator_zero),
    CellFault("NOT_A_NUMBER", partial(_type_over, typed="khoảng 500")),
    CellFault("REQUIRED_MISSING", _required_missing),
    CellFault("BELOW_MINIMUM", partial(_type_over, typed=-5)),
    CellFault("NOT_WHOLE", partial(_type_over, typed=12.5)),
    CellFault("STATE_WITH_VALUE", _state_with_value),
    CellFault("CELL_ERROR_VALUE", partial(_type_over, typed="#N/A")),
    CellFault("FORMULA_NOT_CALCULATED", partial(_type_over, typed="=A1+B1")),
    CellFault("ABOVE_MAXIMUM", partial(_task, key="progress", status=_IN_PROGRESS, progress=120, result=_DOING)),
    CellFault("CHOICE_UNKNOWN", partial(_task, key="status", status="Tốt", progress=60, result=_DOING)),
    CellFault("STATUS_MISSING", partial(_task, key="status", progress=40, result=_DOING)),
    CellFault("PROGRESS_MISSING", partial(_task, key="progress", status=_IN_PROGRESS, result=_DOING)),
    CellFault("COMPLETED_NOT_100", partial(_task, key="progress", status=_COMPLETED, progress=80, result=_DONE)),
    CellFault("HUNDRED_NOT_COMPLETED", partial(_task, key="status", status=_IN_PROGRESS, progress=100, result=_DONE)),
    CellFault("NOT_STARTED_WITH_PROGRESS", partial(_task, key="progress", status=_NOT_STARTED, progress=30)),
    CellFault("COMPLETED_WITHOUT_RESULT", partial(_task, key="result", status=_COMPLETED, progress=100)),
    CellFault("NOT_A_DATE", partial(_document, years=0, text="31/02")),
    CellFault("FRACTION_FOR_PERCENT", partial(_task, key="progress", status=_IN_PROGRESS, progress=0.75)),
    CellFault("DATE_IMPLAUSIBLE", partial(_document, years=10, text=""), "warning"),
)


def spoil(fault: CellFault, scene: Scene, answers: Answers, taken: Collection[str]) -> Planted | None:
    """Plant `fault` in a row that is not in `taken`, or return None when the unit has no row for it.

    Nothing can be taken from a cell in error; a warning leaves the cell's meaning as typed.
    """
    planted = fault.plant(scene, answers, taken)
    if planted is None or fault.severity != "error":
        return planted
    there = planted.answers[planted.place]
    return replace(planted, answers={**planted.answers, planted.place: Answer(there.typed, None)})
