"""What is said of a whole file: what it is and whose it is. Text only."""

from __future__ import annotations

from validation.message_kind import Message
from validation.messages_of_parcels import PARCEL
from validation.model import Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

_WAIT = "Không cần làm gì; cơ quan tổng hợp sẽ kiểm tra."

FILE: dict[str, Message] = {
    "FILE_EMPTY": Message(
        _E,
        "Tệp rỗng",
        "Tệp không có nội dung (0 byte).",
        "Đề nghị mở lại tệp trên máy, kiểm tra còn đủ số liệu, lưu rồi gửi lại tệp Excel đã điền.",
        office="Nếu tệp nằm trong thư mục OneDrive hay Google Drive thì mở tệp một lần cho máy tải về rồi chép lại; "
        "nếu không, đề nghị đơn vị gửi lại tệp Excel đã điền.",
    ),
    "FILE_UNFINISHED": Message(
        _E,
        "Tệp tải về chưa xong",
        "Đây là tệp tải về dở dang (đuôi {extension}), phần còn lại chưa có.",
        "Đề nghị gửi lại tệp Excel đã điền, tên tệp kết thúc bằng .xlsx.",
        office="Tải lại tệp, chờ tải xong (đuôi tệp trở thành .xlsx) rồi chép vào thư mục này và chạy lại.",
    ),
    "FILE_IS_LINK": Message(
        _E,
        "Không phải tệp thật",
        "Ở đây chỉ có đường dẫn tới nơi khác ({detail}); chương trình không đi theo.",
        "Đề nghị gửi chính tệp báo cáo, không gửi đường dẫn.",
        office="Chép chính tệp báo cáo vào thư mục này rồi xóa đường dẫn.",
        for_office=True,
    ),
    "FILE_TOO_LARGE": Message(
        _E,
        "Tệp quá lớn",
        "Tệp quá lớn so với một báo cáo ({size}).",
        "Xóa hình ảnh và các trang không thuộc biểu mẫu rồi gửi lại; hoặc chép số liệu sang biểu mẫu gốc.",
    ),
    "FILE_NOT_WORKBOOK": Message(
        _E,
        "Không phải tệp Excel",
        "Đây không phải tệp Excel mà là {kind}.",
        "{ask}.",
        office="{office}",
    ),
    "FILE_ENCRYPTED": Message(
        _E,
        "Tệp có mật khẩu",
        "Tệp được đặt mật khẩu nên không mở được.",
        "Mở tệp, vào Tệp > Thông tin > Bảo vệ sổ làm việc > Mã hóa bằng mật khẩu, xóa mật khẩu, lưu và gửi lại.",
    ),
    "FILE_DAMAGED": Message(
        _E,
        "Tệp bị hỏng",
        "Tệp bị hỏng hoặc gửi chưa trọn vẹn ({detail}).",
        "Đề nghị mở tệp bằng Excel trên máy đã lập báo cáo, lưu lại (Ctrl+S) rồi gửi lại; nếu không mở được, chép số "
        "liệu sang biểu mẫu gốc rồi gửi.",
        office="Tải lại tệp một lần; nếu vẫn hỏng, đề nghị đơn vị mở tệp bằng Excel, lưu lại (Ctrl+S) rồi gửi lại.",
    ),
    "FILE_HOSTILE": Message(
        _E,
        "Tệp không an toàn",
        "Tệp có cấu trúc bất thường nên không được mở ({reason}).",
        "Chép số liệu sang biểu mẫu gốc, lưu thành tệp mới và gửi lại.",
    ),
    "FILE_WRONG_EXTENSION": Message(
        _N,
        "Đuôi tệp không đúng",
        "Đuôi tệp không khớp nội dung (thực tế là {kind}); tệp vẫn được đọc.",
        "Không cần làm gì.",
    ),
    "FILE_HAS_MACROS": Message(
        _N,
        "Tệp có macro",
        "Tệp có chứa macro; macro bị bỏ qua, không chạy.",
        "Không cần làm gì; lần sau gửi tệp .xlsx.",
    ),
    "STRAY_CELL": Message(
        _N,
        "Ô nằm xa bảng",
        "Có dữ liệu nằm rất xa bảng ({cell}) nên không được đọc.",
        "Xóa ô này nếu không cần.",
    ),
    "FILE_UNREADABLE": Message(
        _E,
        "Không mở được tệp",
        "Máy không cho đọc tệp này ({detail}).",
        _WAIT,
        office="Đóng tệp nếu đang mở, kiểm tra quyền truy cập rồi chạy lại.",
        for_office=True,
    ),
    **PARCEL,
}

