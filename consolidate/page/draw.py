"""The page `bao-cao.html`: one self-contained file, drawn from `consolidated.json` and nothing else.

It reaches for nothing: no network, no font, no picture. A policy inside it allows one style sheet and two scripts,
ours, by their hashes, so that nothing a unit has written can ever run or load. Same data, same bytes.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Undefined

from consolidate.page.indicators import indicators
from consolidate.page.overview import head, judged_by, keys, progress
from consolidate.page.remarks import remarks
from consolidate.page.tasks import tasks
from consolidate.page.units import units
from consolidate.spelled import Row
from consolidate.tasks import RISK_RULE, STATUS_RULE
from plan.cell_text import writable

# Before anything is painted: without it the search fields would push the tables down when the script arrives.
_EARLY = 'document.documentElement.classList.add("js")'


def draw_page(data: Row) -> bytes:
    """Return the page for the parsed `consolidated.json` as UTF-8 HTML."""
    template = _environment().get_template("page.html")
    style, script = _source("page.css"), _source("page.js")
    text = template.render(
        policy=_policy(style, (_EARLY, script)),
        style=style,
        early=_EARLY,
        script=script,
        head=head(data),
        keys=keys(data),
        judged_by=judged_by(data),
        progress=progress(data),
        indicators=indicators(data),
        tasks=tasks(data),
        units=units(data),
        remarks=remarks(data),
        rules=(STATUS_RULE, RISK_RULE),
    )
    return text.encode()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("consolidate.page", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_text,
    )


def _text(value: object) -> object:
    """Let texts through, as any browser can show them; a bare number has not been spelled and is a fault of ours."""
    if isinstance(value, Undefined) or hasattr(value, "__html__"):
        return value
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not spelled")
    return writable(value)


def _source(name: str) -> str:
    return files("consolidate.page").joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, scripts: tuple[str, ...]) -> str:
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {allowed}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(source: str) -> str:
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"
