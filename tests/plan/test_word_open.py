"""Files that are no Word document, or a dangerous one, are refused with one clear line each and never parsed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from plan.broken_zip import BROKEN_ZIP
from plan.model import PlanError
from plan.word.draft import read_document
from plan.word.open import MOST_BYTES, MOST_ROWS, open_document
from tests.plan.word_documents import Appendix, WordMaker

HEAD = {"number": "STT", "name": "Tên nhiệm vụ", "lead_text": "Cơ quan chủ trì", "due_text": "Thời hạn"}
ROWS = [
    {
        **{"number": str(n), "name": f"Xây dựng kế hoạch số {n}", "lead_text": "Trạm Y tế", "due_text": "Năm 2026"},
        **{"group_number": "", "group": ""},
    }
    for n in range(1, 6)
]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def sound() -> bytes:
    return WordMaker().appendix(Appendix(("PHỤ LỤC", "DANH MỤC NHIỆM VỤ"), HEAD, ROWS)).bytes()


def with_parts(data: bytes, changed: dict[str, Callable[[bytes], bytes]], **new: bytes) -> bytes:
    """Return the package with some parts changed; a new part's name has "__" for "/"."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for entry in old.infolist():
            change = changed.get(entry.filename)
            part = old.read(entry)
            package.writestr(entry.filename, part if change is None else change(part))
        for name, part in new.items():
            package.writestr(name.replace("__", "/"), part)
    return stream.getvalue()


def packed(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name.replace("__", "/").replace("TYPES", "[Content_Types].xml"), part)
    return stream.getvalue()


def entities(part: bytes) -> bytes:
    declared = b'<!DOCTYPE x [<!ENTITY a "' + b"ha" * 50 + b'"><!ENTITY b "&a;&a;&a;&a;">]>'
    return part.replace(b"?>", b"?>" + declared, 1)


def many_rows(part: bytes) -> bytes:
    return part.replace(b"</w:tbl>", b"<w:tr/>" * (MOST_ROWS + 1) + b"</w:tbl>", 1)


