"""What is said of a sheet, a column or a row that is not as the template had it. Text only."""

from __future__ import annotations

from validation.message_kind import Message
from validation.model import Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

LAYOUT: dict[str, Message] = {
    "SHEET_MISSING": Message(
        _E,
        "Thiếu trang biểu",
        "Không tìm thấy trang “{sheet}” trong tệp.{hint}",
        "Mở lại biểu mẫu gốc, điền đủ trang này rồi gửi lại; không đổi tên hay xóa trang.",
    ),
    "HEADER_MISSING": Message(
        _E,
        "Mất dòng tiêu đề",
        "Không tìm thấy dòng tiêu đề bảng (có các cột {columns}).",
        "Chép số liệu sang biểu mẫu gốc rồi gửi lại; không sửa, xóa dòng tiêu đề.",
    ),
    "SHEET_DUPLICATE": Message(
        _E,
        "Hai trang cùng một biểu",
        "Trang “{sheet}” và trang “{other}” cùng là một biểu nhưng số liệu khác nhau nên không biết dùng trang nào.",
        "Chỉ giữ lại một trang có số liệu đúng, xóa trang kia.",
    ),
    "SHEET_RENAMED": Message(
        _N,
        "Trang bị đổi tên",
        "Không đọc ở trang “{sheet}”; bảng này được nhận ra và đọc ở trang “{found}”.",
        "Không cần làm gì; lần sau giữ nguyên tên trang của biểu mẫu.",
    ),
    "SHEET_HIDDEN": Message(
        _N,
        "Trang bị ẩn",
        "Trang “{found}” đang bị ẩn; số liệu trên trang vẫn được đọc.",
        "Nếu đây không phải số liệu muốn gửi: bấm chuột phải vào thẻ tên trang > Bỏ ẩn, sửa rồi gửi lại.",
    ),
    "HEADER_DUPLICATE": Message(
        _E,
        "Hai dòng tiêu đề khác nhau",
        "Trang có hai dòng tiêu đề bảng (dòng {first} và dòng {second}) với thứ tự cột khác nhau, dưới mỗi dòng đều "
        "có số liệu nên không biết dùng bảng nào.",
        "Chỉ giữ lại một bảng có số liệu đúng theo biểu mẫu gốc, xóa bảng kia rồi gửi lại.",
    ),
    "HEADER_SHIFTED": Message(
        _E,
        "Tiêu đề lệch cột",
        "Dòng tiêu đề có thể đã bị lệch so với số liệu bên dưới: {why}. Vì vậy không biết số nào thuộc cột nào.",
        "Chép số liệu sang biểu mẫu gốc rồi gửi lại; cột tự thêm vào thì ghi tiêu đề cho cột đó hoặc xóa đi.",
    ),
    "HEADING_READ_AS": Message(
        _N,
        "Tiêu đề cột khác chữ",
        "Tiêu đề cột đang là “{typed}”; cột này được đọc là “{column}”.",
        "Không cần làm gì nếu đúng; lần sau giữ nguyên tiêu đề cột của biểu mẫu.",
    ),
    "COLUMN_RENAMED": Message(
        _E,
        "Tiêu đề cột khác biểu mẫu",
        "Tiêu đề cột đang là “{typed}”, biểu mẫu là “{column}”: không chắc hai cột này là một.",
        "Nếu đúng là số liệu mà biểu mẫu hỏi, gõ lại tiêu đề cột là “{column}”; nếu không, điền lại theo biểu mẫu gốc.",
    ),
    "COLUMN_DUPLICATE": Message(
        _E,
        "Cột bị lặp",
        "Có hai cột cùng tên “{column}” nên không biết dùng cột nào.",
        "Chỉ giữ lại một cột, xóa cột thêm vào; không đổi tên cột của biểu mẫu.",
    ),
    "COLUMN_MISSING": Message(
        _E,
        "Mất cột",
        "Không tìm thấy cột “{column}”.",
        "Chép số liệu sang biểu mẫu gốc rồi gửi lại; không xóa hay đổi tên cột.",
    ),
    "ROW_MISSING": Message(
        _E,
        "Mất dòng",
        "Không tìm thấy dòng “{label}” (mã {code}).",
        "Mở lại biểu mẫu gốc, điền dòng này và gửi lại; không xóa dòng của biểu mẫu.",
    ),
    "ROW_UNCERTAIN": Message(
        _E,
        "Không chắc dòng nào",
        "Mã dòng ẩn ở cột đầu đã mất; không xác định chắc chắn được dòng của {name}: có thể là dòng ở ô {cells}.",
        "Mở lại biểu mẫu gốc, chép số liệu vào đúng dòng rồi gửi lại.",
    ),
    "ROWS_BY_LABEL": Message(
        _N,
        "Mất cột mã dòng",
        "Cột mã dòng (cột ẩn đầu bảng) không còn; {count:,} dòng được đọc theo nội dung in sẵn của dòng.",
        "Không cần làm gì; lần sau điền trực tiếp vào biểu mẫu gốc.",
    ),
    "ROW_BY_LABEL": Message(
        _N,
        "Mất mã dòng",
        "Mã ẩn của dòng “{label}” không còn hoặc đã bị sửa; dòng được đọc theo nội dung in sẵn.",
        "Không cần làm gì; lần sau không sửa cột ẩn đầu bảng.",
    ),
    "ROW_DUPLICATE": Message(
        _E,
        "Dòng bị lặp",
        "Dòng mã {code} xuất hiện hai lần (ô {first} và ô này) nên không biết dùng số nào.",
        "Chỉ giữ lại một dòng có số liệu đúng, xóa dòng kia.",
    ),
    "ROW_UNKNOWN": Message(
        _N,
        "Dòng ngoài biểu mẫu",
        "Dòng có mã “{code}” không thuộc biểu mẫu của đơn vị nên không được đọc.",
        "Xóa dòng này nếu không cần.",
    ),
    "ROW_WITHOUT_CODE": Message(
        _E,
        "Dòng chép thêm",
        "Có thêm một dòng “{label}” đã điền số liệu nhưng không phải dòng của biểu mẫu nên không biết dùng dòng nào.",
        "Chỉ điền vào dòng của biểu mẫu, xóa dòng chép thêm.",
    ),
    "MEASURE_CHANGED": Message(
        _E,
        "Đơn vị tính khác biểu mẫu",
        "Đơn vị tính đang là “{typed}”, trong khi biểu mẫu hiện hành dùng “{unit}”.",
        "Điền lại theo biểu mẫu mới nhất đã nhận.",
    ),
    "ROW_MIXED": Message(
        _E,
        "Nội dung dòng bị xáo trộn",
        "Nội dung dòng không khớp mã dòng: mã {code} nhưng nội dung là của dòng {other}.",
        "Có thể một phần bảng đã bị dán hoặc sắp xếp lệch. Chép lại số liệu vào biểu mẫu gốc.",
    ),
    "LABEL_CHANGED": Message(
        _W,
        "Nội dung in sẵn khác biểu mẫu",
        "Nội dung in sẵn của dòng đang là “{typed}”, khác biểu mẫu hiện hành “{label}”.",
        "Kiểm tra số liệu có đúng với nội dung của biểu mẫu hiện hành không; nếu không, nhập lại số liệu.",
    ),
    "MERGED_INPUT": Message(
        _E,
        "Ô nhập bị gộp",
        "Ô nhập bị gộp với ô khác ({range}) nên không biết số liệu thuộc dòng nào.",
        "Bỏ gộp ô (Trang đầu > Phối & Căn giữa) và nhập lại từng ô.",
    ),
}
