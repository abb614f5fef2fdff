"""Recognises what a file is when it is no workbook, from its first bytes and its member names.

Only a name for people: whether such a file is refused is for `scan` to decide, and what a mail or a zip
holds is for `parcel`. No parser runs here.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from validation import kinds
from validation.kinds import Kind
from validation.raw import Fault

_HEAD = 4096  # what a magic number or an HTML opening needs
_LETTER_HEAD = 32_768  # relays put long signatures before the lines that show a mail

# Endings under which people expect a table: what comes with one of them is never just sent along.
_SHEETS = (
    ".xlsx .xltx .xlsm .xltm .xlsb .xls .xlt .xlw .ods .ots .fods .et .ett .csv .tsv .tab .numbers .gsheet .slk .dif"
)
SHEET_EXTENSIONS = frozenset(_SHEETS.split())
UNFINISHED_EXTENSIONS = frozenset((".crdownload", ".part", ".partial", ".download", ".opdownload"))
_SENT_ALONG = (
    ".pdf .doc .docx .docm .rtf .odt .ppt .pptx .pps .ppsx .odp .txt .htm .html .png .jpg .jpeg .jfif .gif .bmp .tif "
    ".tiff .webp .heic .emz .wmz .emf .wmf .svg .mp3 .mp4 .m4a .mov .p7s .asc .sig .ics .vcf"
)
_COMPANION_EXTENSIONS = frozenset(_SENT_ALONG.split())
_BY_NAME = frozenset(
    (
        *("FILE_EMPTY", "FILE_DAMAGED", "FILE_HOSTILE", "FILE_TOO_LARGE"),
        *("PARCEL_ENCRYPTED", "PARCEL_COMPRESSION"),
    )
)

_MAGICS: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", kinds.PDF),
    (b"\x89PNG\r\n", kinds.PICTURE),
    (b"\xff\xd8\xff", kinds.PICTURE),
    (b"GIF8", kinds.PICTURE),
    (b"II*\x00", kinds.PICTURE),
    (b"MM\x00*", kinds.PICTURE),
    (b"\xd7\xcd\xc6\x9a", kinds.PICTURE),  # wmf
    (b"AT&TFORM", kinds.PICTURE),  # djvu
    (b"Rar!\x1a\x07", kinds.RAR),
    (b"7z\xbc\xaf\x27\x1c", kinds.SEVEN_ZIP),
    (b"\x1f\x8b", kinds.GZ),
    (b"BZh", kinds.OTHER_ARCHIVE),
    (b"\xfd7zXZ\x00", kinds.OTHER_ARCHIVE),
    (b"\x28\xb5\x2f\xfd", kinds.OTHER_ARCHIVE),
    (b"MSCF\x00\x00\x00\x00", kinds.OTHER_ARCHIVE),
    (b"PK\x07\x08", kinds.OTHER_ARCHIVE),  # the first of several volumes
    (b"\x78\x9f\x3e\x22", kinds.TNEF),
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", kinds.SHORTCUT),
    (b"\x00\x05\x16\x07", kinds.APPLE_SHADOW),
    (b"bplist00", kinds.SHORTCUT),  # .webloc
    (b"SQLite format 3\x00", kinds.DATABASE),
    (b"\x00\x01\x00\x00Standard ", kinds.DATABASE),
    (b"\x7fELF", kinds.PROGRAM),
    (b"{\\rtf", kinds.RTF),
    (b"\x09\x00\x04\x00", kinds.OLD_EXCEL),
    (b"\x09\x02\x06\x00", kinds.OLD_EXCEL),
    (b"\x09\x04\x06\x00", kinds.OLD_EXCEL),
    (b"\x09\x08\x08\x00", kinds.OLD_EXCEL),
)
_MARKUP: tuple[tuple[str, Kind], ...] = (
    ("<?mso-application", kinds.XML_SHEET),
    ("urn:schemas-microsoft-com:office:spreadsheet", kinds.XML_SHEET),
    ("vnd.oasis.opendocument.spreadsheet", kinds.XML_SHEET),
    ("<!doctype html", kinds.HTML),
    ("<html", kinds.HTML),
    ("<workbook", kinds.XML_SHEET),
    ("<key>url</key>", kinds.SHORTCUT),  # .webloc
    ("<svg", kinds.PICTURE),
    ("<?xml", kinds.XML),
)
_TEXT_STARTS: tuple[tuple[str, Kind], ...] = (
    ("[internetshortcut", kinds.SHORTCUT),
    ("[desktop entry", kinds.SHORTCUT),
    ("id;p", kinds.EXCHANGE_SHEET),
    ("table\n0,1", kinds.EXCHANGE_SHEET),
    ("table\r\n0,1", kinds.EXCHANGE_SHEET),
)
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_PARTS_OF_SHEETS = (
    b"xl/workbook",
    b"xl/worksheets",
    *(w.encode("utf-16-le") for w in ("Workbook", "EncryptedPackage")),
)
_PARTS_OF_OTHERS = (
    *(b"word/document", b"ppt/presentation", b"ppt/slides"),
    *(w.encode("utf-16-le") for w in ("WordDocument", "PowerPoint Document")),
)
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,60})[ \t]{0,4}:")
_FROM = re.compile(rb"^From [^\r\n]{1,200}\r?\n", re.MULTILINE)
_BEFORE_LETTER = re.compile(rb"(?:[0-9]{1,12}[ \t]{0,20}|From [^\r\n]{1,200})\r?\n")
_ADDRESSED = frozenset((b"received", b"delivered-to", b"to", b"subject", b"message-id", b"return-path"))
_LETTER = _ADDRESSED.union(
    (b"from", b"cc", b"date", b"mime-version", b"content-type", b"reply-to", b"sender", b"dkim-signature")
)
_ZIP_MEMBERS: tuple[tuple[str, Kind], ...] = (
    ("word/", kinds.WORD),
    ("ppt/", kinds.POWERPOINT),
    ("visio/", kinds.VISIO),
    ("fixeddocumentsequence.fdseq", kinds.XPS),
    ("fixeddocseq.fdseq", kinds.XPS),
    ("", kinds.OFFICE),
)
_OLE_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("WordDocument", kinds.WORD),
    ("PowerPoint Document", kinds.POWERPOINT),
    ("VisioDocument", kinds.VISIO),
    ("__substg1.0_1000001F", kinds.OUTLOOK),
    ("__properties_version1.0", kinds.OUTLOOK),
)


def extension_of(name: str) -> str:
    """The ending of a path's last name, in lower case with its dot; "" when there is none."""
    base = name.replace("\\", "/").rpartition("/")[2]
    return f".{base.rpartition('.')[2].lower()}" if "." in base else ""


