"""The table of messages: complete, filled in, and readable by a commune officer."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest

from validation.message_table import MESSAGES
from validation.messages import finding, message
from validation.model import At, Severity

ROOM = Path(__file__).parents[2] / "validation"
CODE = re.compile(r"[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+")


def strings(nodes: Iterable[ast.AST]) -> set[str]:
    return {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def trees() -> list[ast.Module]:
    return [
        ast.parse(p.read_text(encoding="utf-8"))
        for p in (*ROOM.glob("*.py"), *ROOM.parent.glob("cli*.py"))
        if not p.name.startswith(("message_table", "messages_of"))
    ]


def test_every_message_is_said_somewhere() -> None:
    """Words that nothing can say are dead weight."""
    assert set(MESSAGES) <= {s for tree in trees() for s in strings(ast.walk(tree))}


def test_every_code_that_is_said_has_a_message() -> None:
    """A fault without words would reach the unit as a blank line."""
    calls = [n for tree in trees() for n in ast.walk(tree) if isinstance(n, ast.Call)]
    said = {s for call in calls for s in strings(call.args) if CODE.fullmatch(s)}
    assert said
    assert said <= set(MESSAGES)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_message_is_composed_vietnamese_and_says_what_to_do(code: str) -> None:
    """Each text is NFC, ends as a sentence and gives a remedy."""
    entry = MESSAGES[code]
    for text in (entry.title, entry.problem, entry.action):
        assert text == unicodedata.normalize("NFC", text)
        assert text.strip() == text
        assert text
    assert entry.problem.endswith((".", "{hint}"))
    assert entry.action.endswith((".", "{hint}"))


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
