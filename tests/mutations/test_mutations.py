"""Whatever is done to a return, it is read exactly or said to be wrong at the cell: no value is silently wrong.

Every kind that needs no LibreOffice, each crossed with two units in turn (what is only typed: with one), to be
quick; `python -m tests.mutations` crosses them all with all four.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.mutations.__main__ import table, total
from tests.mutations.model import Case, Due, Subject
from tests.mutations.oracle import judge
from tests.mutations.registry import KINDS
from tests.mutations.runner import Row, outcomes, put, validated
from tests.mutations.subjects import subjects
from validation.model import Checked

_PLAIN = [k for k in KINDS if not k.office]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Subject, ...]:
    return subjects(tmp_path_factory.mktemp("subjects"))


@pytest.fixture(scope="module")
def rows(filled: tuple[Subject, ...], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Row]:
    typed = [k for k in _PLAIN if (k.theme, k.means) == ("ô", "openpyxl")]
    others = [k for k in _PLAIN if k not in typed]
    run = outcomes(typed, filled, tmp_path_factory.mktemp("typed"), None, units=1)
    run += outcomes(others, filled, tmp_path_factory.mktemp("mutations"), None, units=2)
    return {row.kind.name: row for row in run}


@pytest.mark.parametrize("name", [k.name for k in _PLAIN])
def test_every_value_is_read_exactly_or_its_fault_is_said_at_its_cell(rows: dict[str, Row], name: str) -> None:
    said = {o.unit: (o.wrong, o.unexpected) for o in rows[name].outcomes}
    assert said == dict.fromkeys(said, ((), ()))


def test_there_are_enough_kinds_of_every_means() -> None:
    """The issue asks for 120 kinds by means other than our own writer; no two of one name."""
    means = Counter(k.means for k in KINDS)
    assert len({k.name for k in KINDS}) == len(KINDS) >= 150
    assert means["LibreOffice"] >= 30
    assert means["XML"] + means["zip"] + means["byte"] >= 40
    assert means["openpyxl"] >= 50


def test_every_kind_is_done_to_some_unit_and_most_to_two(rows: dict[str, Row]) -> None:
    """A kind that applies to nobody would pass for ever."""
    done = Counter(len(row.outcomes) for row in rows.values())
    assert done[0] == 0
    assert done[2] > 0.7 * len(rows)


def test_the_table_names_every_kind_and_counts_the_silent_faults(rows: dict[str, Row]) -> None:
    shown = [replace(row, outcomes=(row.outcomes * 4)[:4]) for row in rows.values()]  # a column for each unit
    assert len(table(shown, markdown=True)) == len(rows) + 2
    assert total(shown).endswith("sai âm thầm: 0")


# --- the oracle itself: it must see what it is there for -----------------------------------------


@pytest.fixture(scope="module")
def read_right(filled: tuple[Subject, ...], tmp_path_factory: pytest.TempPathFactory) -> tuple[Subject, Case, Checked]:
    """The commune's faultless return and what validation makes of it."""
    subject, folder = filled[0], tmp_path_factory.mktemp("oracle")
    case = next(k for k in KINDS if k.name == "duoi-hoa").make(subject)
    assert case is not None
    put(folder / "0", subject, case.sent[0])
    return subject, case, validated(folder)


def test_the_oracle_is_content_with_a_faultless_return(read_right: tuple[Subject, Case, Checked]) -> None:
    subject, case, checked = read_right
    outcome = judge("", subject, case, checked, "0/")
    assert (outcome.wrong, outcome.unexpected, outcome.shown) == ((), (), "đọc đúng")


def test_the_oracle_sees_a_wrong_number_a_lost_row_a_lost_file_and_a_stranger(
    read_right: tuple[Subject, Case, Checked],
) -> None:
    subject, case, checked = read_right
    first, *others = checked.indicator_entries
    assert isinstance(first.value, Decimal)
    wrong = replace(checked, indicator_entries=(replace(first, value=first.value + 1), *others))
    lost = replace(checked, task_entries=checked.task_entries[1:])
    stranger = replace(checked, indicator_entries=(replace(first, unit="xa-khac"), *others))
    for damaged, what in (
        (wrong, f"{first.row}.{first.field} value: đọc là"),
        (lost, f"{checked.task_entries[0].row} status: không được đọc"),
        (Checked((), (), (), ()), "không được nhắc tới"),
        (stranger, "số liệu của xa-khac"),
    ):
        assert any(what in found for found in judge("", subject, case, damaged, "0/").wrong), what


def test_the_oracle_sees_a_missing_finding_and_a_wrong_address(read_right: tuple[Subject, Case, Checked]) -> None:
    subject, case, checked = read_right
    due = replace(case, due=(Due("NOT_A_NUMBER", "Phụ lục 1", "H10"),))
    assert judge("", subject, due, checked, "0/").unexpected == ("thiếu NOT_A_NUMBER@Phụ lục 1!H10",)
    first, *others = checked.indicator_entries
    moved = replace(checked, indicator_entries=(replace(first, cell="H99"), *others))
    assert any("H99" in found for found in judge("", subject, case, moved, "0/").unexpected)
