"""Whatever has come in, each output comes out and is honest: what is not known is said to be unknown, never nought."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from consolidate.model import (
    OVERALL_STATUS_WORDS,
    TARGET_VERDICT_WORDS,
    Consolidation,
    OverallStatus,
    TargetVerdict,
)
from consolidate.page.draw import draw_page
from consolidate.report.draw import draw_report
from consolidate.result_json import consolidated_json
from consolidate.workbook.book import draw_workbook
from plan.model import Measure
from plan.words import TaskStatus
from tests.consolidate.partial_case import (
    came_in,
    communes,
    consolidated,
    declined,
    everybody,
    period_of,
    plan_of,
    with_nothing,
)
from tests.consolidate.workbook_case import say
from validation.model import Checked

H1 = period_of("2026-H1")
NO_DATA = "Chưa có số liệu"
UNREPORTED = "BHYT_COVERAGE"
QUIET = "NV-I-1"
# What a program says when it has nothing to say, wherever it stands alone in a text.
_SLIP = re.compile(
    r"#DIV/0!|#N/A|#REF!|#NAME\?|#VALUE!|#NUM!|#NULL!|Err:|\[\]|\{\}|(?<![\w.])(?:nan|None|-?inf|null|undefined)(?!\w)",
    re.IGNORECASE,
)


def _with_gaps(checked: Checked) -> Checked:
    """One indicator that nobody reported, and one task for which nothing came up anywhere."""
    return replace(
        checked,
        indicator_entries=tuple(e for e in checked.indicator_entries if e.row != UNREPORTED),
        task_entries=tuple(with_nothing(e) if e.row == QUIET else e for e in checked.task_entries),
    )


def _declined(checked: Checked) -> Checked:
    return replace(
        checked,
        indicator_entries=tuple(map(declined, checked.indicator_entries)),
        task_entries=tuple(map(with_nothing, checked.task_entries)),
    )


def _blocked(checked: Checked) -> Checked:
    return replace(
        checked,
        indicator_entries=tuple(replace(e, blocked=True) for e in checked.indicator_entries),
        task_entries=tuple(replace(e, blocked=True) for e in checked.task_entries),
    )


CASES: Mapping[str, Callable[[], Checked]] = {
    "nobody": lambda: came_in((), H1),
    "one": lambda: came_in(communes()[:1], H1),
    "sixty": lambda: came_in(communes()[:60], H1),
    "gaps": lambda: _with_gaps(came_in(everybody(), H1)),
    "declined": lambda: _declined(came_in(everybody(), H1)),
    "blocked": lambda: _blocked(came_in(everybody(), H1)),
}
every_case = pytest.mark.parametrize("case", CASES)


@dataclass(frozen=True)
class Drawn:
    """Every output of one run, each drawn when a test first asks for it."""

    run: Consolidation

    @cached_property
    def told(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(consolidated_json(self.run))
        return told

    @cached_property
    def book(self) -> bytes:
        return draw_workbook(self.run, say)

    @cached_property
    def report(self) -> bytes:
        return draw_report(self.told)

    @cached_property
    def page(self) -> str:
        return draw_page(self.told).decode("utf-8")

    @cached_property
    def sheets(self) -> dict[str, list[list[Any]]]:
        book = CalamineWorkbook.from_filelike(BytesIO(self.book))
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}

    def indicator(self, code: str) -> dict[str, Any]:
        return next(row for row in self.told["indicators"] if row["code"] == code)

    def task(self, code: str) -> dict[str, Any]:
        return next(row for row in self.told["tasks"] if row["code"] == code)

    def results(self) -> list[dict[str, Any]]:
        """The rows of "Phụ lục 1" that show an indicator, by heading, in the order of the JSON."""
        return self._rows("Phụ lục 1", "Chỉ tiêu", [row["name"] for row in self.told["indicators"]])

    def works(self) -> list[dict[str, Any]]:
        """The rows of "Phụ lục 2" that show a task, likewise."""
        return self._rows("Phụ lục 2", "Nhiệm vụ", [row["name"] for row in self.told["tasks"]])

    def _rows(self, sheet: str, heading: str, names: list[str]) -> list[dict[str, Any]]:
        lines = iter(self.sheets[sheet])
        head = next(line for line in lines if heading in line)
        at = head.index(heading)
        found = [next(line for line in lines if str(line[at]).startswith(name)) for name in names]
        return [dict(zip(head, line, strict=True)) for line in found]


@cache
def drawn(case: str) -> Drawn:
    return Drawn(consolidated(CASES[case](), H1))


# --- in every case ----------------------------------------------------------------------------


def _texts_of_the_report(report: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(report)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(?:document|header\d*|footer\d*|footnotes)\.xml", name):
                root = ElementTree.fromstring(archive.read(name))  # noqa: S314 (our own file)
                for paragraph in root.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
                    yield "".join(paragraph.itertext())


class _Visible(HTMLParser):
    """The texts of a page that people are shown or that are read to them."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")
        self.texts += [value for name, value in attrs if value and name in ("title", "alt", "aria-label")]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.texts.append(data.strip())


