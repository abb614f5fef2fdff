"""Text of old fonts comes out as it was meant or not at all, and Unicode text comes out as it went in."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from vietnam_provinces import Province, Ward

from plan.layout import INDICATOR_SHEET, TASK_COLUMNS, TASK_SHEET, column_letter, layout_for
from plan.load import load_plan
from plan.period import parse_period
from plan.words import STATE_WORDS, STATUS_WORDS
from tests.validation.old_fonts import MARKED, tcvn3, vni
from tests.validation.returned import COMMUNE, book, checked, received, remarks
from validation import legacy
from validation.legacy import decoded, is_garbled, unicode_book
from validation.legacy_syllable import is_syllable, may_be_syllable
from validation.legacy_tables import TCVN3, VNI
from validation.raw import RawBook, RawSheet

STEADY = settings(deadline=None, derandomize=True)
FONTS: dict[str, Callable[[str], str]] = {
    "TCVN3": tcvn3,
    "VNI": vni,
    "TCVN3 cp1258": lambda text: tcvn3(text, "cp1258"),
    "VNI cp1258": lambda text: vni(text, "cp1258"),
}
WORDS = sorted(
    {
        word
        for unit in Ward.iter_all()
        for word in unicodedata.normalize("NFC", unit.name).split()
        if word.isalpha() and is_syllable(word)
    }
)
FOREIGN = """
Noël à Paris, où est la fête ? | été né bébé naïve café crème brûlée | Où va-t-il, où est-il ? | haï maïs aïeul Israël
Señor Muñoz, el niño, la mañana | ¿Qué? ¡Olé! | für schöne Mädchen, größer, Öl | Ångström, Søren, smørrebrød, på
Microsoft® Excel© 2026™ | § 5, §§ 6-7 | 10 µg ± 5 % × 2 | 37 °C, 5 m², ½ | £5 ¥6 ¢7 | naïveté façade déjà vu
São Paulo, coração, ação | co\u00adoperation re\u00addo | résumé of the year | Ærø, Tromsø | «Kế hoạch» số 5 | “Sở Y tế”
""".replace("\n", "|").split("|")


# --- the tables ---------------------------------------------------------------------------------


@pytest.mark.parametrize("letter", MARKED)
def test_every_letter_of_the_alphabet_comes_back_from_both_encodings(letter: str) -> None:
    """In both cases, but for the capitals with a tone that TCVN3 has not: those come back small."""
    for read, write in ((legacy._from_tcvn3, tcvn3), (legacy._from_vni, vni)):
        assert read("h" + write(letter)) == "h" + letter
        assert str(read("H" + write(letter.upper()))).lower() == "h" + letter
    assert legacy._from_vni(vni(letter.upper())) == letter.upper()


def test_the_tables_have_every_letter_once() -> None:
    small = set(MARKED)
    assert {letter for letter in TCVN3.values() if letter.islower()} == small == set(VNI.values())
    assert len(set(TCVN3.values())) == len(TCVN3) == len(small) + len("ĂÂÊÔƠƯĐ")
    assert len(VNI) == len(small)


# --- what is decoded ----------------------------------------------------------------------------


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("word", [*STATUS_WORDS.values(), *STATE_WORDS.values(), "Chưa đạt"])
def test_every_word_of_the_lists_is_read_in_every_font(font: str, word: str) -> None:
    found = decoded(FONTS[font](word))
    assert found is not None
    assert found.text == word


@pytest.mark.parametrize("font", FONTS)
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
@settings(STEADY, max_examples=80)
def test_words_typed_with_an_old_font_come_back_or_stay(font: str, words: list[str]) -> None:
    """Never another word: what has two readings, or too few marks to be sure, stays as it is."""
    text = " ".join(words)
    found = decoded(FONTS[font](text))
    assert found is None or found.text.lower() == text.lower()  # TCVN3 has no capital É


@given(words=st.lists(st.sampled_from(WORDS), min_size=6, max_size=12))
@settings(STEADY, max_examples=80)
def test_a_sentence_is_long_enough_to_be_read(words: list[str]) -> None:
    text = " ".join(words)
    marked = [word for word in words if not word.isascii()]
    for font in (tcvn3, vni):
        strange = [word for word in marked if not may_be_syllable(font(word))]
        if len(set(strange)) * 2 > len(marked) and len(marked) > 2:
            found = decoded(font(text))
            assert found is not None, (font, text)
            assert found.text.lower() == text.lower()


def test_capitals_of_a_capital_font_are_read_in_the_case_that_is_stored() -> None:
    """.VnTimeH shows small codes as capitals; who typed capitals around them gets capitals."""
    assert [found.text for text in ("hoµn thµnh", "HOµN THµNH", "Hoµn Thµnh") if (found := decoded(text))] == [
        *("hoàn thành", "HOÀN THÀNH", "Hoàn Thành")
    ]


def test_utf8_read_as_latin_letters_is_mended() -> None:
    for text in ("Hoàn thành", "Đang triển khai", "Chưa đạt"):
        stored = text.encode()
        shown = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in stored)
        assert (found := decoded(shown)) is not None
        assert (found.text, found.encoding) == (text, "UTF-8")
    assert decoded("Ho\u00c3\ufffdn") is None  # what is lost is not guessed


def test_a_unit_of_measure_is_no_word_of_an_old_font() -> None:
    assert (found := decoded("Nång ®é bôi 2,5 µm vµ 10 µg")) is not None
    assert found.text == "Nồng độ bụi 2,5 µm và 10 µg"


def test_what_stands_beside_the_words_stays() -> None:
    assert (found := decoded("QuyÕt ®Þnh sè 12/Q§-UBND, ngµy 5/6/2026 – “b¶n chÝnh” (zalo)")) is not None
    assert found.text == "Quyết định số 12/QĐ-UBND, ngày 5/6/2026 – “bản chính” (zalo)"


# --- what is never touched ----------------------------------------------------------------------


def _printed_texts() -> set[str]:
    texts: set[str] = set()
    for name in ("ninh-binh-syt", "thanh-nam", "muong-la", "kien-hai", "tran-lieu"):
        plan = load_plan(name)
        period = parse_period(plan, "2026-Y" if name == "muong-la" else "2026-H1")
        texts.update(layout_for(plan, plan.units[0], period).identity_text.split("  "))
        texts.update(text for unit in plan.units for text in (unit.name, *unit.aliases))
        texts.update(text for i in plan.indicators for text in (i.name, *(field.label for field in i.fields)))
        texts.update(task.name for task in plan.tasks)
    return texts


def test_no_printed_text_and_no_name_of_a_place_is_ever_changed() -> None:
    """Composed or not, in capitals or with every tone left out."""
    texts = {*_printed_texts(), *(one.name for one in Ward.iter_all()), *(one.name for one in Province.iter_all())}
    assert len(texts) > 3000
    for text in texts:
        for form in (text, text.upper(), unicodedata.normalize("NFD", text), _toneless(text)):
            assert decoded(form) is None, form
            assert not is_garbled(form), form


def _toneless(text: str) -> str:
    kept = (c for c in unicodedata.normalize("NFD", text) if c not in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(kept))


@pytest.mark.parametrize("text", [text.strip() for text in FOREIGN if text.strip()])
def test_other_tongues_and_signs_are_left_alone(text: str) -> None:
    assert decoded(text) is None


@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8),
    slips=st.lists(st.sampled_from(["thuôc", "côt", "tiêú", "hoá", "soá", "Zalo", "né", "viêc", "où"]), max_size=2),
)
@settings(STEADY, max_examples=120)
def test_plain_vietnamese_with_slips_and_foreign_words_is_never_changed(words: list[str], slips: list[str]) -> None:
    """Also where every letter happens to lie in the Latin page of the old fonts."""
    latin = [word for word in words if all(ord(c) < 256 for c in word)]
    assert decoded(" ".join([*words, *slips])) is None
    assert decoded(" ".join([*latin, *slips])) is None


@given(st.text(st.characters(max_codepoint=0x1FF), max_size=60))
@example("\u00ad")
@example("Ð" * 40_000)
@example("\ufffd")
@STEADY
def test_no_text_raises_and_what_is_decoded_is_vietnamese(text: str) -> None:
    is_garbled(text)
    found = decoded(text)
    if found is not None:
        assert found.text != text
        assert any(is_syllable(word) for word in found.text.split())


# --- what cannot be decoded ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Kh«ng",
        "X· ®ang triển khai kế hoạch",
        "Ng-êi d©n ®· ®Õn trạm",
        "ph¸p",
        "Giải ph¸p",
        "kiÓm tra",
        "Ho?n th?nh",
        "Ho\ufffdn th\ufffdnh",
        "HoÃ n thÃ nh",
    ],
)
def test_garbage_that_stays_is_seen(text: str) -> None:
    assert decoded(text) is None
    assert is_garbled(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Đã xong?", "a?b", "5 µg/ml × 3", "Café Nestlé", "Thuôc men", "Microsoft®"),
        *("10 µg", "bụi 2,5 µm", "bui 2,5 µm", "2,5µm", "µ", "xÃ", "xÃ Gia Viễn, xÃ Gia Hưng", "XÃ\xa0GIA VIỄN"),
        *("hoaù", "Nguồn vü khí", "naøo"),
    ],
)
def test_plain_text_is_not_called_garbage(text: str) -> None:
    assert not is_garbled(text)


# --- a workbook ---------------------------------------------------------------------------------


def _sheet(*rows: list[object]) -> RawBook:
    return RawBook((RawSheet("A", visible=True, rows=rows),), "xlsx")


def test_a_workbook_without_old_fonts_is_the_same_object() -> None:
    """Nothing is built for the many returns that need nothing."""
    plain = book()
    assert unicode_book(plain) is plain


def test_cells_are_rewritten_at_their_places_and_recorded() -> None:
    found = unicode_book(_sheet([None, "Hoµn thµnh", 5.0], [], ["Trạm", "Ch­a ®¹t"])).sheets[0]
    assert [list(row) for row in found.rows] == [[None, "Hoàn thành", 5.0], [], ["Trạm", "Chưa đạt"]]
    assert found.recoded == {"B1": "Hoµn thµnh", "B3": "Ch­a ®¹t"}


def test_a_short_text_is_read_where_the_workbook_vouches_for_its_encoding() -> None:
    """ "M·" alone may be anything; among TCVN3 texts it is Mã. Among two encodings nothing is vouched for."""
    assert unicode_book(_sheet(["M·", "Hoµn thµnh", "Ch­a ®¹t"])).sheets[0].rows[0][0] == "Mã"
    assert unicode_book(_sheet(["M·", "Hoµn thµnh"])).sheets[0].rows[0][0] == "M·"
    assert unicode_book(_sheet(["M·", "Hoµn thµnh", "Ch­a ®¹t", "Hoaøn thaønh"])).sheets[0].rows[0][0] == "M·"


def test_work_on_one_workbook_is_bounded() -> None:
    many: list[list[object]] = [[f"Hoµn thµnh {'x' * 20_000}{number}"] for number in range(40)]
    assert len(unicode_book(_sheet(*many)).sheets[0].recoded) < 40


@pytest.mark.parametrize("font", ["TCVN3", "VNI"])
def test_a_return_typed_and_printed_in_an_old_font_is_read_whole(font: str) -> None:
    """Headings, labels and identity line too: somebody ran a converter over the workbook."""

    def recode(text: object) -> object:
        try:
            return FONTS[font](text) if isinstance(text, str) else text
        except (KeyError, StopIteration, UnicodeError):  # a sign that the font has not
            return text

    plain = book()
    sheets = tuple(
        replace(sheet, rows=[[recode(cell) for cell in row] for row in sheet.rows]) if sheet.visible else sheet
        for sheet in plain.sheets
    )
    run = checked(received(unicode_book(replace(plain, sheets=sheets))))
    other = checked(received(plain))
    assert {f.code for f in run.findings} <= {"TEXT_DECODED", *(f.code for f in other.findings)}
    values = [[(e.row, e.field, e.value, e.blocked) for e in one.indicator_entries] for one in (run, other)]
    assert values[0] == values[1]
    assert [t.status for t in run.task_entries] == [t.status for t in other.task_entries]


def test_a_decoded_input_cell_says_so_and_a_garbled_text_asks() -> None:
    line = COMMUNE.task_rows[0]
    status, result = (f"{column_letter(TASK_COLUMNS, key)}{line.row}" for key in ("status", "result"))
    typed = {(line.code, "status"): "§ang triÓn khai", (line.code, "result"): "Kh«ng"}
    run = checked(received(unicode_book(book(typed=typed))))
    assert {(TASK_SHEET, status, "TEXT_DECODED"), (TASK_SHEET, result, "TEXT_GARBLED")} <= {*remarks(run)}
    assert INDICATOR_SHEET not in {sheet for sheet, _, code in remarks(run) if code.startswith("TEXT_")}
    told = next(f for f in run.findings if f.code == "TEXT_DECODED")
    assert dict(told.facts) == {"typed": "§ang triÓn khai", "taken": "Đang triển khai"}
