"""What a diligent unit would type into its template: plausible, consistent, and the same for the same seed.

An answer is a pure function of (seed, unit, row), so that a new unit changes nobody else's figures.
Nothing here opens a workbook, and nothing here knows how a return is read: beside every typed
thing stands what was meant by it.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random

from plan.layout import INDICATOR_SHEET, IndicatorRow, TaskRow
from plan.model import Field, FieldKind, Indicator, Measure
from plan.words import ATTAINED, NOT_ATTAINED, STATE_WORDS, STATUS_WORDS, DataState, TaskStatus, fold
from templates import rehearsal_words as words
from templates.rehearsal_scene import (
    TASK_KEYS,
    Answer,
    Answers,
    Place,
    Scene,
    Typed,
    document_day,
    elapsed,
    issuer,
    plain,
    task_places,
)


def honest_answers(scene: Scene) -> Answers:
    """Return an answer for every input cell of the unit's template, blanks included."""
    answers: dict[Place, Answer] = {}
    rows: dict[str, list[IndicatorRow]] = {}
    for row in scene.layout.indicator_rows:
        rows.setdefault(row.indicator.code, []).append(row)
    for group in rows.values():
        answers.update(_indicator_answers(scene, group))
    for task_row in scene.layout.task_rows:
        answers.update(_task_answers(scene, task_row))
    return answers


# --- Appendix 1 -------------------------------------------------------------------------------


def _indicator_answers(scene: Scene, rows: list[IndicatorRow]) -> dict[Place, Answer]:
    indicator = rows[0].indicator
    chance = scene.dice(indicator.code, "loại số liệu")
    values = _values(scene, indicator)
    state = _state(scene, indicator, chance)
    note = _note(state, chance)
    answers: dict[Place, Answer] = {}
    for row in rows:
        value: Typed = values[row.field.name]
        said: DataState | None = state if row.field.kind is not FieldKind.TEXT else None
        if state is DataState.NOT_APPLICABLE:
            value = None
        elif state is DataState.NOTHING:
            if row.field.name.endswith("denominator"):
                said = DataState.OFFICIAL
            else:
                value = None
        answers[Place(INDICATOR_SHEET, row.code, "value")] = _number(value, said)
        is_number = row.field.kind in (FieldKind.COUNT, FieldKind.NUMBER)
        answers[Place(INDICATOR_SHEET, row.code, "state")] = _state_answer(said, chance, is_number=is_number)
        explained = note if row.field.kind is not FieldKind.TEXT else ""
        answers[Place(INDICATOR_SHEET, row.code, "explanation")] = plain(explained or None)
    return answers


def _number(value: Typed, state: DataState | None) -> Answer:
    """A confirmed zero is typed as nothing at all beside its state, and means 0."""
    return Answer(None, "0") if state is DataState.NOTHING else plain(value)


def _state_answer(state: DataState | None, chance: Random, *, is_number: bool) -> Answer:
    """Half of the units leave "official" blank, which says the same beside a number and nothing beside a word."""
    if state is None:
        return Answer(None, None)
    if state is DataState.OFFICIAL and chance.random() < 0.5:
        return Answer(None, state.value if is_number else None)
    return Answer(STATE_WORDS[state], state.value)


def _state(scene: Scene, indicator: Indicator, chance: Random) -> DataState:
    share = chance.random()
    if share < 0.012:
        return DataState.NOT_APPLICABLE
    counted = indicator.measure is Measure.RATIO and not _is_population(indicator.fields[-1])
    if share < 0.03 and counted:
        return DataState.NOTHING
    if share < 0.15 and indicator.measure is not Measure.ATTAINED and scene.layout.period.kind != "Y":
        return DataState.ESTIMATE
    return DataState.OFFICIAL