def _texts_of_the_page(page: str) -> list[str]:
    parser = _Visible()
    parser.feed(page)
    return parser.texts


def _slips(texts: Iterable[str]) -> list[str]:
    return sorted(text for text in set(texts) if _SLIP.search(text))


def _cells(book: Drawn) -> set[str]:
    return {cell for lines in book.sheets.values() for line in lines for cell in line if isinstance(cell, str)}


@every_case
def test_no_sheet_shows_an_error(case: str) -> None:
    """Neither in a cell nor in what a chart keeps of one; the long sheet repeats only what was typed."""
    assert _slips(_cells(drawn(case))) == []
    with zipfile.ZipFile(BytesIO(drawn(case).book)) as archive:
        for name in archive.namelist():
            part = archive.read(name).decode("utf-8", "replace")
            if name.startswith("xl/worksheets/sheet"):
                assert ' t="e"' not in part, name
                assert not re.search(r"<v>(?:nan|-?inf|None)", part, re.IGNORECASE), name
            elif name.startswith("xl/charts/chart"):
                assert not re.search(r"<c:v>(?:#|nan|-?inf|None)", part, re.IGNORECASE), name


@every_case
def test_the_report_says_no_slip(case: str) -> None:
    texts = list(_texts_of_the_report(drawn(case).report))
    assert len(texts) > 50
    assert _slips(texts) == []


@every_case
def test_the_page_says_no_slip(case: str) -> None:
    texts = _texts_of_the_page(drawn(case).page)
    assert len(texts) > 50
    assert _slips(texts) == []


@every_case
def test_the_three_parts_of_every_figure_are_those_who_report_it(case: str) -> None:
    """Nobody gets lost between in, missing and not applicable; JSON and workbook say the same n of N."""
    for row, shown in zip(drawn(case).told["indicators"], drawn(case).results(), strict=True):
        parts = [*row["included"], *row["missing"], *row["not_applicable"]]
        assert len(set(parts)) == len(parts) == row["expected"], row["code"]
        assert f"{len(row['included'])}/{row['expected']}" in str(shown["Đơn vị có số liệu"]), row["code"]
        assert shown["Đánh giá"].startswith(TARGET_VERDICT_WORDS[TargetVerdict(row["verdict"])]), row["code"]


@every_case
def test_a_figure_of_nobody_is_no_number(case: str) -> None:
    """Not 0 and not blank: the row says that there is none; and a row with a figure does not say so."""
    for row, shown in zip(drawn(case).told["indicators"], drawn(case).results(), strict=True):
        assert (row["value"] is None) == (not row["included"]), row["code"]
        if row["value"] is None:
            assert isinstance(shown["Kết quả"], str), row["code"]
            assert shown["Kết quả"].startswith((NO_DATA, "Không áp dụng")), row["code"]
        else:
            assert isinstance(shown["Kết quả"], float), row["code"]


@every_case
def test_a_task_of_which_nobody_spoke_has_no_progress(case: str) -> None:
    for row, shown in zip(drawn(case).told["tasks"], drawn(case).works(), strict=True):
        assert OVERALL_STATUS_WORDS[OverallStatus(row["status"])] in shown["Tình trạng chung"].splitlines(), row["code"]
        if row["progress"] is None:
            assert not isinstance(shown["% hoàn thành (thấp nhất)"], float), row["code"]


# --- case by case -----------------------------------------------------------------------------


def test_before_anybody_reports_nothing_is_known() -> None:
    told = drawn("nobody").told
    assert (told["units"]["expected"], told["units"]["counted"]) == (150, 0)
    assert told["reporting"] == {"on_time": 0, "late": 0, "to_be_corrected": 0, "missing": 150}
    assert {row["verdict"] for row in told["indicators"]} == {"not_enough_data"}
    assert {row["coverage"]["share"] for row in told["indicators"]} == {0}
    assert {row["status"] for row in told["tasks"]} == {"not_enough_reports"}
    assert [row["value"] for row in told["indicators"] if row["value"] is not None] == []


