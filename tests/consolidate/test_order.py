"""Files come in any order, and no verdict, finding or byte of an output may tell in which."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from consolidate.result_json import consolidated_json
from consolidate.run import consolidate
from plan.layout import WorkbookLayout, layout_for
from tests.validation.returned import COMMUNE, PERIOD, PLAN, RECEIVED, book, checked, received
from validation.inbox import Received
from validation.model import Checked
from validation.raw import Fault


def _layout(unit: str) -> WorkbookLayout:
    return layout_for(PLAN, next(u for u in PLAN.units if u.id == unit), PERIOD)


def _files() -> list[Received]:
    """Two communes and an office: a correction, the same bytes twice, a fault, a file of nobody and a broken one."""
    code = COMMUNE.indicator_rows[0].code
    later = RECEIVED + timedelta(hours=3)
    honest, mended = book(typed={(code, "value"): 1}), book(typed={(code, "value"): 2})
    other, office = _layout("xa-giao-hung"), _layout("phong-ql-ytdp")
    broken = received(book(), "hỏng.xlsx")
    return [
        received(honest, "a/2026-H1_xa-gia-vien.xlsx"),
        received(mended, "b/2026-H1_xa-gia-vien.xlsx", later),
        received(mended, "c/2026-H1_xa-gia-vien.xlsx", later + timedelta(hours=1)),
        received(book(other, {(code, "value"): "khoảng 500"}), "2026-H1_xa-giao-hung.xlsx"),
        received(book(office), "2026-H1_phong-ql-ytdp.xlsx"),
        replace(broken, content=Fault("FILE_EMPTY", {})),
    ]


def _outputs(run: Checked) -> tuple[Checked, bytes]:
    done = consolidate(PLAN, PERIOD, RECEIVED + timedelta(days=7), run)
    return done.checked, consolidated_json(done)


def test_the_order_in_which_files_come_to_hand_changes_nothing() -> None:
    """Which file counts follows from moments and verdicts; what is handed on is sorted by file."""
    files = _files()
    wanted = _outputs(checked(*files))
    counted = [r.file for r in wanted[0].returns if r.counts]
    assert counted == ["2026-H1_phong-ql-ytdp.xlsx", "2026-H1_xa-giao-hung.xlsx", "b/2026-H1_xa-gia-vien.xlsx"]
    shuffler = random.Random(5)
    for _ in range(3):
        shuffler.shuffle(files)
        assert _outputs(checked(*files)) == wanted
