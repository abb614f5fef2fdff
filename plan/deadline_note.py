"""The deadline that the department itself set for one period, kept beside the period's inputs.

A plan may fix no day ("báo cáo theo quy định"), and a day may be put off. What is noted here outranks the
plan's calendar for that one period; every command reads it, so that templates and status agree.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from plan.atomic import writable_folder, write_atomically
from plan.dates import day_text
from plan.model import Period, PlanError

_LONGEST = timedelta(days=366)  # after the end of the period: later than this is a slip of the year


def noted_due(file: Path) -> date | None:
    """Return the noted first day too late, None when nothing is noted. Raises PlanError when it cannot be read."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as fault:
        raise PlanError(
            f"Không đọc được hạn nộp đã đặt trong “{file}”. Đặt lại bằng --due, ví dụ --due 20/6/2026."
        ) from fault
    try:
        due = tomllib.loads(text).get("due")
    except tomllib.TOMLDecodeError:
        due = None
    if type(due) is not date:
        raise PlanError(f"“{file}” không ghi hạn nộp đúng cách. Dòng phải có dạng: due = 2026-06-20 (năm-tháng-ngày).")
    return due


def due_in_force(file: Path, period: Period) -> Period:
    """Return the period with the noted deadline, or as it is. Raises PlanError that names the file."""
    noted = noted_due(file)
    if noted is None:
        return period
    try:
        return with_due(period, noted)
    except PlanError as fault:
        raise PlanError(*fault.lines, f"Hạn ấy ghi ở “{file}”: sửa hoặc xóa tệp, hoặc đặt lại bằng --due.") from fault


def due_before(file: Path, period: Period) -> date | None:
    """Return what was in force before another deadline is set: the noted day, else the period's own.

    None also where the note cannot be read: it is about to be written over, which is how people are told to mend it.
    """
    try:
        return noted_due(file) or period.due
    except PlanError:
        return None


def note_due(file: Path, due: date) -> None:
    """Write the deadline down. Raises PlanError when the folder cannot be written."""
    text = (
        "# Hạn nộp do cơ quan tổng hợp đặt cho kỳ này: ngày bắt đầu tính là nộp muộn.\n"
        f"# Đổi bằng --due khi chạy lệnh, hoặc sửa dòng dưới (năm-tháng-ngày).\ndue = {due.isoformat()}\n"
    )
    writable_folder(file.parent)
    write_atomically(file, text.encode())


def with_due(period: Period, due: date) -> Period:
    """Return the period with another deadline. Raises PlanError for a day before its start or a year after its end."""
    if not period.first < due <= period.last + _LONGEST:
        raise PlanError(
            f"Hạn nộp {day_text(due)} không hợp với kỳ {period.label} "
            f"(từ {day_text(period.first)} đến {day_text(period.last)}). Kiểm tra lại ngày, tháng, năm."
        )
    return replace(period, due=due)
