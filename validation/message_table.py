"""The one table of everything that validation says, keyed by code: a test proves that no code lacks its message.

A commune officer who knows only Excel reads these lines, so they name the cell's own words and give a
remedy. Text only: the entries stand in messages_of_files.py and messages_of_sheets.py.
"""

from __future__ import annotations

from validation.message_kind import Message
from validation.messages_of_files import FILE, IDENTITY
from validation.messages_of_sheets import CELL, LAYOUT, TASK

MESSAGES: dict[str, Message] = {**FILE, **IDENTITY, **LAYOUT, **CELL, **TASK}
