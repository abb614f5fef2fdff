"""Texts of units are hostile: they stay text, stay bounded and never break the file."""

from __future__ import annotations

import pytest
from docx.oxml.ns import qn

from consolidate.report.words import SEE_BOOK, named, plain_text, quoted
from tests.consolidate.report.report_case import drawn, full_data, paragraphs, text_of

HOSTILE = (
    "<w:p><w:r><w:t>giả</w:t></w:r></w:p>",
    "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    '=HYPERLINK("http://xau.example","bấm")',
    "đầu\x00\x01\x08\x0b\x0c\x1f\ud800\ufffe\uffffcuối",
    "\u202egnod neil\u202c \u2066ẩn\u2069",
    "{{ 7*7 }} {% raise %} %s %(x)s \\u0041",
    "một dòng\r\nhai dòng\tba",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    data = full_data()
    for task in data["tasks"]:
        task["name"] = task["lead"] = task["due"] = task["group"] = text
        for part in task["units"]:
            part.update(result=text, difficulties=text, proposals=text, document_number=text)
    for row in data["indicators"]:
        row.update(name=text, unit=text, target_text=text, section=text)
    data["unit_names"] = dict.fromkeys(data["unit_names"], text)
    data |= {"title": text, "issuer": text, "superior": text, "place": text, "short_issuer": text}
    document = drawn(data)
    body = document.element.body
    assert not list(body.iter(qn("w:hyperlink")))
    assert sum(1 for _ in body.iter(qn("w:instrText"))) == 0
    whole = "\n".join(paragraphs(document))
    assert not set(whole) & set("\u202e\u202c\u2066\u2069\x00\x0b")
    assert " ".join(plain_text(text).split())[:20] in whole


def test_a_very_long_text_is_cut_with_a_word_about_where_the_rest_is() -> None:
    data = full_data()
    long = "Khó khăn rất dài " * 5000
    for part in data["tasks"][0]["units"]:
        part.update(difficulties=long, proposals="x" * 100_000, result=long, document_number="9" * 5000)
    text = text_of(data)
    assert text.count(SEE_BOOK) >= 4
    assert len(text) < 20_000


def test_many_voices_and_documents_stay_a_few_lines() -> None:
    data = full_data()
    task = data["tasks"][0]
    part = task["units"][0]
    task["units"] = [
        {**part, "difficulties": f"Khó khăn thứ {n}", "document_number": f"{n}/KH-SYT"} for n in range(10, 500)
    ]
    text = text_of(data)
    assert f"Và 486 ý kiến khác {SEE_BOOK}." in text
    assert "đã ban hành 490 văn bản để thực hiện nhiệm vụ" in text
    assert len(text) < 20_000


def test_names_are_bounded() -> None:
    data = {"unit_names": {f"u{n}": f"Đơn vị {n}" for n in range(300)}}
    assert named(data, ["u1", "u2"], 2) == "Đơn vị 1, Đơn vị 2"
    assert named(data, list(data["unit_names"]), 1) == f"Đơn vị 0 và 299 đơn vị khác {SEE_BOOK}"
    assert named(data, ["la"], 2) == "la"


def test_a_quotation_is_one_line_between_its_marks() -> None:
    assert quoted(" Thiếu\n kinh  phí ") == "“Thiếu kinh phí”"
    cut = quoted("chữ " * 200)
    assert cut.endswith(f"…” {SEE_BOOK}")
    assert len(cut) < 300
