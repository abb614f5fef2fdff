"""What is said of the several files that one unit has sent. Text only."""

from __future__ import annotations

from validation.message_kind import Message
from validation.model import Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

VERSION: dict[str, Message] = {
    "SUPERSEDED": Message(
        _N,
        "Đã có bản gửi sau",
        "Một bản khác của đơn vị được dùng để tổng hợp; tệp này được giữ lại nhưng không tính.",
        "Không cần làm gì.",
        office="Không cần làm gì. Bản được dùng: {used}.",
        for_office=True,
    ),
    "SUPERSEDED_RICHER": Message(
        _W,
        "Bản gửi sau thiếu dòng đã báo cáo",
        "Bản gửi sau của đơn vị được dùng để tổng hợp, nhưng {lost:,} dòng có số liệu ở tệp này thì bản đó bỏ trống "
        "hoặc sai.",
        "Nếu các dòng đó vẫn có số liệu, gửi lại một tệp có đủ cả hai phụ lục.",
        office="Hỏi đơn vị bản nào đúng (bản được dùng: {used}); đề nghị gửi một tệp có đủ cả hai phụ lục.",
        for_office=True,
    ),
    "TWO_VERSIONS": Message(
        _E,
        "Hai bản cùng thời điểm",
        "Đơn vị đã gửi hai bản khác nhau cùng lúc nên không biết bản nào là bản cuối; cả hai chưa được tính.",
        "Đề nghị gửi lại một bản cuối cùng, có đủ số liệu.",
        office="Hỏi đơn vị bản nào đúng (bản kia: {other}), chuyển bản không dùng ra khỏi thư mục rồi chạy lại.",
    ),
    "NEWER_NOT_USED": Message(
        _W,
        "Bản gửi sau chưa dùng được",
        "Bản này còn lỗi nên chưa được tính; đang tạm dùng bản đã gửi trước.",
        "Sửa các lỗi của bản này rồi gửi lại để thay bản trước.",
        office="Đề nghị đơn vị sửa các lỗi của bản này rồi gửi lại. Bản đang dùng: {used}.",
    ),
    "RESUBMITTED_UNCHANGED": Message(
        _N,
        "Gửi lại y nguyên",
        "Tệp này giống hệt bản đang dùng: cùng số liệu, không có gì thay đổi.",
        "Không cần làm gì.",
        office="Không cần làm gì. Bản đang dùng: {used}.",
        for_office=True,
    ),
    "WITHDRAWN": Message(
        _N,
        "Tệp đã rút",
        "Cơ quan tổng hợp đã rút tệp này khỏi tổng hợp, lý do: {reason}.",
        "Không cần làm gì.",
        office="Không cần làm gì. Tệp vẫn được giữ nguyên trong sổ ghi nhớ.",
        for_office=True,
    ),
    "OVERWRITTEN_VERSION": Message(
        _N,
        "Bản đã bị chép đè",
        "Đây là bản nhận lúc {received}, sau đó bị một tệp cùng tên chép đè lên. Bản này vẫn được giữ nguyên và vẫn "
        "được xét như một báo cáo đã nhận.",
        "Không cần làm gì.",
        office="Không cần làm gì. Tệp chép đè: {now}. Nếu không muốn dùng bản này, chạy lệnh history với --withdraw.",
        for_office=True,
    ),
}
