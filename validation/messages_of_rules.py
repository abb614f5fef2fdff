"""What is said when a number can be read but cannot be believed without a word of explanation. Text only.

The codes are those of plan.rule_words: a plan may ease or waive them.
"""

from __future__ import annotations

from validation.message_kind import Message
from validation.model import Severity

_W = Severity.WARNING

RULE: dict[str, Message] = {}
