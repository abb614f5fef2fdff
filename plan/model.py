"""The words of the house as frozen values: a plan, its indicators, tasks, units and calendar.

Every room speaks in these types and none of them does I/O, formats cells or computes results.
Printed texts are kept verbatim beside what was read out of them (DESIGN section 4), so that a
misprint of the document is never mended by the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Measure(StrEnum):
    """How a row of Appendix 1 is measured and what a unit types for it (DESIGN section 5)."""

    RATIO = "ratio"
    VALUE = "value"
    CHANGE = "change"
    THRESHOLD = "threshold"
    ATTAINED = "attained"


class Aggregation(StrEnum):
    """How the units' entries become one provincial figure."""

    RATIO_OF_SUMS = "ratio_of_sums"
    SINGLE = "single"
    SUM = "sum"
    WEIGHTED_MEAN = "weighted_mean"
    DIFFERENCE = "difference"
    SHARE = "share"


class FieldKind(StrEnum):
    """What may stand in one input cell."""

    COUNT = "count"  # whole number, zero or more
    NUMBER = "number"  # decimal number
    CHOICE = "choice"  # Đạt / Chưa đạt
    TEXT = "text"


class Comparator(StrEnum):
    """The direction of a target."""

    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"


class Role(StrEnum):
    """What a unit is on a row."""

    LEAD = "lead"
    COORDINATE = "coordinate"
    MONITOR = "monitor"


class DueKind(StrEnum):
    """The typed readings of a printed deadline; several may hold at once."""

    ONGOING = "ongoing"
    YEARLY = "yearly"
    BY = "by"
    RANGE = "range"
    WHEN = "when"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Field:
    """One input of an indicator: `name` is stable, `label` is what the unit reads beside the cell.

    A `cumulative` number is counted from the first day of the year ("lũy kế"), so that it cannot fall within it.
    """

    name: str
    label: str
    kind: FieldKind
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    required: bool = True
    cumulative: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """What must be reached by the end of `year`; `threshold` only for `Measure.THRESHOLD` rows."""

    year: int
    comparator: Comparator
    value: Decimal
    threshold: int | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """One name of a lead or coordinating cell: a unit id, `@group`, or `?text` that names nobody certain."""

    ref: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class DuePart:
    """One reading of a deadline. `first`/`last` are inclusive dates (BY has only `last`); `event` for WHEN.

    A RANGE without `last` is open: "Từ năm 2026" begins and never ends, so nothing is ever overdue by it.
    """

    kind: DueKind
    first: date | None = None
    last: date | None = None
    event: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of Appendix 1: printed columns verbatim, then the interpretation and its one-line `reason`.

    A row that no table prints comes from prose: `source` says where, `sentence` is the sentence itself. A printed
    row that names two figures is one row here, and one more with `part_of` for every further figure.
    """

    code: str
    number: str
    section: str
    group_number: str
    group: str
    name: str
    unit: str
    target_text: str
    lead_text: str
    coordinating_text: str
    monitor_text: str
    due_text: str
    measure: Measure
    aggregation: Aggregation
    decimals: int
    fields: tuple[Field, ...]
    targets: tuple[Target, ...]
    due: tuple[DuePart, ...]  # () where the document prints no deadline column
    reporters: tuple[Assignment, ...]
    coordinators: tuple[Assignment, ...]
    monitors: tuple[Assignment, ...]
    same_as: str  # code of the row whose figure this row shows against another target, or ""
    part_of: str  # code of the printed row out of whose text this further figure was read, or ""
    source: str  # where in the prose the row stands, e.g. "Mục II.1, gạch đầu dòng 2"; "" for a row of a table
    sentence: str  # that sentence verbatim; "" for a row of a table
    reason: str
    short: str  # a name for narrow column heads
    confirm: tuple[str, ...]  # interpreted columns that a program proposed and nobody has confirmed yet
    prorated: bool = False  # its figure starts at nothing every year: a period within it is held to its share of it


@dataclass(frozen=True, slots=True)
class Task:
    """A row of Appendix 2: printed columns verbatim, then leads, coordinators, typed due and parent."""

    code: str
    number: str
    group_number: str
    group: str
    name: str
    lead_text: str
    coordinating_text: str
    result: str
    due_text: str
    leads: tuple[Assignment, ...]
    coordinators: tuple[Assignment, ...]
    due: tuple[DuePart, ...]
    parent: str
    source: str  # as of an indicator
    sentence: str
    confirm: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """Whoever reports. `code` is the official administrative code where there is one, else "".

    `population` are the people of its area, None where nobody has given the number.
    """

    id: str
    code: str
    kind: str
    name: str
    groups: tuple[str, ...]
    parent: str
    aliases: tuple[str, ...]
    contact: str
    population: int | None
    example: bool  # not named by the document: a stand-in that `plan check` asks to replace
    confirm: tuple[str, ...]  # as of an indicator


@dataclass(frozen=True, slots=True)
class Group:
    """Units that the document names together: `name` and `aliases` are the printed wordings, "Các PCN"."""

    id: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A period kind (H1, Y, Q1...) with its days of the year: `due` is the first instant too late."""

    kind: str
    first: tuple[int, int]  # month, day
    last: tuple[int, int]
    due: tuple[int, int] | None  # None: the document says "as prescribed", the user must set it


