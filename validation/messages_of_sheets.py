"""What is said of a sheet, a row or a cell. Text only; validation/messages.py fills in the facts."""

from __future__ import annotations

from validation.message_kind import Message
from validation.model import Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

LAYOUT: dict[str, Message] = {
    "SHEET_MISSING": Message(
        _E,
        "Thiếu trang biểu",
        "Không tìm thấy trang “{sheet}” trong tệp.",
        "Mở lại biểu mẫu gốc của đơn vị, điền đủ trang này và gửi lại; không đổi tên hay xóa trang.",
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
        "Điền lại theo biểu mẫu mới nhất được gửi cho đơn vị.",
    ),
    "ROW_MIXED": Message(
        _E,
        "Nội dung dòng bị xáo trộn",
        "Nội dung dòng không khớp mã dòng: mã {code} nhưng nội dung là của dòng {other}.",
        "Có thể một phần bảng đã bị dán hoặc sắp xếp lệch. Chép lại số liệu vào biểu mẫu gốc.",
    ),
    "LABEL_CHANGED": Message(
        _W,
        "Nội dung in sẵn bị sửa",
        "Nội dung in sẵn của dòng đã bị sửa thành “{typed}”.",
        "Kiểm tra số liệu có đúng với nội dung gốc “{label}” không; không sửa phần in sẵn của biểu mẫu.",
    ),
    "MERGED_INPUT": Message(
        _E,
        "Ô nhập bị gộp",
        "Ô nhập bị gộp với ô khác ({range}) nên không biết số liệu thuộc dòng nào.",
        "Bỏ gộp ô (Trang đầu > Phối & Căn giữa) và nhập lại từng ô.",
    ),
}

