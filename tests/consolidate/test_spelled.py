"""Numbers and days as Vietnamese readers write them, and not a digit changed on the way."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest

from consolidate import spelled


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


@pytest.mark.parametrize(("value", "text"), [(100, "100"), (1.5, "1,5"), (20000, "20.000"), (47.25, "47,25")])
def test_a_plain_number_has_no_empty_places(value: float, text: str) -> None:
    """A target of 100 is not 100,0000, and its zeros before the comma stay."""
    assert spelled.plain(value) == text


def test_shares() -> None:
    """A share of nothing is nothing, not 0 %; a ratio of the JSON is not rounded a second time."""
    assert (spelled.share(143, 150), spelled.share(1, 3), spelled.share(0, 5), spelled.share(0, 0)) == (
        "95,3%",
        "33,3%",
        "0,0%",
        "",
    )
    assert (spelled.percent(0.9285), spelled.percent(1), spelled.percent(0.07)) == ("92,85%", "100%", "7%")


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
