"""The shape of a message: how grave a fault is, what is wrong, what to do, an example.

Two people read it, and each is told what is in his own hands: the unit that sent the file, and the department
that puts all files together.
"""

from __future__ import annotations

from dataclasses import dataclass

from validation.model import Severity

WHERE_TO_EXPLAIN = "ghi lý do ở cột “Giải trình” của trang “Cần sửa” hoặc cột “Ghi chú, giải trình” của biểu."
IF_RIGHT = f"nếu số đúng, {WHERE_TO_EXPLAIN}"
ASKING = "Đề nghị "  # begins a request to the unit; the department reads "Đề nghị đơn vị "
ASKING_THE_UNIT = "Đề nghị đơn vị "


@dataclass(frozen=True, slots=True)
class Message:
    """Texts may hold {facts}; {fact:,} is a number within a sentence (validation/prose.py).

    `example` is shown after "Ví dụ:" when there is one, and not beside a hint that already gives one.
    """

    severity: Severity
    title: str  # the kind of fault in a few words, for counts by kind
    problem: str  # names no file or folder of the department
    action: str  # what the unit does, said to the unit
    example: str = ""
    office: str = ""  # what the department does, where that is something else
    for_office: bool = False  # a matter of the department alone: the unit can do nothing about it
    hint_suffices: bool = False  # the fact "hint", when there is one, stands in the place of action and example
