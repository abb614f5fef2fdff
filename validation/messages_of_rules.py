"""What is said when a number can be read but cannot be believed without a word of explanation. Text only.

The codes are those of plan.rule_words: a plan may ease or waive them.
"""

from __future__ import annotations

from validation.message_kind import IF_RIGHT, WHERE_TO_EXPLAIN, Message
from validation.model import Severity

_W = Severity.WARNING

RULE: dict[str, Message] = {
    "SLIP_AGAINST_HISTORY": Message(
        _W,
        "Lệch 10, 100 hoặc 1000 lần so với kỳ trước",
        "Số {typed:,} {times} số {before:,} mà đơn vị đã báo cáo kỳ {period}.",
        "Kiểm tra lại số chữ số 0, dấu phẩy và đơn vị tính{maybe}; " + IF_RIGHT,
        "Kỳ này mới tính thêm số liệu của xã sáp nhập",
    ),
    "SLIP_AGAINST_PEERS": Message(
        _W,
        "Lệch 10, 100 hoặc 1000 lần so với đơn vị cùng loại",
        "{what} {times} mức thường thấy ở {peers} đơn vị cùng loại (khoảng {usual:,}).",
        "Kiểm tra lại số chữ số 0, dấu phẩy và đơn vị tính{maybe}; " + IF_RIGHT,
        "Trên địa bàn có bệnh viện nên số lượt khám nhiều hơn hẳn các xã khác",
    ),
    "PEER_OUTLIER": Message(
        _W,
        "Tỷ lệ khác xa các đơn vị cùng loại",
        "Tỷ lệ {rate} khác xa mức thường thấy ở {peers} đơn vị cùng loại (khoảng {usual}).",
        "Kiểm tra lại các số liệu của dòng này và đơn vị tính; " + IF_RIGHT,
        "Xã mới bắt đầu triển khai từ tháng 5",
    ),
    "POPULATION_EXCEEDED": Message(
        _W,
        "Nhiều người hơn dân số",
        "Số {typed:,} {measure} lớn hơn dân số của địa bàn ({population:,} người theo kế hoạch).",
        "Kiểm tra lại số liệu và đơn vị tính; " + IF_RIGHT,
        "Dân số thực tế đến 30/6 là 13.500 người",
    ),
    "CUMULATIVE_FELL": Message(
        _W,
        "Số lũy kế giảm",
        "Số lũy kế từ đầu năm là {typed:,}, nhỏ hơn số {before:,} đã báo cáo kỳ {period}.",
        "Nhập số cộng dồn từ đầu năm đến hết kỳ này; " + IF_RIGHT,
        "Kỳ trước tính cả 120 lượt của xã bên, nay đã loại ra",
    ),
    "PROGRESS_FELL": Message(
        _W,
        "% hoàn thành giảm so với kỳ trước",
        "% hoàn thành là {typed}, thấp hơn {before} đã báo cáo kỳ {period}.",
        "Kiểm tra lại; " + IF_RIGHT,
        "Được giao thêm nội dung theo Công văn số 12/UBND-VX",
    ),
    "STATUS_WENT_BACK": Message(
        _W,
        "Tình trạng lùi so với kỳ trước",
        "Kỳ {period} đã báo cáo Hoàn thành, kỳ này lại ghi {typed}.",
        "Chọn lại tình trạng; nếu đúng là phải làm lại, " + WHERE_TO_EXPLAIN,
        "Kế hoạch đã ban hành bị thu hồi để bổ sung",
    ),
    "DOCUMENT_NUMBER_IMPLAUSIBLE": Message(
        _W,
        "Số văn bản bất thường",
        "“{typed}” khó có thể là số, ký hiệu văn bản: {why}.",
        "Ghi số và ký hiệu của văn bản; ngày ghi ở cột Ngày văn bản, nội dung ghi ở cột Kết quả đạt được; "
        "nếu chưa có số, ghi “không số”; " + IF_RIGHT,
        "45/KH-UBND",
    ),
    "RETURNS_IDENTICAL": Message(
        _W,
        "Hai đơn vị báo cáo giống hệt nhau",
        "Mọi số liệu và nội dung trong tệp này giống hệt báo cáo của {others}.",
        "Kiểm tra xem có dùng nhầm tệp đã điền của đơn vị khác không; nếu nhầm, điền lại số liệu của đơn vị mình "
        "rồi gửi lại; nếu số liệu đúng, ghi lý do ở cột “Giải trình” của trang “Cần sửa”.",
    ),
    "IDENTICAL_TO_LAST": Message(
        _W,
        "Giống hệt báo cáo kỳ trước",
        "Mọi số liệu và nội dung trong tệp này giống hệt báo cáo kỳ {period} của đơn vị.",
        "Cập nhật số liệu đến hết kỳ này rồi gửi lại; nếu thật sự không có gì thay đổi, ghi lý do ở cột “Giải trình” "
        "của trang “Cần sửa”.",
    ),
}