def encrypted_entry(data: bytes) -> bytes:
    """Set the flag of encryption in the local and the central header of every part."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 1)
    return bytes(changed)


def bomb() -> bytes:
    stream = io.BytesIO(sound())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package:
        for n in range(4):
            package.writestr(f"word/media/{n}.bin", bytes(80 * 2**20))
    return stream.getvalue()


def deep(part: bytes) -> bytes:
    return part.replace(b"<w:body>", b"<w:body>" + b"<w:sdt>" * 5000 + b"</w:sdt>" * 5000, 1)


DOCUMENT = "word/document.xml"
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "old Word": ("ke-hoach.doc", lambda: OLE, "lưu thành"),
    "old Word renamed": ("ke-hoach.docx", lambda: OLE, "lưu thành"),
    "encrypted": ("ke-hoach.docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    "encrypted zip": ("ke-hoach.docx", lambda: encrypted_entry(sound()), "mật khẩu"),
    "text renamed": ("ke-hoach.docx", "PHỤ LỤC 1".encode, "không phải tệp Word"),
    "empty": ("ke-hoach.docx", lambda: b"", "tệp trống"),
    "RTF": ("ke-hoach.docx", lambda: b"{\\rtf1\\ansi PHU LUC}", "RTF"),
    "PDF": ("ke-hoach.pdf", lambda: b"%PDF-1.7", "PDF"),
    "web page": ("ke-hoach.docx", lambda: b"\n<html><body>PHU LUC</body></html>", "trang web"),
    "workbook renamed": ("ke-hoach.docx", lambda: packed(TYPES=b"<Types/>", xl__workbook_xml=b"<x/>"), "tệp nén"),
    "Excel renamed": (
        "ke-hoach.docx",
        lambda: packed(**{"TYPES": b"<Types/>", "xl__workbook.xml": b"<x/>"}),
        "sổ Excel",
    ),
    "ODT renamed": ("ke-hoach.docx", lambda: packed(mimetype=b"application/vnd.oasis.opendocument.text"), "ODF"),
    "archive": ("ke-hoach.docx", lambda: packed(a=b"x"), "tệp nén"),
    "truncated": ("ke-hoach.docx", lambda: sound()[:-200], "hỏng"),
    "half": ("ke-hoach.docx", lambda: sound()[: len(sound()) // 2], "hỏng"),
    "broken XML": ("ke-hoach.docx", lambda: with_parts(sound(), {DOCUMENT: lambda p: p[:-40]}), "hỏng"),
    "no body": ("ke-hoach.docx", lambda: with_parts(sound(), {DOCUMENT: lambda _: b"<a/>"}), "hỏng"),
    "no relations": ("ke-hoach.docx", lambda: with_parts(sound(), {"_rels/.rels": lambda _: b"<a/>"}), "hỏng"),
    "nested deeply": ("ke-hoach.docx", lambda: with_parts(sound(), {DOCUMENT: deep}), "hỏng"),
    "wrong checksum": ("ke-hoach.docx", lambda: sound().replace(b"word/document.xml", b"word/document.xmk", 1), "hỏng"),
    "entities": ("ke-hoach.docx", lambda: with_parts(sound(), {DOCUMENT: entities}), "thực thể"),
    "entities in UTF-16": (
        "ke-hoach.docx",
        lambda: with_parts(sound(), {}, **{"word__x.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")}),
        "thực thể",
    ),
    "bomb": ("ke-hoach.docx", bomb, "tệp quá lớn"),
    "many rows": ("ke-hoach.docx", lambda: with_parts(sound(), {DOCUMENT: many_rows}), "20.000 dòng"),
    "large": ("ke-hoach.docx", lambda: b"PK" + bytes(MOST_BYTES), "lớn hơn 30 MB"),
    "macros": (
        "ke-hoach.docm",
        lambda: with_parts(sound(), {}, **{"word__vbaProject.bin": OLE}),
        "macro",
    ),
    "strict": (
        "ke-hoach.docx",
        lambda: with_parts(
            sound(), {"_rels/.rels": lambda p: p.replace(b"schemas.openxmlformats.org", b"purl.oclc.org/ooxml")}
        ),
        "Strict Open XML",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_sound_word_document_is_refused_in_one_line(case: str, tmp_path: Path) -> None:
    """Each says the file and what to do; no traceback, no half-read plan."""
    name, made, words = REFUSED[case]
    path = tmp_path / name
    path.write_bytes(made())
    with pytest.raises(PlanError) as refused:
        read_document(path)
    (line,) = str(refused.value).splitlines()
    assert name in line
    assert words.lower() in line.lower()


def test_a_path_without_a_file_is_said(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "khong-co.docx", "Không có tệp"), (tmp_path, "là một thư mục")):
        with pytest.raises(PlanError, match=words) as refused:
            read_document(path)
        assert len(str(refused.value).splitlines()) == 1


def test_a_document_with_macros_allowed_but_none_inside_is_read(tmp_path: Path) -> None:
    """A .docm without a macro is a document like any other, although python-docx does not open it by itself."""
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    enabled = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    path = tmp_path / "ke-hoach.docm"
    path.write_bytes(with_parts(sound(), {"[Content_Types].xml": lambda part: part.replace(plain, enabled)}))
    assert [row["name"] for row in read_document(path).tables.tasks.rows] == [row["name"] for row in ROWS]


def test_reading_does_not_touch_the_document(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.docx"
    path.write_bytes(sound())
    before = path.read_bytes()
    read_document(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("seed", range(40))
def test_a_flipped_byte_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    """Damage anywhere in the file ends in a plan or in one line, in nothing else."""
    data = bytearray(sound())
    at = (seed * 7919) % len(data)
    data[at] ^= 1 << (seed % 8)
    path = tmp_path / "ke-hoach.docx"
    path.write_bytes(bytes(data))
    try:
        assert read_document(path).tables.tasks.rows
    except PlanError as refused:
        assert len(str(refused).splitlines()) == 1


@pytest.mark.parametrize("answer", BROKEN_ZIP, ids=lambda answer: answer.__name__)
def test_whatever_zipfile_says_of_a_broken_package_is_one_line(
    answer: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """zipfile raises many kinds, struct.error among them: none may reach people as a traceback."""
    file = tmp_path / "ke-hoach.docx"
    file.write_bytes(b"PK\x03\x04")

    def broken(*_: object) -> None:
        raise answer

    monkeypatch.setattr(zipfile.ZipFile, "__init__", broken)
    monkeypatch.setattr(zipfile.ZipFile, "__del__", lambda self: None)
    with pytest.raises(PlanError, match="hỏng"):
        open_document(file)
