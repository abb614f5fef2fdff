"""Files appear whole or not at all, and a folder that cannot be written to is refused in one line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plan.atomic import writable_folder, write_atomically
from plan.model import PlanError


def test_a_file_is_written_and_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / ("ổ" * 80 + ".xlsx")  # 245 bytes: as long as a name can be
    write_atomically(path, b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_crash_before_the_rename_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tong-hop.xlsx"
    write_atomically(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PlanError, match="chỗ trống của đĩa"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_target_that_cannot_be_replaced_is_refused_without_leftovers(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for path in (tmp_path / "a", tmp_path / "missing" / "b"):
        with pytest.raises(PlanError, match="Không ghi được tệp"):
            write_atomically(path, b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_other_readers_may_open_what_was_written(tmp_path: Path) -> None:
    """The file has the rights of any new file, not those of a private temporary one."""
    (tmp_path / "plain").write_bytes(b"")
    write_atomically(tmp_path / "ours", b"")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_folder_is_made_with_those_above_it_and_left_empty(tmp_path: Path) -> None:
    folder = writable_folder(tmp_path / "outputs" / "2026-H1")
    assert writable_folder(folder) == folder
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("below", ["", "plan/2026-H1"])
def test_a_file_in_the_way_is_named_in_one_line(tmp_path: Path, below: str) -> None:
    (tmp_path / "outputs").write_bytes(b"")
    with pytest.raises(PlanError) as caught:
        writable_folder(tmp_path / "outputs" / below)
    (line,) = caught.value.lines
    assert f"“{tmp_path / 'outputs'}” là một tệp" in line


def test_a_folder_that_the_system_refuses_is_named_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root writes anywhere, so the system's refusal is played."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(PlanError, match="Kiểm tra quyền ghi") as caught:
        writable_folder(tmp_path / "outputs")
    assert len(caught.value.lines) == 1
