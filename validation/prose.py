"""How a number stands in a sentence: 298080 is read as 298.080.

Only sentences are written like this. What somebody is to type stays bare: Excel may read the dot as a decimal sign.
"""

from __future__ import annotations

import re

_PLAIN = re.compile(r"(-?)([0-9]{4,40})((?:,[0-9]+)?(?: %)?)")


def in_prose(written: str) -> str:
    """Return a number written with a decimal comma with its thousands grouped; any other text as it is.

    >>> in_prose("298080"), in_prose("-1234,5"), in_prose("999"), in_prose("45/KH-UBND")
    ('298.080', '-1.234,5', '999', '45/KH-UBND')
    """
    form = _PLAIN.fullmatch(written)
    return f"{form[1]}{int(form[2]):,}".replace(",", ".") + form[3] if form else written


class Spoken(str):
    """A fact that a sentence can take as it is, {fact}, or as a number in prose, {fact:,}."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        """Take "," as Python's numbers do."""
        return in_prose(self) if spec == "," else super().__format__(spec)