IDENTITY: dict[str, Message] = {
    "IDENTITY_UNKNOWN": Message(
        _E,
        "Không rõ của đơn vị nào",
        "Không nhận ra báo cáo này của đơn vị nào: không có thông tin nhận dạng của biểu mẫu.",
        "Đề nghị chép số liệu vào đúng biểu mẫu đã nhận rồi gửi lại.",
    ),
    "FEEDBACK_LIST_RETURNED": Message(
        _E,
        "Gửi nhầm bản liệt kê lỗi",
        "Đây là danh sách “Cần sửa” đã gửi cho đơn vị, không phải báo cáo.",
        "Đề nghị sửa trong chính tệp báo cáo theo danh sách này rồi gửi lại tệp báo cáo.",
    ),
    "IDENTITY_CONFLICT": Message(
        _E,
        "Thông tin đơn vị mâu thuẫn",
        "Thông tin đơn vị không thống nhất nên báo cáo chưa được tính: mã ẩn trong tệp là “{stamp}”, dòng đầu biểu là "
        "“{heading}”, tên tệp là “{file_name}”.",
        "Đề nghị điền số liệu vào biểu mẫu của chính đơn vị mình, đúng kỳ báo cáo, rồi gửi lại.",
        office="Hỏi các đơn vị này số liệu là của ai, thuộc kỳ nào; mỗi đơn vị điền vào biểu mẫu của chính mình.",
        for_office=True,
    ),
    "IDENTITY_NAME_DIFFERS": Message(
        _E,
        "Tên tệp chỉ đơn vị khác",
        "Tên tệp nhắc đến “{file_name}” nhưng trong tệp là biểu mẫu của “{stamp}” (dòng đầu biểu: “{heading}”); báo "
        "cáo chưa được tính.",
        "Nếu đúng là số liệu của {stamp}, đổi tên tệp cho đúng rồi gửi lại; nếu không, điền vào biểu mẫu của đơn vị "
        "mình.",
        office="Hỏi lại là số liệu của đơn vị nào; nếu đúng của {stamp}, đổi tên tệp rồi chạy lại.",
        for_office=True,
    ),
    "IDENTITY_FOLDER_DIFFERS": Message(
        _W,
        "Thư mục chỉ đơn vị khác",
        "Tệp nằm trong thư mục (hoặc thư, tệp nén) mang tên “{folder}” nhưng là biểu mẫu của “{stamp}” "
        "(dòng đầu biểu: “{heading}”).",
        "Kiểm tra có điền nhầm biểu mẫu của đơn vị khác không.",
        office="Kiểm tra tệp có bị để nhầm chỗ hoặc đơn vị có điền nhầm biểu mẫu của nơi khác không.",
        for_office=True,
    ),
    "STAMP_MISSING": Message(
        _N,
        "Mất trang nhận dạng",
        "Trang nhận dạng ẩn của biểu mẫu không còn; đơn vị được xác định theo dòng đầu biểu.",
        "Không cần làm gì; lần sau điền trực tiếp vào biểu mẫu gốc.",
    ),
    "IDENTITY_FROM_NAME": Message(
        _W,
        "Chỉ nhận ra qua tên tệp",
        "Trong tệp không còn dòng nhận dạng của biểu mẫu; chỉ xác định được theo tên tệp là đơn vị có mã “{unit}”.",
        "Không cần làm gì; lần sau điền trực tiếp vào biểu mẫu gốc.",
        office="Kiểm tra lại đúng là số liệu của đơn vị này; đề nghị đơn vị dùng biểu mẫu gốc.",
        for_office=True,
    ),
    "UNIT_UNKNOWN": Message(
        _E,
        "Đơn vị không có trong kế hoạch",
        "Mã đơn vị “{unit}” không có trong kế hoạch “{plan}”.",
        _WAIT,
        office="Hỏi lại đơn vị; nếu là đơn vị mới thì thêm vào danh sách đơn vị của kế hoạch rồi chạy lại.",
        for_office=True,
    ),
    "OTHER_PLAN": Message(
        _E,
        "Biểu mẫu của kế hoạch khác",
        "Tệp là biểu mẫu của kế hoạch “{found}”, không phải “{expected}”.",
        "Đề nghị điền vào đúng biểu mẫu đã nhận cho đợt báo cáo này rồi gửi lại.",
        office="Chuyển tệp sang đúng thư mục inputs/{found}/ hoặc đề nghị đơn vị gửi đúng biểu mẫu.",
        for_office=True,
    ),
    "OTHER_PERIOD": Message(
        _E,
        "Biểu mẫu của kỳ khác",
        "Tệp là biểu mẫu của kỳ “{found}”, không phải kỳ “{expected}” (mã ẩn trong tệp: {stamp}; dòng đầu biểu: "
        "{heading}; tên tệp: {file_name}).",
        "Đề nghị điền vào biểu mẫu của kỳ {expected} rồi gửi lại.",
        office="Đề nghị đơn vị điền và gửi biểu mẫu của kỳ {expected}; nếu tệp để nhầm chỗ, chuyển sang thư mục "
        "của kỳ {found}.",
    ),
    "OLD_TEMPLATE_REUSED": Message(
        _W,
        "Dùng lại biểu mẫu kỳ trước",
        "Dòng đầu biểu và tên tệp đều ghi kỳ {expected} nhưng mã ẩn cho thấy tệp được làm từ biểu mẫu của kỳ trước "
        "({stamp}). Số liệu được đọc theo mã dòng của kỳ này.",
        "Kiểm tra không còn số liệu cũ sót lại trong tệp; lần sau điền vào biểu mẫu của đúng kỳ.",
    ),
    "LAYOUT_OLDER": Message(
        _N,
        "Biểu mẫu kiểu cũ",
        "Biểu mẫu thuộc kiểu trình bày cũ (bản {found}, hiện nay là bản {expected}); số liệu được đọc theo tiêu đề "
        "cột và mã dòng.",
        "Không cần làm gì; lần sau điền vào biểu mẫu mới nhất đã nhận.",
        office="Không cần làm gì; nếu đơn vị chưa có biểu mẫu hiện hành thì gửi cho đơn vị.",
        for_office=True,
    ),
    "LAYOUT_NEWER": Message(
        _E,
        "Biểu mẫu kiểu mới hơn phần mềm",
        "Biểu mẫu thuộc kiểu trình bày mới (bản {found}) mà phần mềm đang dùng (bản {expected}) chưa biết đọc.",
        _WAIT,
        office="Cập nhật phần mềm lên bản đã tạo ra biểu mẫu này rồi chạy lại; đơn vị không phải làm gì.",
        for_office=True,
    ),
    "TEMPLATE_CHANGED": Message(
        _W,
        "Biểu mẫu không phải bản hiện hành",
        "Biểu mẫu được tạo từ bản kế hoạch cũ hơn; các dòng của đơn vị đã thay đổi sau đó. "
        "Số liệu vẫn được đọc theo mã dòng.",
        "Không cần làm gì; nếu nhận được biểu mẫu mới thì điền vào biểu mẫu mới.",
        office="Gửi cho đơn vị biểu mẫu mới nếu nội dung chỉ tiêu, nhiệm vụ của đơn vị đã khác.",
        for_office=True,
    ),
}