def kind_of_bytes(data: bytes, name: str) -> Kind:
    """What a file is that is neither zip nor OLE."""
    return _kind_of_head(data[:_HEAD]) or _kind_of_name(data, name) or _kind_of_text(data, extension_of(name))


def _kind_of_head(head: bytes) -> Kind | None:
    for magic, kind in _MAGICS:
        if head.startswith(magic):
            return kind
    if (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or (head[:2] == b"BM" and head[6:10] == bytes(4)):
        return kinds.PICTURE
    if head[4:8] == b"ftyp":
        return kinds.PICTURE if head[8:11] in (b"hei", b"mif", b"avi") else kinds.MEDIA
    return kinds.OTHER_ARCHIVE if head[257:262] == b"ustar" else None


def _kind_of_name(data: bytes, name: str) -> Kind | None:
    if name.replace("\\", "/").rpartition("/")[2].startswith("~$"):
        return kinds.LOCK
    if data and not data.strip(b"\0"):
        return kinds.BLANK
    return {".p7m": kinds.SEALED, ".p7s": kinds.SIGNATURE, ".sig": kinds.SIGNATURE}.get(extension_of(name))


def _kind_of_text(data: bytes, extension: str) -> Kind:
    head = data[:_HEAD]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))  # "Unicode text" as Excel saves it
    if not wide and any(byte < 9 for byte in head):  # control bytes that no text has
        return kinds.PROGRAM if head[:2] == b"MZ" else kinds.UNKNOWN
    if looks_like_mail(data):
        return kinds.MAILBOX if is_mailbox(data) else kinds.MAIL
    text = head.decode("utf-16" if wide else "latin-1", "replace").removeprefix("\xef\xbb\xbf").lstrip().lower()
    if text.startswith("<"):
        return next((kind for opening, kind in _MARKUP if opening in text), kinds.HTML)
    if text.startswith("{") and ("docs.google.com" in text or '"doc_id"' in text):
        return kinds.GOOGLE
    if extension == ".eml":
        return kinds.MAIL
    table = kinds.CSV if extension in (".csv", ".tsv", ".tab") or _is_table(text) else kinds.TEXT
    if text.startswith("mime-version:") or "\nsnapshot-content-location:" in text:
        table = kinds.HTML  # a page or workbook saved as one .mht file
    return next((kind for start, kind in _TEXT_STARTS if text.startswith(start)), table)