def test_one_commune_is_one_of_129() -> None:
    """Its figures are shown as what they are: of one commune, and no verdict is given on them."""
    seen = drawn("one")
    row = seen.indicator(UNREPORTED)
    assert (len(row["included"]), row["expected"]) == (1, 129)
    assert row["value"] == row["units"][0]["value"] == row["mean_of_percentages"]
    assert row["verdict"] == "not_enough_data"
    assert sum(row["value"] is not None for row in seen.told["indicators"]) == 7
    assert sum(1 for shown in seen.results() if shown["Kết quả"] == NO_DATA) == 9


def test_sixty_communes_give_figures_without_verdicts() -> None:
    told = drawn("sixty").told
    asked = [row for row in told["indicators"] if row["expected"] == 129]
    assert {len(row["included"]) for row in asked} == {60}
    assert {row["verdict"] for row in asked} <= {"not_enough_data", "not_yet_due"}
    assert {row["coverage"]["share"] for row in asked} == {round(60 / 129, 3)}


def test_a_row_that_nobody_reported_stands_alone() -> None:
    """The others keep their figures and verdicts; nothing is made up for the one."""
    seen = drawn("gaps")
    row = seen.indicator(UNREPORTED)
    assert (row["value"], row["included"], len(row["missing"])) == (None, [], 129)
    assert row["verdict"] == "not_enough_data"
    assert [r["code"] for r in seen.told["indicators"] if r["value"] is None] == [UNREPORTED]
    assert [shown["Kết quả"] == NO_DATA for shown in seen.results()].count(True) == 1


def test_a_task_for_which_nothing_came_up_is_neither_done_nor_late() -> None:
    seen = drawn("gaps")
    row = seen.task(QUIET)
    assert row["status"] == "nothing"
    assert (row["progress"], row["overdue"], row["due_now"], row["at_risk"]) == (None, False, False, False)
    assert row["counts"][TaskStatus.NOTHING.value] == len([u for u in row["units"] if u["role"] == "lead"])
    others = {r["status"] for r in seen.told["tasks"] if r["code"] != QUIET}
    assert "not_enough_reports" not in others


def test_what_applies_to_nobody_has_no_verdict_and_no_coverage() -> None:
    """No unit owes it, so none is missing, and nobody is part of a whole."""
    for row in drawn("declined").told["indicators"]:
        assert (row["value"], row["missing"], row["included"]) == (None, [], [])
        assert row["verdict"] == "not_applicable"
        assert row["coverage"]["share"] is None
    assert {row["status"] for row in drawn("declined").told["tasks"]} == {"nothing"}


def test_rows_with_errors_count_for_nothing_though_their_units_reported() -> None:
    told = drawn("blocked").told
    assert told["units"]["counted"] == 150
    assert {row["verdict"] for row in told["indicators"]} == {"not_enough_data"}
    assert all(row["value"] is None and len(row["missing"]) == row["expected"] for row in told["indicators"])
    assert {row["status"] for row in told["tasks"]} == {"not_enough_reports"}
    assert {row["progress"] for row in told["tasks"]} == {None}


def test_denominators_of_nothing_divide_nothing() -> None:
    """ "Không phát sinh" in both halves of every ratio: there are units, and there is no share of nothing."""
    checked = came_in(communes(), H1)
    ratios = {i.code for i in plan_of().indicators if i.measure is Measure.RATIO}
    empty = tuple(replace(e, value=e.value and type(e.value)(0)) for e in checked.indicator_entries if e.row in ratios)
    seen = Drawn(consolidated(replace(checked, indicator_entries=empty), H1))
    row = seen.indicator(UNREPORTED)
    assert (row["value"], len(row["included"]), row["denominator"]) == (None, 129, 0)
    shown = next(shown for shown, r in zip(seen.results(), seen.told["indicators"], strict=True) if r is row)
    assert not isinstance(shown["Kết quả"], float)
    assert _slips(_cells(seen)) == []
    assert _slips(_texts_of_the_report(seen.report)) == []
    assert _slips(_texts_of_the_page(seen.page)) == []


@pytest.mark.parametrize("plan_id", ["kien-hai", "muong-la"])
@pytest.mark.parametrize("has_reported", [False, True])
def test_a_plan_of_a_few_offices_is_told_as_honestly(plan_id: str, has_reported: bool) -> None:
    """A commune's plan: rows of prose, no number to reach in some of them, one office for most."""
    plan, period = plan_of(plan_id), period_of("2026-Y", plan_id)
    units = everybody(plan) if has_reported else ()
    seen = Drawn(consolidated(came_in(units, period, plan), period, plan=plan))
    assert _slips(_cells(seen)) == []
    assert _slips(_texts_of_the_report(seen.report)) == []
    assert _slips(_texts_of_the_page(seen.page)) == []
    figures = [isinstance(shown["Kết quả"], float) for shown in seen.results()]
    assert figures == [has_reported] * len(plan.indicators)
