"""What holds for every plan of the catalog, whatever its document: tidy files, short labels, names and oddities of use.

What is particular to a document stands in its own module.
"""

from __future__ import annotations

import re
import unicodedata

import pytest

from plan.load import catalog_ids
from plan.model import OddityKind
from tests.plan.catalog_case import CATALOG, head, items, rows

TABLES = ("indicators", "tasks", "units")
KEYS = {"place", "note", "suggestion"}
NOTED = {"noted", "misprint", "target_differs", "assignment_differs", "gap", "reading"}
every_plan = pytest.mark.parametrize("plan", catalog_ids())


@every_plan
@pytest.mark.parametrize("name", ["indicators.csv", "tasks.csv", "units.csv", "plan.toml"])
def test_files_are_plain_nfc_text(plan: str, name: str) -> None:
    """Git can diff them and two machines agree on them: UTF-8, NFC, LF, no byte order mark."""
    data = (CATALOG / plan / name).read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert unicodedata.is_normalized("NFC", data.decode("utf-8"))


@every_plan
@pytest.mark.parametrize("table", TABLES)
def test_no_cell_is_too_many_too_few_or_untidy(plan: str, table: str) -> None:
    for row in rows(plan, table):
        assert None not in row
        assert None not in row.values()
        assert [value for value in row.values() if value != " ".join(value.split())] == []


@every_plan
def test_labels_fit_their_cells_and_reasons_are_given(plan: str) -> None:
    for row in rows(plan, "indicators"):
        assert 0 < len(row["short"]) <= 24
        assert row["reason"].endswith(".")
        for item in row["fields"].split(" | "):
            assert len(item.split(": ", 1)[1]) <= 110, item


@every_plan
def test_a_name_leads_to_one_unit_or_group(plan: str) -> None:
    """A wording that fitted two could file a return under the wrong one; a group without members would ask nobody."""
    units, groups = rows(plan, "units"), head(plan).get("group", [])
    called = [{named["name"].lower(), *items(named.get("aliases", "").lower())} for named in (*units, *groups)]
    names = [name for names in called for name in names]
    assert sorted(names) == sorted(set(names))
    assert len({unit["id"] for unit in units}) == len(units)
    members = {group for unit in units for group in items(unit["groups"])}
    assert {group["id"] for group in groups} == members


@every_plan
def test_every_oddity_tells_where_what_and_what_to_do(plan: str) -> None:
    """Each is of a kind that a reader notes, the rows that it names exist, and no two say the same."""
    codes = {row["code"] for table in ("indicators", "tasks") for row in rows(plan, table)}
    oddities = head(plan)["oddity"]
    in_groups = any(re.fullmatch(r"NV-[0-9IVX]+-.+", code) for code in codes)
    written = r"NV-[0-9IVX]+-[0-9.]*[0-9]" if in_groups else r"NV-[0-9]+"
    assert {kind.value for kind in OddityKind} >= NOTED
    for oddity in oddities:
        assert KEYS <= set(oddity) <= KEYS | {"kind", "rows", "printed", "reading"}, oddity["place"]
        assert all(text == " ".join(text.split()) != "" for text in oddity.values()), oddity["place"]
        assert oddity.get("kind", "noted") in NOTED
        assert set(items(oddity.get("rows", ""))) <= codes, oddity["place"]
        assert set(re.findall(written, " ".join(oddity.values()))) <= codes, oddity["place"]
        assert oddity["suggestion"].endswith("."), oddity["place"]
        if oddity.get("kind") == "misprint":
            assert oddity["printed"] != oddity["reading"], oddity["place"]
        assert not oddity.get("reading") or oddity["reading"] != oddity.get("printed"), oddity["place"]
    assert len({(o["place"], o["note"]) for o in oddities}) == len(oddities)
