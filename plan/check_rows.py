"""What is odd in the rows of the appendices as they are printed: numbers, blanks, units, deadlines, origin.

Each check returns its oddities in the order of the document, and keeps silent where nothing is odd.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from plan.check_places import APPENDIX_1, APPENDIX_2, UNITS, Row, appendices, odd, rows_at, some
from plan.model import DueKind, Indicator, Oddity, OddityKind, Plan, Task, Unit

_STYLES = (
    ("số La Mã", re.compile(r"[IVXLC]+")),
    ("số Ả Rập", re.compile(r"[0-9]+")),
    ("chữ cái", re.compile(r"[A-Za-zĐđ]")),
)


def odd_rows(plan: Plan) -> list[Oddity]:
    """Return what is odd in rows by themselves, check by check."""
    checks = (
        _numbers_used_twice,
        _numbering_mixed,
        _blanks,
        _units_of_measure,
        _vague_deadlines,
        _from_prose,
        _to_confirm,
    )
    return list(chain.from_iterable(check(plan) for check in checks))


def _numbers_used_twice(plan: Plan) -> list[Oddity]:
    return [
        odd(
            OddityKind.NUMBER_REPEATED,
            (f"{appendix}, TT {number}", tuple(codes)),
            f"Số thứ tự {number} được dùng {len(codes)} lần: {', '.join(codes)}.",
            "Khi trao đổi với đơn vị, gọi dòng bằng mã thay cho số thứ tự; đề nghị nơi ban hành đánh lại số.",
        )
        for appendix, rows in appendices(plan)
        for number, codes in _repeated(rows)
    ]


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
    for appendix, rows in appendices(plan):
        printed = [row for row in rows if not row.source]  # headings of prose count on from other headings
        styles: dict[str, list[str]] = {}
        for numeral in dict.fromkeys(row.group_number for row in printed if row.group_number):
            style = next((name for name, form in _STYLES if form.fullmatch(numeral)), "kiểu khác")
            styles.setdefault(style, []).append(numeral)
        if len(styles) < 2:
            continue
        rare = min(styles.values(), key=len)
        at = f"{appendix}, nhóm {some([f'“{numeral}”' for numeral in rare])}"
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
    looked_at: list[tuple[str, Sequence[Row], str, str, str]] = [
        (APPENDIX_1, indicators, "lead_text", "đơn vị chủ trì, báo cáo", "Hỏi nơi ban hành ai báo cáo."),
        (APPENDIX_1, indicators, "target_text", "mục tiêu", "Hỏi nơi ban hành mục tiêu phải đạt."),
        (APPENDIX_1, indicators, "due_text", "thời hạn", "Hỏi nơi ban hành thời hạn."),
        (APPENDIX_2, tasks, "lead_text", "đơn vị chủ trì", "Hỏi nơi ban hành ai chủ trì."),
        (APPENDIX_2, tasks, "result", "kết quả phải đạt", "Thống nhất với đơn vị chủ trì thế nào là hoàn thành."),
        (APPENDIX_2, tasks, "due_text", "thời hạn", "Hỏi nơi ban hành thời hạn; khi chưa rõ, không tính quá hạn."),
    ]
    found = []
    for appendix, rows, column, words, suggestion in looked_at:
        blank = [row for row in rows if not getattr(row, column).strip()]
        if blank and len(blank) < len(rows):  # an appendix without that column at all is not odd
            note = f"Để trống {words} ở {len(blank)} dòng: {', '.join(row.code for row in blank)}."
            found.append(odd(OddityKind.BLANK, rows_at(appendix, blank), note, suggestion))
    return found


def _units_of_measure(plan: Plan) -> list[Oddity]:
    rows = [row for row in plan.indicators if not row.source and not row.unit.strip() and "%" in row.target_text]
    if not rows:
        return []
    note = "Đơn vị tính để trống, dấu % lại nằm trong mục tiêu."
    suggestion = "Báo cáo theo %; đề nghị nơi ban hành ghi đơn vị tính."
    return [odd(OddityKind.UNIT_OF_MEASURE, rows_at(APPENDIX_1, rows), note, suggestion)]


def _vague_deadlines(plan: Plan) -> list[Oddity]:
    found = []
    for appendix, rows in appendices(plan):
        vague = [row for row in rows if row.due_text.strip() and {part.kind for part in row.due} == {DueKind.UNKNOWN}]
        if vague:
            note = "Thời hạn có ghi nhưng không cho biết ngày nào là muộn."
            suggestion = "Các dòng này không bị tính quá hạn; hỏi nơi ban hành nếu cần."
            found.append(odd(OddityKind.DEADLINE_VAGUE, rows_at(appendix, vague), note, suggestion))
    return found


def _from_prose(plan: Plan) -> list[Oddity]:
    found = []
    for what, rows in (("chỉ tiêu", plan.indicators), ("nhiệm vụ", plan.tasks)):
        told: list[Row] = [row for row in rows if row.source]
        if told:
            at = f"Phần lời: {some(list(dict.fromkeys(row.source for row in told)), '; ')}"
            codes = tuple(row.code for row in told)
            note = f"{len(told)} {what} lấy từ phần lời, không bảng nào của văn bản in: {', '.join(codes)}."
            suggestion = "Đối chiếu từng dòng với câu ở cột sentence; đề nghị nơi ban hành kèm phụ lục phân công."
            found.append(odd(OddityKind.FROM_PROSE, (at, codes), note, suggestion))
    return found


def _to_confirm(plan: Plan) -> list[Oddity]:
    found = []
    tables: tuple[tuple[str, Sequence[Row | Unit]], ...] = (*appendices(plan), (UNITS, plan.units))
    for place, rows in tables:
        open_rows = [row for row in rows if row.confirm]
        if not open_rows:
            continue
        columns = Counter(column for row in open_rows for column in row.confirm)
        listed = ", ".join(f"{column} ({count})" for column, count in sorted(columns.items()))
        note = f"{len(open_rows)} dòng còn nội dung do máy đề xuất, chưa ai xác nhận. Cột (số dòng): {listed}."
        suggestion = "Sửa hoặc giữ từng ô, rồi xóa tên cột ấy khỏi cột confirm."
        codes = tuple(row.code for row in open_rows if not isinstance(row, Unit))
        found.append(odd(OddityKind.TO_CONFIRM, (place, codes), note, suggestion))
    return found
