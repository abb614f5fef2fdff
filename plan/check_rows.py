"""What is odd in the rows of the appendices as they are printed: numbers, blanks, units, deadlines, origin.

Each check returns its oddities in the order of the document, and keeps silent where nothing is odd.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from plan.check_places import UNITS, Row, column, odd, row_at, rows_at, some, tables_of
from plan.grammar import CUMULATIVE
from plan.model import DueKind, DuePart, Indicator, Oddity, OddityKind, Plan, Task, Unit

_STYLES = (
    ("số La Mã", re.compile(r"[IVXLC]+")),
    ("số Ả Rập", re.compile(r"[0-9]+")),
    ("chữ cái", re.compile(r"[A-Za-zĐđ]")),
)

_COUNTED = frozenset({"numerator", "value", "count", "current", "current_numerator"})
_DIVIDED_BY = frozenset({"denominator", "current_denominator"})
_MOST_NUMBERS = 2  # more numbers that repeat are told together


def odd_rows(plan: Plan) -> list[Oddity]:
    """Return what is odd in rows by themselves, check by check."""
    checks = (
        _numbers_used_twice,
        _numbering_mixed,
        _blanks,
        _targets_unread,
        _prorated_without_count,
        _units_of_measure,
        _vague_deadlines,
        _from_prose,
        _to_confirm,
    )
    return list(chain.from_iterable(check(plan) for check in checks))


def _numbers_used_twice(plan: Plan) -> list[Oddity]:
    found = []
    suggestion = "Khi trao đổi với đơn vị, gọi dòng bằng mã thay cho số thứ tự; đề nghị nơi ban hành đánh lại số."
    for table, rows in tables_of(plan):
        repeated = _repeated(rows)
        if len(repeated) > _MOST_NUMBERS:  # rows that were merely sorted otherwise: one thing to know, not many
            listed = [f"{number} ({', '.join(codes)})" for number, codes in repeated]
            note = f"{len(repeated)} số thứ tự được dùng nhiều lần: {some(listed, '; ')}."
            sorted_too = f"Nếu các dòng đã bị sắp xếp lại thì xếp về thứ tự in. {suggestion}"
            place = f"{table} TT {some([number for number, _ in repeated])}"
            every = tuple(code for _, codes in repeated for code in codes)
            found.append(odd(OddityKind.NUMBER_REPEATED, (place, every), note, sorted_too))
            continue
        for number, codes in repeated:
            note = f"Số thứ tự {number} được dùng {len(codes)} lần: {', '.join(codes)}."
            found.append(odd(OddityKind.NUMBER_REPEATED, (f"{table} TT {number}", tuple(codes)), note, suggestion))
    return found


def _repeated(rows: Sequence[Row]) -> list[tuple[str, list[str]]]:
    """Return each number that stands at several rows of one run, with the codes of these rows."""
    seen: dict[tuple[int, str, str], list[str]] = {}
    run, heading = 0, None
    for row in rows:
        number = row.number.strip(" .)")
        above = (row.section, row.group) if isinstance(row, Indicator) else (row.group_number, row.group)
        if above != heading and number == "1":
            run += 1  # numbering that starts anew under a heading is meant
        heading = above
        is_part = isinstance(row, Indicator) and row.part_of
        if any(c.isdigit() for c in number) and not is_part:
            seen.setdefault((run, row.parent if isinstance(row, Task) else "", number), []).append(row.code)
    return [(number, codes) for (_, _, number), codes in seen.items() if len(codes) > 1]


def _numbering_mixed(plan: Plan) -> list[Oddity]:
    found = []
    for table, rows in tables_of(plan):
        printed = [row for row in rows if not row.source]  # headings of prose count on from other headings
        styles: dict[str, list[str]] = {}
        for numeral in dict.fromkeys(row.group_number for row in printed if row.group_number):
            style = next((name for name, form in _STYLES if form.fullmatch(numeral)), "kiểu khác")
            styles.setdefault(style, []).append(numeral)
        if len(styles) < 2:
            continue
        rare = min(styles.values(), key=len)
        at = f"{table}, nhóm {some([f'“{numeral}”' for numeral in rare])}"
        codes = tuple(row.code for row in printed if row.group_number in rare)
        listed = "; ".join(f"{style}: {', '.join(numerals)}" for style, numerals in styles.items())
        note = f"Số của các nhóm viết nhiều kiểu ({listed})."
        suggestion = "Giữ nguyên khi trích; đề nghị nơi ban hành đánh số các nhóm theo một kiểu."
        found.append(odd(OddityKind.NUMBERING_MIXED, (at, codes), note, suggestion))
    return found


def _blanks(plan: Plan) -> list[Oddity]:
    parents = {task.parent for task in plan.tasks}
    # A heading's cells may stand with its sub-tasks; prose and further figures of a row have no cells of their own.
    tasks = [task for task in plan.tasks if task.code not in parents and not task.source]
    indicators = [row for row in plan.indicators if not row.source and not row.part_of]
    looked_at: list[tuple[Sequence[Row], str, str, str, str]] = [
        (indicators, "target_text", "targets", "mục tiêu", "Hỏi nơi ban hành mục tiêu phải đạt."),
        (indicators, "due_text", "due", "thời hạn", "Hỏi nơi ban hành thời hạn."),
        (tasks, "result", "", "kết quả phải đạt", "Thống nhất với đơn vị chủ trì thế nào là hoàn thành."),
        (tasks, "due_text", "due", "thời hạn", "Hỏi nơi ban hành thời hạn; khi chưa rõ, không tính quá hạn."),
    ]
    found = []
    for rows, printed, typed, words, suggestion in looked_at:
        if not any(getattr(row, printed).strip() for row in rows):
            continue  # an appendix without that column at all is not odd
        blank = [row for row in rows if not getattr(row, printed).strip() and not _is_typed(row, typed)]
        if blank:
            note = f"Để trống {words} ở {len(blank)} dòng: {', '.join(row.code for row in blank)}."
            found.append(odd(OddityKind.BLANK, rows_at(blank), note, suggestion))
    return found


def _is_typed(row: Row, typed: str) -> bool:
    """True where somebody said what the print does not: whoever adds a row types only how it is meant."""
    values = getattr(row, typed) if typed else ()
    return any(not (isinstance(value, DuePart) and value.kind is DueKind.UNKNOWN) for value in values)


def _targets_unread(plan: Plan) -> list[Oddity]:
    rows = [row for row in plan.indicators if row.target_text.strip() and not row.targets]
    if not rows:
        return []
    listed = [f"{row_at(row)} in “{row.target_text}”" for row in rows]
    note = (
        f"Văn bản in mục tiêu nhưng chưa ghi mục tiêu nào để so, nên số liệu không được đánh giá: {some(listed, '; ')}."
    )
    suggestion = f"Ghi mục tiêu vào {column('indicators', 'targets')}, ví dụ: 2030 >= 95; Đạt thì ghi 2030 >= 100."
    return [odd(OddityKind.TARGET_UNREAD, rows_at(rows), note, suggestion)]


def _prorated_without_count(plan: Plan) -> list[Oddity]:
    """Report prorated targets of figures that do not seem to start at nothing every year."""
    rows = [row for row in plan.indicators if row.prorated and not _starts_at_nothing(row)]
    if not rows:
        return []
    note = (
        f"Mục tiêu được chia theo tháng, nhưng số liệu không cho thấy chỉ tiêu mỗi năm tính lại từ 0, ở {len(rows)} "
        f"dòng: {some([row_at(row) for row in rows], '; ')}. Kỳ trong năm sẽ được so với một mốc thấp hơn mục tiêu."
    )
    suggestion = (
        f"Nếu số đếm cộng dồn từ đầu năm thì thêm {CUMULATIVE} vào {column('indicators', 'fields')}, riêng mẫu số thì "
        f"không; nếu không phải vậy thì xóa dấu ở {column('indicators', 'prorated')}."
    )
    return [odd(OddityKind.GAP, rows_at(rows), note, suggestion)]


def _starts_at_nothing(row: Indicator) -> bool:
    """True when what is counted is counted from 1 January and what it is divided by is not: else the share stands."""
    cumulative = {field.name for field in row.fields if field.cumulative}
    return bool(cumulative & _COUNTED) and not cumulative & _DIVIDED_BY


def _units_of_measure(plan: Plan) -> list[Oddity]:
    rows = [row for row in plan.indicators if not row.source and not row.unit.strip() and "%" in row.target_text]
    if not rows:
        return []
    note = "Đơn vị tính để trống, dấu % lại nằm trong mục tiêu."
    suggestion = "Báo cáo theo %; đề nghị nơi ban hành ghi đơn vị tính."
    return [odd(OddityKind.UNIT_OF_MEASURE, rows_at(rows), note, suggestion)]


def _vague_deadlines(plan: Plan) -> list[Oddity]:
    found = []
    for _, rows in tables_of(plan):
        vague = [row for row in rows if row.due_text.strip() and {part.kind for part in row.due} == {DueKind.UNKNOWN}]
        if vague:
            note = "Thời hạn có ghi nhưng không cho biết ngày nào là muộn."
            suggestion = "Các dòng này không bị tính quá hạn; hỏi nơi ban hành nếu cần."
            found.append(odd(OddityKind.DEADLINE_VAGUE, rows_at(vague), note, suggestion))
    return found


def _from_prose(plan: Plan) -> list[Oddity]:
    found = []
    for what, rows in (("chỉ tiêu", plan.indicators), ("nhiệm vụ", plan.tasks)):
        told: list[Row] = [row for row in rows if row.source]
        if told:
            at = f"Phần lời: {some(list(dict.fromkeys(row.source for row in told)), '; ')}"
            codes = tuple(row.code for row in told)
            note = f"{len(told)} {what} lấy từ phần lời, không bảng nào của văn bản in: {', '.join(codes)}."
            looked_up = column("indicators" if isinstance(told[0], Indicator) else "tasks", "sentence")
            suggestion = f"Đối chiếu từng dòng với câu ở {looked_up}; đề nghị nơi ban hành kèm phụ lục phân công."
            found.append(odd(OddityKind.FROM_PROSE, (at, codes), note, suggestion))
    return found


def _to_confirm(plan: Plan) -> list[Oddity]:
    found = []
    tables: tuple[tuple[str, str, Sequence[Row | Unit]], ...] = (
        *((role, *table) for role, table in zip(("indicators", "tasks"), tables_of(plan), strict=True)),
        ("units", UNITS, plan.units),
    )
    for role, place, rows in tables:
        open_rows = [row for row in rows if row.confirm]
        if not open_rows:
            continue
        counts = Counter(key for row in open_rows for key in row.confirm)
        listed = ", ".join(f"{column(role, key)} {count} dòng" for key, count in sorted(counts.items()))
        note = f"{len(open_rows)} dòng còn nội dung do máy đề xuất, chưa ai xác nhận: {listed}."
        suggestion = f"Sửa hoặc giữ từng ô, rồi xóa tên cột ấy khỏi {column(role, 'confirm')}."
        codes = tuple(row.code for row in open_rows if not isinstance(row, Unit))
        found.append(odd(OddityKind.TO_CONFIRM, (place, codes), note, suggestion))
    return found
