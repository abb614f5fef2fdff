"""A plan of nothing: the blanks from which tests make their small plans, so that each names only what it looks at."""

from __future__ import annotations

from datetime import date

from plan.model import Aggregation, Indicator, Measure, Period, Plan, Task, Unit

H1 = Period("2026-H1", 2026, "H1", date(2026, 1, 1), date(2026, 6, 30), date(2026, 6, 10), "6 tháng đầu năm 2026")
YEAR = Period("2026-Y", 2026, "Y", date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 10), "năm 2026")

INDICATOR = Indicator(
    code="X",
    number="1",
    section="",
    group_number="",
    group="",
    name="",
    unit="%",
    target_text="",
    lead_text="",
    coordinating_text="",
    monitor_text="",
    due_text="",
    measure=Measure.VALUE,
    aggregation=Aggregation.SUM,
    decimals=2,
    fields=(),
    targets=(),
    due=(),
    reporters=(),
    coordinators=(),
    monitors=(),
    same_as="",
    part_of="",
    source="",
    sentence="",
    reason="",
    short="",
    confirm=(),
)

TASK = Task(
    code="NV-1",
    number="1",
    group_number="I",
    group="",
    name="",
    lead_text="",
    coordinating_text="",
    result="",
    due_text="",
    leads=(),
    coordinators=(),
    due=(),
    parent="",
    source="",
    sentence="",
    confirm=(),
)

PLAN = Plan(
    id="thu",
    issuer="",
    superior="",
    short_issuer="",
    title="",
    level="",
    place="",
    return_to="",
    time_zone="Asia/Ho_Chi_Minh",
    calendar=(),
    indicators=(),
    tasks=(),
    units=(),
    groups=(),
    oddities=(),
    rule_settings=(),
    waivers=(),
    digest="",
)


def unit(unit_id: str, name: str = "", groups: tuple[str, ...] = (), kind: str = "") -> Unit:
    """A unit that the document names."""
    return Unit(unit_id, "", kind, name or unit_id, groups, "", (), "", None, example=False, confirm=())