def _note(state: DataState, chance: Random) -> str:
    if state is DataState.NOT_APPLICABLE:
        return chance.choice(words.NOT_APPLICABLE_REASONS)
    if state is DataState.ESTIMATE:
        return chance.choice(words.ESTIMATE_NOTES)
    return chance.choice(words.NOTES) if chance.random() < 0.05 else ""


def _values(scene: Scene, indicator: Indicator) -> dict[str, Typed]:
    """Return what the unit would type per field name; the halves of a ratio agree with each other."""
    values: dict[str, Typed] = {}
    for field in indicator.fields:
        chance = scene.dice(indicator.code, field.name)
        if field.name.endswith("numerator"):
            continue
        if field.name.endswith("denominator"):
            whole = _denominator(scene, field, indicator)
            values[field.name] = whole
            numerator = field.name.removesuffix("denominator") + "numerator"
            values[numerator] = int(whole * _share(scene, indicator, numerator))
        elif field.kind is FieldKind.CHOICE:
            values[field.name] = ATTAINED if chance.random() < 0.8 else NOT_ATTAINED
        elif field.kind is FieldKind.TEXT:
            reached = any(value == ATTAINED for value in values.values())
            values[field.name] = _evidence(scene, chance, reached)
        elif field.kind is FieldKind.COUNT:
            values[field.name] = _count(field, indicator, chance)
        else:
            values[field.name] = _decimal(scene, field, indicator)
    return values


def population(scene: Scene) -> int:
    """Return the people of the unit's area; all of its rows speak of the same people."""
    return scene.layout.unit.population or scene.dice("dân số").randint(5_000, 45_000)


def _is_population(field: Field) -> bool:
    return "dan so" in fold(field.label)


def _denominator(scene: Scene, field: Field, indicator: Indicator) -> int:
    label = fold(field.label)
    # Two periods of one survey are counted over the same people, so the draw is by indicator, not by field.
    chance = scene.dice(indicator.code, "mẫu số")
    provincial = "toan tinh" in label or "dia ban tinh" in label
    people = 4_400_000 + population(scene) if provincial else population(scene)
    if _is_population(field):
        return people
    if "tre" in label.split():
        return int(people * chance.uniform(0.012, 0.018))
    return int(people * chance.uniform(0.5, 0.9))


# Usual shares of what people report, by the stem of the indicator's code; the first that fits is taken.
_SHARES: tuple[tuple[str, float, float], ...] = (
    ("BHYT_VISITS", 0.12, 0.38),
    ("BHYT", 0.88, 0.985),
    ("EHR", 0.60, 0.97),
    ("EPI", 0.92, 0.985),
    ("PERIODIC", 0.45, 0.80),
)


def _share(scene: Scene, indicator: Indicator, numerator: str) -> float:
    """Return a share between 0 and 1 that grows slowly with time, as such shares do."""
    if indicator.measure is Measure.CHANGE:
        share = scene.dice(indicator.code).uniform(0.30, 0.40)
        gained = _gain(scene, indicator) / 100 if numerator.startswith("current") else 0.0
        return share + gained
    low, high = next(((low, high) for stem, low, high in _SHARES if indicator.code.startswith(stem)), (0.6, 0.95))
    return min(scene.dice(indicator.code).uniform(low, high) + 0.01 * elapsed(scene), 0.995)


def _gain(scene: Scene, indicator: Indicator) -> float:
    """Return how much of a targeted change is reached by now, in the target's unit."""
    aim = float(indicator.targets[0].value) if indicator.targets else 1.0
    return min(aim, aim * (scene.dice(indicator.code, "tăng").uniform(0.1, 0.3) + 0.15 * elapsed(scene)))


def _count(field: Field, indicator: Indicator, chance: Random) -> int:
    if indicator.measure is Measure.THRESHOLD:
        return chance.randint(2, 7)
    low = int(field.minimum) if field.minimum is not None else 0
    high = int(field.maximum) if field.maximum is not None else low + 400
    return chance.randint(low, min(high, low + 400))


