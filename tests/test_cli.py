"""The command line as people meet it: Vietnamese, one clear line for a wrong use, the promised exit codes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import cli
from tests.conftest import ROOT

CATALOG = ROOT / "plan" / "catalog" / "ninh-binh-syt"
PERIOD = ("--period", "2026-H1")


def called(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "cli.py"), *arguments]
    environment = {k: v for k, v in os.environ.items() if k != "TONGHOP_COMMAND"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def commands() -> Iterator[tuple[str, click.Command]]:
    for name, command in cli.tonghop.commands.items():
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", c) for inner, c in command.commands.items())
        else:
            yield name, command


def plan_copy(folder: Path) -> Path:
    copy = folder / "ke-hoach"
    shutil.copytree(CATALOG, copy)
    return copy


WRONG = [
    (("status", *PERIOD, "--plan", "ninh-binh"), "ninh-binh-syt"),
    (("status", "--period", "2026-H3"), "2026-H1"),
    (("status", "--period", "2026-Q1"), "2026-H1"),
    (("status",), "2026-Y"),
    (("validate", *PERIOD), "inputs"),
    (("consolidate", *PERIOD), "inputs"),
    (("template", *PERIOD, "--unit", "xa-khong-co"), "xa-khong-co"),
    (("template", *PERIOD, "--workspace", "tep.txt"), "tep.txt"),
    (("simulate", *PERIOD), "--workspace tap-duot"),
    (("validate", *PERIOD, "--workspace", "khong-co"), "khong-co"),
    (("status", *PERIOD, "thua"), "thua"),
    (("plan",), "plan list"),
    (("simulate", *PERIOD, "--seed", "abc"), "--seed"),
    (("status", *PERIOD, "--as-of", "hôm qua"), "hôm qua"),
    (("status", *PERIOD, "--perriod", "x"), "--perriod"),
    (("stats",), "Có phải “status”?"),
    (("status", "--period"), "--period"),
    (("status", *PERIOD, "--format", "xml"), "--format"),
]


@pytest.mark.parametrize(("arguments", "named"), WRONG, ids=[" ".join(a) for a, _ in WRONG])
def test_a_wrong_use_gets_one_vietnamese_line_and_exit_code_2(
    arguments: tuple[str, ...], named: str, tmp_path: Path
) -> None:
    """No traceback, no English, and the line names what was wrong or what can be chosen."""
    (tmp_path / "tep.txt").write_text("", encoding="utf-8")
    done = called(*arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert named in done.stderr
    assert not re.search(
        r"\b(Error|Usage|Try|Traceback|No such|Missing|Invalid|valid|Got|argument|is not|directory|denied)\b",
        done.stderr,
    )


def test_a_plan_with_faults_has_all_of_them_listed(tmp_path: Path) -> None:
    """Three faults in three tables come out together, each with its file and cell."""
    plan = plan_copy(tmp_path)
    for name, old, new in (
        ("indicators.csv", ",change,difference,1,", ",change,average,1,"),
        ("tasks.csv", ",Năm 2029,chi-cuc-attp,", ",Năm 2029,chi-cuc-xyz,"),
        ("units.csv", "phong-tai-chinh,,", "Phòng tài chính,,"),
    ):
        text = (plan / name).read_text(encoding="utf-8")
        assert old in text
        (plan / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    done = called("template", *PERIOD, "--plan", str(plan), folder=tmp_path)
    assert done.returncode == 2
    for place in (r"indicators\.csv, ô N2", r"tasks\.csv, ô J6", r"units\.csv, ô A2"):
        assert re.search(place, done.stderr), done.stderr
    assert not (tmp_path / "outputs").exists()


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=[n for n, _ in commands()])
def test_every_command_explains_itself_in_vietnamese_with_an_example(
    name: str, command: click.Command, tmp_path: Path
) -> None:
    """--help shows an example that names the command itself; every option has a description."""
    done = called(*name.split(), "--help", folder=tmp_path)
    assert done.returncode == 0
    assert "Cách dùng:" in done.stdout
    assert re.search(rf"Ví dụ: python cli\.py {name}\b", " ".join(done.stdout.split()))
    assert "Usage" not in done.stdout
    assert "Show this message" not in done.stdout
    assert all(p.help for p in command.params if isinstance(p, click.Option))


def test_every_command_stands_in_the_readme_or_the_staff_guide() -> None:
    """A command that no document names does not exist for people."""
    text = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "README.vi.md").read_text(encoding="utf-8")
    assert [name for name, _ in commands() if not re.search(rf"(start\.py|tonghop) +{name}\b", text)] == []


def test_help_waits_for_no_heavy_library(tmp_path: Path) -> None:
    """--help must be there at once: no pandas, no pandera, no workbook library."""
    code = "import sys, cli\nheavy = {'pandas', 'pandera', 'openpyxl', 'xlsxwriter', 'python_calamine', 'rich'}\n"
    code += "print(sorted(heavy & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "[]"
    assert called("--help", folder=tmp_path).returncode == 0


def test_plan_show_prints_the_whole_plan(tmp_path: Path) -> None:
    """The contract of DESIGN section 10 for other programs."""
    done = called("plan", "show", "ninh-binh-syt", "--format", "json", folder=tmp_path)
    plan = json.loads(done.stdout)
    assert {"id", "issuer", "level", "calendar", "indicators", "tasks", "units"} <= set(plan)
    assert (len(plan["indicators"]), len(plan["tasks"]), len(plan["units"])) == (16, 53, 150)
    verbatim = {"number", "section", "group", "name", "unit", "target_text", "lead_text", "coordinating_text"}
    assert verbatim | {"monitor_text", "due_text", "code", "measure"} <= set(plan["indicators"][0])
    assert {"number", "group_number", "group", "lead_text", "result", "due_text", "code"} <= set(plan["tasks"][0])


def test_plan_list_and_check_speak_of_the_catalog(tmp_path: Path) -> None:
    """The catalog is named; the oddities of the document come with place and suggestion."""
    assert "ninh-binh-syt" in called("plan", "list", folder=tmp_path).stdout
    check = called("plan", "check", folder=tmp_path)
    assert check.returncode == 0
    assert "Số thứ tự 49 được dùng 2 lần" in check.stdout


def test_a_template_for_one_unit_is_one_file_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    """`--unit` draws only that unit; unchanged bytes are left alone, with their time."""
    options = ("template", *PERIOD, "--unit", "phuong-hoa-lu", "--workspace", str(tmp_path))
    assert called(*options, folder=tmp_path).returncode == 0
    (file,) = (tmp_path / "outputs" / "ninh-binh-syt" / "2026-H1" / "templates").glob("*.xlsx")
    before = file.stat().st_mtime_ns
    done = called(*options, folder=tmp_path)
    assert "Lệnh tiếp theo:" in done.stdout
    assert file.stat().st_mtime_ns == before


def test_quiet_says_nothing_when_all_is_well(tmp_path: Path) -> None:
    """For scripts: exit code and files only."""
    called("template", *PERIOD, "--unit", "xa-gia-vien", folder=tmp_path)
    done = called("status", *PERIOD, "--quiet", "--as-of", "2026-06-01", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    states = json.loads((tmp_path / "outputs/ninh-binh-syt/2026-H1/status.json").read_text(encoding="utf-8"))
    assert {s["state"] for s in states} == {"missing"}
    assert len(states) == 150


def test_a_terminal_of_another_encoding_gets_vietnamese_all_the_same(tmp_path: Path) -> None:
    """A pipe on Windows speaks cp1252: a traceback with exit code 1 would read as "findings"."""
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    command = [sys.executable, str(ROOT / "cli.py"), "status"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 2
    assert "Thiếu --period" in done.stderr.decode("utf-8")
