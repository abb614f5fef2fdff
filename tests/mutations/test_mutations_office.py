"""The damage that LibreOffice does by its own commands, all in one process, each kind done to one unit in turn.

`python -m tests.mutations` does each to all four units.
"""

from __future__ import annotations

import pytest

from tests.mutations.registry import KINDS
from tests.mutations.runner import Row, outcomes
from tests.mutations.subjects import subjects
from tests.office import Office

pytestmark = pytest.mark.office

_OFFICE = [k for k in KINDS if k.office]


@pytest.fixture(scope="module")
def rows(office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Row]:
    filled = subjects(tmp_path_factory.mktemp("subjects"))
    run = outcomes(_OFFICE, filled, tmp_path_factory.mktemp("mutations"), office, units=1)
    return {row.kind.name: row for row in run}


@pytest.mark.parametrize("name", [k.name for k in _OFFICE])
def test_what_libreoffice_did_is_read_exactly_or_said_at_the_cell(rows: dict[str, Row], name: str) -> None:
    said = {o.unit: (o.wrong, o.unexpected) for o in rows[name].outcomes}
    assert said == dict.fromkeys(said, ((), ()))
