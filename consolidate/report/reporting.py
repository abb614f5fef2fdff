"""Part I: who has reported and who has not. It counts and names; it judges nobody.

Everything comes from the head and the list "statuses" of consolidated.json. Where too many would have to be named,
the body says of which kinds they are and an appendix of its own has the names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from consolidate.model import REPORTING_WORDS, ReportingState
from consolidate.report.appendix_head import appendix_head
from consolidate.report.blocks import Align, Block, Column, Row, Style, Table, body, heading, left_to_write
from consolidate.report.known import units_in_figures, unusable_units
from consolidate.report.words import Json, moment, named, on_one_line, received
from consolidate.spelled import count, day, deadline

_MOST_NAMES = 20  # in the body, over all states
_FEW = 8
_MOST_KINDS = 8
_OWING = (ReportingState.MISSING, ReportingState.LATE, ReportingState.TO_BE_CORRECTED)
_LINES = {
    ReportingState.ON_TIME: "Nộp đúng hạn, đạt yêu cầu",
    ReportingState.LATE: "Nộp muộn, đạt yêu cầu",
    ReportingState.TO_BE_CORRECTED: "Đã nộp, cần sửa",
    ReportingState.MISSING: "Chưa nộp",
}
_COLUMNS = (
    Column("TT", 10, Align.CENTRE),
    Column("Đơn vị", 62),
    Column("Tình trạng", 34),
    Column("Thời điểm nhận", 46, Align.CENTRE),
    Column("Số lỗi", 13, Align.CENTRE),
)
_TITLE = "Danh sách đơn vị chưa nộp, nộp muộn, cần sửa báo cáo"


def has_unit_appendix(data: Json) -> bool:
    """True where the names are too many for the body; where nobody has sent anything, no list is needed."""
    owing = sum(1 for row in data["statuses"] if row["state"] in _OWING)
    return bool(data["units"]["received"]) and owing > _MOST_NAMES


def reporting_part(data: Json, appendix: str) -> tuple[Block, ...]:
    """Return part I; `appendix` is how the list of units is called, "" where there is none."""
    period = data["period_days"]
    span = f"Kỳ báo cáo từ ngày {day(period['first'])} đến ngày {day(period['last'])}"
    return (
        heading("I. TÌNH HÌNH CHUNG VỀ BÁO CÁO"),
        body(f"{span}; thời hạn gửi báo cáo {deadline(period['due'])}."),
        *_received(data, appendix),
        *(body(line) for line in _further(data)),
        left_to_write("đánh giá chung về công tác chỉ đạo, điều hành và việc chấp hành chế độ báo cáo trong kỳ"),
    )


def unit_appendix(data: Json, name: str) -> tuple[Block, ...]:
    """Return the appendix of units that owe something or came late, by state."""
    found = [row for state in _OWING for row in data["statuses"] if row["state"] == state]
    rows = tuple(Row(_unit_row(data, row, number)) for number, row in enumerate(found, 1))
    note = (
        f"Tính đến {moment(data)}. Lỗi cụ thể đến từng ô tại trang “Lỗi, cảnh báo” của sổ tổng hợp và trong bản trả "
        "lại từng đơn vị."
    )
    head = appendix_head(data, name, f"{_TITLE}\n{data['period_days']['label']}", note)
    return (*head, Table(_COLUMNS, rows, f"{_TITLE} {data['period_days']['label']}", Style.SMALL_CELL))


def _unit_row(data: Json, row: Json, number: int) -> tuple[str, ...]:
    """A unit that has sent nothing has no faults either: a dash, not a nought."""
    faults = "–" if row["state"] == ReportingState.MISSING else count(row["errors"])
    state = REPORTING_WORDS[ReportingState(row["state"])]
    return (count(number), on_one_line(row["name"]), state, received(data, row["received_at"]), faults)


def _received(data: Json, appendix: str) -> list[Block]:
    units, until = data["units"], moment(data)
    if not units["expected"]:
        return [body("Kế hoạch không giao đơn vị nào báo cáo.")]
    asked = f"{count(units['expected'])} đơn vị phải báo cáo"
    if not units["received"]:
        return [body(f"Đến {until}, chưa nhận được báo cáo của đơn vị nào trong tổng số {asked}.")]
    sent = f"đã gửi {count(units['received'])}/{count(units['expected'])} đơn vị"
    in_time, late = data["sent"]["in_time"], data["sent"]["late"]
    when = f"đúng hạn {count(in_time)}, muộn {count(late)}" if late else "đều đúng hạn"
    opening = f"Đến {until}, {sent}: {when}. {_quality(data)} {_counted(data)}"
    return [body(f"{opening} Cụ thể:"), *(body(line) for line in _states(data, appendix))]


def _quality(data: Json) -> str:
    """What the returns are worth, whenever they came."""
    faulty, unusable = data["reporting"][ReportingState.TO_BE_CORRECTED], unusable_units(data)
    nothing = f" (trong đó {count(unusable)} đơn vị chưa có số liệu dùng được)" if unusable else ""
    return f"Về chất lượng: đạt yêu cầu {count(data['units']['accepted'])}, cần sửa {count(faulty)}{nothing}."


def _counted(data: Json) -> str:
    """Whose returns count, and whether anything in them could be used."""
    units, used = data["units"], units_in_figures(data)
    if not units["counted"]:
        return "Chưa có báo cáo nào đủ điều kiện để tổng hợp."
    counted = f"Báo cáo của {count(units['counted'])} đơn vị được đưa vào tổng hợp"
    if not used:
        return f"{counted}, nhưng chưa có số liệu nào dùng được."
    if used < units["counted"]:
        return f"{counted} (có số liệu dùng được: {count(used)} đơn vị)."
    return f"{counted}."


def _states(data: Json, appendix: str) -> list[str]:
    """One line a state, which says both when and what; units are named wherever something is owed or came late."""
    lines = []
    for state in ReportingState:
        rows = [row for row in data["statuses"] if row["state"] == state]
        number = data["reporting"][state]
        line = f"- {_LINES[state]}: {f'{count(number)} đơn vị' if number else 'không có đơn vị nào'}"
        if rows and state is not ReportingState.ON_TIME:
            line += _who(data, rows, appendix)
        lines.append(f"{line}.")
    return lines


def _who(data: Json, rows: Sequence[Json], appendix: str) -> str:
    """All names where an appendix has not to have them; else the kinds and the first of each state."""
    ids = [row["unit"] for row in rows]
    if not appendix or len(ids) <= _FEW:
        return f" ({named(data, ids, len(ids))})"
    kinds = Counter(on_one_line(row["kind"]) or "loại khác" for row in rows).most_common()
    said = [f"{count(number)} {kind}" for kind, number in kinds[:_MOST_KINDS]]
    rest = sum(number for _, number in kinds[_MOST_KINDS:])
    said += [f"{count(rest)} loại khác"] if rest else []
    first = named(data, ids[:_FEW], _FEW)
    return f" ({', '.join(said)}), gồm {first} và {count(len(ids) - _FEW)} đơn vị khác tại {appendix}"


def _further(data: Json) -> list[str]:
    """What else happened to returns, each only where it happened."""
    files, lines = data["files"], []
    shown = {row["file"] for row in data["statuses"]}
    if after := sum(1 for file in files["after_moment"] if file in shown):
        lines.append(f"Có {count(after)} tệp nhận sau thời điểm trên vẫn được xét.")
    if data["supplements"]:
        lines.append(
            f"Có {count(data['supplements'])} đơn vị đã nộp đúng hạn, sau đó gửi bản mới khi đã hết hạn; "
            "số liệu được tổng hợp theo bản mới."
        )
    if files["of_nobody"]:
        lines.append(
            f"Có {count(len(files['of_nobody']))} tệp gửi đến chưa xác định được đơn vị gửi, không đưa vào tổng hợp."
        )
    if files["gone"]:
        lines.append(
            f"Có {count(len(files['gone']))} tệp của lần tổng hợp trước không còn trong thư mục nhận báo cáo, "
            "không đưa vào tổng hợp lần này."
        )
    faulty = [row for row in data["statuses"] if row["state"] == ReportingState.TO_BE_CORRECTED]
    if faulty:
        errors = sum(row["errors"] for row in faulty)
        lines.append(
            f"Qua kiểm tra, {count(len(faulty))} đơn vị có báo cáo cần sửa ({count(errors)} lỗi, ghi cụ thể đến từng ô "
            "tại trang “Lỗi, cảnh báo” của sổ tổng hợp); các dòng có lỗi chưa đưa vào tổng hợp."
        )
    return lines
