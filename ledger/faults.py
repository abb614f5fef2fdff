"""What went wrong with the database, in the words of people who run the program, and what they can do about it.

Speaks from the driver's codes alone: a driver's own text may hold names, addresses or values of the connection.
"""

from __future__ import annotations

from dataclasses import dataclass

_REPLACE = (
    "Đổi tên tệp này rồi chạy lại: sổ mới sẽ được lập từ thư mục inputs. "
    "Giữ lại tệp đã đổi tên: bản cũ của các đơn vị có thể chỉ còn trong đó."
)
_CHECK_SERVER = (
    "Kiểm tra máy chủ có đang chạy không, mạng, và TONGHOP_DATABASE_URL: tên máy, cổng, tên cơ sở dữ liệu, "
    "tên đăng nhập, mật khẩu. Dạng đúng: postgresql://ten_dang_nhap:mat_khau@may_chu:5432/ten_co_so_du_lieu"
)
_USE_ANOTHER = "Dùng một cơ sở dữ liệu riêng cho tonghop, tạo với ENCODING 'UTF8'."
_ASK_ADMINISTRATOR = "Báo người quản trị máy chủ cơ sở dữ liệu, rồi chạy lại."

# The first prefix that fits the name of SQLite's code or PostgreSQL's SQLSTATE speaks.
_OF_FILES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("SQLITE_NOTADB", "SQLITE_CORRUPT"), "{place} không phải là sổ ghi nhớ, hoặc đã hỏng.", _REPLACE),
    (
        ("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH"),
        "Không ghi được vào {place}: tệp hoặc thư mục chứa nó chỉ cho đọc.",
        "Cho phép ghi vào tệp và thư mục ấy (bỏ dấu Read-only trong Properties), rồi chạy lại.",
    ),
    (
        ("SQLITE_BUSY", "SQLITE_LOCKED"),
        "{place} bị một chương trình khác giữ đã hơn một phút.",
        "Đợi lệnh tonghop kia chạy xong, đóng chương trình đang mở tệp này, rồi chạy lại.",
    ),
    (
        ("SQLITE_FULL",),
        "Đĩa đầy, không ghi thêm được vào {place}.",
        "Dọn bớt đĩa rồi chạy lại; những gì đã ghi trước đó còn nguyên.",
    ),
    (
        ("SQLITE_IOERR", "SQLITE_PROTOCOL", "SQLITE_NOLFS"),
        "Không đọc hoặc ghi được {place}: ổ đĩa hoặc thư mục mạng có lỗi, hoặc đĩa đầy.",
        "Kiểm tra ổ đĩa, kết nối mạng và chỗ trống rồi chạy lại; những gì đã ghi trước đó còn nguyên.",
    ),
    (
        ("SQLITE_CANTOPEN",),
        "Không mở được {place}.",
        "Kiểm tra thư mục có tồn tại và cho phép ghi không, và đường dẫn ấy có phải là một thư mục không.",
    ),
    (("",), "{place} không dùng được ({code}).", _REPLACE),
)
_OF_SERVERS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("28",), "{place} không nhận tên đăng nhập hoặc mật khẩu.", "Sửa TONGHOP_DATABASE_URL rồi chạy lại."),
    (
        ("3D",),
        "{place} chưa có trên máy chủ.",
        "Tạo cơ sở dữ liệu ấy (ENCODING 'UTF8') hoặc sửa TONGHOP_DATABASE_URL rồi chạy lại.",
    ),
    (
        ("42501", "3F", "25006"),
        "{place} không cho tên đăng nhập này tạo bảng hoặc ghi.",
        "Nhờ người quản trị cấp quyền CREATE và ghi trong cơ sở dữ liệu ấy, rồi chạy lại.",
    ),
    (
        ("55P03", "40", "57014"),
        "{place} bị một lệnh khác giữ đã hơn một phút.",
        "Đợi lệnh tonghop kia chạy xong rồi chạy lại.",
    ),
    (("53100",), "Đĩa của máy chủ đầy, không ghi thêm được vào {place}.", _ASK_ADMINISTRATOR),
    (("53",), "Máy chủ quá tải, {place} không nhận thêm kết nối.", "Đợi ít phút rồi chạy lại."),
    (
        ("22", "42"),
        "{place} không dùng được làm sổ ghi nhớ (mã {code}).",
        _USE_ANOTHER,
    ),
    (("",), "Không kết nối được với {place}, hoặc kết nối bị ngắt giữa chừng.", _CHECK_SERVER),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the ledger is, as people may read it: never with a password."""

    name: str
    is_file: bool


def fault_lines(place: Place, fault: object) -> tuple[str, str]:
    """Return what went wrong and what to do, from the exception of the driver."""
    code = str(getattr(fault, "sqlite_errorname" if place.is_file else "sqlstate", None) or "")
    table = _OF_FILES if place.is_file else _OF_SERVERS
    said, wanted = next((said, wanted) for prefixes, said, wanted in table if code.startswith(prefixes))
    return _sentence(said.format(place=place.name, code=code or type(fault).__name__)), wanted


def no_ledger_lines(place: Place) -> tuple[str, str]:
    """Return what to say of a database that holds other people's tables, or is no longer what was written."""
    if place.is_file:
        return _sentence(f"{place.name} không phải là sổ ghi nhớ, hoặc đã hỏng."), _REPLACE
    return _sentence(f"{place.name} đang chứa bảng của chương trình khác, hoặc đã bị sửa tay."), _USE_ANOTHER


def newer_lines(place: Place, version: int, known: int) -> tuple[str, str]:
    """Return what to say of a ledger that a newer program has written."""
    said = f"{place.name} do bản tonghop mới hơn lập (mẫu {version}; bản này đọc được đến mẫu {known})."
    return _sentence(said), "Cài bản tonghop mới nhất rồi chạy lại; sổ không bị thay đổi gì."


def bad_url_lines() -> tuple[str, str]:
    """Return what to say of a URL that cannot be used; it is not shown, because a password may stand anywhere in it."""
    return (
        "TONGHOP_DATABASE_URL không dùng được: phải là một tệp SQLite hoặc một cơ sở dữ liệu PostgreSQL.",
        "Dạng đúng, đường dẫn đầy đủ: sqlite:////duong/dan/ledger.sqlite (trên Windows: sqlite:///C:/so/ledger.sqlite) "
        "hoặc postgresql://ten_dang_nhap:mat_khau@may_chu:5432/ten_csdl (trong mật khẩu viết %40 thay @, %2F thay /). "
        "Bỏ biến này thì sổ nằm ở outputs/ledger.sqlite.",
    )


def no_driver_lines() -> tuple[str, str]:
    """Return what to say when the program that speaks to PostgreSQL is not installed."""
    return (
        "TONGHOP_DATABASE_URL trỏ tới PostgreSQL nhưng chưa cài phần kết nối (psycopg).",
        'Cài bằng lệnh: python -m pip install "psycopg[binary]" (trong môi trường của tonghop, thư mục .venv), '
        "hoặc bỏ biến TONGHOP_DATABASE_URL để dùng sổ outputs/ledger.sqlite.",
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
