"""Time `template`, `validate` and `consolidate` on 170 returns beside the plain script that people write.

Run by hand: `.venv/bin/python benchmarks/run.py`. Every step is a process of its own, so start-up and
imports are in the figures; memory is the peak of that process. The plain script (benchmarks/plain.py)
reads the same files with pandas.read_excel (openpyxl), concatenates, groups and writes with to_excel;
it checks nothing and traces nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RETURNS = 170
PERIOD = ("--period", "2026-H1", "--as-of", "12/06/2026 08:00")


def measured(command: list[str]) -> tuple[float, float]:
    """Run a command; returns (seconds, peak MiB of the process)."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{command}: {process.stderr.read().decode() if process.stderr else ''}")
    return seconds, usage.ru_maxrss / 1024


def prepare(workspace: Path) -> Path:
    """Make a simulated period and fill its inputs up to 170 returns with second versions of some units."""
    tonghop = [sys.executable, str(ROOT / "cli.py")]
    for command in ("template", "simulate"):
        subprocess.run([*tonghop, command, "--workspace", str(workspace), "--period", "2026-H1", "--quiet"], check=True)
    inputs = workspace / "inputs" / "ninh-binh-syt" / "2026-H1"
    files = sorted(p for p in inputs.rglob("*.xlsx"))
    for path in files[: RETURNS - len([p for p in inputs.rglob("*") if p.is_file()])]:
        shutil.copy2(path, path.with_name(f"{path.stem} (gui lai).xlsx"))
    return inputs


def main() -> None:
    """Print a table of medians; each round interleaves the rivals so that drift hits all alike."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        inputs = prepare(workspace)
        count = len([p for p in inputs.rglob("*") if p.is_file()])
        tonghop = [sys.executable, str(ROOT / "cli.py")]
        options = ["--workspace", str(workspace), *PERIOD, "--quiet"]
        commands = {
            "template (150 units)": [*tonghop, "template", *options],
            "validate": [*tonghop, "validate", *options],
            "consolidate": [*tonghop, "consolidate", *options],
            "plain script": [sys.executable, str(ROOT / "benchmarks" / "plain.py"), str(inputs), folder],
        }
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                taken[name].append(measured(command))
        plain = statistics.median(s for s, _ in taken["plain script"])
        print(f"{count} returns, medians of {rounds} rounds, {os.cpu_count()} cores, {sys.platform}")
        print(f"{'':<22}{'seconds':>9}{'plain/this':>12}{'peak MiB':>10}")
        for name, results in taken.items():
            seconds = statistics.median(s for s, _ in results)
            peak = max(m for _, m in results)
            print(f"{name:<22}{seconds:>9.2f}{plain / seconds:>12.2f}{peak:>10.0f}")


if __name__ == "__main__":
    main()
