"""The visible ordered list of rules: what can be read but must be asked about, one small function each.

Every rule takes the whole Evidence of a run and yields findings. None reads files, and none decides severities:
validation/message_table.py does, and the plan may set them otherwise (validation/settings.py). Of findings of one
cell that are equally grave the rule that stands first here is told, so the more precise come first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from validation.evidence import Evidence
from validation.model import Finding
from validation.rules_of_copies import copies
from validation.rules_of_documents import documents
from validation.rules_of_history import against_history
from validation.rules_of_peers import against_peers
from validation.rules_of_progress import fell_behind
from validation.rules_of_rows import attained_without_evidence, partly_not_applicable, population_exceeded

RULES: tuple[Callable[[Evidence], Iterator[Finding]], ...] = (
    attained_without_evidence,
    partly_not_applicable,
    against_history,
    against_peers,
    population_exceeded,
    fell_behind,
    documents,
    copies,
)
