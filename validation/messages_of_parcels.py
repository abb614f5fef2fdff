"""What is said of saved e-mails and zips, and of files that could not be taken out of them. Text only."""

from __future__ import annotations

from validation.message_kind import Message
from validation.model import Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

PARCEL: dict[str, Message] = {
    "PARCEL_OPENED": Message(
        _N,
        "Thư, tệp nén đã được mở",
        "Đây là {kind}; đã mở và thấy {count} tệp cần xét bên trong, mỗi tệp có dòng riêng.",
        "Không cần làm gì.",
        for_office=True,
    ),
    "PARCEL_OTHER_PARTS": Message(
        _N,
        "Tệp gửi kèm không phải báo cáo",
        "Bên trong còn có tệp gửi kèm, không được đọc số liệu: {names}.",
        "Không cần làm gì; nếu một tệp trong số này là báo cáo thì gửi lại bằng biểu mẫu Excel.",
        office="Không cần làm gì; nếu một tệp trong số này là báo cáo thì đề nghị đơn vị gửi bằng biểu mẫu Excel.",
        for_office=True,
    ),
    "PARCEL_LINK": Message(
        _N,
        "Lời thư có đường dẫn tới tệp trên mạng",
        "Lời thư có đường dẫn tới tệp trên mạng (Google Drive, OneDrive…); chương trình không tải tệp ấy.",
        "Nếu tệp trên mạng là báo cáo thì đính kèm chính tệp Excel vào thư rồi gửi lại.",
        office="Mở thư xem; nếu tệp trên mạng là báo cáo thì tải về và chép vào thư mục này.",
        for_office=True,
    ),
    "PARCEL_CUT": Message(
        _W,
        "Thư lưu chưa trọn vẹn",
        "Tệp thư bị mất phần cuối, có thể thiếu tệp đính kèm hoặc tệp đính kèm bị cụt.",
        "Không cần làm gì; cơ quan tổng hợp sẽ kiểm tra.",
        office="Mở thư trong hộp thư, đếm lại số tệp đính kèm và lưu lại thư.",
        for_office=True,
    ),
    "PARCEL_WITHOUT_RETURN": Message(
        _E,
        "Thư, tệp nén không có báo cáo",
        "Đây là {kind} nhưng bên trong không có tệp Excel nào: {what}.",
        "Đề nghị gửi lại kèm chính tệp biểu mẫu Excel đã điền số liệu; bản PDF, ảnh chụp, tệp Word chỉ để lưu.{hint}",
    ),
    "PARCEL_DAMAGED": Message(
        _E,
        "Tệp nén bị hỏng",
        "Tệp nén bị hỏng hoặc tải về chưa trọn vẹn ({detail}) nên không lấy được báo cáo bên trong.",
        "Đề nghị gửi lại thẳng các tệp Excel, không nén.",
        office="Tải lại từ thư; nếu vẫn hỏng, đề nghị đơn vị gửi thẳng các tệp Excel, không nén.",
    ),
    "PARCEL_ENCRYPTED": Message(
        _E,
        "Tệp nén có mật khẩu",
        "Tệp này nằm trong tệp nén đặt mật khẩu nên không mở được.",
        "Đề nghị gửi thẳng tệp Excel, không đặt mật khẩu.",
        office="Giải nén bằng mật khẩu rồi chép tệp Excel vào thư mục này; hoặc đề nghị đơn vị gửi thẳng tệp Excel, "
        "không đặt mật khẩu.",
    ),
    "PARCEL_COMPRESSION": Message(
        _E,
        "Kiểu nén không mở được",
        "Tệp này được nén theo kiểu mà chương trình không mở ({method}).",
        "Đề nghị gửi thẳng tệp Excel, hoặc nén lại: bấm chuột phải vào tệp, chọn Gửi tới > Thư mục nén (zip).",
        office="Giải nén rồi chép tệp Excel vào thư mục này; hoặc đề nghị đơn vị nén lại: bấm chuột phải vào tệp, "
        "chọn Gửi tới > Thư mục nén (zip).",
    ),
    "PARCEL_TOO_DEEP": Message(
        _E,
        "Lồng nhau quá nhiều lớp",
        "Thư, tệp nén lồng nhau quá {limit} lớp nên phần bên trong không được mở.",
        "Đề nghị gửi thẳng tệp Excel.",
        office="Lấy tệp Excel ra khỏi các lớp bên trong rồi chép vào thư mục này.",
    ),
    "PARCEL_TOO_MANY": Message(
        _E,
        "Quá nhiều tệp bên trong",
        "Bên trong có hơn {limit:,} tệp nên không được đọc hết.",
        "Đề nghị chỉ gửi tệp báo cáo Excel, không gửi kèm các tệp khác.",
        office="Giải nén, bỏ các tệp không phải báo cáo rồi chép các tệp Excel vào thư mục này.",
    ),
    "PARCEL_TOO_LARGE": Message(
        _E,
        "Nội dung giải nén quá lớn",
        "Nội dung bên trong quá lớn nên có phần không được đọc: {names}.",
        "Đề nghị chỉ gửi tệp báo cáo Excel, không gửi kèm các tệp khác.",
        office="Giải nén, bỏ các tệp không phải báo cáo rồi chép các tệp Excel vào thư mục này.",
    ),
    "MOMENT_DOUBTFUL": Message(
        _W,
        "Chưa chắc ngày nộp",
        "{what}, nên chưa biết chắc nộp đúng hạn hay muộn.",
        "Không cần làm gì; cơ quan tổng hợp sẽ kiểm tra.",
        office="Xem ngày nhận trong hộp thư hoặc sổ công văn đến; nếu khác ngày đang ghi thì lưu lại thư từ hộp thư "
        "nhận thành tệp .eml rồi chạy lại.",
        for_office=True,
    ),
}
