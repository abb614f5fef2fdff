"""One job of the command line: the common options resolved to a plan, a period, a workspace and a moment.

Reads the plan, the clock (only as the default of --as-of) and the deadline that was set for the period;
writes nothing but that deadline, when --due sets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from plan.deadline_note import note_due, noted_due, with_due
from plan.load import load_plan
from plan.model import Period, Plan, PlanError
from plan.period import parse_as_of, parse_period
from plan.workspace import Workspace

DEFAULT_PLAN = "ninh-binh-syt"


@dataclass(frozen=True, slots=True)
class Job:
    """What the common options say, resolved: one plan, one period, one workspace, one moment."""

    plan: Plan
    period: Period
    workspace: Workspace
    as_of: datetime
    as_json: bool
    quiet: bool
    typed_plan: str
    chose_workspace: bool  # --workspace was given: nobody fills the real folder with made-up returns by default

    @property
    def again(self) -> str:
        """The common options as they would be typed for the next command."""
        plan = "" if self.typed_plan == DEFAULT_PLAN else f' --plan "{self.typed_plan}"'
        root = "" if self.workspace.root == Path.cwd() else f' --workspace "{self.workspace.root}"'
        return f"--period {self.period.id}{plan}{root}"

    def say(self, *lines: str) -> None:
        """Print lines for people; nothing under --quiet or --format json."""
        if not (self.quiet or self.as_json):
            click.echo("\n".join(lines))


def job_from(options: dict[str, Any]) -> Job:
    """Resolve the common options. Raises PlanError that names what can be chosen."""
    plan = load_plan(options["plan_id"])
    now = datetime.now(ZoneInfo(plan.time_zone))
    if not options["period_text"]:
        kinds = ", ".join(f"{now.year}-{entry.kind}" for entry in plan.calendar)
        raise PlanError(f"Thiếu --period. Các kỳ của kế hoạch {plan.id}: {kinds}.")
    period = parse_period(plan, options["period_text"])
    workspace = Workspace(Path(options["workspace"] or ".").resolve(), plan.id, period.id)
    return Job(
        plan=plan,
        period=_with_deadline(plan, period, workspace, options["due"]),
        workspace=workspace,
        as_of=parse_as_of(plan, options["as_of"], now),
        as_json=options["output"] == "json",
        quiet=options["quiet"],
        typed_plan=options["plan_id"],
        chose_workspace=options["workspace"] is not None,
    )


def _with_deadline(plan: Plan, period: Period, workspace: Workspace, typed: str | None) -> Period:
    """Return the period with the deadline that --due sets now, or that was set for it before."""
    if typed is None:
        noted = noted_due(workspace.deadline_note)
        return period if noted is None else with_due(period, noted)
    due = parse_as_of(plan, typed, datetime.now(ZoneInfo(plan.time_zone))).date()
    changed = with_due(period, due)
    note_due(workspace.deadline_note, due)
    return changed
