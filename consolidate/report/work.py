"""Part III: how far the tasks are, by group, and which of them press or have fallen back.

It repeats what consolidate.tasks decided. Its short lists end where the appendix goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from consolidate.model import OVERALL_STATUS_WORDS, OverallStatus
from consolidate.report.blocks import (
    Align,
    Block,
    Column,
    Paragraph,
    Piece,
    Row,
    Style,
    Table,
    body,
    caption,
    heading,
    left_to_write,
    subheading,
)
from consolidate.report.documents import documents_item
from consolidate.report.known import is_known, known_tasks, not_assessed, unknown_tasks
from consolidate.report.tasks_said import (
    AT_RISK,
    OVERDUE,
    PROGRESS_HEAD,
    before_words,
    fall_words,
    has_fallen,
    progress_words,
    status_words,
)
from consolidate.report.words import Json, numbered_name, on_one_line, plan_text
from consolidate.spelled import count, day
from consolidate.tasks import RISK_RULE

KNOWN_ORDER = (
    OverallStatus.COMPLETED,
    OverallStatus.IN_PROGRESS,
    OverallStatus.NOT_STARTED,
    OverallStatus.NOTHING,
)
STATUS_ORDER = (*KNOWN_ORDER, OverallStatus.NOT_ENOUGH_REPORTS)
_NAME = 110
_LEAD = 80
_MOST_LISTED = 6
_MOST_URGENT = 20


def work_part(data: Json, appendix: str) -> tuple[Block, ...]:
    """Return part III; `appendix` is how its table is called."""
    tasks: Sequence[Json] = data["tasks"]
    head = heading("III. KẾT QUẢ THỰC HIỆN NHIỆM VỤ")
    if not tasks:
        return (head, body("Kế hoạch không có nhiệm vụ nào."))
    items = (
        ("Kết quả chung", _overall(data, appendix)),
        ("Nhiệm vụ quá hạn, có nguy cơ chậm", _urgent(data, appendix)),
        ("Nhiệm vụ đã hoàn thành", _listed(data, OverallStatus.COMPLETED, appendix)),
        ("Nhiệm vụ chưa triển khai", _listed(data, OverallStatus.NOT_STARTED, appendix)),
        ("Nhiệm vụ chưa đủ báo cáo của đơn vị chủ trì", _listed(data, OverallStatus.NOT_ENOUGH_REPORTS, appendix)),
        ("Nhiệm vụ có % hoàn thành thấp hơn lần báo cáo trước", _fallen(data, appendix)),
        ("Văn bản đã ban hành", documents_item(data)),
    )
    blocks: list[Block] = [head]
    for number, (title, found) in enumerate([item for item in items if item[1]], 1):
        blocks += [subheading(f"{number}. {title}"), *found]
    blocks.append(left_to_write("nhận xét, đánh giá kết quả thực hiện nhiệm vụ; nguyên nhân của nhiệm vụ chậm"))
    return tuple(blocks)


def _overall(data: Json, appendix: str) -> list[Block]:
    tally, tasks = data["all_tasks"], data["tasks"]
    below = sum(1 for task in tasks if task["parent"])
    opening = f"Kế hoạch có {count(tally['tasks'])} nhiệm vụ{f' (gồm {count(below)} nhiệm vụ con)' if below else ''}"
    if not known_tasks(data):
        nothing = f"{opening}; chưa đủ báo cáo của đơn vị chủ trì để đánh giá tình trạng thực hiện nhiệm vụ nào"
        return [body(f"{nothing} (danh mục nhiệm vụ tại {appendix} kèm theo).{_pressing_unknown(data)}")]
    said = [f"{OVERALL_STATUS_WORDS[s].lower()}: {count(tally['counts'][s])}" for s in KNOWN_ORDER]
    if unknown := unknown_tasks(data):
        said.append(not_assessed(unknown))
    where = f"chi tiết từng nhiệm vụ tại {appendix} kèm theo"
    lines: list[Block] = [body(f"{opening}, trong đó {'; '.join(said)} ({where}). {_lateness(data)}")]
    unsure = [task for task in tasks if task["open_below"]]
    if unsure:
        names = "; ".join(numbered_name(task, _NAME) for task in unsure[:_MOST_LISTED])
        lines.append(
            body(f"Cần rà soát {count(len(unsure))} nhiệm vụ báo hoàn thành khi nhiệm vụ con còn dở: {names}.")
        )
    if len(data["groups"]) > 1:
        lines += [caption("Kết quả thực hiện theo nhóm nhiệm vụ"), _group_table(data)]
    return lines


def _lateness(data: Json) -> str:
    """What is late or may become so; of tasks without enough reports only the deadline is known."""
    tally, unknown = data["all_tasks"], unknown_tasks(data)
    overdue = f"có {count(tally['overdue'])} nhiệm vụ quá hạn" if tally["overdue"] else "không có nhiệm vụ quá hạn"
    if silent := sum(1 for task in data["tasks"] if task["overdue"] and not is_known(task)):
        overdue += f" (trong đó {count(silent)} nhiệm vụ đã hết thời hạn nhưng đơn vị chủ trì chưa báo cáo đủ)"
    if tally["at_risk"]:
        risk = f"{count(tally['at_risk'])} nhiệm vụ có nguy cơ chậm"
    elif unknown:
        other = " khác" if tally["overdue"] else ""
        risk = f"không có nhiệm vụ nào{other} có nguy cơ chậm trong {count(known_tasks(data))} nhiệm vụ đã đủ báo cáo"
    else:
        risk = "không có nhiệm vụ nào có nguy cơ chậm"
    return f"{_as_at(data)}, {overdue}, {risk}."


def _as_at(data: Json) -> str:
    """The day of the judgement: lateness is not reckoned beyond the end of the period (consolidate.tasks)."""
    last = data["period_days"]["last"]
    if datetime.fromisoformat(data["as_of"]).date() > date.fromisoformat(last):
        return f"Tính đến hết kỳ báo cáo ({day(last)})"
    return "Đến thời điểm tổng hợp"


def _pressing_unknown(data: Json) -> str:
    """Deadlines that press although nobody has reported: said as deadlines, not as lateness."""
    tally = data["all_tasks"]
    counts = ((tally["overdue"], "đã hết thời hạn"), (tally["at_risk"], "sắp đến thời hạn"))
    said = [f"{count(number)} nhiệm vụ {what}" for number, what in counts if number]
    return f" Theo thời hạn được giao, có {', '.join(said)}." if said else ""


def _group_table(data: Json) -> Table:
    heads = [*(OVERALL_STATUS_WORDS[s] for s in STATUS_ORDER), OVERDUE, AT_RISK]
    columns = (
        Column("Nhóm nhiệm vụ", 51),
        Column("Tổng số", 13, Align.CENTRE),
        *(
            Column(head, 14.5 if head == OVERALL_STATUS_WORDS[OverallStatus.COMPLETED] else 14.4, Align.CENTRE)
            for head in heads
        ),
    )
    rows = [Row((plan_text(tally["label"], _NAME), *_counts(tally))) for tally in data["groups"]]
    total = Row(("Tổng cộng", *_counts(data["all_tasks"])), bold=True)
    return Table(columns, (*rows, total), "Số nhiệm vụ theo nhóm và tình trạng thực hiện", Style.SMALL_CELL)


def _counts(tally: Json) -> tuple[str, ...]:
    numbers = [tally["tasks"], *(tally["counts"][s] for s in STATUS_ORDER), tally["overdue"], tally["at_risk"]]
    return tuple(count(number) for number in numbers)


def _urgent(data: Json, appendix: str) -> list[Block]:
    by_code = {task["code"]: task for task in data["tasks"]}
    pressing = [by_code[code] for code in data["urgent_tasks"]]
    if not pressing:
        return _nothing_presses(data)
    columns = (
        Column("TT", 12, Align.CENTRE),
        Column("Nhiệm vụ", 51),
        Column("Đơn vị chủ trì", 31),
        Column("Thời hạn", 20, Align.CENTRE),
        Column("Tình trạng", 30, Align.CENTRE),
        Column(PROGRESS_HEAD, 21, Align.CENTRE),
    )
    rows = [
        Row(
            (
                task["shown_number"],
                on_one_line(task["name"]),
                plan_text(task["lead"], _LEAD),
                on_one_line(task["due"]),
                status_words(data, task),
                progress_words(data, task),
            )
        )
        for task in pressing[:_MOST_URGENT]
    ]
    blocks: list[Block] = [
        Table(columns, tuple(rows), "Các nhiệm vụ quá hạn trước, có nguy cơ chậm sau, theo thời hạn"),
    ]
    if len(pressing) > len(rows):
        blocks.append(body(f"Còn {count(len(pressing) - len(rows))} nhiệm vụ khác, xem {appendix}."))
    urgent = set(data["urgent_tasks"])
    if others := sum(1 for task in data["tasks"] if not is_known(task) and task["code"] not in urgent):
        blocks.append(body(f"Ngoài ra, {not_assessed(others)}."))
    return [*blocks, Paragraph((Piece(RISK_RULE),), Style.NOTE)]


def _nothing_presses(data: Json) -> list[Block]:
    """Nothing is said where nothing is known; else of how many tasks it is said."""
    known, unknown = known_tasks(data), unknown_tasks(data)
    if not known:
        return []
    if unknown:
        among = f"trong {count(known)} nhiệm vụ đã đủ báo cáo, không có nhiệm vụ nào quá hạn hoặc có nguy cơ chậm"
        return [body(f"{_as_at(data)}, {among}; {not_assessed(unknown)}.")]
    return [body(f"{_as_at(data)}, không có nhiệm vụ nào quá hạn hoặc có nguy cơ chậm.")]


def _listed(data: Json, status: OverallStatus, appendix: str) -> list[Block]:
    found = [task for task in data["tasks"] if task["status"] == status]
    if len(found) == len(data["tasks"]):
        return []  # said of all of them in one sentence above
    lines: list[Block] = [
        body(f"- Nhiệm vụ {numbered_name(task, _NAME)} ({_led_by(task)}{_before(data, task)}).")
        for task in found[:_MOST_LISTED]
    ]
    return [*lines, *_rest(len(found) - len(lines), appendix)]


def _led_by(task: Json) -> str:
    return f"chủ trì: {plan_text(task['lead'], _LEAD)}"


def _before(data: Json, task: Json) -> str:
    """What was last known of a task of which too little is known now."""
    before = "" if is_known(task) else before_words(data, task)
    return f"; {before}" if before else ""


def _fallen(data: Json, appendix: str) -> list[Block]:
    found = [task for task in data["tasks"] if has_fallen(task)]
    if not found:
        return []
    lines: list[Block] = [
        body(f"- Nhiệm vụ {numbered_name(task, _NAME)} ({fall_words(data, task)}).") for task in found[:_MOST_LISTED]
    ]
    asked = f"Có {count(len(found))} nhiệm vụ, đề nghị đơn vị chủ trì rà soát, giải trình:"
    return [body(asked), *lines, *_rest(len(found) - len(lines), appendix)]


def _rest(left: int, appendix: str) -> list[Block]:
    return [body(f"- Và {count(left)} nhiệm vụ khác (xem {appendix}).")] if left > 0 else []
