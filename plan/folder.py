"""The door of plan folders: plan.toml and four kinds of table in, the same text out.

Reads and writes texts only; what a cell may hold is said in `schema`. A fault that keeps a file from being
read at all (encoding, TOML, quotes, a row of another width) is a Vietnamese line that names file and place.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import tomli_w

from plan.cell_rules import near
from plan.tables import (
    CALENDAR_COLUMNS,
    GROUP_COLUMNS,
    HEAD_COLUMNS,
    INDICATOR_COLUMNS,
    ODDITY_COLUMNS,
    RULE_COLUMNS,
    TASK_COLUMNS,
    UNIT_COLUMNS,
    WAIVER_COLUMNS,
    YOUNGER_COLUMNS,
    PlanTables,
    Row,
    Table,
    grid,
    unread,
)

HEADER = "plan.toml"
# By the name of their entries; the table (a field of PlanTables) beside the columns.
_ENTRIES = {
    "calendar": ("calendar", CALENDAR_COLUMNS),
    "group": ("groups", GROUP_COLUMNS),
    "oddity": ("oddities", ODDITY_COLUMNS),
    "rule": ("rules", RULE_COLUMNS),
    "waiver": ("waivers", WAIVER_COLUMNS),
}
_CSV = {"indicators.csv": INDICATOR_COLUMNS, "tasks.csv": TASK_COLUMNS, "units.csv": UNIT_COLUMNS}
_NOTED = {"kind": "noted"}  # what an oddity is when nobody says more


def read_folder(folder: Path, faults: list[str]) -> PlanTables:
    """Read the four files of a plan; what cannot be read is noted in `faults` and left out."""
    content = _read_toml(folder, faults)
    tables = {_table_of(file): _read_csv(folder, file, columns, faults) for file, columns in _CSV.items()}
    if content is None:
        head = unread(HEADER, HEAD_COLUMNS)
        tables |= {table: unread(HEADER, columns) for table, columns in _ENTRIES.values()}
    else:
        head = _head(content, faults)
        tables |= {table: _entries(content, key, faults) for key, (table, _) in _ENTRIES.items()}
    return PlanTables(head=head, **tables)


def write_texts(tables: PlanTables) -> dict[str, bytes]:
    """Return the files of a plan folder by name: UTF-8, LF, the same text for the same plan."""
    texts = tables.texts()
    content: dict[str, object] = dict(texts["head"][0])
    for key, (table, _) in _ENTRIES.items():
        entries = [{k: v for k, v in row.items() if v and _NOTED.get(k) != v} for row in texts[table]]
        if entries:
            content[key] = entries
    files = {HEADER: tomli_w.dumps(content).encode()}
    for file, columns in _CSV.items():
        files[file] = _csv_text(columns, texts[_table_of(file)]).encode()
    return files


def _table_of(file: str) -> str:
    return file.removesuffix(".csv")


def _csv_text(columns: tuple[str, ...], rows: Sequence[Row]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _read_text(folder: Path, file: str, faults: list[str]) -> str | None:
    try:
        return (folder / file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        faults.append(f"{file}: không có tệp này trong thư mục {folder.name}.")
    except UnicodeDecodeError:
        faults.append(f"{file}: tệp không phải UTF-8. Trong Excel, lưu lại bằng “CSV UTF-8 (Comma delimited)”.")
    except OSError as error:
        faults.append(f"{file}: không đọc được tệp ({error.strerror}). Kiểm tra quyền đọc của tệp.")
    return None


# --- plan.toml ---


def _read_toml(folder: Path, faults: list[str]) -> dict[str, object] | None:
    text = _read_text(folder, HEADER, faults)
    if text is None:
        return None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+), column (\d+)", str(error))
        place = f"dòng {at[1]}, cột {at[2]}" if at else "cuối tệp"
        faults.append(f'{HEADER}, {place}: không đúng cách viết TOML. Mỗi dòng có dạng: tên = "giá trị"')
        return None


def _head(content: Mapping[str, object], faults: list[str]) -> Table:
    known = (*HEAD_COLUMNS, *_ENTRIES)
    faults += [
        f"{HEADER}, mục “{key}”: không dùng đến"
        + (near(key, known) or f". Các mục có thể ghi: {', '.join(HEAD_COLUMNS)}")
        for key in content
        if key not in known
    ]
    row = _texts(content, HEAD_COLUMNS, lambda key: f"{HEADER}, mục “{key}”", faults)
    return Table(HEADER, HEAD_COLUMNS, HEAD_COLUMNS, (row,), lambda column, index: f"{HEADER}, mục “{column}”")


def _entries(content: Mapping[str, object], key: str, faults: list[str]) -> Table:
    (_, columns), found = _ENTRIES[key], content.get(key, [])
    entries = [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []

    if entries != found:
        faults.append(f"{HEADER}, mục “{key}”: viết mỗi mục dưới một dòng [[{key}]] riêng.")
    rows = []
    for index, entry in enumerate(entries):
        faults += [
            f"{_entry_place(key, index, name)}: không dùng đến. Các mục: {', '.join(columns)}"
            for name in entry
            if name not in columns
        ]
        rows.append(_texts(entry, columns, partial(_entry_place, key, index), faults))
    if key == "oddity":
        rows = [{**row, "kind": row["kind"] or _NOTED["kind"]} for row in rows]
    return Table(f"{HEADER}, [[{key}]]", columns, columns, tuple(rows), lambda column, i: _entry_place(key, i, column))


def _entry_place(key: str, index: int, column: str) -> str:
    return f"{HEADER}, [[{key}]] thứ {index + 1}, mục “{column}”"


def _texts(
    entry: Mapping[str, object], columns: tuple[str, ...], place: Callable[[str], str], faults: list[str]
) -> dict[str, str]:
    texts = {}
    for column in columns:
        value = entry.get(column, "")
        if not isinstance(value, str):
            faults.append(f"{place(column)}: phải là chữ trong ngoặc kép.")
        texts[column] = value if isinstance(value, str) else str(value)
    return texts


# --- the csv files ---


def _read_csv(folder: Path, file: str, columns: tuple[str, ...], faults: list[str]) -> Table:
    text = _read_text(folder, file, faults)
    if text is None:
        return unread(file, columns)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        faults.append(f'{file}: dấu ngoặc kép không khép. Kiểm tra các ô có dấu " trong tệp.')
        return unread(file, columns)
    header = tuple(records[0]) if records else ()
    if fault := _header_fault(header, columns):
        faults.append(f"{file}: {fault}")
        return unread(file, columns)
    younger = tuple(c for c in YOUNGER_COLUMNS.get(_table_of(file), ()) if c not in header)
    numbered: list[tuple[int, Row]] = []
    for line, cells in enumerate(records[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            faults.append(
                f"{file}, dòng {line}: có {len(cells)} ô, phải có {len(header)} ô như dòng đầu. "
                "Ô có dấu phẩy phải nằm trong ngoặc kép."
            )
        padded = (*cells, *[""] * len(header))
        numbered.append((line, dict(zip(header, padded, strict=False)) | dict.fromkeys(younger, "")))
    return grid(file, columns, (*header, *younger), numbered)


def _header_fault(header: tuple[str, ...], columns: tuple[str, ...]) -> str:
    if not header:
        return f"dòng đầu trống. Dòng đầu phải là tên cột: {','.join(columns)}"
    if len(header) == 1 and ";" in header[0]:
        return "các cột đang ngăn bằng dấu chấm phẩy. Lưu lại với dấu phẩy ngăn cột."
    repeated = sorted({name for name in header if header.count(name) > 1})
    return f"cột “{repeated[0]}” đứng hai lần ở dòng đầu. Chỉ giữ một." if repeated else ""
