"""The commands on the plan itself: list, show, check, export, import, new.

Parses, calls one function of the room `plan`, says what happened. Writes only where --to (or its default)
points, and over nothing that exists unless --replace says so.
"""

# ruff: noqa: PLC0415  (lazy imports keep --help quick, as in cli.py)

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli_job import DEFAULT_PLAN
from cli_vietnamese import Group
from plan.atomic import writable_folder, write_atomically
from plan.load import catalog_ids, faults_in, load_plan, load_tables
from plan.model import PlanError

if TYPE_CHECKING:
    from plan.tables import PlanTables

_BOOK = ".xlsx"
_FORMAT = click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", help="Cách in kết quả [text]."
)
_PLAN = click.option(
    "--plan", "plan_id", default=DEFAULT_PLAN, metavar="KẾ_HOẠCH", help="Mã, thư mục hoặc sổ Excel kế hoạch."
)
_TO = click.option("--to", "target", metavar="NƠI_GHI", help="Thư mục, hoặc tên sổ Excel (.xlsx) để ghi kế hoạch vào.")
_REPLACE = click.option("--replace", is_flag=True, help="Ghi đè lên tệp hoặc thư mục đã có.")


@click.group(name="plan", cls=Group)
def plan_group() -> None:
    """Xem, kiểm tra, xuất, nhập, lập mới chính kế hoạch.

    \b
    Ví dụ:
      tonghop plan check ninh-binh-syt
      tonghop plan export ke-hoach.xlsx --plan thanh-nam
      tonghop plan import ke-hoach.docx
    """


@plan_group.command(name="list")
@_FORMAT
def list_plans(output: str) -> None:
    """Liệt kê các kế hoạch có sẵn.

    Ví dụ: tonghop plan list
    """
    from cli_plan_report import plan_line

    plans = [load_plan(plan_id) for plan_id in catalog_ids()]
    if output == "json":
        rows = [{"id": p.id, "issuer": p.issuer, "level": p.level, "title": p.title} for p in plans]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(plan_line(p) for p in plans))


@plan_group.command(name="show")
@_PLAN
@_FORMAT
@click.argument("name", required=False, metavar="[KẾ_HOẠCH]")
def show_plan(plan_id: str, output: str, name: str | None) -> None:
    """In toàn bộ kế hoạch: chỉ tiêu, nhiệm vụ, đơn vị, lịch báo cáo.

    Ví dụ: tonghop plan show ninh-binh-syt --format json
    """
    from cli_plan_report import plan_text
    from plan.show import plan_json

    plan = load_plan(name or plan_id)
    click.echo(json.dumps(plan_json(plan), ensure_ascii=False, indent=1) if output == "json" else plan_text(plan))


@plan_group.command(name="check")
@_PLAN
@_FORMAT
@click.argument("name", required=False, metavar="[KẾ_HOẠCH]")
def check_the_plan(plan_id: str, output: str, name: str | None) -> None:
    """Nêu những chỗ khác thường trong chính văn bản kế hoạch.

    Ví dụ: tonghop plan check ninh-binh-syt
    """
    from cli_plan_report import oddity_text
    from plan.check import check_plan
    from plan.show import oddity_json

    plan = load_plan(name or plan_id)
    oddities = check_plan(plan)
    if output == "json":
        click.echo(json.dumps([oddity_json(o) for o in oddities], ensure_ascii=False, indent=1))
    else:
        click.echo(oddity_text(plan, oddities))


@plan_group.command(name="export")
@_PLAN
@_REPLACE
@click.argument("file", metavar="TỆP.xlsx")
def export_plan(plan_id: str, replace: bool, file: str) -> None:
    """Xuất kế hoạch ra một sổ Excel để sửa, thêm chỉ tiêu, nhiệm vụ, đơn vị.

    Ví dụ: tonghop plan export ke-hoach.xlsx --plan thanh-nam
    """
    from cli_plan_report import exported_text

    if Path(file).suffix.lower() != _BOOK:
        raise PlanError(f"Tên tệp “{file}” phải có đuôi .xlsx, ví dụ: ke-hoach.xlsx")
    tables = load_tables(plan_id)
    _put(tables, Path(file), replace=replace)
    click.echo(exported_text(tables, file))


@plan_group.command(name="import")
@_TO
@_REPLACE
@click.argument("file", metavar="TỆP.xlsx|TỆP.docx")
def import_plan(target: str | None, replace: bool, file: str) -> None:
    """Nhập kế hoạch từ sổ Excel đã xuất, hoặc dựng bản nháp từ phụ lục của văn bản Word.

    \b
    Ví dụ:
      tonghop plan import ke-hoach.xlsx --to ke-hoach-moi
      tonghop plan import ke-hoach.docx --to ban-nhap.xlsx
    """
    from cli_plan_report import imported_text

    path = Path(file)
    if path.suffix.lower() in (".docx", ".docm", ".doc", ".odt", ".rtf", ".pdf"):
        _import_document(path, Path(target or f"{path.stem}-ban-nhap{_BOOK}"), replace=replace)
        return
    tables = load_tables(file)
    where = Path(target or tables.head.rows[0]["id"])
    _put(tables, where, replace=replace)
    click.echo(imported_text(tables, where))


def _import_document(path: Path, where: Path, *, replace: bool) -> None:
    from cli_plan_report import draft_text
    from plan.word.draft import read_document

    draft = read_document(path)
    _put(draft.tables, where, replace=replace)
    click.echo(draft_text(draft, where, faults_in(str(where))))  # as written, so that every fault is named by its cell


@plan_group.command(name="new")
@click.option("--province", required=True, metavar="TỈNH", help='Tên tỉnh, thành phố, ví dụ "Sơn La".')
@_TO
@_REPLACE
def new(province: str, target: str | None, replace: bool) -> None:
    """Lập kế hoạch cấp tỉnh mới: bộ chỉ tiêu quốc gia với đủ xã, phường, đặc khu của tỉnh.

    Ví dụ: tonghop plan new --province "Sơn La" --to son-la.xlsx
    """
    from cli_plan_report import new_text
    from plan.new import new_plan

    tables = new_plan(province)
    head = tables.head.rows[0]
    where = Path(target or f"{head['id']}{_BOOK}")
    _put(tables, where, replace=replace)
    click.echo(new_text(tables, where))


def _put(tables: PlanTables, where: Path, *, replace: bool) -> None:
    """Write a plan to a workbook or a folder, by the suffix. Raises PlanError rather than write over anything."""
    from plan.book.draw import draw_plan
    from plan.folder import write_texts

    if where.exists() and not replace:
        raise PlanError(f"“{where}” đã có. Ghi nơi khác bằng --to, hoặc thêm --replace để ghi đè.")
    if where.suffix.lower() == _BOOK:
        writable_folder(where.parent)
        write_atomically(where, draw_plan(tables))
        return
    folder = writable_folder(where)
    for name, data in write_texts(tables).items():
        write_atomically(folder / name, data)
