"""The table of messages: complete, filled in, and readable by a commune officer and by the department."""

from __future__ import annotations

import ast
import re
import string
import unicodedata
from collections import defaultdict

import pytest

from tests.validation.emitters import CODE, emitters, strings, trees
from validation import kinds
from validation.coerce_cell import FACTS
from validation.kinds import Kind
from validation.message_table import MESSAGES
from validation.messages import finding, is_for_office, message, message_to_unit
from validation.model import At, Severity

EXTRA = frozenset({"value", "hint", "office"})  # every finding has them, were they empty
KINDS = sorted((k for k in vars(kinds).values() if isinstance(k, Kind)), key=lambda k: k.words)
# What is said to the department, of its folders and commands; and of the unit as of a third person.
TO_OFFICE = re.compile(r"chạy lại|thư mục này|inputs/|outputs/|validate|--|[Đđ]ề nghị đơn vị|[Hh]ỏi đơn vị|[Cc]án bộ")


def placeholders(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def wanted(code: str) -> set[str]:
    entry = MESSAGES[code]
    return placeholders(entry.problem, entry.action, entry.office) - EXTRA


def shown(code: str) -> dict[str, str]:
    """Facts of every name that the texts of a code hold."""
    return {name: f"<{name}>" for name in wanted(code)}


def test_every_message_is_said_somewhere() -> None:
    """Words that nothing can say are dead weight."""
    assert set(MESSAGES) <= {s for _, tree in trees() for s in strings(ast.walk(tree))}


def test_every_code_that_is_said_has_a_message() -> None:
    """A fault without words would reach the unit as a blank line."""
    calls = [n for _, tree in trees() for n in ast.walk(tree) if isinstance(n, ast.Call)]
    said = {s for call in calls for s in strings(call.args) if CODE.fullmatch(s)}
    assert said
    assert said <= set(MESSAGES)


def test_every_emitter_gives_the_facts_that_its_message_holds() -> None:
    """A fact too few would end a whole run with a KeyError, on the one return that trips the rule."""
    given: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for emitter in emitters():
        given[emitter.code].append((emitter.place, emitter.facts))
    for code, names in FACTS.items():  # what coercions give: a test of theirs holds them to this table
        given[code].append(("coerce_cell.py", frozenset(names)))
    lacking = [(c, place, wanted(c) - facts) for c, ways in given.items() for place, facts in ways if wanted(c) - facts]
    assert lacking == []
    assert set(MESSAGES) == set(given)  # none was overlooked


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_message_is_composed_vietnamese_and_says_what_to_do(code: str) -> None:
    """Each text is NFC, ends as a sentence and gives a remedy."""
    entry = MESSAGES[code]
    for text in (entry.title, entry.problem, entry.action):
        assert text
    for text in (entry.title, entry.problem, entry.action, entry.office, entry.example):
        assert text == unicodedata.normalize("NFC", text)
        assert text.strip() == text
    assert entry.problem.endswith((".", "{hint}"))
    assert entry.action.endswith((".", "{hint}"))
    assert entry.office == "" or entry.office.endswith((".", "{office}"))
    assert not entry.example.endswith(".")


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_message_speaks_to_who_reads_it(code: str) -> None:
    """The unit is not told to ask the unit, nor what to do in the department's folder."""
    found = finding(code, "a.xlsx", facts=shown(code))
    assert not TO_OFFICE.search(message_to_unit(found))
    entry = MESSAGES[code]
    assert entry.office or not entry.for_office or message(found) == message_to_unit(found)
    assert message(found).count("Đề nghị đơn vị") == message(found).count("Đề nghị ")
    assert len(message_to_unit(found)) <= 400, len(message_to_unit(found))


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.words)
def test_a_kind_of_file_is_asked_of_the_unit_and_handled_by_the_department(kind: Kind) -> None:
    found = finding("FILE_NOT_WORKBOOK", "a", facts={"kind": kind.words, "ask": kind.ask})
    assert message_to_unit(found) == f"Đây không phải tệp Excel mà là {kind.words}. {kind.ask}."
    assert not TO_OFFICE.search(message_to_unit(found))
    done = kind.office or f"{kind.ask.replace('Đề nghị ', 'Đề nghị đơn vị ')}."
    assert message(found) == f"Đây không phải tệp Excel mà là {kind.words}. {done}"
    assert done.endswith(".")


def test_what_the_unit_cannot_mend_is_told_apart() -> None:
    assert is_for_office(finding("FILE_UNREADABLE", "a.xlsx"))
    assert not is_for_office(finding("NOT_A_NUMBER", "a.xlsx"))
    assert {c for c, m in MESSAGES.items() if m.for_office and m.severity is Severity.ERROR} == {
        *("FILE_UNREADABLE", "FILE_IS_LINK", "IDENTITY_CONFLICT", "IDENTITY_NAME_DIFFERS", "UNIT_UNKNOWN"),
        *("OTHER_PLAN", "LAYOUT_NEWER"),
    }


def test_names_of_the_departments_files_stay_with_the_department() -> None:
    found = finding("NEWER_NOT_USED", "b.xlsx", facts={"used": "thư/a.xlsx"})
    assert message_to_unit(found).startswith("Bản này còn lỗi nên chưa được tính; đang tạm dùng bản đã gửi trước.")
    assert "thư/a.xlsx" not in message_to_unit(found)
    assert "thư/a.xlsx" in message(found)


def test_a_hint_that_suffices_stands_alone() -> None:
    """One piece of advice, not two that say the same, and no example of another kind of number."""
    hint = "Nếu số liệu là 50 thì chỉ gõ 50."
    found = finding("NOT_A_NUMBER", "a.xlsx", facts={"typed": "xong 50", "hint": hint})
    assert message(found) == f"“xong 50” không phải là một con số. {hint}"
    plain = finding("NOT_WHOLE", "a.xlsx", facts={"typed": "12,5", "second": "", "hint": ""})
    assert message(plain).endswith("Ví dụ: 1250.")
    month = finding("NOT_A_DATE", "a.xlsx", facts={"typed": "6/2026", "hint": "Gõ đủ ngày, ví dụ 15/06/2026."})
    assert "Ví dụ" not in message(month)


def test_numbers_are_grouped_in_prose_and_bare_where_they_are_to_be_typed() -> None:
    facts = {"typed": "298080", "times": "gấp khoảng 10 lần", "before": "28000", "period": "Quý I/2026"}
    found = finding("SLIP_AGAINST_HISTORY", "a.xlsx", facts={**facts, "maybe": " (có thể phải gõ 29808)"})
    assert message(found).startswith("Số 298.080 gấp khoảng 10 lần số 28.000 mà")
    assert "(có thể phải gõ 29808)" in message(found)
    two = {"typed": "1.234", "first": "1234", "second": "1,234", "hint": ""}
    assert "1234 hoặc 1,234" in message(finding("NUMBER_AMBIGUOUS", "a.xlsx", facts=two))


def test_a_message_shows_its_facts_and_survives_braces_in_typed_text() -> None:
    """What people type is shown as it is, even when it looks like a placeholder."""
    found = finding("NOT_A_NUMBER", "a.xlsx", At("Phụ lục 1", "H9"), "{oops}", {"typed": "{oops} %s"})
    assert "“{oops} %s”" in message(found)
    assert "{hint}" not in message(found)
    assert found.severity is Severity.ERROR


def test_an_unknown_code_is_a_bug() -> None:
    """No default text can ship by accident."""
    with pytest.raises(KeyError):
        finding("NO_SUCH_CODE", "a.xlsx")