class OddityKind(StrEnum):
    """The stable word for what is odd: noted ones are what a reader of the document saw, the rest is computed."""

    # noted
    NOTED = "noted"  # nothing more particular
    MISPRINT = "misprint"
    TARGET_DIFFERS = "target_differs"  # between prose and table
    ASSIGNMENT_DIFFERS = "assignment_differs"  # between appendices, or between an appendix and the prose
    GAP = "gap"  # prose without a row, or a row without what it needs
    READING = "reading"  # how an unclear wording was read
    # computed
    NUMBER_REPEATED = "number_repeated"
    NUMBERING_MIXED = "numbering_mixed"  # "1." beside "II."
    BLANK = "blank"
    UNIT_OF_MEASURE = "unit_of_measure"
    DEADLINE_VAGUE = "deadline_vague"
    NOBODY_NAMED = "nobody_named"
    NOBODY_ASKED = "nobody_asked"  # a row that no unit leads: it would stay without an answer for ever
    LEAD_NAMED_ONCE = "lead_named_once"
    READ_OTHERWISE = "read_otherwise"  # the typed value is not what the printed text says
    FROM_PROSE = "from_prose"
    EXAMPLE_UNITS = "example_units"
    IDLE_UNITS = "idle_units"
    DEADLINE_OPEN = "deadline_open"
    TO_CONFIRM = "to_confirm"
    TARGET_UNREAD = "target_unread"  # printed, but nothing typed to compare with
    EMPTY_GROUP = "empty_group"
    REPORTERS_SUMMED = "reporters_summed"  # offices named one by one, whose figures are added


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd in the document itself; nothing is mended by it: `reading` stands beside what is `printed`."""

    kind: OddityKind
    place: str
    rows: tuple[str, ...]  # codes of the rows that it concerns, () when it concerns none
    note: str
    printed: str  # the printed words in question, "" where there are none
    reading: str  # how they should probably read, ""
    suggestion: str


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """A severity that the department gives to a rule of plan.rule_words, so that a new rule can warn first.

    It holds for periods that end on or before `until`; None: for all.
    """

    rule: str
    severity: str  # "error", "warning" or "note", the words of validation.model.Severity
    until: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A unit is let off a rule: what the rule finds is told as a note with the reason (DESIGN section 8).

    `row` is an indicator or task code, "" for every row of the unit. Holds like a RuleSetting.
    """

    unit: str
    rule: str
    row: str
    until: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One issuer's plan, complete. `digest` is the SHA-256 of its canonical content."""

    id: str
    issuer: str
    superior: str  # the body above the issuer in the heading, "" if none
    short_issuer: str  # as in "Số: …/BC-SYT"
    title: str
    level: str
    place: str
    return_to: str  # where a unit sends its file
    time_zone: str
    calendar: tuple[CalendarEntry, ...]
    indicators: tuple[Indicator, ...]
    tasks: tuple[Task, ...]
    units: tuple[Unit, ...]
    groups: tuple[Group, ...]
    oddities: tuple[Oddity, ...]
    rule_settings: tuple[RuleSetting, ...]
    waivers: tuple[Waiver, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period of one plan: inclusive dates and the instant after which a return is late."""

    id: str  # 2026-H1
    year: int
    kind: str
    first: date
    last: date
    due: date | None  # received before this date at 00:00 local time is on time
    label: str  # "6 tháng đầu năm 2026"


class PlanError(Exception):
    """The plan, period or workspace that was given cannot be worked with (exit code 2).

    `lines` are Vietnamese sentences, one per fault, each naming its file and cell where it has one.
    """

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines
