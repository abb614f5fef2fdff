"""What is said when a number can be read but cannot be believed without a word of explanation. Text only.

The codes are those of plan.rule_words: a plan may ease or waive them.
"""

from __future__ import annotations

from validation.message_kind import Message
from validation.model import Severity

_W = Severity.WARNING

_EXPLAIN = "nếu số đúng, giải thích ở cột Ghi chú, giải trình."

RULE: dict[str, Message] = {
    "SLIP_AGAINST_HISTORY": Message(
        _W,
        "Lệch 10, 100 hoặc 1000 lần so với kỳ trước",
        "Số {typed} {times} số {before} mà đơn vị đã báo cáo kỳ {period}.",
        "Kiểm tra lại số chữ số 0, dấu phẩy và đơn vị tính{maybe}; " + _EXPLAIN,
        "Kỳ này mới tính thêm số liệu của xã sáp nhập",
    ),
    "SLIP_AGAINST_PEERS": Message(
        _W,
        "Lệch 10, 100 hoặc 1000 lần so với đơn vị cùng loại",
        "{what} {times} mức thường thấy ở {peers} đơn vị cùng loại (khoảng {usual}).",
        "Kiểm tra lại số chữ số 0, dấu phẩy và đơn vị tính{maybe}; " + _EXPLAIN,
        "Trên địa bàn có bệnh viện nên số lượt khám nhiều hơn hẳn các xã khác",
    ),
    "PEER_OUTLIER": Message(
        _W,
        "Tỷ lệ khác xa các đơn vị cùng loại",
        "Tỷ lệ {rate} khác xa mức thường thấy ở {peers} đơn vị cùng loại (khoảng {usual}).",
        "Kiểm tra lại các số liệu của dòng này và đơn vị tính; " + _EXPLAIN,
        "Xã mới bắt đầu triển khai từ tháng 5",
    ),
    "POPULATION_EXCEEDED": Message(
        _W,
        "Nhiều người hơn dân số",
        "Số {typed} {measure} lớn hơn dân số của địa bàn ({population} người theo kế hoạch).",
        "Kiểm tra lại số liệu và đơn vị tính; " + _EXPLAIN,
        "Dân số thực tế đến 30/6 là 13500 người",
    ),
    "CUMULATIVE_FELL": Message(
        _W,
        "Số lũy kế giảm",
        "Số lũy kế từ đầu năm là {typed}, nhỏ hơn số {before} đã báo cáo kỳ {period}.",
        "Nhập số cộng dồn từ đầu năm đến hết kỳ này; nếu kỳ trước báo cáo nhầm, giải thích ở cột Ghi chú, giải trình.",
        "Kỳ trước tính cả 120 lượt của xã bên, nay đã loại ra",
    ),
    "PROGRESS_FELL": Message(
        _W,
        "% hoàn thành giảm so với kỳ trước",
        "% hoàn thành là {typed}, thấp hơn {before} đã báo cáo kỳ {period}.",
        "Kiểm tra lại; nếu đúng là giảm, giải thích ở cột Ghi chú, giải trình.",
        "Được giao thêm nội dung theo Công văn số 12/UBND-VX",
    ),
    "STATUS_WENT_BACK": Message(
        _W,
        "Tình trạng lùi so với kỳ trước",
        "Kỳ {period} đã báo cáo Hoàn thành, kỳ này lại ghi {typed}.",
        "Chọn lại tình trạng; nếu đúng là phải làm lại, giải thích ở cột Ghi chú, giải trình.",
        "Kế hoạch đã ban hành bị thu hồi để bổ sung",
    ),
    "DOCUMENT_NUMBER_IMPLAUSIBLE": Message(
        _W,
        "Số văn bản bất thường",
        "“{typed}” khó có thể là số, ký hiệu văn bản: {why}.",
        "Ghi số và ký hiệu của văn bản; ngày ghi ở cột Ngày văn bản, nội dung ghi ở cột Kết quả đạt được. "
        "Nếu chưa có số, ghi “không số”.",
        "45/KH-UBND",
    ),
    "RETURNS_IDENTICAL": Message(
        _W,
        "Hai đơn vị báo cáo giống hệt nhau",
        "Mọi số liệu và nội dung trong tệp này giống hệt báo cáo của {others}.",
        "Kiểm tra xem có dùng nhầm tệp đã điền của đơn vị khác không; nếu nhầm, điền lại số liệu của đơn vị mình "
        "và gửi lại; nếu số liệu đúng, báo cho nơi nhận báo cáo biết.",
    ),
    "IDENTICAL_TO_LAST": Message(
        _W,
        "Giống hệt báo cáo kỳ trước",
        "Mọi số liệu và nội dung trong tệp này giống hệt báo cáo kỳ {period} của đơn vị.",
        "Cập nhật số liệu đến hết kỳ này và gửi lại; nếu thật sự không có gì thay đổi, báo cho nơi nhận báo cáo biết.",
    ),
}
