"""Part I: who has reported and who has not. It counts and names; it judges nobody.

Everything comes from the head and the list "statuses" of consolidated.json.
"""

from __future__ import annotations

from consolidate.model import REPORTING_WORDS, ReportingState
from consolidate.report.blocks import Block, body, heading, left_to_write
from consolidate.report.words import Json, moment, named
from consolidate.spelled import count, day, deadline

_MOST_NAMES = 100


def reporting_part(data: Json) -> tuple[Block, ...]:
    """Return part I."""
    period = data["period_days"]
    span = f"Kỳ báo cáo từ ngày {day(period['first'])} đến ngày {day(period['last'])}"
    return (
        heading("I. TÌNH HÌNH CHUNG VỀ BÁO CÁO"),
        body(f"{span}; thời hạn gửi báo cáo {deadline(period['due'])}."),
        *_received(data),
        *(body(line) for line in _further(data)),
        left_to_write("đánh giá chung về công tác chỉ đạo, điều hành và việc chấp hành chế độ báo cáo trong kỳ"),
    )


def _received(data: Json) -> list[Block]:
    units, until = data["units"], moment(data)
    if not units["expected"]:
        return [body("Kế hoạch không giao đơn vị nào báo cáo.")]
    asked = f"{count(units['expected'])} đơn vị phải báo cáo"
    if not units["received"]:
        return [body(f"Đến {until}, chưa nhận được báo cáo của đơn vị nào trong tổng số {asked}.")]
    counted = f"trong đó {count(units['counted'])} đơn vị có số liệu được tổng hợp"
    if units["counted"] == units["received"]:
        counted = "đều có số liệu được tổng hợp"
    elif not units["counted"]:
        counted = "trong đó chưa có báo cáo nào đủ điều kiện để tổng hợp"
    opening = f"Đến {until}, {count(units['received'])} đơn vị đã gửi báo cáo trong tổng số {asked}, {counted}. Cụ thể:"
    return [body(opening), *(body(line) for line in _states(data))]


def _states(data: Json) -> list[str]:
    """One line a state; units are named wherever something is still owed or came too late."""
    lines = []
    for state in ReportingState:
        units = [row["unit"] for row in data["statuses"] if row["state"] == state]
        number = data["reporting"][state]
        line = f"- {REPORTING_WORDS[state]}{f' {count(number)} đơn vị' if number else ': không có đơn vị nào'}"
        if units and state is not ReportingState.ON_TIME:
            line += f": {named(data, units, _MOST_NAMES)}"
        lines.append(f"{line}.")
    return lines


def _further(data: Json) -> list[str]:
    """What else happened to returns, each only where it happened."""
    files, findings = data["files"], data["findings"]
    lines = []
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
    found = [
        f"{count(findings[key])} {word}" for key, word in (("error", "lỗi"), ("warning", "cảnh báo")) if findings[key]
    ]
    if found:
        lines.append(
            f"Qua kiểm tra các báo cáo, phát hiện {' và '.join(found)}, ghi cụ thể đến từng ô tại trang "
            "“Lỗi, cảnh báo” của sổ tổng hợp; dòng có lỗi không đưa vào tổng hợp."
        )
    return lines
