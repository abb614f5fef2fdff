"""The script that people write: read every file with pandas, concatenate, group, write. For comparison only.

It trusts every cell: texts become NaN, faulty files are skipped, percentages are what they happen to be.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import pandas as pd

HEADER = 7  # rows above the table of the template


def main(inputs: Path, outputs: Path) -> None:
    """Read both appendices of every workbook below `inputs`; write totals and all rows to one workbook."""
    warnings.simplefilter("ignore")
    indicators, tasks = [], []
    for path in sorted(inputs.rglob("*.xlsx")):
        try:
            first = pd.read_excel(path, sheet_name="Phụ lục 1", header=HEADER)
            second = pd.read_excel(path, sheet_name="Phụ lục 2", header=HEADER)
        except Exception as fault:  # as such scripts do: go on with the next file
            print(path.name, fault, file=sys.stderr)
            continue
        indicators.append(first.assign(file=path.name))
        tasks.append(second.assign(file=path.name))
    one, two = pd.concat(indicators), pd.concat(tasks)
    one["Số liệu kỳ này"] = pd.to_numeric(one["Số liệu kỳ này"], errors="coerce")
    two["% hoàn thành"] = pd.to_numeric(two["% hoàn thành"], errors="coerce")
    with pd.ExcelWriter(outputs / "plain.xlsx") as book:
        one.groupby("Mã dòng")["Số liệu kỳ này"].sum().to_excel(book, sheet_name="Chỉ tiêu")
        two.groupby("Mã dòng")["% hoàn thành"].mean().to_excel(book, sheet_name="Nhiệm vụ")
        one.to_excel(book, sheet_name="Dữ liệu 1")
        two.to_excel(book, sheet_name="Dữ liệu 2")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
