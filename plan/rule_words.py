"""The rules that a plan may ease or waive, by the code of their finding, with the name that people know.

What a rule looks for and says stands in `validation`; a test holds its rules and this table together. Faults of
files, identity, layout and single cells are no rules: nobody can be let off being readable.
"""

from __future__ import annotations

RULE_WORDS: dict[str, str] = {
    "NUMERATOR_EXCEEDS_DENOMINATOR": "Tử số lớn hơn mẫu số",
    "ATTAINED_WITHOUT_EVIDENCE": "Đạt nhưng thiếu minh chứng",
    "COMPLETED_WITHOUT_RESULT": "Hoàn thành nhưng không có kết quả",
    "DATE_IMPLAUSIBLE": "Ngày văn bản bất thường",
    "DOCUMENT_NUMBER_IMPLAUSIBLE": "Số văn bản bất thường",
    "PROGRESS_FELL": "% hoàn thành giảm so với kỳ trước",
    "STATUS_WENT_BACK": "Tình trạng lùi so với kỳ trước",
    "CUMULATIVE_FELL": "Số lũy kế giảm",
    "SLIP_AGAINST_HISTORY": "Lệch 10, 100 hoặc 1000 lần so với kỳ trước",
    "SLIP_AGAINST_PEERS": "Lệch 10, 100 hoặc 1000 lần so với đơn vị cùng loại",
    "PEER_OUTLIER": "Tỷ lệ khác xa các đơn vị cùng loại",
    "POPULATION_EXCEEDED": "Nhiều người hơn dân số",
    "RETURNS_IDENTICAL": "Hai đơn vị báo cáo giống hệt nhau",
    "IDENTICAL_TO_LAST": "Giống hệt báo cáo kỳ trước",
}
SEVERITY_CODES: dict[str, str] = {"error": "lỗi", "warning": "cảnh báo", "note": "ghi chú"}
