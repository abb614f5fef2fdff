"""One job of the command line: the common options resolved to a plan, a period, a workspace and a moment.

Reads the plan, the clock (only as the default of --as-of) and the deadline that was set for the period.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from plan.dates import day_text
from plan.deadline_note import due_before, due_in_force, note_due, with_due
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
    rehearses: bool  # simulate and demo: made-up figures never meet the department's own database
    former_due: date | None  # the deadline before --due changed it; as the period's when --due was not given
    typed_as_of: str | None = None  # the next command has to look at the same moment

    @property
    def again(self) -> str:
        """The common options as they would be typed for the next command."""
        plan = "" if self.typed_plan == DEFAULT_PLAN else f' --plan "{self.typed_plan}"'
        root = "" if self.workspace.root == Path.cwd() else f' --workspace "{self.workspace.root}"'
        moment = f' --as-of "{self.typed_as_of}"' if self.typed_as_of else ""
        return f"--period {self.period.id}{plan}{root}{moment}"

    def keep_deadline(self) -> None:
        """Remember a deadline that --due has set, once the work is done, and say what that changes."""
        due = self.period.due
        if due is None or due == self.former_due:
            return
        note_due(self.workspace.deadline_note, due)
        before = "" if self.former_due is None else f" (trước đây: trước ngày {day_text(self.former_due)})"
        self.say(f"Hạn nộp {self.period.label} từ nay: trước ngày {day_text(due)}{before}; các lệnh sau tự dùng.")
        if self.former_due is not None:
            self.say("Biểu mẫu đã gửi còn ghi hạn cũ: báo cho đơn vị, hoặc chạy lại lệnh template rồi gửi lại.")

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
    if options["due"]:
        former_due = due_before(workspace.deadline_note, period)
        period = with_due(period, due_day(plan, options["due"]))
    else:
        period = due_in_force(workspace.deadline_note, period)
        former_due = period.due
    return Job(
        plan=plan,
        period=period,
        workspace=workspace,
        as_of=parse_as_of(plan, options["as_of"], now),
        as_json=options["output"] == "json",
        quiet=options["quiet"],
        typed_plan=options["plan_id"],
        chose_workspace=options["workspace"] is not None,
        rehearses=False,
        former_due=former_due,
        typed_as_of=options["as_of"],
    )


def due_day(plan: Plan, typed: str) -> date:
    """Read --due, the first day too late. Raises PlanError for what is no day, or names an hour."""
    moment = parse_as_of(plan, typed, datetime.now(ZoneInfo(plan.time_zone)))
    if moment.time() != time.min:
        raise PlanError(f"Hạn nộp “{typed}” có giờ. Chỉ ghi ngày: phải nhận được trước ngày ấy, ví dụ --due 20/6/2026.")
    return moment.date()
