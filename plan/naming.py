"""Which row and which unit somebody means who types a code, a printed number, an id or a name.

One reading, without regard to diacritics, or a PlanError with the near ones: nothing is picked silently. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from plan.model import Indicator, Plan, PlanError, Task, Unit
from plan.shown import row_names, shown_numbers
from plan.text_fit import shortened
from plan.words import fold

# "PL1.14", "phụ lục 2 5", "chỉ tiêu 14", "nhiệm vụ số 5": a number and where it is printed.
_PLACED = re.compile(
    r"(?:(?:pl|phụ lục|phu luc)\s*(?P<appendix>[12])|(?P<kind>chỉ tiêu|chi tieu|nhiệm vụ|nhiem vu)(?:\s+(?:số|so))?)"
    r"\s*[.:/-]?\s*(?P<number>.+)"
)
_LIKE = 0.5  # of difflib: a wrong letter or two, a forgotten part
_MOST_GUESSES = 5
_NAME = 70  # characters of a row's name in a guess


def row_named(plan: Plan, typed: str) -> Indicator | Task:
    """Return the row of that code, in any case, of that printed number ("14", "(2)", "PL2.3", "chỉ tiêu 14"), or name.

    A name may be the short one, a part that only one row has, and without diacritics. A key of the data sheet
    (CODE.field) names its row. Raises PlanError where no row is meant, or more than one.
    """
    rows: dict[str, Indicator | Task] = {i.code: i for i in plan.indicators}
    rows |= {t.code: t for t in plan.tasks}
    wanted = typed.strip().upper()
    by_code = {code.upper(): row for code, row in rows.items()}
    keys = {f"{i.code}.{f.name}".upper(): i for i in plan.indicators for f in i.fields}
    if found := by_code.get(wanted) or keys.get(wanted):
        return found
    numbers = _numbers(plan)
    for codes in ([code for code, spelled in numbers.items() if _plain(typed) in spelled], *_by_name(plan, typed)):
        if len(codes) == 1:
            return rows[codes[0]]
        if codes:
            raise PlanError(_several(typed, [numbers[code] for code in codes]), *_lines(plan, codes))
    raise PlanError(*_unknown(plan, typed))


def _plain(number: str) -> str:
    text = " ".join(number.split()).lower().rstrip(".")
    match = _PLACED.fullmatch(text)
    if match is None:
        return text
    appendix = match["appendix"] or ("1" if fold(match["kind"]) == "chi tieu" else "2")
    return f"pl{appendix} {match['number']}"


def _numbers(plan: Plan) -> dict[str, tuple[str, str]]:
    """Row code -> the number as it may be typed: alone, and with its appendix."""
    found = {}
    for appendix, numbers in ((1, shown_numbers(plan.indicators)), (2, shown_numbers(plan.tasks))):
        found.update({code: (_plain(n), f"pl{appendix} {_plain(n)}") for code, n in numbers.items()})
    return found


def _by_name(plan: Plan, typed: str) -> tuple[list[str], list[str]]:
    """Row codes of exactly that name or short name, and of names that hold the words."""
    wanted, names = fold(typed), _names(plan)
    if not wanted:
        return [], []
    exact = [code for code, texts in names.items() if wanted in texts]
    return exact, [code for code, texts in names.items() if any(f" {wanted} " in f" {text} " for text in texts)]


def _names(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Row code -> its names, folded."""
    found = {i.code: (fold(i.name), fold(i.short)) for i in plan.indicators}
    return found | {t.code: (fold(t.name),) for t in plan.tasks}


def _several(typed: str, numbers: list[tuple[str, str]]) -> str:
    """What to type instead: the appendix helps only where it tells every row from the others."""
    typed = typed.strip()
    if not any(_plain(typed) in spelled for spelled in numbers):
        return f"“{typed}” có trong tên của {len(numbers)} dòng. Ghi mã của dòng:"
    placed = {with_appendix for _, with_appendix in numbers}
    hint = ", hoặc thêm PL1. hay PL2. trước số" if len(placed) == len(numbers) else ""
    return f"Số “{typed}” đứng ở {len(numbers)} dòng. Ghi mã của dòng{hint}:"


def _unknown(plan: Plan, typed: str) -> list[str]:
    """The near ones by code, then by name; never the whole plan."""
    codes = {code.upper(): code for code in _names(plan)}
    near = [codes[c] for c in get_close_matches(typed.strip().upper(), codes, n=_MOST_GUESSES, cutoff=_LIKE)]
    names = {name: code for code, texts in _names(plan).items() for name in texts if name}
    near += [names[name] for name in get_close_matches(fold(typed), names, n=_MOST_GUESSES, cutoff=_LIKE)]
    near += _with_words(fold(typed).split(), names)
    lines = [f"Kế hoạch {plan.id} không có dòng “{typed.strip()}”."]
    if near:
        lines += ["Có phải:", *_lines(plan, list(dict.fromkeys(near))[:_MOST_GUESSES])]
    return [*lines, f"Xem mọi mã và tên bằng lệnh: plan show {plan.id}"]


def _with_words(wanted: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """Codes of the rows whose names hold most of the words, the best first; at least half of the words."""
    words = set(wanted)
    held = {name: len(words & set(name.split())) for name in names}
    best = sorted((name for name in names if words and 2 * held[name] >= len(words)), key=lambda name: -held[name])
    return [names[name] for name in best]


def _lines(plan: Plan, codes: list[str]) -> list[str]:
    names = row_names(plan)
    lines = [f"  {code}  {shortened(names[code], _NAME)}" for code in codes[:_MOST_GUESSES]]
    left = len(codes) - _MOST_GUESSES
    return [*lines, f"  … và {left} dòng khác"] if left > 0 else lines


def unit_named(plan: Plan, typed: str) -> Unit:
    """Return the unit of that id, name or alias, or the only one whose name holds the words. Raises PlanError."""
    words = {fold(text): u for u in plan.units for text in (u.name, *u.aliases)} | {u.id: u for u in plan.units}
    found = words.get(typed.strip()) or words.get(fold(typed))
    if found is not None:
        return found
    within = {u.id: u for text, u in words.items() if f" {fold(typed)} " in f" {text} "}
    if len(within) == 1:
        return next(iter(within.values()))
    near = within or {words[w].id: words[w] for w in get_close_matches(fold(typed), words, n=_MOST_GUESSES)}
    guesses = [f"{u.name} ({u.id})" for u in list(near.values())[:_MOST_GUESSES]]
    left = len(near) - len(guesses)
    more = f"; … và {left} đơn vị khác" if left else ""
    guess = f" Có phải: {'; '.join(guesses)}{more}?" if guesses else " Mã đơn vị là phần sau tên kỳ trong tên biểu mẫu."
    said = f"có {len(within)} đơn vị mang tên" if len(within) > 1 and fold(typed) else "không có đơn vị"
    raise PlanError(f"Kế hoạch {plan.id} {said} “{typed.strip()}”.{guess}")
