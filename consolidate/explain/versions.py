"""Every file that one unit sent in the period, and what each says on the row that is explained.

Which of them counts was settled by validation.choose; the reason is in its findings. Pure.
"""

from __future__ import annotations

from consolidate.explain.absence import with_unread
from consolidate.explain.cells import row_cells
from consolidate.explain.model import Cell, FileVersion
from consolidate.explain.task import task_cells
from consolidate.model import Consolidation
from plan.model import Indicator, Task
from validation.model import Return


def versions_of(run: Consolidation, unit: str, row: Indicator | Task) -> tuple[FileVersion, ...]:
    """Return the files of `unit` in the order in which they came, those that were taken away at their place.

    `row` is the row that units answer. What was withdrawn is not here: it takes no part in a run.
    """
    gone = [r for r in run.gone if r.unit == unit]
    files = sorted([*(r for r in run.checked.returns if r.unit == unit), *gone], key=lambda r: r.order)
    return tuple(
        FileVersion(
            number=number,
            received=received,
            is_gone=received in gone,
            cells=with_unread(run, _cells(run, received, row)),
            findings=tuple(f for f in run.checked.findings if f.file == received.file and not f.row and not f.sheet),
        )
        for number, received in enumerate(files, 1)
    )


def _cells(run: Consolidation, received: Return, row: Indicator | Task) -> tuple[Cell, ...]:
    checked = run.checked
    if isinstance(row, Task):
        tasks = (*checked.task_entries, *checked.other_task_entries)
        return tuple(cell for e in tasks if e.file == received.file and e.row == row.code for cell in task_cells(e))
    numbers = (*checked.indicator_entries, *checked.other_indicator_entries)
    answers = {e.field: e for e in numbers if e.file == received.file and e.row == row.code}
    return row_cells(row, answers)
