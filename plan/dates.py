"""Dates as Vietnamese officials write them: a leading zero for days under 10 and for months 1 and 2."""

from __future__ import annotations

from datetime import date, datetime, time


def day_text(day: date) -> str:
    """Return a date in figures (Decree 30/2020/NĐ-CP, appendix I).

    >>> day_text(date(2026, 6, 9)), day_text(date(2026, 2, 10))
    ('09/6/2026', '10/02/2026')
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def deadline_text(deadline: datetime | None) -> str:
    """Return a deadline in words; `deadline` is the first instant too late.

    >>> deadline_text(datetime(2026, 6, 10))
    'trước ngày 10/6/2026'
    >>> deadline_text(None)
    'theo thông báo của cơ quan tổng hợp'
    """
    if deadline is None:
        return "theo thông báo của cơ quan tổng hợp"
    if deadline.time() == time.min:
        return f"trước ngày {day_text(deadline.date())}"
    return f"trước {deadline.hour:02d} giờ {deadline.minute:02d} ngày {day_text(deadline.date())}"


def moment_text(moment: datetime) -> str:
    """Return a moment as people write it, in its own zone: "22:00 ngày 09/6/2026"."""
    return f"{moment:%H:%M} ngày {day_text(moment)}"
