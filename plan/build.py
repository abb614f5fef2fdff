"""Checked tables become a typed, frozen plan. Everything was judged before, so nothing here can fail."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import date

from plan import grammar
from plan.model import (
    Aggregation,
    CalendarEntry,
    Group,
    Indicator,
    Measure,
    Oddity,
    OddityKind,
    Plan,
    RuleSetting,
    Task,
    Unit,
    Waiver,
)
from plan.tables import HEAD_COLUMNS, INDICATOR_PRINTED, TASK_PRINTED, PlanTables, Row


def build_plan(tables: PlanTables) -> Plan:
    """Return the plan of tables in which `check_tables` finds no fault."""
    head = tables.head.rows[0]
    repeatable = {row["code"]: row["fields"] for row in tables.indicators.rows}
    plan = Plan(
        **{key: head[key] for key in HEAD_COLUMNS},
        calendar=tuple(_calendar_entry(row) for row in tables.calendar.rows),
        indicators=tuple(
            _indicator(row, row["fields"] or repeatable.get(row["same_as"], "")) for row in tables.indicators.rows
        ),
        tasks=tuple(_task(row) for row in tables.tasks.rows),
        units=tuple(_unit(row) for row in tables.units.rows),
        groups=tuple(Group(r["id"], r["name"], grammar.parse_names(r["aliases"])) for r in tables.groups.rows),
        oddities=tuple(_oddity(row) for row in tables.oddities.rows),
        rule_settings=tuple(
            RuleSetting(r["rule"], r["severity"], _until(r["until"]), r["reason"]) for r in tables.rules.rows
        ),
        waivers=tuple(
            Waiver(r["unit"], r["rule"], r["row"].strip(), _until(r["until"]), r["reason"]) for r in tables.waivers.rows
        ),
        digest="",
    )
    return replace(plan, digest=_digest(plan))


def _digest(plan: Plan) -> str:
    """Return the SHA-256 of the canonical content; a plan that prorates nothing keeps the digest it always had."""
    content = asdict(plan)
    for row in content["indicators"]:
        if not row["prorated"]:
            del row["prorated"]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _calendar_entry(row: Row) -> CalendarEntry:
    first, last = (grammar.parse_month_day(row[key]) for key in ("first", "last"))
    return CalendarEntry(row["kind"], first, last, grammar.parse_month_day(row["due"]) if row["due"].strip() else None)


def _until(text: str) -> date | None:
    return grammar.parse_day(text) if text.strip() else None


def _oddity(row: Row) -> Oddity:
    texts = {key: row[key] for key in ("place", "note", "printed", "reading", "suggestion")}
    return Oddity(kind=OddityKind(row["kind"]), rows=grammar.parse_names(row["rows"]), **texts)


def _indicator(row: Row, fields: str) -> Indicator:
    """`fields` are those of the row, or of the row whose figure it shows when it names none."""
    return Indicator(
        code=row["code"],
        **{key: row[key] for key in INDICATOR_PRINTED},
        measure=Measure(row["measure"]),
        aggregation=Aggregation(row["aggregation"]),
        decimals=int(row["decimals"]),
        fields=grammar.parse_fields(fields),
        targets=grammar.parse_targets(row["targets"]),
        due=grammar.parse_due(row["due"]),
        reporters=grammar.parse_assignments(row["reporters"]),
        coordinators=grammar.parse_assignments(row["coordinators"]),
        monitors=grammar.parse_assignments(row["monitors"]),
        **{key: row[key] for key in ("same_as", "part_of", "source", "sentence", "reason", "short")},
        confirm=grammar.parse_names(row["confirm"]),
        prorated=grammar.parse_flag(row["prorated"]),
    )


def _task(row: Row) -> Task:
    return Task(
        code=row["code"],
        **{key: row[key] for key in TASK_PRINTED},
        leads=grammar.parse_assignments(row["leads"]),
        coordinators=grammar.parse_assignments(row["coordinators"]),
        due=grammar.parse_due(row["due"]),
        **{key: row[key] for key in ("parent", "source", "sentence")},
        confirm=grammar.parse_names(row["confirm"]),
    )


def _unit(row: Row) -> Unit:
    return Unit(
        **{key: row[key] for key in ("id", "code", "kind", "name", "parent", "contact")},
        groups=grammar.parse_names(row["groups"]),
        aliases=grammar.parse_names(row["aliases"]),
        population=int(row["population"]) if row["population"].strip() else None,
        example=grammar.parse_flag(row["example"]),
        confirm=grammar.parse_names(row["confirm"]),
    )
