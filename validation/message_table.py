"""The one table of everything that validation says, keyed by code: a test proves that no code lacks its message.

A commune officer who knows only Excel reads these lines, so they name the cell's own words and give a
remedy. Text only: the entries stand in the modules messages_of_….py, one for each stage of reading.
"""

from __future__ import annotations

from validation.message_kind import Message
from validation.messages_of_cells import CELL
from validation.messages_of_files import FILE, IDENTITY
from validation.messages_of_layout import LAYOUT
from validation.messages_of_parcels import PARCEL
from validation.messages_of_rules import RULE
from validation.messages_of_tasks import TASK
from validation.messages_of_versions import VERSION

MESSAGES: dict[str, Message] = {**FILE, **PARCEL, **IDENTITY, **VERSION, **LAYOUT, **CELL, **TASK, **RULE}
