"""Equal content is equal bytes, whenever and wherever a workbook was packed."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta, timezone

import openpyxl
import pytest

from plan.repack import repack

MOMENT = datetime(2026, 6, 9, 14, 5, tzinfo=timezone(timedelta(hours=7)))


def packed(day: int, *, system: int = 3) -> bytes:
    """A small workbook as openpyxl would save it on `day` of January, with the clock in its parts."""
    core = (
        '<cp:coreProperties><dc:creator>Xã Gia Viễn</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">'
        f'2026-01-{day:02}T08:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">'
        f"2026-01-{day:02}T09:00:00Z</dcterms:modified></cp:coreProperties>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text, how in (
            ("[Content_Types].xml", "<Types/>" * 40, zipfile.ZIP_DEFLATED),
            ("docProps/core.xml", core, zipfile.ZIP_DEFLATED),
            ("xl/sheet.xml", "<dcterms:created>stays</dcterms:created>", zipfile.ZIP_STORED),
        ):
            entry = zipfile.ZipInfo(name, (2026, 1, day, 8, 0, 0))
            entry.compress_type = how
            entry.create_system = system
            archive.writestr(entry, text)
    return out.getvalue()


def test_the_clock_and_the_operating_system_leave_no_trace() -> None:
    assert packed(3) != packed(4)
    assert repack(packed(3), MOMENT) == repack(packed(4, system=0), MOMENT)


def test_the_moment_stands_in_the_properties_in_utc_and_nothing_else_changes() -> None:
    with zipfile.ZipFile(io.BytesIO(repack(packed(3), MOMENT))) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert core.count("2026-06-09T07:05:00Z") == 2
        assert "Xã Gia Viễn" in core
        assert archive.read("xl/sheet.xml") == b"<dcterms:created>stays</dcterms:created>"
        members = archive.infolist()
    assert [m.filename for m in members] == ["[Content_Types].xml", "docProps/core.xml", "xl/sheet.xml"]
    assert [m.compress_type for m in members] == [zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED]
    assert {m.date_time for m in members} == {(1980, 1, 1, 0, 0, 0)}


def test_repacking_twice_is_repacking_once() -> None:
    once = repack(packed(3), MOMENT)
    assert repack(once, MOMENT) == once


def test_what_openpyxl_saved_opens_again_with_the_given_time() -> None:
    book = openpyxl.Workbook()
    out = io.BytesIO()
    book.save(out)
    again = openpyxl.load_workbook(io.BytesIO(repack(out.getvalue(), MOMENT)))
    assert again.properties.modified == MOMENT.astimezone(UTC).replace(tzinfo=None)


def test_what_is_no_zip_is_refused() -> None:
    with pytest.raises(zipfile.BadZipFile):
        repack(b"not a workbook", MOMENT)
