"""What the page says first: whose figures, of which period, who has reported, and the few numbers on top.

Reads the head and the statuses of `consolidated.json`; counts what is listed there and decides nothing. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from consolidate import spelled
from consolidate.model import REPORTING_WORDS, TARGET_VERDICT_WORDS, OverallStatus, ReportingState
from consolidate.page.charts import Stack, stack
from consolidate.page.tasks import STATUS_ORDER
from consolidate.spelled import Row

_MOST_FILES = 20
_SENT = (ReportingState.ON_TIME, ReportingState.LATE, ReportingState.TO_BE_CORRECTED)


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of the page."""

    superior: str
    issuer: str
    title: str
    plan: str
    days: str
    as_of: str
    deadline: str
    rehearsal: bool


@dataclass(frozen=True, slots=True)
class Key:
    """One of the few numbers on top: what it counts, the number, of how many, and what lies behind it."""

    label: str
    number: str
    whole: str
    share: str
    behind: str
    link: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Who has reported."""

    states: Stack
    facts: tuple[str, ...]
    of_nobody: tuple[str, ...]
    of_nobody_more: str
    gone: tuple[str, ...]
    gone_more: str


def head(data: Row) -> Head:
    """Return the heading."""
    period = data["period_days"]
    zone = datetime.fromisoformat(data["as_of"]).tzinfo
    return Head(
        superior=data["superior"],
        issuer=data["issuer"],
        title=f"Kết quả thực hiện kế hoạch {period['label']}",
        plan=data["title"],
        days=f"từ ngày {spelled.day(period['first'])} đến ngày {spelled.day(period['last'])}",
        as_of=spelled.moment(data["as_of"], zone),
        deadline=spelled.deadline(period["due"]),
        rehearsal=data["rehearsal"],
    )


def keys(data: Row) -> tuple[Key, ...]:
    """Return the numbers on top, in the order of the sections they lead to."""
    units, tasks, indicators = data["units"], data["all_tasks"], data["indicators"]
    with_figure = sum(1 for row in indicators if row["value"] is not None)
    done = tasks["counts"][OverallStatus.COMPLETED]
    return (
        _key("Đơn vị đã nộp báo cáo", units["received"], units["expected"], _behind_units(data), "nop"),
        _key("Chỉ tiêu đã có số liệu", with_figure, len(indicators), _counted(_verdicts(data)), "chi-tieu"),
        _key("Nhiệm vụ hoàn thành", done, tasks["tasks"], _counted(_open_statuses(tasks)), "nhiem-vu"),
        Key(
            label="Nhiệm vụ quá hạn",
            number=spelled.count(tasks["overdue"]),
            whole="",
            share="",
            behind=f"{spelled.count(tasks['at_risk'])} có nguy cơ chậm" if tasks["tasks"] else "",
            link="can-chu-y",
        ),
    )


def _key(label: str, part: int, whole: int, behind: str, link: str) -> Key:
    return Key(label, spelled.count(part), spelled.count(whole), spelled.share(part, whole), behind, link)


def _behind_units(data: Row) -> str:
    states = (ReportingState.MISSING, ReportingState.TO_BE_CORRECTED, ReportingState.LATE)
    words = {ReportingState.MISSING: "chưa nộp", ReportingState.TO_BE_CORRECTED: "cần sửa", ReportingState.LATE: "muộn"}
    return _counted([(data["reporting"][s], words[s]) for s in states])


def _verdicts(data: Row) -> list[tuple[int, str]]:
    return [(data["verdicts"][v], word.lower()) for v, word in TARGET_VERDICT_WORDS.items()]


def _open_statuses(tasks: Row) -> list[tuple[int, str]]:
    words = [(s, w) for s, w in STATUS_ORDER.items() if s != OverallStatus.COMPLETED]
    return [(tasks["counts"][status], word.lower()) for status, word in words]


def _counted(found: Sequence[tuple[int, str]]) -> str:
    return ", ".join(f"{spelled.count(number)} {word}" for number, word in found if number)


def progress(data: Row) -> Progress:
    """Return who has reported, with what came beside it."""
    files, gone = data["files"]["of_nobody"], data["files"]["gone"]
    return Progress(
        states=stack({s.value: REPORTING_WORDS[s] for s in ReportingState}, data["reporting"]),
        facts=_facts(data),
        of_nobody=tuple(files[:_MOST_FILES]),
        of_nobody_more=_more(files),
        gone=tuple(gone[:_MOST_FILES]),
        gone_more=_more(gone),
    )


def _facts(data: Row) -> tuple[str, ...]:
    units, findings = data["units"], data["findings"]
    sent = sum(data["reporting"][state] for state in _SENT)
    facts = [
        f"Số liệu tổng hợp lấy từ {spelled.count(units['counted'])}/{spelled.count(units['expected'])} đơn vị; "
        f"{spelled.count(units['accepted'])} báo cáo đạt yêu cầu.",
    ]
    if data["supplements"]:
        facts.append(f"{spelled.count(data['supplements'])} đơn vị nộp đúng hạn, sau đó gửi bản bổ sung sau hạn.")
    if sent or data["files"]["received"]:
        facts.append(
            f"Đã nhận {spelled.count(data['files']['received'])} tệp; kiểm tra thấy {spelled.count(findings['error'])} "
            f"lỗi, {spelled.count(findings['warning'])} cảnh báo, {spelled.count(findings['note'])} ghi chú."
        )
    return tuple(facts)


def _more(files: Sequence[str]) -> str:
    left = len(files) - _MOST_FILES
    return f"… và {spelled.count(left)} tệp khác" if left > 0 else ""
