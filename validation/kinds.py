"""What a returned file can be that is no workbook: its name in Vietnamese, and what to ask the unit for.

Words only. `sniff` recognises the kinds, `messages_of_files` puts the words into a sentence, and a parcel
asks whether such a file may lie beside a return without being one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """`words` follow "Đây không phải tệp Excel mà là"; `ask` are sentences to the unit without the last full stop.

    `office` are whole sentences to the department, where it can help itself or has to do something else.
    """

    words: str
    ask: str
    office: str = ""


_SEND = "Đề nghị gửi chính tệp biểu mẫu Excel đã điền số liệu"
_SCAN = f"Bản chụp, bản quét hay PDF chỉ để lưu, không đọc được số liệu. {_SEND}"
_SAVE_AS = (
    "Đề nghị mở tệp này bằng Excel, chọn Tệp > Lưu thành (Save As), chọn kiểu “Excel Workbook (*.xlsx)” rồi "
    "gửi lại tệp mới"
)
_COPY = "nếu tệp được xuất từ phần mềm khác thì chép số liệu vào biểu mẫu Excel đã nhận rồi gửi biểu mẫu"
_UNPACK = "Chương trình chỉ mở được tệp nén .zip. Đề nghị giải nén rồi gửi thẳng các tệp Excel bên trong"
_UNPACK_HERE = (
    "Chương trình chỉ mở được tệp nén .zip: giải nén vào chính thư mục này rồi chạy lại; hoặc đề nghị đơn vị gửi "
    "thẳng các tệp Excel bên trong."
)
_SHORTCUT = (
    "Tệp này chỉ trỏ tới một tệp nằm ở nơi khác, bên trong không có số liệu. Đề nghị mở tệp gốc, chọn Tệp > Lưu "
    "thành (Save As) một tệp .xlsx rồi gửi chính tệp ấy"
)
_TYPE_IN = (
    "Đề nghị mở biểu mẫu Excel đã nhận, chép số liệu vào đúng các ô rồi gửi biểu mẫu; không gửi tệp CSV hay văn "
    "bản vì mất mã dòng, trang tính và định dạng số"
)
_ATTACH = "Đề nghị gửi thẳng tệp Excel đã điền số liệu, không gửi thư đã lưu thành tệp"

UNKNOWN = Kind("tệp không rõ loại", _SEND)
BLANK = Kind(
    "tệp trống (chỉ gồm các byte 0, thường do chép hoặc tải về bị ngắt giữa chừng)",
    "Đề nghị gửi lại tệp Excel đã điền",
    "Chép hoặc tải lại tệp; nếu vẫn vậy, đề nghị đơn vị gửi lại tệp Excel đã điền.",
)
LOCK = Kind(
    "tệp tạm của Excel (tên bắt đầu bằng ~$)",
    "Đây là tệp Excel tự tạo trong lúc mở, không có số liệu. Đề nghị đóng Excel rồi gửi tệp cùng tên, không có "
    "hai ký tự ~$ ở đầu",
)
PDF = Kind("tệp PDF", _SCAN)
PICTURE = Kind("tệp ảnh", _SCAN)
MEDIA = Kind("tệp âm thanh hoặc video", _SEND)
WORD = Kind("tệp Word", f"{_SEND}; số liệu trong tệp Word không được đọc")
RTF = Kind("tệp văn bản RTF", f"{_SEND}; số liệu trong tệp văn bản không được đọc")
POWERPOINT = Kind("tệp PowerPoint", f"{_SEND}; số liệu trong tệp trình chiếu không được đọc")
VISIO = Kind("tệp Visio", _SEND)
XPS = Kind("tệp XPS (bản in)", _SCAN)
TEXT = Kind("tệp văn bản", _TYPE_IN)
CSV = Kind("tệp CSV (văn bản, không phải bảng tính)", _TYPE_IN)
HTML = Kind("trang web (HTML)", f"{_SAVE_AS}; {_COPY}")
XML = Kind("tệp XML", f"{_SAVE_AS}; {_COPY}")
XML_SHEET = Kind("bảng tính dạng XML", _SAVE_AS)
OLD_EXCEL = Kind("tệp Excel đời rất cũ", _SAVE_AS)
EXCHANGE_SHEET = Kind("bảng tính dạng trao đổi (SYLK, DIF)", _SAVE_AS)
OLD_WPS = Kind(
    "bảng tính WPS đời cũ (.et)",
    "Đề nghị mở tệp bằng WPS Spreadsheets, chọn Lưu thành (Save As), chọn kiểu “Excel (*.xlsx)” rồi gửi lại",
)
NUMBERS = Kind(
    "tệp Apple Numbers",
    "Đề nghị mở tệp bằng Numbers, chọn Tệp > Xuất sang > Excel… rồi gửi lại tệp .xlsx",
)
OPEN_TEXT = Kind("tệp OpenDocument không phải bảng tính", _SEND)
OFFICE = Kind("tệp Office không phải bảng tính", _SAVE_AS)
DATABASE = Kind("tệp cơ sở dữ liệu", _TYPE_IN.replace("CSV hay văn bản", "cơ sở dữ liệu"))
PROGRAM = Kind(
    "chương trình chạy trên máy tính",
    f"Kiểm tra máy có nhiễm mã độc không. {_SEND}",
    "Không mở tệp này. Hỏi lại người gửi có đúng họ gửi không, báo bộ phận công nghệ thông tin nếu nghi có mã độc, và "
    "đề nghị gửi tệp Excel đã điền số liệu.",
)
ZIP = Kind(
    "tệp nén ZIP",
    "Đề nghị giải nén rồi gửi thẳng các tệp Excel bên trong",
    "Giải nén vào chính thư mục này rồi chạy lại; hoặc đề nghị đơn vị gửi thẳng tệp Excel.",
)
RAR = Kind("tệp nén RAR", _UNPACK, _UNPACK_HERE)
SEVEN_ZIP = Kind("tệp nén 7z", _UNPACK, _UNPACK_HERE)
GZ = Kind("tệp nén GZ", _UNPACK, _UNPACK_HERE)
OTHER_ARCHIVE = Kind("tệp nén kiểu lạ", _UNPACK, _UNPACK_HERE)
SHORTCUT = Kind("đường dẫn tắt (shortcut)", _SHORTCUT)
GOOGLE = Kind(
    "đường dẫn tới bảng tính trên Google Drive",
    "Tệp này chỉ trỏ tới bảng tính trên mạng, bên trong không có số liệu. Đề nghị mở bảng tính trong Google "
    "Trang tính, chọn Tệp > Tải xuống > Microsoft Excel (.xlsx) rồi gửi tệp tải về",
)
MAIL = Kind(
    "thư điện tử (EML)",
    _ATTACH,
    "Chương trình không mở được thư này. Mở thư trong hộp thư rồi kéo các tệp Excel đính kèm ra thư mục này, hoặc lưu "
    "lại thư thành tệp .eml.",
)
MAILBOX = Kind(
    "hộp thư gồm nhiều thư (mbox)",
    _ATTACH,
    "Mở hộp thư, lưu riêng từng thư thành tệp .eml rồi chép vào thư mục này; hoặc kéo các tệp Excel đính kèm ra ngoài.",
)
OUTLOOK = Kind(
    "thư điện tử Outlook (.msg)",
    _ATTACH,
    "Mở thư bằng Outlook rồi kéo các tệp Excel đính kèm ra thư mục này; hoặc lưu lại thư ở dạng .eml (trong Outlook "
    "mới, Outlook trên web: dấu ba chấm > Tải xuống).",
)
TNEF = Kind(
    "tệp winmail.dat (Outlook của người gửi đã gói tệp đính kèm theo kiểu riêng)",
    "Đề nghị gửi lại thư ở dạng HTML hoặc văn bản thường (trong Outlook: thẻ Định dạng văn bản > HTML), hoặc "
    "nén tệp Excel thành .zip rồi đính kèm",
)
SIGNATURE = Kind("tệp chữ ký số", _SEND)
SEALED = Kind(
    "thư hoặc tệp đã ký số, mã hóa (p7m)",
    "Đề nghị gửi tệp Excel không mã hóa; nếu cần ký số thì gửi kèm tệp chữ ký riêng",
    "Mở bằng phần mềm ký số, lưu tệp Excel bên trong ra thư mục này; hoặc đề nghị đơn vị gửi tệp Excel không mã hóa.",
)
APPLE_SHADOW = Kind("tệp phụ của máy Mac (tên bắt đầu bằng ._)", f"{_SEND}; tệp phụ này không có số liệu")

# What the department does with a kind, by its words.
FOR_OFFICE = {
    kind.words: kind.office
    for kind in (BLANK, PROGRAM, ZIP, RAR, SEVEN_ZIP, GZ, OTHER_ARCHIVE, MAIL, MAILBOX, OUTLOOK, SEALED)
}
# What people send along with a return: a scan, a letter, the picture of a signature.
COMPANIONS = frozenset(
    kind.words
    for kind in (PDF, PICTURE, MEDIA, WORD, RTF, POWERPOINT, VISIO, XPS, TEXT, HTML, OPEN_TEXT, SIGNATURE, APPLE_SHADOW)
)
