"""What is said of one cell, or of the cells of one indicator row. Text only."""

from __future__ import annotations

from validation.message_kind import WHERE_TO_EXPLAIN, Message
from validation.model import Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

CELL: dict[str, Message] = {
    "CELL_ERROR_VALUE": Message(
        _E,
        "Ô báo lỗi Excel",
        "Ô đang báo lỗi {value}. {hint}",
        "Xóa ô rồi gõ thẳng nội dung cần báo cáo, không dùng công thức.",
    ),
    "FORMULA_NOT_CALCULATED": Message(
        _E,
        "Công thức chưa tính",
        "Ô chứa công thức chưa có kết quả{shown}.",
        "Gõ đè con số lên công thức (ô chữ thì gõ lại chữ).",
    ),
    "FORMULA_REFERENCE": Message(
        _E,
        "Ô nhập chứa công thức",
        "Ô nhập chứa công thức{shown}; kết quả có thể đã cũ nên không được dùng.",
        "Gõ đè con số lên công thức (ô chữ thì gõ lại chữ).",
        hint_suffices=True,
    ),
    "FORMULA_RECOMPUTED": Message(
        _N,
        "Phép tính trong ô",
        "Ô chứa phép tính (={formula}); đã tính lại được {taken:,}.",
        "Không cần làm gì.",
    ),
    "NUMBER_CLEANED": Message(
        _N, "Số ghi khác cách thường", "Ô ghi “{typed}”; đã đọc là {taken}.", "Không cần làm gì nếu đọc đúng."
    ),
    "NUMBER_AMBIGUOUS": Message(
        _E,
        "Số có hai cách hiểu",
        "“{typed}” có hai cách hiểu: {first} hoặc {second}.",
        "Gõ lại con số, không dùng dấu phân cách hàng nghìn.",
        hint_suffices=True,
    ),
    "NOT_A_NUMBER": Message(
        _E,
        "Không phải số",
        "“{typed}” không phải là một con số.",
        "Chỉ gõ con số; phần giải thích ghi ở cột “Ghi chú, giải trình”.",
        hint_suffices=True,
    ),
    "NOT_WHOLE": Message(
        _E,
        "Phải là số nguyên",
        "“{typed}” không phải số nguyên, trong khi đây là số đếm.",
        "Gõ số nguyên, không có phần thập phân và không có dấu chấm phân cách hàng nghìn.",
        "1250",
        hint_suffices=True,
    ),
    "FRACTION_FOR_PERCENT": Message(
        _E,
        "Tỷ lệ có hai cách hiểu",
        "{typed} có hai cách hiểu: {first} % hoặc {second} %.",
        "Nếu là {second} % thì gõ {second}; nếu đúng là {first} % thì gõ {first}% (có dấu %).",
    ),
    "DATE_CLEANED": Message(
        _N, "Ngày ghi dạng chữ", "Ô ghi “{typed}”; đã đọc là ngày {taken}.", "Không cần làm gì nếu đọc đúng."
    ),
    "DATE_AMBIGUOUS": Message(
        _E,
        "Ngày có hai cách hiểu",
        "“{typed}” có hai cách hiểu: {first} hoặc {second}.",
        "Nhập lại ngày đúng theo dạng ngày/tháng/năm, năm đủ bốn chữ số.",
        "05/03/2026",
    ),
    "NOT_A_DATE": Message(
        _E,
        "Không phải ngày",
        "“{typed}” không phải là một ngày cụ thể. {hint}",
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
    "TEXT_DECODED": Message(
        _N,
        "Chữ gõ bằng phông cũ",
        "Ô gõ bằng phông chữ cũ (.VnTime, VNI), lưu thành “{typed}”; đã đọc là “{taken}”.",
        "Không cần làm gì nếu đọc đúng; lần sau gõ bằng bảng mã Unicode, phông Times New Roman.",
    ),
    "TEXT_GARBLED": Message(
        _W,
        "Chữ bị lỗi phông",
        "Chữ trong ô bị lỗi phông, không đọc lại được: “{typed}”.",
        "Gõ lại bằng bảng mã Unicode, phông Times New Roman.",
    ),
    "TEXT_CUT": Message(
        _N,
        "Chữ quá dài",
        "Ô có {length:,} ký tự; bảng tổng hợp chỉ lấy {kept:,} ký tự đầu.",
        "Tóm tắt nội dung; phần chi tiết gửi kèm bằng văn bản.",
    ),
    "TEXT_FROM_DATE": Message(
        _W,
        "Số văn bản bị đổi thành ngày",
        "Excel đã tự đổi số, ký hiệu văn bản thành ngày {typed}.",
        "Đặt định dạng ô là Text rồi gõ lại đủ số, ký hiệu; nếu đây đúng là ngày thì chuyển sang cột Ngày văn bản.",
        "12/KH-UBND",
    ),
    "REQUIRED_MISSING": Message(
        _E,
        "Thiếu số liệu",
        "Chưa nhập “{label}”.",
        "Nhập số liệu; nếu bằng 0 vì không phát sinh, chọn “Không phát sinh” ở cột Loại số liệu; "
        "nếu không thuộc đơn vị, chọn “Không áp dụng” và ghi lý do.",
    ),
    "BELOW_MINIMUM": Message(
        _E, "Nhỏ hơn mức có thể", "{typed:,} nhỏ hơn mức thấp nhất có thể là {limit:,}.", "Kiểm tra và nhập lại."
    ),
    "ABOVE_MAXIMUM": Message(
        _E,
        "Lớn hơn mức có thể",
        "{typed:,} lớn hơn mức cao nhất có thể là {limit:,}.",
        "Kiểm tra đơn vị tính, dấu phẩy thập phân và nhập lại.",
    ),
    "NUMERATOR_EXCEEDS_DENOMINATOR": Message(
        _E,
        "Tử số lớn hơn mẫu số",
        "{typed:,} (tử số) lớn hơn {limit:,} (mẫu số) nên tỷ lệ vượt 100 %.",
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
        "Ghi lý do vào cột “Ghi chú, giải trình”.",
        "Đơn vị không có đối tượng này theo Quyết định số 12/QĐ-UBND",
    ),
    "STATE_WITH_VALUE": Message(
        _E,
        "Số liệu mâu thuẫn với loại",
        "Đã nhập {typed:,} nhưng cột Loại số liệu ghi “{state}”.",
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
        "Ghi văn bản hoặc kết quả làm minh chứng; nếu không có, " + WHERE_TO_EXPLAIN,
        "Quyết định số 15/QĐ-UBND ngày 20/3/2026",
    ),
}
