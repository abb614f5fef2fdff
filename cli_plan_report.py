"""What the terminal says of a plan itself: its outline, its oddities, and what became of an import.

Makes lines of text from finished values; computes and writes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cli_report import program
from plan.book.words import PERIOD_WORDS
from plan.check import WARNING, severity_of
from plan.load import catalog_ids
from plan.model import CalendarEntry, Oddity, OddityKind, Plan
from plan.shown import group_heading, numbered, shown_due, shown_leads, shown_numbers, shown_target

if TYPE_CHECKING:
    from plan.tables import PlanTables
    from plan.word.draft import Draft

_LISTED = 15  # so many faults or unread rows are spelled out; the rest is counted


def plan_line(plan: Plan) -> str:
    """One plan in one line."""
    printed = [i for i in plan.indicators if not i.part_of]
    prose = " (lấy từ phần lời)" if printed and all(i.source for i in printed) else ""
    return f"{plan.id:<16} {plan.issuer}: {len(printed)} chỉ tiêu{prose}, {len(plan.tasks)} nhiệm vụ"


def plan_text(plan: Plan) -> str:
    """A plan in outline, for people."""
    lines = [plan.issuer, plan.title, ""]
    lines += [f"Báo cáo {PERIOD_WORDS[entry.kind].lower()} ({entry.kind}): {_due(entry)}" for entry in plan.calendar]
    numbers = shown_numbers(plan.indicators)
    lines += ["", f"{sum(1 for i in plan.indicators if not i.part_of)} CHỈ TIÊU"]
    for i in plan.indicators:
        origin = f" – phần lời, {i.source}" if i.source else ""
        target = f"{shown_target(i)} {i.unit}".rstrip()
        lines.append(f"{numbered(numbers[i.code], i.name)} ({target}) – {shown_leads(plan, i)}{origin}  [{i.code}]")
    numbers = shown_numbers(plan.tasks)
    lines += ["", f"{len(plan.tasks)} NHIỆM VỤ"]
    group = ""
    for t in plan.tasks:
        if group_heading(t) != group:
            group = group_heading(t)
            lines.append(group)
        due = shown_due(t) or "không ghi thời hạn"
        lines.append(f"  {numbered(numbers[t.code], t.name)} – {shown_leads(plan, t)} – {due}  [{t.code}]")
    kinds = Counter(u.kind for u in plan.units)
    lines += ["", f"{len(plan.units)} ĐƠN VỊ: " + ", ".join(f"{n} {kind}" for kind, n in kinds.items())]
    lines += [f"  {u.id:<34} {u.name}" for u in plan.units]
    return "\n".join(lines)


def _due(entry: CalendarEntry) -> str:
    if entry.due is None:
        return "văn bản không định ngày nộp; đặt hạn bằng --due khi tạo biểu mẫu"
    return f"hạn trước ngày {entry.due[1]}/{entry.due[0]}"


def oddity_text(plan: Plan, oddities: Sequence[Oddity]) -> str:
    """The oddities of a plan, numbered: what can make a figure or a deadline wrong before what is only to be known."""
    weighty = [o for o in oddities if severity_of(o.kind) == WARNING]
    light = [o for o in oddities if severity_of(o.kind) != WARNING]
    draft = any(o.kind is OddityKind.TO_CONFIRM for o in oddities)
    use = "bản nháp: còn ô chờ xác nhận nên chưa gửi biểu mẫu được" if draft else "kế hoạch vẫn dùng được"
    lines = [f"{plan.id}: {len(oddities)} chỗ cần lưu ý trong văn bản ({use})."]
    number = 0
    for title, part in (
        ("CẦN QUYẾT ĐỊNH, vì có thể làm sai số liệu, đơn vị hoặc thời hạn", weighty),
        ("NÊN BIẾT", light),
    ):
        lines += ["", f"{title}: {len(part)} chỗ"] if part else []
        for o in part:
            number += 1
            lines += ["", f"{number}. {o.place}", f"   {o.note}"]
            if o.printed and o.reading:
                lines.append(f"   In: “{o.printed}”. Có thể phải đọc là: “{o.reading}”.")
            lines.append(f"   → {o.suggestion}")
    return "\n".join(lines)


def exported_text(tables: PlanTables, file: str) -> str:
    """After `plan export`."""
    rows = tables.texts()
    return "\n".join(
        (
            f"Đã xuất {_counted(tables)} ra {file}",
            f"Sửa xong, kiểm tra:    {program()} plan check {quoted(file)}",
            f"Dùng ngay sổ ấy:       {program()} template --plan {quoted(file)} "
            f"--period 2026-{rows['calendar'][0]['kind']}",
        )
    )


def imported_text(tables: PlanTables, where: Path) -> str:
    """After `plan import` of a workbook."""
    return (
        f"Đã nhập kế hoạch {tables.head.rows[0]['id']} ({_counted(tables)}) vào {where}\n"
        f"Lệnh tiếp theo:  {program()} plan check {quoted(str(where))}"
    )


def new_text(tables: PlanTables, where: Path) -> str:
    """After `plan new`."""
    return "\n".join(
        (
            f"Đã lập kế hoạch của {tables.head.rows[0]['issuer']} ({_counted(tables)}), ghi vào {where}",
            "Còn phải làm: đối chiếu các ô được tô màu với văn bản của tỉnh, sửa nếu cần rồi xóa chữ ở "
            "“Cột còn phải xác nhận”; thêm nhiệm vụ; ghi hạn nộp vào lịch báo cáo.",
            f"Lệnh tiếp theo:  {program()} plan check {quoted(str(where))}",
        )
    )


def draft_text(draft: Draft, where: Path, faults: Sequence[str]) -> str:
    """After `plan import` of a Word document: what was read, what was not, what is to be filled in."""
    lines = [f"Đã dựng bản nháp từ văn bản: {_counted(draft.tables)}, ghi vào {where}"]
    lines += [f"  {note}" for note in draft.notes]
    if draft.unread:
        lines += ["", f"KHÔNG ĐỌC ĐƯỢC {len(draft.unread)} chỗ, phải tự nhập:"]
        lines += [f"  {u.place[:1].upper()}{u.place[1:]}: “{u.text}” – {u.why}" for u in draft.unread]
    rows = draft.tables.texts()
    waiting = sum(1 for name in ("indicators", "tasks", "units") for row in rows[name] if row["confirm"])
    lines += ["", f"{waiting} dòng có ô do máy đề xuất (tô màu), chờ người xác nhận ở “Cột còn phải xác nhận”."]
    if faults:
        lines += ["", f"CÒN {len(faults)} chỗ phải điền trước khi dùng được:", *_first([f"  {f}" for f in faults])]
    return "\n".join([*lines, "", f"Sửa xong, kiểm tra:  {program()} plan check {quoted(str(where))}"])


def _first(lines: list[str]) -> list[str]:
    rest = len(lines) - _LISTED
    return lines if rest <= 0 else [*lines[:_LISTED], f"  … và {rest} chỗ khác"]


def _counted(tables: PlanTables) -> str:
    rows = tables.texts()
    return f"{len(rows['indicators'])} chỉ tiêu, {len(rows['tasks'])} nhiệm vụ, {len(rows['units'])} đơn vị"


def quoted(text: str) -> str:
    """Return a path as it can be pasted into a command; a folder that is called like a built-in plan stays a path."""
    if text in catalog_ids():
        return f"./{text}"
    return f'"{text}"' if " " in text else text
