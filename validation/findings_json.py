"""findings.json: every finding of a run for other programs, with the keys of DESIGN section 10 and explanations.

Writes nothing to disk and drops nothing; values stand as they were read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from validation.mend_list import by_place
from validation.model import Finding


def findings_json(findings: Iterable[Finding], message: Callable[[Finding], str]) -> bytes:
    """Return a JSON array in UTF-8, sorted by file, sheet and cell, in which equal findings give equal bytes."""
    records = [
        {
            "file": found.file,
            "sheet": found.sheet,
            "cell": found.cell,
            "unit": found.unit,
            "row": found.row,
            "code": found.code,
            "severity": found.severity.value,
            "message": message(found),
            "value": found.value,
            "explanation": found.facts.get("explained", ""),
        }
        for found in sorted(findings, key=by_place)
    ]
    # A file name that is not UTF-8 on disk reaches us with lone surrogates; they cannot be encoded.
    return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
