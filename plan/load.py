"""The door by which a plan comes in: a catalog id, a folder or an Excel workbook becomes a checked `Plan`.

Collects the faults of everything before it gives up, and never mends anything by the way. How a folder is
read is said in `folder`, a workbook in `book`, and what a cell may hold in `grammar` and `schema`.
"""

from __future__ import annotations

import difflib
from pathlib import Path

from plan.build import build_plan
from plan.folder import HEADER, read_folder
from plan.model import Plan, PlanError
from plan.schema import check_tables
from plan.tables import PlanTables

_CATALOG = Path(__file__).parent / "catalog"
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def catalog_ids() -> tuple[str, ...]:
    """Return the ids of the plans that come with the program, sorted."""
    return tuple(sorted(path.parent.name for path in _CATALOG.glob(f"*/{HEADER}")))


def load_plan(where: str) -> Plan:
    """Load the plan of a catalog id, a folder or a workbook. Raises PlanError with a line for every fault found."""
    return build_plan(load_tables(where))


def load_tables(where: str) -> PlanTables:
    """Return the texts of a plan in which nothing is faulty. Raises PlanError with a line for every fault found."""
    tables, faults = _judged(where)
    if faults:
        raise PlanError(*faults)
    return tables


def faults_in(where: str) -> list[str]:
    """Return every fault for which `load_plan` would refuse a plan, one line for a cell; [] when it is sound."""
    try:
        return _judged(where)[1]
    except PlanError as error:
        return list(error.lines)


def _judged(where: str) -> tuple[PlanTables, list[str]]:
    """Read and check a plan; a cell that could not be read is not judged as well. Raises PlanError when it is none."""
    found: list[str] = []
    tables = _read(where, found)
    faults: list[str] = []
    told: set[str] = set()
    for fault in (*found, *check_tables(tables)):
        place = _place(fault)
        if place not in told:
            faults.append(fault)
        told |= {place} - {""}
    return tables, faults


def _place(fault: str) -> str:
    """Return where a fault stands when it is one cell: "Trang “Nhiệm vụ”, ô J14", else ""."""
    place = fault.partition(": ")[0]
    return place if ", " in place else ""


def _read(where: str, faults: list[str]) -> PlanTables:
    ids = catalog_ids()
    if where in ids:
        return read_folder(_CATALOG / where, faults)
    path = Path(where)
    if path.is_dir():
        if (path / HEADER).is_file():
            return read_folder(path, faults)
        raise PlanError(f"Thư mục “{where}” không phải là một kế hoạch: thiếu tệp {HEADER}.")
    if path.suffix.lower() in _WORKBOOKS or path.is_file():
        from plan.book.read import read_plan  # noqa: PLC0415  # openpyxl costs a fifth of a second: not for folders

        return read_plan(path, faults)
    near = difflib.get_close_matches(where.lower(), ids, n=1)
    guess = f" Có phải ý bạn là “{near[0]}”?" if near else ""
    raise PlanError(
        f"Không có kế hoạch “{where}”.{guess} Các kế hoạch có sẵn: {', '.join(ids)}. "
        "Cũng có thể ghi đường dẫn của một thư mục kế hoạch hoặc một sổ Excel kế hoạch."
    )
