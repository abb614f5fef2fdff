"""What the page says first: whose figures, of which period, who has reported, and the few numbers on top.

Reads the head and the statuses of `consolidated.json`; counts what is listed there and decides nothing. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from consolidate import spelled
from consolidate.model import (
    CONFLICT_FIGURE,
    NO_FIGURE,
    REPORTING_WORDS,
    TARGET_VERDICT_WORDS,
    OverallStatus,
    ReportingState,
    TargetVerdict,
)
from consolidate.page.charts import Stack, stack
from consolidate.page.tasks import STATUS_ORDER
from consolidate.spelled import Row

_MOST_FILES = 20
_LISTS = (
    ("of_nobody", "Tệp chưa rõ của đơn vị nào, chưa được tính"),
    ("gone", "Tệp của lần tổng hợp trước, nay không còn trong thư mục nhận"),
    ("after_moment", "Tệp nhận sau thời điểm tổng hợp, đã được xét như các tệp khác"),
)
# A row with a figure says so where its verdict alone would sound as if there were none.
_WITH_FIGURE: Mapping[str, str] = {v.value: word.lower() for v, word in TARGET_VERDICT_WORDS.items()} | {
    TargetVerdict.NOT_ENOUGH_DATA: "có số liệu nhưng chưa đủ để đánh giá"
}


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of the page."""

    superior: str
    issuer: str
    title: str
    plan: str
    days: str
    as_of: str
    later_files: str
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
class Files:
    """Files that a reader has to know of, by their names."""

    head: str
    names: tuple[str, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Who has reported."""

    states: Stack
    facts: tuple[str, ...]
    files: tuple[Files, ...]


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
        later_files=_later_files(data),
        deadline=spelled.deadline(period["due"]),
        rehearsal=data["rehearsal"],
    )


def _later_files(data: Row) -> str:
    later = len(data["files"]["after_moment"])
    return f"gồm cả {spelled.count(later)} tệp nhận sau thời điểm này" if later else ""


def keys(data: Row) -> tuple[Key, ...]:
    """Return the numbers on top, in the order of the sections they lead to."""
    units, tasks, indicators = data["units"], data["all_tasks"], data["indicators"]
    with_figure = sum(1 for row in indicators if row["value"] is not None)
    done = tasks["counts"][OverallStatus.COMPLETED]
    at_risk = [f"{spelled.count(tasks['at_risk'])} có nguy cơ chậm"] if tasks["tasks"] else []
    return (
        _key("Đơn vị đã gửi báo cáo", units["received"], units["expected"], _behind_units(data), "nop"),
        _key("Chỉ tiêu đã có số liệu", with_figure, len(indicators), _behind_indicators(indicators), "chi-tieu"),
        _key("Nhiệm vụ hoàn thành", done, tasks["tasks"], _counted(_open_statuses(tasks)), "nhiem-vu"),
        Key(
            label="Nhiệm vụ quá hạn",
            number=spelled.count(tasks["overdue"]),
            whole="",
            share="",
            behind="; ".join([judged_by(data), *at_risk]),
            link="can-chu-y",
        ),
    )


def judged_by(data: Row) -> str:
    """Return by which day tasks are overdue: never one behind the end of the period."""
    last, today = date.fromisoformat(data["period_days"]["last"]), datetime.fromisoformat(data["as_of"]).date()
    if today > last:
        return f"tính đến hết kỳ ({spelled.day(last.isoformat())})"
    return f"tính đến ngày {spelled.day(today.isoformat())}"


def _key(label: str, part: int, whole: int, behind: str, link: str) -> Key:
    return Key(label, spelled.count(part), spelled.count(whole), spelled.share(part, whole), behind, link)


def _behind_units(data: Row) -> str:
    """In time and late are of the file that is shown, whatever its verdict; then whether it meets what is asked."""
    missing = data["reporting"][ReportingState.MISSING]
    return "; ".join([*_sent(data), *([f"chưa nộp {spelled.count(missing)}"] if missing else [])])


def _sent(data: Row) -> list[str]:
    sent, units, wrong = data["sent"], data["units"], data["reporting"][ReportingState.TO_BE_CORRECTED]
    if not units["received"]:
        return []
    both = units["accepted"] + wrong - units["received"]
    twice = f" (trong đó {spelled.count(both)} đơn vị đã có bản đạt yêu cầu)" if both > 0 else ""
    return [
        f"đúng hạn {spelled.count(sent['in_time'])}, muộn {spelled.count(sent['late'])}",
        f"đạt yêu cầu {spelled.count(units['accepted'])}, cần sửa {spelled.count(wrong)}{twice}",
    ]


def _behind_indicators(rows: Sequence[Row]) -> str:
    """Every row once: without a figure and why, or with one and how it stands."""
    found = Counter(_standing(row) for row in rows)
    order = (NO_FIGURE.lower(), CONFLICT_FIGURE.lower(), *_WITH_FIGURE.values())
    return "; ".join(f"{spelled.count(found[word])} {word}" for word in order if found[word])


def _standing(row: Row) -> str:
    if row["value"] is not None or row["verdict"] == TargetVerdict.NOT_APPLICABLE:
        return _WITH_FIGURE[row["verdict"]]
    return (CONFLICT_FIGURE if row["conflicts"] else NO_FIGURE).lower()


def _open_statuses(tasks: Row) -> list[tuple[int, str]]:
    words = [(s, w) for s, w in STATUS_ORDER.items() if s != OverallStatus.COMPLETED]
    return [(tasks["counts"][status], word.lower()) for status, word in words]


def _counted(found: Sequence[tuple[int, str]]) -> str:
    return ", ".join(f"{spelled.count(number)} {word}" for number, word in found if number)


def progress(data: Row) -> Progress:
    """Return who has reported, with what came beside it."""
    files = data["files"]
    return Progress(
        states=stack({s.value: REPORTING_WORDS[s] for s in ReportingState}, data["reporting"]),
        facts=_facts(data),
        files=tuple(
            Files(head, tuple(files[key][:_MOST_FILES]), _more(files[key])) for key, head in _LISTS if files[key]
        ),
    )


def _facts(data: Row) -> tuple[str, ...]:
    units, findings = data["units"], data["findings"]
    facts = []
    if _sent(data):
        facts.append(
            f"Đã gửi {spelled.count(units['received'])}/{spelled.count(units['expected'])} đơn vị: "
            f"{'; '.join(_sent(data))}. Ở thanh trên, đơn vị cần sửa đứng riêng, dù nộp đúng hạn hay muộn."
        )
    facts.append(
        f"Số liệu tổng hợp lấy từ {spelled.count(units['counted'])}/{spelled.count(units['expected'])} đơn vị; "
        f"{spelled.count(units['accepted'])} báo cáo đạt yêu cầu."
    )
    if data["supplements"]:
        facts.append(f"{spelled.count(data['supplements'])} đơn vị nộp đúng hạn, sau đó gửi bản bổ sung sau hạn.")
    if data["files"]["received"]:
        facts.append(
            f"Đã nhận {spelled.count(data['files']['received'])} tệp; kiểm tra thấy {spelled.count(findings['error'])} "
            f"lỗi, {spelled.count(findings['warning'])} cảnh báo, {spelled.count(findings['note'])} ghi chú."
        )
    return tuple(facts)


def _more(files: Sequence[str]) -> str:
    left = len(files) - _MOST_FILES
    return f"… và {spelled.count(left)} tệp khác" if left > 0 else ""
