"""Looks at the bytes of a plan workbook before any parser may: is it an .xlsx, and small enough to be read?

The content decides, never the file name. Everything that is refused is one Vietnamese line, raised as PlanError;
no cell is read here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Set as AbstractSet
from pathlib import Path

from plan.atomic import reason
from plan.broken_zip import BROKEN_ZIP
from plan.model import PlanError

MAX_FILE = 20 << 20  # bytes; the largest plan of the catalog has some 100 KB
MAX_EXPANDED = 200 << 20
MAX_MEMBERS = 2_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK = "xl/workbook.xml"
_CHUNK = 1 << 20
_OVERLAP = 16  # more than what is looked for, so that no edge of a chunk hides it
# A document type may declare entities that blow up; Excel and LibreOffice write neither it nor UTF-16.
_DECLARES = re.compile(rb"<!DOCTYPE|<!ENTITY|^(?:\xff\xfe|\xfe\xff|<\x00|\x00<)")
_SAVE_AS = "Mở bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)” rồi nạp lại."
_OTHER_KINDS = (
    ("xl/workbook.bin", "sổ Excel nhị phân (.xlsb)"),
    ("word/document.xml", "tệp Word"),
    ("ppt/presentation.xml", "tệp PowerPoint"),
)


def checked_bytes(path: Path) -> bytes:
    """Return the bytes of a workbook that may be parsed. Raises PlanError with one line."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise _refused(path, f"tệp lớn hơn {MAX_FILE >> 20} MB, không phải sổ kế hoạch. Kiểm tra lại tên tệp.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise PlanError(f"Không có sổ Excel “{path}”. Kiểm tra lại tên tệp và thư mục.") from None
    except OSError as error:
        raise _refused(path, f"không đọc được tệp ({reason(error)}).") from error
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _refused(path, "tệp có đặt mật khẩu. Bỏ mật khẩu trong Excel, lưu lại rồi nạp lại.")
        raise _refused(path, f"đây là tệp Office đời cũ (.xls). {_SAVE_AS}")
    if not data.startswith(b"PK"):
        raise _refused(path, f"{'tệp rỗng' if not data else 'đây không phải là sổ Excel'}. {_SAVE_AS}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _look(path, archive)
    except BROKEN_ZIP as error:
        raise damaged(path) from error
    except RuntimeError as error:  # what zipfile says of a member with a password
        raise _refused(path, "tệp có đặt mật khẩu. Bỏ mật khẩu, lưu lại rồi nạp lại.") from error
    return data


def damaged(path: Path) -> PlanError:
    """Return the refusal of a file that is broken inside."""
    return _refused(path, f"tệp hỏng hoặc bị cắt ngắn. Lấy lại tệp gốc, hoặc: {_SAVE_AS[0].lower()}{_SAVE_AS[1:]}")


def too_large(path: Path, what: str) -> PlanError:
    """Return the refusal of a workbook that no plan fills."""
    return _refused(path, f"{what}, không phải sổ kế hoạch. Xóa phần thừa hoặc kiểm tra lại tên tệp.")


def _refused(path: Path, why: str) -> PlanError:
    return PlanError(f"“{path}”: {why}")


def _look(path: Path, archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if _WORKBOOK not in {name.lower() for name in names}:
        raise _refused(path, f"đây là {_kind(archive, names)}, không phải sổ Excel .xlsx. {_SAVE_AS}")
    if len(archive.infolist()) > MAX_MEMBERS:
        raise too_large(path, "tệp có quá nhiều thành phần bên trong")
    left = MAX_EXPANDED
    for member in archive.infolist():
        is_markup = member.filename.lower().endswith((".xml", ".rels"))
        tail = b""
        with archive.open(member) as stream:  # a false size in the directory does not help: the bytes are counted
            while chunk := stream.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise too_large(path, f"nội dung giải nén lớn hơn {MAX_EXPANDED >> 20} MB")
                if is_markup and _DECLARES.search(tail + chunk):
                    raise _refused(path, "bên trong tệp có khai báo lạ mà Excel không ghi ra, nên không đọc.")
                tail = chunk[-_OVERLAP:]


def _kind(archive: zipfile.ZipFile, names: AbstractSet[str]) -> str:
    if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype")[:100]:
        return "bảng tính LibreOffice (.ods)"
    return next((words for name, words in _OTHER_KINDS if name in names), "tệp nén ZIP")
