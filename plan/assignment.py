"""Who is meant by a name in a lead or coordinating cell: ids and groups expanded to units.

Pure look-ups over a loaded plan. A reference that names nobody certain (`?các đơn vị liên quan`)
expands to no unit: nobody is asked, and `plan check` says so.
"""

from __future__ import annotations

from plan.model import Assignment, Plan, Role, Unit


def members(plan: Plan, ref: str) -> tuple[str, ...]:
    """Return the unit ids behind `ref` in printed order: `@group` expands, `?text` is nobody."""
    if ref.startswith("?"):
        return ()
    if ref.startswith("@"):
        return tuple(u.id for u in plan.units if ref[1:] in u.groups)
    return (ref,)


def expand(plan: Plan, assignments: tuple[Assignment, ...]) -> tuple[str, ...]:
    """Return the unit ids of all `assignments`, each once, in order of first mention."""
    return tuple(dict.fromkeys(uid for a in assignments for uid in members(plan, a.ref)))


def role_on(leads: tuple[Assignment, ...], coordinators: tuple[Assignment, ...], unit: Unit) -> tuple[Role, str] | None:
    """Return the unit's one (role, scope) on a row, or None. Leading outranks coordinating.

    Scopes of one role are joined by "; " when the unit is named more than once in it.
    """
    for role, assignments in ((Role.LEAD, leads), (Role.COORDINATE, coordinators)):
        named = [a for a in assignments if unit.id == a.ref or (a.ref.startswith("@") and a.ref[1:] in unit.groups)]
        if named:
            return role, "; ".join(dict.fromkeys(a.scope for a in named if a.scope))
    return None
