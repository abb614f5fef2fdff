"""Which row and which unit somebody means who types a code, a printed number, an id or a name.

One reading, without regard to diacritics, or a PlanError with the near ones: nothing is picked silently. Pure.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from plan.model import Indicator, Plan, PlanError, Task, Unit
from plan.shown import row_names, shown_numbers
from plan.text_fit import shortened
from plan.words import fold

_APPENDIX = re.compile(r"(?:pl|phụ lục|phu luc)\s*(?P<appendix>[12])\s*[.:/-]?\s*(?P<number>.+)")
_LIKE = 0.5  # of difflib: a wrong letter or two, a forgotten part
_MOST_GUESSES = 5
_NAME = 70  # characters of a row's name in a guess


def row_named(plan: Plan, typed: str) -> Indicator | Task:
    """Return the row of that code, in any case, or of that printed number: "14", "(2)", "PL2.3".

    A key of the data sheet (CODE.field) names its row. Raises PlanError where no row is meant, or more than one.
    """
    rows: dict[str, Indicator | Task] = {i.code: i for i in plan.indicators}
    rows |= {t.code: t for t in plan.tasks}
    wanted = typed.strip().upper()
    by_code = {code.upper(): row for code, row in rows.items()}
    keys = {f"{i.code}.{f.name}".upper(): i for i in plan.indicators for f in i.fields}
    if found := by_code.get(wanted) or keys.get(wanted):
        return found
    numbered = [code for code, names in _numbers(plan).items() if _plain(typed) in names]
    if len(numbered) == 1:
        return rows[numbered[0]]
    if numbered:
        raise PlanError(
            f"Số “{typed}” đứng ở {len(numbered)} dòng. Ghi mã của dòng, hoặc thêm PL1. hay PL2. trước số:",
            *_lines(plan, numbered),
        )
    raise PlanError(*_unknown(plan, typed))


def _plain(number: str) -> str:
    text = " ".join(number.split()).lower().rstrip(".")
    match = _APPENDIX.fullmatch(text)
    return f"pl{match['appendix']} {match['number']}" if match else text


def _numbers(plan: Plan) -> dict[str, tuple[str, str]]:
    """Row code -> the number as it may be typed: alone, and with its appendix."""
    found = {}
    for appendix, numbers in ((1, shown_numbers(plan.indicators)), (2, shown_numbers(plan.tasks))):
        found.update({code: (_plain(n), f"pl{appendix} {_plain(n)}") for code, n in numbers.items()})
    return found


def _unknown(plan: Plan, typed: str) -> list[str]:
    codes = {code.upper(): code for code in (*(i.code for i in plan.indicators), *(t.code for t in plan.tasks))}
    words = {fold(name): code for code, name in row_names(plan).items() if code.upper() in codes}
    near = [codes[c] for c in get_close_matches(typed.strip().upper(), codes, n=_MOST_GUESSES, cutoff=_LIKE)]
    wanted = fold(typed)
    near += [code for name, code in words.items() if wanted and f" {wanted} " in f" {name} "]
    lines = [f"Kế hoạch {plan.id} không có dòng “{typed.strip()}”."]
    if near:
        lines += ["Có phải:", *_lines(plan, list(dict.fromkeys(near))[:_MOST_GUESSES])]
    for label, rows in (("Mã chỉ tiêu", plan.indicators), ("Mã nhiệm vụ", plan.tasks)):
        if rows:
            lines.append(f"{label}: {', '.join(row.code for row in rows)}")
    return lines


def _lines(plan: Plan, codes: list[str]) -> list[str]:
    names = row_names(plan)
    return [f"  {code}  {shortened(names[code], _NAME)}" for code in codes]


def unit_named(plan: Plan, typed: str) -> Unit:
    """Return the unit of that id, name or alias, or the only one whose name holds the words. Raises PlanError."""
    words = {fold(text): u for u in plan.units for text in (u.name, *u.aliases)} | {u.id: u for u in plan.units}
    found = words.get(typed.strip()) or words.get(fold(typed))
    if found is not None:
        return found
    within = {u.id: u for text, u in words.items() if f" {fold(typed)} " in f" {text} "}
    if len(within) == 1:
        return next(iter(within.values()))
    near = list(within) or dict.fromkeys(words[w].id for w in get_close_matches(fold(typed), words, n=3))
    guess = (
        f" Có phải {' hoặc '.join(list(near)[:_MOST_GUESSES])}?"
        if near
        else " Mã đơn vị là phần sau tên kỳ trong tên biểu mẫu."
    )
    raise PlanError(f"Kế hoạch {plan.id} không có đơn vị “{typed.strip()}”.{guess}")