CELL: dict[str, Message] = {
    "CELL_ERROR_VALUE": Message(
        _E,
        "Ô báo lỗi Excel",
        "Ô đang báo lỗi {value}.",
        "Xóa ô và nhập trực tiếp con số, không dùng công thức.",
        "1250",
    ),
    "FORMULA_NOT_CALCULATED": Message(
        _E,
        "Công thức chưa tính",
        "Ô chứa công thức chưa có kết quả{shown}.",
        "Nhập trực tiếp con số thay cho công thức.",
        "1250",
    ),
    "FORMULA_REFERENCE": Message(
        _E,
        "Ô nhập chứa công thức",
        "Ô nhập chứa công thức{shown}; kết quả có thể đã cũ nên không được dùng.",
        "Chép ô, chọn Dán đặc biệt > Giá trị, hoặc nhập trực tiếp con số.",
        "1250",
    ),
    "FORMULA_RECOMPUTED": Message(
        _N,
        "Phép tính trong ô",
        "Ô chứa phép tính (={formula}); đã tính lại được {taken}.",
        "Không cần làm gì.",
    ),
    "NUMBER_CLEANED": Message(
        _N, "Số ghi ở dạng chữ", "Ô ghi “{typed}” ở dạng chữ; đã đọc là {taken}.", "Không cần làm gì."
    ),
    "NUMBER_AMBIGUOUS": Message(
        _E,
        "Số có hai cách hiểu",
        "“{typed}” có hai cách hiểu: {first} hoặc {second}.",
        "Nhập lại con số, không dùng dấu phân cách hàng nghìn. {hint}",
    ),
    "NOT_A_NUMBER": Message(
        _E,
        "Không phải số",
        "“{typed}” không phải là một con số. {hint}",
        "Chỉ nhập con số, không ghi chữ; phần giải thích ghi ở cột Ghi chú, giải trình.",
        "1250",
    ),
    "NOT_WHOLE": Message(
        _E,
        "Phải là số nguyên",
        "“{typed}” không phải số nguyên, trong khi đây là số đếm. {hint}",
        "Nhập số nguyên, không có phần thập phân và không có dấu chấm phân cách hàng nghìn.",
        "1250",
    ),
    "FRACTION_FOR_PERCENT": Message(
        _E,
        "Tỷ lệ có hai cách hiểu",
        "{typed} có hai cách hiểu: {first} % hoặc {second} %.",
        "Nếu là {second} % thì gõ {second}; nếu đúng là {first} % thì gõ {first}% (có dấu %).",
    ),
    "DATE_CLEANED": Message(
        _N, "Ngày ghi dạng chữ", "Ô ghi “{typed}” ở dạng chữ; đã đọc là ngày {taken}.", "Không cần làm gì."
    ),
    "DATE_AMBIGUOUS": Message(
        _E,
        "Ngày có hai cách hiểu",
        "“{typed}” có hai cách hiểu: {first} hoặc {second}.",
        "Nhập lại ngày theo dạng ngày/tháng/năm.",
        "05/03/2026",
    ),
    "NOT_A_DATE": Message(
        _E,
        "Không phải ngày",
        "“{typed}” không phải là một ngày có thật. {hint}",
        "Nhập ngày theo dạng ngày/tháng/năm.",
        "05/03/2026",
    ),
    "CHOICE_CLEANED": Message(
        _N, "Ghi khác danh sách", "Đã hiểu “{typed}” là “{taken}”.", "Lần sau chọn trong danh sách."
    ),
    "CHOICE_UNKNOWN": Message(
        _E,
        "Không có trong danh sách",
        "“{typed}” không có trong danh sách. {hint}",
        "Chọn một trong: {allowed}.",
    ),
    "REQUIRED_MISSING": Message(
        _E,
        "Thiếu số liệu",
        "Chưa nhập “{label}”.",
        "Nhập số liệu; nếu bằng 0 vì không phát sinh, chọn “Không phát sinh” ở cột Loại số liệu; "
        "nếu không thuộc đơn vị, chọn “Không áp dụng” và ghi lý do.",
    ),
    "BELOW_MINIMUM": Message(
        _E, "Nhỏ hơn mức có thể", "{typed} nhỏ hơn mức thấp nhất có thể là {limit}.", "Kiểm tra và nhập lại."
    ),
    "ABOVE_MAXIMUM": Message(
        _E,
        "Lớn hơn mức có thể",
        "{typed} lớn hơn mức cao nhất có thể là {limit}.",
        "Kiểm tra đơn vị tính, dấu phẩy thập phân và nhập lại.",
    ),
    "NUMERATOR_EXCEEDS_DENOMINATOR": Message(
        _E,
        "Tử số lớn hơn mẫu số",
        "{typed} (tử số) lớn hơn {limit} (mẫu số) nên tỷ lệ vượt 100 %.",
        "Kiểm tra cả hai số: {numerator_label}; {denominator_label}.",
    ),
    "DENOMINATOR_ZERO": Message(
        _E,
        "Mẫu số bằng 0",
        "Mẫu số bằng 0 nên không tính được tỷ lệ.",
        "Nhập mẫu số đúng; nếu thật sự không có đối tượng nào, chọn “Không phát sinh” ở cột Loại số liệu cho cả "
        "tử số và mẫu số.",
    ),
    "NO_REASON": Message(
        _E,
        "Thiếu lý do",
        "Đã chọn “Không áp dụng” nhưng chưa ghi lý do.",
        "Ghi lý do vào cột Ghi chú, giải trình.",
        "Đơn vị không có đối tượng này theo Quyết định số 12/QĐ-UBND",
    ),
    "STATE_WITH_VALUE": Message(
        _E,
        "Số liệu mâu thuẫn với loại",
        "Đã nhập {typed} nhưng cột Loại số liệu ghi “{state}”.",
        "Xóa con số, hoặc đổi Loại số liệu thành “Chính thức” hay “Ước”.",
    ),
    "PARTLY_NOT_APPLICABLE": Message(
        _E,
        "Không áp dụng một nửa",
        "Đã chọn “Không áp dụng” cho một số liệu nhưng vẫn nhập số liệu còn lại của cùng chỉ tiêu.",
        "Nếu chỉ tiêu không thuộc đơn vị, chọn “Không áp dụng” cho mọi số liệu của chỉ tiêu và ghi lý do; "
        "nếu thuộc đơn vị, nhập đủ số liệu.",
    ),
    "STATE_FOR_CHOICE": Message(
        _E,
        "Loại số liệu không phù hợp",
        "Chỉ tiêu này trả lời Đạt hoặc Chưa đạt, không dùng “Không phát sinh”.",
        "Chọn Đạt hoặc Chưa đạt; nếu không thuộc đơn vị, chọn “Không áp dụng” và ghi lý do.",
    ),
    "ATTAINED_WITHOUT_EVIDENCE": Message(
        _W,
        "Đạt nhưng thiếu minh chứng",
        "Đã chọn Đạt nhưng chưa ghi minh chứng.",
        "Ghi văn bản hoặc kết quả làm minh chứng, hoặc giải trình ở cột Ghi chú, giải trình.",
        "Quyết định số 15/QĐ-UBND ngày 20/3/2026",
    ),
}

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
        "Kiểm tra lại; nếu đúng, giải thích ở cột Ghi chú, giải trình.",
    ),
}
