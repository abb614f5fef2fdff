"""What the columns of a plan's tables are called by people: one table for the sheets of a workbook and for faults.

A fault is read beside the sheet, so it names a column as its heading does, and by its key for those who edit CSV.
What a column may hold is not said here.
"""

from __future__ import annotations

from collections.abc import Mapping

_SHARED = {
    "number": "TT",
    "group_number": "Số của nhóm",
    "coordinating_text": "Đơn vị phối hợp (văn bản)",
    "due_text": "Thời hạn (văn bản)",
    "due": "Thời hạn (hiểu là)",
    "coordinators": "Ai phối hợp",
    "source": "Nơi đứng trong phần lời",
    "sentence": "Nguyên văn câu",
    "confirm": "Cột còn phải xác nhận",
}
_EASED = {"until": "Áp dụng đến ngày", "reason": "Lý do"}
# By table (a field of PlanTables), in any order: the order of columns is that of plan.tables.
HEADINGS: Mapping[str, Mapping[str, str]] = {
    "head": {
        "id": "Mã kế hoạch",
        "issuer": "Cơ quan ban hành",
        "superior": "Cơ quan cấp trên",
        "short_issuer": "Ký hiệu cơ quan",
        "title": "Tên kế hoạch",
        "level": "Cấp",
        "place": "Địa danh",
        "return_to": "Nơi nhận báo cáo",
        "time_zone": "Múi giờ",
    },
    "calendar": {"kind": "Kỳ báo cáo", "first": "Ngày đầu kỳ", "last": "Ngày cuối kỳ", "due": "Nộp trước ngày"},
    "groups": {"id": "Mã nhóm", "name": "Tên nhóm trong văn bản", "aliases": "Cách gọi khác"},
    "indicators": {
        **_SHARED,
        "code": "Mã chỉ tiêu",
        "section": "Đề mục",
        "group": "Nhóm chỉ tiêu",
        "name": "Nội dung chỉ tiêu",
        "unit": "Đơn vị tính",
        "target_text": "Mục tiêu (văn bản)",
        "lead_text": "Đơn vị chủ trì, báo cáo (văn bản)",
        "monitor_text": "Đơn vị theo dõi (văn bản)",
        "measure": "Cách đo",
        "aggregation": "Cách tổng hợp",
        "decimals": "Số chữ số lẻ",
        "fields": "Số liệu đơn vị phải nhập",
        "targets": "Mục tiêu từng năm",
        "prorated": "Mục tiêu chia theo tháng",
        "reporters": "Ai báo cáo",
        "monitors": "Ai theo dõi",
        "same_as": "Lấy số của chỉ tiêu",
        "part_of": "Tách từ chỉ tiêu",
        "short": "Tên ngắn",
        "reason": "Vì sao đo như vậy",
    },
    "tasks": {
        **_SHARED,
        "code": "Mã nhiệm vụ",
        "group": "Nhóm nhiệm vụ",
        "name": "Nội dung nhiệm vụ",
        "lead_text": "Đơn vị chủ trì (văn bản)",
        "result": "Kết quả, sản phẩm (văn bản)",
        "leads": "Ai chủ trì",
        "parent": "Thuộc nhiệm vụ",
    },
    "units": {
        "id": "Mã đơn vị",
        "code": "Mã hành chính",
        "kind": "Loại đơn vị",
        "name": "Tên đơn vị",
        "groups": "Thuộc nhóm",
        "parent": "Cấp trên",
        "aliases": "Tên gọi khác",
        "contact": "Liên hệ",
        "population": "Dân số",
        "example": "Chỉ là ví dụ",
        "confirm": _SHARED["confirm"],
    },
    "oddities": {
        "kind": "Loại",
        "place": "Chỗ trong văn bản",
        "rows": "Mã các dòng liên quan",
        "note": "Điều thấy lạ",
        "printed": "Văn bản in",
        "reading": "Có lẽ là",
        "suggestion": "Đề nghị",
    },
    "rules": {"rule": "Quy tắc", "severity": "Mức độ", **_EASED},
    "waivers": {"unit": "Đơn vị được miễn", "rule": "Quy tắc được miễn", "row": "Chỉ cho dòng", **_EASED},
}
# An item of the head as it may stand; the one that a document may lack has none.
HEAD_EXAMPLES: Mapping[str, str] = {
    "id": "ninh-binh-syt",
    "issuer": "UBND phường Thành Nam",
    "short_issuer": "SYT (như trong Số: 12/BC-SYT)",
    "title": "Kế hoạch thực hiện Nghị quyết số 72-NQ/TW trên địa bàn phường Thành Nam",
    "level": "phường",
    "place": "Ninh Bình",
    "return_to": "Sở Y tế (qua Phòng Tài chính)",
    "time_zone": "Asia/Ho_Chi_Minh",
}


def called(table: str, key: str) -> str:
    """Return how a fault names a column.

    >>> called("indicators", "targets")
    '“Mục tiêu từng năm” (targets)'
    """
    return f"“{HEADINGS[table][key]}” ({key})"
