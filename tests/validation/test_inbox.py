"""The door to the inputs folder: nothing is lost, nothing is changed, one bad file stops nobody."""

from __future__ import annotations

import os
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from validation import inbox
from validation.inbox import Received, files_in, receive
from validation.raw import Fault

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def received(folder: Path) -> list[Received]:
    return list(receive(folder, ZONE, lambda done, total: None))


def test_everything_below_the_folder_is_a_return_but_for_debris(tmp_path: Path) -> None:
    """Odd names and folders are returns; lock files of open workbooks and files of the system are not."""
    for name in ("b.xlsx", "a/ghi chú.txt", "Báo cáo (2).XLSX", ".an.xlsx", "~$b.xlsx", "a/Thumbs.db", ".DS_Store"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = [p.relative_to(tmp_path).as_posix() for p in files_in(tmp_path)]
    assert found == [".an.xlsx", "Báo cáo (2).XLSX", "a/ghi chú.txt", "b.xlsx"]


def test_links_do_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    """A link to a file elsewhere is no return."""
    outside = tmp_path / "outside.xlsx"
    outside.write_bytes(b"x")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.xlsx").symlink_to(outside)
    (tmp_path / "in" / "folder").symlink_to(tmp_path, target_is_directory=True)
    assert files_in(tmp_path / "in") == []


def test_receipt_is_the_files_time_in_the_plans_zone(tmp_path: Path) -> None:
    """17:00 UTC on 9 June is midnight of 10 June in Viet Nam: too late."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"")
    os.utime(path, (1781024400, 1781024400))
    (one,) = received(tmp_path)
    assert one.received_at.isoformat() == "2026-06-10T00:00:00+07:00"
    assert (one.file, one.size) == ("a.xlsx", 0)
    assert one.content == Fault("FILE_EMPTY")


def test_a_file_that_the_system_withholds_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A locked file is told as such; the next one is read."""
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / name).write_bytes(b"")
    whole = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "a.xlsx":
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    first, second = received(tmp_path)
    assert first.content == Fault("FILE_UNREADABLE", {"detail": "không có quyền"})
    assert second.content == Fault("FILE_EMPTY")


def test_a_giant_is_hashed_and_not_taken_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit holds before the bytes are read."""
    monkeypatch.setattr(inbox, "LARGEST", 10)
    (tmp_path / "a.xlsx").write_bytes(b"x" * 11)
    (one,) = received(tmp_path)
    assert isinstance(one.content, Fault)
    assert one.content.code == "FILE_TOO_LARGE"
    assert len(one.sha256) == 64


def test_a_name_in_another_encoding_can_be_written_out(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 come as lone surrogates, which no JSON or workbook can hold."""
    path = os.fsencode(tmp_path) + b"/b\xe1o.xlsx"
    try:
        with open(path, "wb"):  # noqa: PTH123 (a name as bytes)
            pass
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (one,) = received(tmp_path)
    assert one.file.encode() == b"b\\xe1o.xlsx".replace(b"\\xe1", b"\\udce1")


def test_progress_counts_every_file(tmp_path: Path) -> None:
    """The clerk sees how far the run is."""
    for n in range(5):
        (tmp_path / f"{n}.xlsx").write_bytes(b"")
    told: list[tuple[int, int]] = []
    list(receive(tmp_path, ZONE, lambda done, total: told.append((done, total))))
    assert told == [(n, 5) for n in range(1, 6)]
