"""The A4 page of the report in millimetres. Measures only."""

from __future__ import annotations

# Decree 30/2020/NĐ-CP, Phụ lục I: top and bottom 20-25, left 30-35, right 15-20 mm of A4.
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
SHORT_SIDE, LONG_SIDE = 210, 297
HEADER_FROM_EDGE = 8
PORTRAIT_WIDTH = SHORT_SIDE - LEFT - RIGHT
LANDSCAPE_WIDTH = LONG_SIDE - LEFT - RIGHT
