"""Writing whole files or none: beside the target, flushed to the disk, then renamed into place.

Every output of every room goes through here, so a crash leaves the old file or the new one, never
half. It must not know what it writes.
"""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
import threading
from itertools import count
from pathlib import Path

from plan.model import PlanError

_REASONS = {
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "đĩa đầy",
    errno.ENOENT: "không có đường dẫn này",
    errno.EISDIR: "đây là một thư mục",
    errno.ENOTDIR: "một phần của đường dẫn không phải thư mục",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EBUSY: "tệp đang được dùng",
    errno.ETXTBSY: "tệp đang được dùng",
}


def reason(error: OSError) -> str:
    """Say in Vietnamese why the system refused."""
    return _REASONS.get(error.errno or 0, f"lỗi hệ thống số {error.errno}")


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` at `path`, whose folder must exist. Raises PlanError when the system refuses.

    On failure the old file stands untouched and nothing is left beside it.
    """
    # A name of its own length: one made from the target's could pass the system's limit.
    beside = path.parent / f".tonghop-{os.getpid()}-{threading.get_ident()}.tmp"
    try:
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        raise PlanError(
            f"Không ghi được tệp “{path}” ({reason(error)}). "
            "Nếu tệp đang mở trong Excel hay Word, hãy đóng lại; kiểm tra quyền ghi và chỗ trống của đĩa rồi chạy lại."
        ) from error
    finally:
        with contextlib.suppress(OSError):  # gone into place, or never made
            beside.unlink()


def moved_aside(path: Path, mark: str) -> Path:
    """Give a file a free name beside its own, "name (mark).ext", and return it. Raises PlanError if it cannot."""
    for number in count(1):
        name = f"{path.stem} ({mark}{'' if number == 1 else f', {number}'}){path.suffix}"
        if not (free := path.with_name(name)).exists():
            break
    try:
        return path.rename(free)
    except OSError as error:
        raise PlanError(
            f"Không đổi được tên tệp “{path}” ({reason(error)}). Nếu tệp đang mở, hãy đóng lại rồi chạy lại."
        ) from error


def writable_folder(path: Path) -> Path:
    """Return `path` as an existing folder that takes files, made if need be. Raises PlanError if it cannot."""
    try:
        blocking = next((p for p in (path, *path.parents) if p.exists() and not p.is_dir()), None)
        if blocking is None:
            path.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=path):
                return path
    except OSError as error:
        raise PlanError(
            f"Không ghi được vào thư mục “{path}” ({reason(error)}). Kiểm tra quyền ghi hoặc chọn thư mục khác."
        ) from error
    raise PlanError(f"Không tạo được thư mục “{path}”: “{blocking}” là một tệp. Đổi tên tệp ấy hoặc chọn thư mục khác.")
