"""The small run with a past, as JSON and as the page drawn from it: once for each module that looks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.consolidate.page.page_case import Node, drawn, run_with_past, told


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return told(run_with_past())


@pytest.fixture(scope="module")
def page(data: dict[str, Any]) -> Node:
    return drawn(data)
