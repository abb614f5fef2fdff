"""What is said of the several files that one unit has sent. Text only."""

from __future__ import annotations

from validation.message_kind import Message
from validation.model import Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

VERSION: dict[str, Message] = {
    "SUPERSEDED": Message(
        _N,
        "Đã có bản gửi sau",
        "Đơn vị đã gửi bản khác được dùng để tổng hợp: {used}. Tệp này được giữ lại nhưng không tính.",
        "Không cần làm gì.",
    ),
    "SUPERSEDED_RICHER": Message(
        _W,
        "Bản gửi sau thiếu dòng đã báo cáo",
        "Đơn vị đã gửi bản khác được dùng để tổng hợp ({used}), nhưng {lost} dòng có số liệu ở tệp này thì bản đó "
        "bỏ trống hoặc sai.",
        "Hỏi đơn vị bản nào đúng; đề nghị gửi một tệp có đủ cả hai phụ lục.",
    ),
    "TWO_VERSIONS": Message(
        _E,
        "Hai bản cùng thời điểm",
        "Có hai bản khác nhau của đơn vị cùng thời điểm nhận (bản kia: {other}) nên không biết bản nào là bản cuối.",
        "Cả hai chưa được tính. Hỏi đơn vị, chuyển bản không dùng ra khỏi thư mục rồi chạy lại.",
    ),
    "NEWER_NOT_USED": Message(
        _W,
        "Bản gửi sau chưa dùng được",
        "Bản gửi sau này còn lỗi nên đang dùng bản trước đó: {used}.",
        "Sửa các lỗi của bản này rồi gửi lại để thay bản trước.",
    ),
    "RESUBMITTED_UNCHANGED": Message(
        _N,
        "Gửi lại y nguyên",
        "Tệp này giống hệt bản đang dùng ({used}): cùng số liệu, không có gì thay đổi.",
        "Không cần làm gì.",
    ),
    "WITHDRAWN": Message(
        _N,
        "Tệp đã rút",
        "Cơ quan tổng hợp đã rút tệp này khỏi tổng hợp, lý do: {reason}.",
        "Không cần làm gì. Tệp vẫn được giữ nguyên trong sổ ghi nhớ.",
    ),
    "OVERWRITTEN_VERSION": Message(
        _N,
        "Bản đã bị chép đè",
        "Đây là bản nhận lúc {received}, sau đó tệp cùng tên {now} đã chép đè lên. Bản này vẫn còn nguyên trong sổ "
        "ghi nhớ và vẫn được xét như một báo cáo đã nhận.",
        "Không cần làm gì. Nếu không muốn dùng bản này, chạy lệnh history với --withdraw.",
    ),
}
