"""A small plan with every measure and the hard texts of real plans: what the template tests draw from."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
from openpyxl.workbook import Workbook

from plan.layout import (
    INDICATOR_COLUMNS,
    INDICATOR_SHEET,
    TASK_COLUMNS,
    TASK_SHEET,
    WorkbookLayout,
    column_letter,
    layout_for,
)
from plan.model import (
    Assignment,
    DueKind,
    DuePart,
    Field,
    FieldKind,
    Indicator,
    Measure,
    Task,
    Unit,
)
from templates.draw import draw_template
from tests import blank
from tests.blank import H1

PERIOD = H1
DEADLINE = datetime(2026, 6, 10)
COUNT, NUMBER, CHOICE, TEXT = FieldKind.COUNT, FieldKind.NUMBER, FieldKind.CHOICE, FieldKind.TEXT
LONG_TASK = "=Tổ chức các hoạt động khám sức khỏe định kỳ, khám sàng lọc miễn phí cho người lao động; " * 5


def pair(prefix: str) -> tuple[Field, Field]:
    return (
        Field(f"{prefix}numerator", f"Số người có thẻ ({prefix or 'kỳ này'})", COUNT, "người"),
        Field(f"{prefix}denominator", f"Dân số ({prefix or 'kỳ này'})", COUNT, "người"),
    )


def indicator(code: str, number: str, measure: Measure, fields: tuple[Field, ...]) -> Indicator:
    return replace(
        blank.INDICATOR,
        code=code,
        number=number,
        section="1. Các mục tiêu đến năm 2030",
        name=f"Chỉ tiêu {code} có một cái tên dài vừa phải để phải xuống dòng trong ô đã gộp",
        target_text=">95 (2026), toàn dân (2030)",
        lead_text="UBND xã, phường",
        measure=measure,
        fields=fields,
        reporters=(Assignment("@xa"),),
        short=code.lower(),
    )


INDICATORS = (
    indicator("COVER", "1", Measure.RATIO, pair("")),
    indicator("GAIN", "2", Measure.CHANGE, pair("baseline_") + pair("current_")),
    indicator(
        "HEIGHT",
        "3",
        Measure.CHANGE,
        tuple(Field(n, f"Chiều cao {n}", NUMBER, "cm", Decimal(50), Decimal(200)) for n in ("baseline", "current")),
    ),
    indicator("DOCTORS", "4", Measure.THRESHOLD, (Field("count", "Số bác sĩ", COUNT, "bác sĩ", None, Decimal(200)),)),
    indicator(
        "STATION",
        "5",
        Measure.ATTAINED,
        (Field("attained", "Trạm Y tế đã đủ thiết bị?", CHOICE), Field("evidence", "Minh chứng", TEXT)),
    ),
    indicator("AGE", "6", Measure.VALUE, (Field("value", "Tuổi thọ", NUMBER, "tuổi", Decimal("40.5"), Decimal(100)),)),
    indicator("SHARE", "7", Measure.VALUE, (Field("value", "Mức giảm", NUMBER, "%"),)),
)


def task(number: str, name: str, leads: tuple[Assignment, ...]) -> Task:
    return replace(
        blank.TASK,
        code=f"NV-{number}",
        number=number,
        group="Nâng cao nhận thức, đổi mới mạnh mẽ tư duy và hành động",
        name=name,
        result="Kế hoạch của UBND tỉnh",
        due_text="Hàng năm",
        leads=leads,
        coordinators=(Assignment("@xa"),),
        due=(DuePart(DueKind.YEARLY),),
    )


TASKS = (
    task("1", LONG_TASK, (Assignment("phong", "chỉ đạo"),)),
    *(task(str(n), f"Nhiệm vụ {n}", (Assignment("@xa"),)) for n in range(2, 17)),
)


COMMUNE = blank.unit("xa-a", "UBND xã An Bình", ("xa",))
OFFICE = blank.unit("phong", "Phòng Tài chính")
IDLE = blank.unit("khong", "Đơn vị không có việc")
PLAN = replace(
    blank.PLAN,
    id="thu-nghiem",
    issuer="Sở Y tế tỉnh Ninh Bình",
    superior="UBND tỉnh Ninh Bình",
    short_issuer="SYT",
    title="Kế hoạch thử nghiệm",
    place="Ninh Bình",
    return_to="Sở Y tế (qua Phòng Tài chính)",
    indicators=INDICATORS,
    tasks=TASKS,
    units=(COMMUNE, OFFICE, IDLE),
    digest="d" * 64,
)


def layout(of: Unit = COMMUNE) -> WorkbookLayout:
    return layout_for(PLAN, of, PERIOD)


def drawn(of: Unit = COMMUNE, previous: dict[tuple[str, str], str | Decimal] | None = None) -> bytes:
    return draw_template(layout(of), previous or {}, DEADLINE)


def opened(data: bytes, *, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(BytesIO(data), data_only=values)


def indicator_cell(code: str, key: str = "value") -> str:
    """Address of a column of the indicator row `code` (INDICATOR.field)."""
    row = next(line.row for line in layout().indicator_rows if line.code == code)
    return f"{column_letter(INDICATOR_COLUMNS, key)}{row}"


def result_cell(code: str, key: str = "value") -> str:
    row = next(result.row for result in layout().result_rows if result.indicator.code == code)
    return f"{column_letter(INDICATOR_COLUMNS, key)}{row}"


def task_cell(code: str, key: str) -> str:
    row = next(line.row for line in layout().task_rows if line.code == code)
    return f"{column_letter(TASK_COLUMNS, key)}{row}"


def inputs(of: WorkbookLayout) -> list[tuple[str, str]]:
    """Every input cell of a layout as (sheet, address)."""
    found = [
        (INDICATOR_SHEET, f"{column_letter(INDICATOR_COLUMNS, c.key)}{line.row}")
        for line in of.indicator_rows
        for c in INDICATOR_COLUMNS
        if c.is_input
    ]
    return found + [
        (TASK_SHEET, f"{column_letter(TASK_COLUMNS, c.key)}{line.row}")
        for line in of.task_rows
        for c in TASK_COLUMNS
        if c.is_input
    ]


def with_unit_name(name: str) -> WorkbookLayout:
    return replace(layout(OFFICE), unit=replace(OFFICE, name=name))
