"""The words that people put behind a number, and which of them say another thing than the field asks for.

A closed table: "350 hộ" is no number of people and "12 lượt" none of doctors, while "12 người" may be doctors. What
is not in the table is no unit, unless it is the very word that the field is measured in. Nothing is converted.
"""

from __future__ import annotations

from collections.abc import Mapping

from plan.words import fold

_STAFF = "doctor assistant pharmacist midwife nurse staff"
_PERSONS = f"child woman elder patient {_STAFF}"
_FACILITIES = "station hospital clinic school"
# Words -> what may be meant by them; two agree when one thing is meant by both. Multipliers (nghìn, triệu) never here.
_MEANT: Mapping[tuple[str, ...], str] = {
    ("người", "người dân"): _PERSONS,
    ("trẻ", "trẻ em", "em", "cháu", "học sinh"): "child",
    ("học viên",): "child staff",
    ("phụ nữ", "bà mẹ"): "woman",
    ("người cao tuổi",): "elder",
    ("bệnh nhân", "người bệnh"): "patient",
    ("bác sĩ", "bác sỹ", "BS"): "doctor",
    ("y sĩ", "y sỹ"): "assistant",
    ("dược sĩ", "dược sỹ"): "pharmacist",
    ("hộ sinh",): "midwife",
    ("điều dưỡng",): "nurse",
    ("cán bộ", "nhân viên", "viên chức"): "staff",
    ("ca", "trường hợp"): f"case visit {_PERSONS}",
    ("lượt", "lượt người", "lượt khám"): "visit",
    ("hộ", "hộ gia đình"): "household",
    ("hồ sơ", "sổ"): "record",
    ("lần", "đợt"): "time event",
    ("buổi", "cuộc", "lớp"): "event",
    ("mũi", "liều"): "dose",
    ("trạm", "trạm y tế"): "station",
    ("bệnh viện",): "hospital",
    ("phòng khám",): "clinic",
    ("trường",): "school",
    ("cơ sở",): _FACILITIES,
    ("đơn vị",): f"{_FACILITIES} commune village",
    ("giường", "giường bệnh"): "bed",
    ("xã", "phường"): "commune",
    ("thôn", "xóm", "bản", "ấp", "tổ dân phố", "khu dân cư"): "village",
    ("văn bản", "tin bài"): "writing",
    ("đồng", "VNĐ", "VND"): "money",
}
_WORDS = {word for words in _MEANT for word in words}
_MEANINGS = {fold(word): frozenset(meant.split()) for words, meant in _MEANT.items() for word in words}
UNIT_WORDS = frozenset(_MEANINGS)
# Without its diacritics "trạm" may as well be "trăm", which makes five hundred of five.
_LIKE_MULTIPLIERS = frozenset({"tram", "chuc", "nghin", "ngan", "van", "trieu", "ty", "ti", "doi", "cap", "ta"})


def is_unit(word: str, measure: str = "") -> bool:
    """True for a word that only says what was counted: one of the table, or the field's own `measure`.

    >>> is_unit("bac si"), is_unit("nghìn"), is_unit("cm"), is_unit("cm", "cm")
    (True, False, False, True)
    """
    if not all(c.isalpha() or c == " " for c in word):
        return False
    folded = fold(word)
    if folded in _LIKE_MULTIPLIERS:
        return word.lower() in _WORDS
    return folded in UNIT_WORDS or (bool(folded) and folded == fold(measure))


def contradicts(word: str, measure: str) -> bool:
    """True when `word`, a unit, says another thing than a field asks for that is measured in `measure` ("" unknown).

    >>> contradicts("hộ", "người"), contradicts("người", "bác sĩ"), contradicts("y sĩ", "bác sĩ")
    (True, False, True)
    """
    said, asked = fold(word), fold(measure)
    if not asked or said == asked:
        return False
    return not _MEANINGS.get(said, frozenset()) & _meant_by(asked)


def _meant_by(measure: str) -> frozenset[str]:
    """What a field asks for: of "ho ngheo" the longest beginning that the table knows, nothing when it knows none."""
    words = measure.split()
    beginnings = (" ".join(words[:size]) for size in range(len(words), 0, -1))
    return next((_MEANINGS[one] for one in beginnings if one in _MEANINGS), frozenset())
