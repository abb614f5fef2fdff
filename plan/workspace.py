"""Where things lie: the folders of one plan and period below a workspace (DESIGN section 10).

Names paths only; makes, reads and deletes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders of one period; `root` holds `inputs/` and `outputs/`."""

    root: Path
    plan_id: str
    period_id: str

    @property
    def inputs(self) -> Path:
        """Returned files, with any folders below."""
        return self.root / "inputs" / self.plan_id / self.period_id

    @property
    def outputs(self) -> Path:
        """Everything that is made for the period."""
        return self.root / "outputs" / self.plan_id / self.period_id

    @property
    def templates(self) -> Path:
        """The workbooks to send out, and their manifest."""
        return self.outputs / "templates"

    @property
    def feedback(self) -> Path:
        """The marked copies that go back to units."""
        return self.outputs / "feedback"

    @property
    def deadline_note(self) -> Path:
        """The deadline that the department set for the period; beside the returns, never among them."""
        return self.inputs.with_name(f"{self.period_id}.toml")

    @property
    def truth(self) -> Path:
        """What a rehearsal typed; beside the returns, never among them."""
        return self.inputs.with_name(f"{self.period_id}.truth.json")
