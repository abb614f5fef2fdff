"""The shape of a message: how grave a fault is, what is wrong, what to do, an example."""

from __future__ import annotations

from dataclasses import dataclass

from validation.model import Severity


@dataclass(frozen=True, slots=True)
class Message:
    """`problem` and `action` may hold {facts}; `example` is shown after "Ví dụ:" when there is one."""

    severity: Severity
    title: str  # the kind of fault in a few words, for counts by kind
    problem: str
    action: str
    example: str = ""
