"""What is said of a row of Appendix 2. Text only."""

from __future__ import annotations

from validation.message_kind import WHERE_TO_EXPLAIN, Message
from validation.model import Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

TASK: dict[str, Message] = {
    "STATUS_MISSING": Message(
        _E,
        "Thiếu tình trạng",
        "Chưa chọn tình trạng thực hiện nhiệm vụ.",
        "Chọn một trong: Chưa triển khai, Đang triển khai, Hoàn thành, Không phát sinh.",
    ),
    "PROGRESS_MISSING": Message(
        _E,
        "Thiếu % hoàn thành",
        "Nhiệm vụ “{status}” nhưng chưa nhập % hoàn thành.",
        "Nhập số từ 0 đến 100.",
        "60",
    ),
    "COMPLETED_NOT_100": Message(
        _E,
        "Hoàn thành nhưng chưa đủ 100 %",
        "Tình trạng là Hoàn thành nhưng % hoàn thành là {typed}.",
        "Sửa % thành 100, hoặc đổi tình trạng thành Đang triển khai.",
    ),
    "HUNDRED_NOT_COMPLETED": Message(
        _E,
        "100 % nhưng chưa Hoàn thành",
        "% hoàn thành là 100 nhưng tình trạng là {typed}.",
        "Đổi tình trạng thành Hoàn thành, hoặc sửa lại %.",
    ),
    "NOT_STARTED_WITH_PROGRESS": Message(
        _E,
        "Chưa triển khai nhưng có %",
        "Tình trạng là {status} nhưng % hoàn thành là {typed}.",
        "Đổi tình trạng thành Đang triển khai, hoặc xóa %.",
    ),
    "COMPLETED_WITHOUT_RESULT": Message(
        _E,
        "Hoàn thành nhưng không có kết quả",
        "Nhiệm vụ Hoàn thành nhưng chưa ghi kết quả hoặc số văn bản.",
        "Ghi kết quả đạt được hoặc số, ký hiệu văn bản.",
        "Kế hoạch số 45/KH-UBND ngày 12/5/2026",
    ),
    "DATE_IMPLAUSIBLE": Message(
        _W,
        "Ngày văn bản bất thường",
        "Ngày văn bản {typed} {why}.",
        "Kiểm tra lại; nếu ngày đúng, " + WHERE_TO_EXPLAIN,
    ),
    "DOCUMENT_DATE_MISSING": Message(
        _N,
        "Có số văn bản, chưa có ngày",
        "Đã ghi văn bản “{typed}” nhưng chưa ghi ngày văn bản.",
        "Ghi thêm ngày ban hành ở cột Ngày văn bản.",
        "12/5/2026",
    ),
    "DOCUMENT_NUMBER_MISSING": Message(
        _N,
        "Có ngày văn bản, chưa có số",
        "Đã ghi ngày văn bản {typed} nhưng chưa ghi số, ký hiệu văn bản.",
        "Ghi thêm số, ký hiệu của văn bản; nếu văn bản không có số, ghi “không số”.",
        "45/KH-UBND",
    ),
}
