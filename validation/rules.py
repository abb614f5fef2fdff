"""The visible ordered list of rules: what can be read but must be asked about, one small function each.

Every rule takes the whole Evidence of a run and yields findings. None reads files, and none decides severities:
validation/message_table.py does, and the plan may set them otherwise (validation/settings.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from validation.evidence import Evidence
from validation.model import Finding
from validation.rules_of_rows import attained_without_evidence, partly_not_applicable

RULES: tuple[Callable[[Evidence], Iterator[Finding]], ...] = (
    attained_without_evidence,
    partly_not_applicable,
)
