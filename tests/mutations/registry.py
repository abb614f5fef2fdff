"""All kinds of damage, theme by theme, in the order in which the table shows them."""

from __future__ import annotations

from importlib import import_module

from tests.mutations.model import Kind

_THEMES = (
    "containers",
    "sheets",
    "columns",
    "rows",
    "labels",
    "typing",
    "cells",
    "programs",
    "identity",
    "hostile",
    "office",
    "office_typing",
)


def _all() -> tuple[Kind, ...]:
    found: list[Kind] = []
    for theme in _THEMES:
        found += import_module(f"tests.mutations.kinds_{theme}").KINDS
    return tuple(found)


KINDS = _all()
