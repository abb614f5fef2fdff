"""Finds, without running it, everything that validation can say: each call that makes a finding or a fault.

What facts a call gives is read out of its function: dict literals, what is added to them, and what a function of the
same module returns. Where a call hands on facts that were made elsewhere, every literal key of the module is taken.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from validation.message_table import MESSAGES

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+")
# Here another function of the module chooses the code; elsewhere a code that is no literal is only handed on.
CHOSEN_IN = {
    ("schema.py", "_cell_finding"): ("_cell_schema",),
    ("schema.py", "_task_finding"): ("_task_schema",),
    ("reading.py", "_cell"): ("_formula",),
    ("rules_of_peers.py", "against_peers"): ("_slip_of_a_half", "_slip_of_a_number", "_outlier"),
}


@dataclass(frozen=True)
class Emitter:
    """One way in which `code` is said, at `place`, with facts of these names."""

    code: str
    facts: frozenset[str]
    place: str


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Every module that may say something, without the tables of texts."""
    for path in (*sorted((ROOT / "validation").glob("*.py")), *sorted(ROOT.glob("cli*.py"))):
        if not path.name.startswith(("message_table", "messages_of")):
            yield path.name, ast.parse(path.read_text(encoding="utf-8"))


def strings(nodes: Iterable[ast.AST]) -> set[str]:
    return {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def emitters() -> Iterator[Emitter]:
    for name, tree in trees():
        functions = {f.name: f for f in ast.walk(tree) if isinstance(f, ast.FunctionDef)}
        scopes = [f for f in ast.walk(tree) if isinstance(f, ast.FunctionDef)]
        inner = {id(n) for scope in scopes for n in ast.walk(scope)}
        for scope in scopes:
            for call in _calls(scope):
                yield from _emitted(call, _Scope(name, tree, scope, functions))
        for call in _calls(tree):
            if id(call) not in inner:  # a constant of the module
                yield from _emitted(call, _Scope(name, tree, tree, functions))


def _name(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _calls(scope: ast.AST) -> Iterator[ast.Call]:
    """The calls that make something said; a fault that only asks for a companion's words is never said."""
    asked = {id(n) for c in ast.walk(scope) if _name(c) == "companion_words" for n in ast.walk(c)}
    for node in ast.walk(scope):
        if isinstance(node, ast.Call) and _name(node) in ("finding", "Fault", "RefusedError") and id(node) not in asked:
            yield node


@dataclass(frozen=True)
class _Scope:
    name: str
    tree: ast.Module
    body: ast.AST
    functions: dict[str, ast.FunctionDef]


def _emitted(call: ast.Call, scope: _Scope) -> Iterator[Emitter]:
    if not call.args:
        return
    codes = strings(ast.walk(call.args[0]))
    if isinstance(call.args[0], ast.Name):
        codes = _assigned_strings(scope.body, call.args[0].id)
    if not codes:
        chosen = CHOSEN_IN.get((scope.name, getattr(scope.body, "name", "")), ())
        codes = {s for name in chosen for s in strings(ast.walk(scope.functions[name]))}
    facts = _facts(call, scope)
    for code in sorted(codes & set(MESSAGES)):
        yield Emitter(code, frozenset(facts), f"{scope.name}:{call.lineno}")


def _facts(call: ast.Call, scope: _Scope) -> set[str]:
    if _name(call) == "RefusedError":
        return {k.arg for k in call.keywords if k.arg}
    place = 4 if _name(call) == "finding" else 1
    given = next((k.value for k in call.keywords if k.arg == "facts"), None)
    if given is None and len(call.args) > place:
        given = call.args[place]
    return _keys(given, scope) if given is not None else set()


def _keys(node: ast.expr, scope: _Scope) -> set[str]:
    """The names of the facts that `node` may hold."""
    if isinstance(node, ast.Dict):
        keys = strings(k for k in node.keys if k is not None)
        return keys.union(*(_keys(v, scope) for k, v in zip(node.keys, node.values, strict=True) if k is None))
    if isinstance(node, ast.Call) and _name(node) in scope.functions:
        made = scope.functions[_name(node)]
        returned = [r.value for r in ast.walk(made) if isinstance(r, ast.Return) and r.value is not None]
        return set().union(*(_keys(r, _Scope(scope.name, scope.tree, made, scope.functions)) for r in returned))
    if isinstance(node, ast.Name) and (found := _assigned(scope, node.id)):
        return found
    every = [n for n in ast.walk(scope.tree) if isinstance(n, ast.Dict)]
    return {s for d in every for s in strings(k for k in d.keys if k is not None)}


def _assigned(scope: _Scope, name: str) -> set[str]:
    """The keys of every dict that a function puts into the variable `name`, and of what it adds to it."""
    found: set[str] = set()
    for node in ast.walk(scope.body):
        for target, value in _pairs(node):
            if isinstance(target, ast.Name) and target.id == name and isinstance(value, ast.Dict | ast.Call):
                found |= _keys(value, scope)
            elif isinstance(target, ast.Subscript) and getattr(target.value, "id", "") == name:
                found |= strings([target.slice])
    return found


def _assigned_strings(body: ast.AST, name: str) -> set[str]:
    pairs = [pair for node in ast.walk(body) for pair in _pairs(node)]
    return strings(n for t, v in pairs if isinstance(t, ast.Name) and t.id == name for n in ast.walk(v))


def _pairs(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What an assignment puts where, a, b = 1, 2 taken apart."""
    if isinstance(node, ast.AugAssign):
        yield node.target, node.value
    if not isinstance(node, ast.Assign):
        return
    for target in node.targets:
        if isinstance(target, ast.Tuple):
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value] * len(target.elts)
            yield from zip(target.elts, values, strict=True)
        else:
            yield target, node.value