def _decimal(scene: Scene, field: Field, indicator: Indicator) -> float:
    low = field.minimum if field.minimum is not None else Decimal(0)
    high = field.maximum if field.maximum is not None else Decimal(200)
    chance = scene.dice(indicator.code)  # one draw for baseline and current, which then differ by the gain
    if indicator.measure is Measure.CHANGE:
        start = float(low + high) * chance.uniform(0.51, 0.53)
        value = start + (_gain(scene, indicator) if field.name.startswith("current") else 0.0)
    elif indicator.targets:
        value = float(indicator.targets[0].value) * chance.uniform(0.975, 0.995)
    else:
        value = float(low) + float(high - low) * chance.uniform(0.4, 0.6)
    places = max(indicator.decimals, 1)
    return sixteen_digits(min(max(value, float(low)), float(high)), places)


def sixteen_digits(value: float, places: int) -> float:
    """Return the nearest number to `value` with `places` decimals that openpyxl writes without loss.

    openpyxl 3.1 writes "%.16g", Excel 17 digits: 75.4 would come back as 75.40000000000001.
    """
    step = 10.0**-places
    for offset in range(100):
        candidate = round(value + offset * step, places)
        if float(f"{candidate:.16g}") == candidate:
            return candidate
    return float(round(value))


def _evidence(scene: Scene, chance: Random, reached: bool) -> str:
    if not reached:
        return chance.choice(words.NOT_ATTAINED_EVIDENCE)
    kind, day = chance.choice(("QĐ", "KH", "BC")), document_day(scene, chance)
    name = words.DOCUMENT_NAMES[kind]
    return f"{name} số {chance.randint(3, 180)}/{kind}-{issuer(scene)} ngày {day.day}/{day.month}/{day.year}"


# --- Appendix 2 -------------------------------------------------------------------------------


def _task_answers(scene: Scene, row: TaskRow) -> dict[Place, Answer]:
    chance = scene.dice(row.code)
    status, progress = _progress(chance.random(), scene)
    typed: dict[str, Typed] = dict.fromkeys(TASK_KEYS)
    typed["status"], typed["progress"] = STATUS_WORDS[status], progress
    if status is TaskStatus.COMPLETED or (status is TaskStatus.IN_PROGRESS and chance.random() < 0.7):
        done = words.COMPLETED_RESULTS if status is TaskStatus.COMPLETED else words.RESULTS
        typed["result"] = chance.choice(done)
        if status is TaskStatus.COMPLETED or chance.random() < 0.6:
            kind = chance.choice(("KH", "QĐ", "CV", "BC"))
            typed["document_number"] = f"{chance.randint(3, 240)}/{kind}-{issuer(scene)}"
            typed["document_date"] = document_day(scene, chance)
    if status in (TaskStatus.NOT_STARTED, TaskStatus.IN_PROGRESS) and chance.random() < 0.12:
        index = chance.randrange(len(words.DIFFICULTIES))
        typed["difficulties"], typed["proposals"] = words.DIFFICULTIES[index]
    if status is TaskStatus.NOTHING or chance.random() < 0.03:
        typed["explanation"] = chance.choice(words.NOTHING_NOTES if status is TaskStatus.NOTHING else words.NOTES)
    meant = {"status": status.value}
    return {place: plain(typed[key], meant.get(key)) for key, place in task_places(row.code).items()}


def _progress(share: float, scene: Scene) -> tuple[TaskStatus, int | None]:
    """Turn one draw into a status and a percentage that agree and that only grow from period to period."""
    if share < 0.04:
        return TaskStatus.NOTHING, None
    ripe = share + 0.3 * elapsed(scene) - 0.15
    if ripe < 0.12:
        return TaskStatus.NOT_STARTED, 0
    if ripe < 0.78:
        return TaskStatus.IN_PROGRESS, 5 * max(1, min(19, round((ripe - 0.12) / 0.66 * 19)))
    return TaskStatus.COMPLETED, 100