def _is_table(text: str) -> bool:
    """Two lines that are cut into equally many cells, by commas only when nothing like prose stands there."""
    lines = [line for line in text.splitlines() if line][:2]
    return any(len({line.count(mark) for line in lines}) == 1 and mark in lines[0] for mark in ";\t," if len(lines) > 1)


def looks_like_mail(data: bytes) -> bool:
    """Whether the bytes begin as a saved e-mail does: header lines, among them two that every mail has.

    A page saved as .mht has header lines too, but goes to nobody.
    """
    found: set[bytes] = set()
    strange = 0  # a careless relay breaks a long line without the space that says so
    for number, line in enumerate(letter(data[:_LETTER_HEAD]).splitlines()):
        if not line.strip():
            break
        header = _HEADER.match(line)
        if header is not None:
            found.add(header[1].lower())
        elif line[:1] not in b" \t" or not number:
            strange += 1
        if strange > len(found) // 2:
            return False
    if found & {b"snapshot-content-location", b"x-document-type"}:
        return False
    return len(found & _LETTER) > 1 and bool(found & _ADDRESSED)


def letter(data: bytes) -> bytes:
    """The mail without what some programs put before it: Apple Mail its length, others a line "From …"."""
    head = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    before = _BEFORE_LETTER.match(head)
    return head[before.end() :] if before else head


def is_mailbox(data: bytes) -> bool:
    """Whether several mails follow each other, each after a line "From …" as mbox files have it."""
    if not data.startswith(b"From "):
        return False
    starts = [match.end() for match in _FROM.finditer(data)]
    return any(looks_like_mail(data[at : at + _LETTER_HEAD]) for at in starts[1:])


def kind_of_zip(names: Collection[str]) -> Kind:
    """What a zip without a workbook is; `names` are its members in lower case."""
    if "[content_types].xml" in names:
        return next(kind for start, kind in _ZIP_MEMBERS if any(name.startswith(start) for name in names))
    if "index/document.iwa" in names:
        return kinds.NUMBERS
    if "mimetype" in names and "content.xml" in names:
        return kinds.OPEN_TEXT
    return kinds.ZIP


def kind_of_ole(streams: Collection[str], name: str) -> Kind:
    """What an OLE file without a workbook stream is."""
    for stream, kind in _OLE_STREAMS:
        if stream in streams:
            return kind
    return kinds.OLD_WPS if extension_of(name) in (".et", ".ett") else kinds.UNKNOWN


def is_text(head: bytes) -> bool:
    """Whether the first bytes of what is called a text are one, in whatever alphabet."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return (wide or b"\0" not in head) and not head.startswith(_OFFICE) and _kind_of_head(head) is None


def companion_words(fault: Fault, name: str, data: bytes = b"") -> str:
    """What a refused file is when it may lie beside a return without being one, "" when it has to be spoken of.

    A workbook behind a password looks like any Office file behind one, so no such file is passed over.
    """
    extension, kind = extension_of(name), fault.facts.get("kind", "")
    if extension in SHEET_EXTENSIONS:
        return ""
    if fault.code == "FILE_NOT_WORKBOOK":
        vague = extension in _COMPANION_EXTENSIONS and kind in (kinds.UNKNOWN.words, kinds.GZ.words)  # .emz is a gz
        return kind if kind in kinds.COMPANIONS or vague else ""
    # What cannot be looked into goes by its name, unless its first bytes are those of a workbook as well.
    by_name = fault.code in _BY_NAME and extension in _COMPANION_EXTENSIONS and not _may_be_workbook(data)
    return f"tệp {extension}" if by_name else ""


def _may_be_workbook(data: bytes) -> bool:
    """Whether a damaged file could be a workbook: it begins as an Office file and names no part of another one."""
    if not data.startswith(_OFFICE):
        return False
    return any(part in data for part in _PARTS_OF_SHEETS) or not any(part in data for part in _PARTS_OF_OTHERS)
