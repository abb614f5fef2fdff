"""Numbers and days as Vietnamese readers write them, and not a digit changed on the way."""

from __future__ import annotations

from datetime import timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest

from consolidate import spelled
from plan.model import Comparator, Measure


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(97.86, 2, "97,86"), (97.5, 2, "97,50"), (0, 1, "0,0"), (1234567.5, 1, "1.234.567,5"), (-0.02, 2, "-0,02")],
)
def test_a_figure_keeps_its_decimals(value: float, decimals: int, text: str) -> None:
    """95,30 is a figure measured to two places; 95,3 says less."""
    assert spelled.figure(value, decimals) == text


def test_a_binary_float_is_read_as_it_is_printed() -> None:
    """1.005 is a little less than 1.005 in binary; the JSON says 1.005, so the page rounds up as the workbook does."""
    assert spelled.figure(1.005, 2) == "1,01"


@pytest.mark.parametrize(("value", "text"), [(3.5, "+3,50"), (-17.28, "−17,28"), (0, "0,00"), (-0.0, "0,00")])
def test_a_difference_shows_its_sign(value: float, text: str) -> None:
    """Growth and loss differ by more than a thin stroke; no change has no sign."""
    assert spelled.difference(value, 2) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(100, "100"), (1.5, "1,5"), (20000, "20.000"), (47.25, "47,25"), (0.00005, "0,00005"), (-0.123456, "-0,123456")],
)
def test_a_plain_number_has_no_empty_places(value: float, text: str) -> None:
    """A target of 100 is not 100,0000, and its zeros before the comma stay."""
    assert spelled.plain(value) == text


def test_shares() -> None:
    """A share of nothing is nothing, not 0 %; every share has one decimal, also one that is whole."""
    assert (spelled.share(143, 150), spelled.share(1, 3), spelled.share(0, 5), spelled.share(0, 0)) == (
        "95,3%",
        "33,3%",
        "0,0%",
        "",
    )
    assert (spelled.percent(0.921), spelled.percent(1), spelled.percent(0.07)) == ("92,1%", "100,0%", "7,0%")


@pytest.mark.parametrize(
    ("value", "measure", "unit", "text"),
    [
        ("12.5", Measure.RATIO, "%", "≥ 12,5%"),
        ("100", Measure.RATIO, "%", "100%"),
        ("100", Measure.ATTAINED, "Trạm", "100%"),
        ("90", Measure.THRESHOLD, "bác sĩ", "≥ 90%"),
        ("100", Measure.VALUE, "%", "≥ 100%"),
        ("100", Measure.VALUE, "ca", "≥ 100 ca"),
        ("99.995", Measure.RATIO, "%", "≥ 99,995%"),
        ("0.00005", Measure.VALUE, "Tuổi", "≥ 0,00005 tuổi"),
        ("1E+2", Measure.VALUE, "", "≥ 100"),
    ],
)
def test_a_bound_is_never_rounded(value: str, measure: Measure, unit: str, text: str) -> None:
    """A target of 12,5 in a row without decimals is not 13; a share of units is one of a hundred, not of stations."""
    said = spelled.bound(Comparator.AT_LEAST, Decimal(value), measure, unit)
    assert said.replace("\xa0", " ") == text


def test_a_bound_without_end_is_cut_and_not_rounded_up() -> None:
    """A twelfth of 95 a month: 7,9166…, exact or as the JSON's float."""
    for value in (Fraction(95, 12), Fraction(str(95 / 12))):
        assert spelled.bound(Comparator.AT_MOST, value, Measure.VALUE, "") == "≤\xa07,916666…"
    assert spelled.exact(Fraction(1, 3)) == "≈ 0,333333"


def test_both_bounds_of_a_year_are_said() -> None:
    """ "Từ 90 đến 110" is two numbers; half of them is due by the middle of the year."""
    targets = [{"comparator": Comparator.AT_LEAST, "value": 90}, {"comparator": Comparator.AT_MOST, "value": 110}]
    row = {"targets": targets, "milestones": [45, 55.5], "measure": "value", "unit": " Ca "}
    assert spelled.goals(row).replace("\xa0", " ") == "≥ 90 ca và ≤ 110 ca"
    assert spelled.milestones(row).replace("\xa0", " ") == "≥ 45 ca và ≤ 55,5 ca"
    assert (spelled.goals({**row, "targets": []}), spelled.milestones({**row, "milestones": []})) == ("", "")


def test_a_target_of_a_past_year_is_told_with_what_became_of_it() -> None:
    """Nobody forgets the target of 2026 because the one of 2030 is due next."""
    row = {"measure": "ratio", "unit": "%", "decimals": 2}
    past: dict[str, object] = {
        "year": 2026,
        "comparator": Comparator.ABOVE,
        "value": 95,
        "threshold": None,
        "label": "Năm 2026",
        "result": 93.84,
    }
    past |= {"included": 119, "expected": 129, "reached": False}
    assert spelled.past_target(row, past).replace("\xa0", " ") == (
        "Mục tiêu năm 2026 (> 95%) đã hết hạn: kết quả năm 2026 là 93,84% (119/129 đơn vị), chưa đạt."
    )
    unknown = {**past, "result": None, "reached": None, "threshold": 4, "label": None}
    assert spelled.past_target({**row, "measure": "threshold"}, unknown).replace("\xa0", " ") == (
        "Mục tiêu năm 2026 (> 95% đơn vị có từ 4 trở lên) đã hết hạn: "
        "không có số liệu kỳ báo cáo cả năm 2026 để đối chiếu."
    )


@pytest.mark.parametrize(
    ("unit", "text"),
    [("%", "5%"), ("Tuổi", "5\xa0tuổi"), ("BN/10.000 dân", "5\xa0BN/10.000 dân"), ("", "5"), ("cm", "5\xa0cm")],
)
def test_a_unit_of_measure_stands_behind_its_number(unit: str, text: str) -> None:
    """A printed heading "Tuổi" is small behind a number; an abbreviation stays as it is."""
    assert spelled.measured("5", unit) == text


def test_a_moment_is_told_in_the_zone_of_the_run() -> None:
    """A server in UTC gives the same page as a laptop in Ninh Bình."""
    zone = timezone(timedelta(hours=7))
    assert spelled.moment("2026-06-09T15:00:00+00:00", zone) == "22:00 ngày 09/6/2026"


def test_long_lists_and_texts_say_what_is_left() -> None:
    """Nothing is cut without a word about it."""
    assert spelled.listed(["A", "B"], 2) == "A, B"
    assert spelled.listed(["A", "B", "C"], 2) == "A, B và 1 đơn vị khác"
    assert spelled.sentence("một  hai\nba", 50) == "một hai ba"
    assert spelled.sentence("một " * 100, 20).endswith("xem tiếp trong sổ tổng hợp)")
