"""The rules of what a plan says about the rules of validation: severities of its own, and units that are let off.

Which rules there are stands in `rule_words`, what an easing does in `validation`. A waiver that could never take
effect is a fault here: somebody believes that it does.
"""

from __future__ import annotations

from plan import grammar
from plan.cell_rules import Names, near, nobody
from plan.code_words import spoken
from plan.headings import called
from plan.rule_words import RULE_WORDS
from plan.tables import Row
from plan.words import fold

_CODES = {fold(name): code for code, name in RULE_WORDS.items()}
_EXAMPLE = spoken(RULE_WORDS, "CUMULATIVE_FELL")


def known_rule(row: Row, _: Names) -> str:
    """The rule is one that a plan may ease."""
    text = row["rule"]
    if text in RULE_WORDS:
        return ""
    if not text.strip():
        return f"ô trống. Ghi mã của quy tắc, ví dụ: {_EXAMPLE}"
    code = _CODES.get(fold(text), "")
    guess = f". Ghi mã của quy tắc ấy: {code}" if code else near(text, frozenset(RULE_WORDS))
    return f"không có quy tắc mang mã “{text}”" + (guess or f". Ghi một trong: {', '.join(RULE_WORDS)}")


def one_unit(row: Row, names: Names) -> str:
    """Each waiver is for one unit, so that its reason is that unit's."""
    unit = row["unit"]
    if not unit.strip():
        return "ô trống. Ghi mã của một đơn vị, ví dụ: phuong-thanh-nam"
    if unit[0] in "@?":
        return f"“{unit}” không phải là mã của một đơn vị. Mỗi đơn vị được miễn ghi một dòng riêng"
    return nobody(unit, names) if names.units else ""


def answered_row(row: Row, names: Names) -> str:
    """The row is one on which the unit is asked itself."""
    code, unit = row["row"].strip(), row["unit"]
    if not code or not names.rows:
        return ""
    if code not in names.rows:
        return f"không có dòng nào mang mã “{code}”{near(code, names.rows)}. Để trống là miễn ở mọi dòng của đơn vị"
    other = names.indicators[code]["same_as"] if code in names.indicators else ""
    if other:
        return f"dòng “{code}” lấy số của dòng “{other}” nên không hỏi đơn vị. Ghi mã dòng ấy: {other}"
    if unit not in names.units or _answers(unit, code, names):
        return ""
    table, key = ("indicators", "reporters") if code in names.indicators else ("tasks", "leads")
    return (
        f"đơn vị “{unit}” không phải trả lời dòng “{code}” (cột {called(table, key)}), nên miễn ở đây không có "
        "tác dụng. Ghi mã một dòng giao cho đơn vị ấy, hoặc để trống để miễn ở mọi dòng"
    )


def _answers(unit: str, code: str, names: Names) -> bool:
    """True when the row names the unit or its group, or somebody unknown: that is a fault of its own cell."""
    try:
        refs = {a.ref for cell in names.answers[code] for a in grammar.parse_assignments(cell)}
    except ValueError:
        return True
    if any(nobody(ref, names) for ref in refs):
        return True
    return unit in refs or any(f"@{group}" in refs for group in names.members[unit])
