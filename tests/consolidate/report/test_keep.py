"""A report in which somebody has written is told from one that nobody has touched since we drew it."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from consolidate.report import keep
from consolidate.report.draw import draw_report
from consolidate.report.keep import UNSEALED, edited_since, sealed
from tests.consolidate.report.report_case import empty_data, full_data

OURS = draw_report(full_data())


@pytest.mark.parametrize("data", [OURS, draw_report(empty_data(rows=False))], ids=["full", "no rows"])
def test_our_own_bytes_are_nobodys_work(data: bytes) -> None:
    assert not edited_since(data)


def test_a_mere_save_by_another_program_counts_as_work() -> None:
    out = io.BytesIO()
    docx.Document(io.BytesIO(OURS)).save(out)
    assert edited_since(out.getvalue())


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "word/header1.xml", "docProps/core.xml"])
def test_a_change_of_any_part_counts(name: str) -> None:
    """Also where the zip itself looks as ours does: same names, order and times."""
    assert not edited_since(_repacked(lambda n, content: content))
    assert edited_since(_repacked(lambda n, content: content.replace(b"2", b"3", 1) if n == name else content))


def test_a_part_that_comes_or_goes_or_moves_counts() -> None:
    members = _members()
    assert edited_since(_zip([*members, ("word/comments.xml", b"<x/>")]))
    assert edited_since(_zip(members[:-1]))
    assert edited_since(_zip(members[::-1]))
    assert edited_since(_zip([("word/documents.xml" if n == "word/document.xml" else n, c) for n, c in members]))
    assert edited_since(_zip(members, (2026, 6, 9, 14, 30, 0)))


def test_what_cannot_be_read_counts_as_work() -> None:
    """Whatever lies there under the name of the report is somebody's until proved otherwise."""
    for data in (
        b"",
        b"PK\x03\x04",
        OURS[:-40],
        OURS[:500],
        b"\xd0\xcf\x11\xe0" * 100,
    ):
        assert edited_since(data)
    assert edited_since(_zip([("word/document.xml", b"<w:document/>")]))


@pytest.mark.parametrize("bound", ["_MOST_BYTES", "_MOST_EXPANDED", "_MOST_PARTS"])
def test_what_is_too_large_is_not_unpacked(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bomb is not read to its end: beyond a bound, even what would be ours is left to people."""
    monkeypatch.setattr(keep, bound, 5)
    monkeypatch.setattr(keep, "_digest", lambda package: pytest.fail("read all the same"))
    assert edited_since(OURS)


def test_only_a_package_with_a_place_for_it_is_sealed() -> None:
    with pytest.raises(ValueError, match="no place"):
        sealed(_zip([("docProps/core.xml", b"<x/>")]))
    once = sealed(_zip([("docProps/core.xml", f"<x>{UNSEALED}</x>".encode()), ("a", b"1")]))
    assert not edited_since(once)
    assert UNSEALED.encode() not in once


def _members() -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(OURS)) as package:
        return [(member.filename, package.read(member)) for member in package.infolist()]


def _zip(
    members: list[tuple[str, bytes]], moment: tuple[int, int, int, int, int, int] = (1980, 1, 1, 0, 0, 0)
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in members:
            package.writestr(zipfile.ZipInfo(name, moment), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _repacked(change: object) -> bytes:
    assert callable(change)
    return _zip([(name, change(name, content)) for name, content in _members()])
