"""The text of a formula of an .xls or .xlsb, where it is stored as tokens instead of text.

Only what `arithmetic` can recompute or what a unit should see of it: numbers, signs, brackets and plain
references. Any other formula has no text here; nothing is evaluated.
"""

from __future__ import annotations

import struct

from validation.raw import column_letters

_LONGEST = 400  # bytes of tokens; an honest sum in a cell has far fewer
# [MS-XLS] 2.5.198, [MS-XLSB] 2.5.97: the tokens are the same but for the width of a row number.
_BETWEEN = {0x03: "+", 0x04: "-", 0x05: "*", 0x06: "/"}
_BEFORE = {0x12: "+", 0x13: "-"}
_PERCENT, _BRACKETS, _ATTRIBUTE, _INTEGER, _NUMBER = 0x14, 0x15, 0x19, 0x1E, 0x1F
_REFERENCES = (0x24, 0x44, 0x64)
_SPACES = (0x40, 0x41)  # attributes that only print


def formula_text(tokens: bytes, *, wide: bool) -> str:
    """Formula without "=", "" when it holds anything else; `wide`: rows of 32 bits, as in an .xlsb."""
    if len(tokens) > _LONGEST:
        return ""
    stack: list[str] = []
    at = 0
    try:
        while at < len(tokens):
            at += _step(tokens, at, stack, "<IH" if wide else "<HH")
    except (struct.error, IndexError, ValueError):  # a token that is cut, unknown or without its operands
        return ""
    return stack[0] if len(stack) == 1 else ""


def _step(tokens: bytes, at: int, stack: list[str], place: str) -> int:
    """Takes the token at `at` into the stack of operands; returns its size."""
    token = tokens[at]
    if token in _BETWEEN:
        right = stack.pop()
        stack[-1] += _BETWEEN[token] + right
    elif token in _BEFORE:
        stack[-1] = _BEFORE[token] + stack[-1]
    elif token == _PERCENT:
        stack[-1] += "%"
    elif token == _BRACKETS:
        stack[-1] = f"({stack[-1]})"
    elif token == _ATTRIBUTE and tokens[at + 1] in _SPACES:
        return 4
    elif token == _INTEGER:
        stack.append(str(struct.unpack_from("<H", tokens, at + 1)[0]))
        return 3
    elif token == _NUMBER:
        stack.append(f"{struct.unpack_from('<d', tokens, at + 1)[0]:.15g}")
        return 9
    elif token in _REFERENCES:
        stack.append(_reference(*struct.unpack_from(place, tokens, at + 1)))
        return 1 + struct.calcsize(place)
    else:
        raise ValueError(token)
    return 1


def _reference(row: int, column: int) -> str:
    """A1 text; the two upper bits of the column say what of the reference moves when it is copied."""
    letters = column_letters((column & 0x3FFF) + 1)
    return f"{'' if column & 0x4000 else '$'}{letters}{'' if column & 0x8000 else '$'}{row + 1}"
