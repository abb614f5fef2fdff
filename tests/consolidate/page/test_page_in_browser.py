"""The page in Chromium, from the disk: found by search, sorted by keyboard, narrow and wide, and never a request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from consolidate.page.draw import draw_page
from plan.words import fold
from tests.browser import PHONE, PROJECTOR, Browser, browser, programs
from tests.consolidate.page.page_case import EVIL, hostile, run_with_past, told
from tests.office import pages

pytestmark = pytest.mark.office

_SHOWN = (
    "return [...document.querySelectorAll('.units tbody tr:not([hidden]) th')].map(th => th.firstChild.data.trim())"
)
_FOUND = "return document.querySelector('#don-vi [role=status]').textContent"
_NAMES = ("UBND xã Nho Quan", "UBND xã Đông Hoa Lư", "UBND phường Yên Thắng", "Bệnh viện Nội tiết", "UBND xã Ý Yên")
# Every piece of text that is seen: its colour against the nearest ground below it (WCAG 2.2, contrast ratio).
_CONTRASTS = """
const light = (rgb) => rgb.map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const numbers = (text) => text.match(/[\\d.]+/g).map(Number);
const ground = (node) => {
  for (; node; node = node.parentElement) {
    const colour = numbers(getComputedStyle(node).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour.slice(0, 3);
    if (colour[3] !== 0) return [NaN, NaN, NaN];
  }
  return [255, 255, 255];
};
document.querySelectorAll('details').forEach(d => d.open = true);
const found = {};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !node.checkVisibility() || node.closest('script')) continue;
  const front = numbers(getComputedStyle(node).color).slice(0, 3), back = ground(node);
  const [low, high] = [light(front), light(back)].sort((a, b) => a - b);
  found[`${front} on ${back}`] = (high + 0.05) / (low + 0.05);
}
return found;
"""
_OVERFLOW = "const e = document.documentElement; return e.scrollWidth - e.clientWidth"


def crowd(number: int) -> dict[str, Any]:
    """The small run's data with so many units; five have the names of real places."""
    data = told(run_with_past())
    lines = []
    for at in range(number):
        name = _NAMES[at] if at < len(_NAMES) else f"UBND xã Số {at}"
        row = data["statuses"][at % len(data["statuses"])]
        lines.append({**row, "unit": f"u{at}", "name": name, "errors": (at * 7) % 23})
    return {**data, "statuses": lines}


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("chromium") / "profile") as running:
        yield running


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("crowded") / "bao-cao.html"
    path.write_bytes(draw_page(crowd(60)))
    return path


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_absent_chromium_skips_at_home_and_fails_in_ci(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    """CI cannot lose these tests unseen."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="chromedriver: not installed"):
        programs()


@pytest.mark.parametrize("size", [PHONE, PROJECTOR])
def test_it_asks_for_nothing_and_complains_of_nothing(chromium: Browser, crowded: Path, size: tuple[int, int]) -> None:
    """One request, the file itself; an empty console; no scrolling sideways; its style and both scripts at work."""
    chromium.open(crowded, size)
    assert chromium.requests() == [crowded.as_uri()]
    assert chromium.complaints() == []
    assert chromium.ask(_OVERFLOW) == 0
    assert chromium.ask("return getComputedStyle(document.body).color") == "rgb(24, 33, 43)"
    assert chromium.ask("return document.querySelectorAll('th button').length") == 8
    chromium.ask("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert chromium.ask(_OVERFLOW) == 0


def test_nothing_moves_while_it_opens(chromium: Browser, crowded: Path) -> None:
    """What a reader is about to tap stays where it is."""
    chromium.open(crowded, PHONE)
    moved = chromium.driver.execute_async_script(
        "const done = arguments[0]; new PerformanceObserver(list => done(list.getEntries().map(e => e.value)))"
        ".observe({type: 'layout-shift', buffered: true}); setTimeout(() => done([]), 400)"
    )
    assert sum(moved) < 0.01


def test_search_reached_by_tab_finds_names_without_their_marks(chromium: Browser, crowded: Path) -> None:
    """ "nho quan" finds Nho Quan, "dong hoa" finds Đông Hoa Lư; the count is said in a live region."""
    chromium.open(crowded)
    for _ in range(80):
        chromium.press(Keys.TAB)
        if chromium.ask("return document.activeElement.id") == "tim-don-vi":
            break
    else:
        pytest.fail("the search field was not reached")
    chromium.press("nho quan")
    assert chromium.ask(_SHOWN) == ["UBND xã Nho Quan"]
    assert chromium.ask(_FOUND) == "Tìm thấy 1 trong 60 đơn vị"
    assert chromium.ask("return document.querySelector('#don-vi [role=status]').ariaLive") == "polite"
    for typed, names in (("DONG HOA", [_NAMES[1]]), ("yên", [_NAMES[2], _NAMES[4]]), ("quan nho", [_NAMES[0]])):
        chromium.ask("document.activeElement.select()")
        chromium.press(typed)
        assert chromium.ask(_SHOWN) == names
    chromium.press("không có ai")
    assert chromium.ask(_SHOWN) == []
    assert chromium.ask("return document.querySelector('#don-vi .none-found').checkVisibility()")


def test_the_page_folds_letters_as_the_rest_of_the_program(chromium: Browser, crowded: Path) -> None:
    """One way to compare names: what `plan.words.fold` holds equal, the page finds."""
    chromium.open(crowded)
    search = (
        "const field = document.getElementById('tim-don-vi'); field.value = arguments[0];"
        "field.dispatchEvent(new Event('input'));" + _SHOWN
    )
    for name in _NAMES:
        assert name in chromium.ask(search, fold(name))
    assert chromium.ask(search, fold(_NAMES[1])) == [_NAMES[1]]


def test_filters_by_state_and_the_way_there_from_the_legend(chromium: Browser, crowded: Path) -> None:
    """Who is still missing is one tap away from the bar that counts them; clearing brings all back."""
    chromium.open(crowded, PHONE)
    chromium.ask("document.querySelector('#nop a[data-pick=missing]').click()")
    rows = "[...document.querySelectorAll('.units tr[data-state]:not([hidden])')]"
    assert chromium.ask(f"return [...new Set({rows}.map(r => r.dataset.state))]") == ["missing"]
    assert chromium.ask(_FOUND) == "Tìm thấy 12 trong 60 đơn vị"
    chromium.ask("document.querySelector('#don-vi .reset').click()")
    assert len(chromium.ask(_SHOWN)) == 60
    assert chromium.ask("return document.activeElement.id") == "tim-don-vi"
    chromium.ask("document.querySelector('#nhiem-vu a[data-pick=in_progress]').click()")
    shown = (
        "return [...document.querySelectorAll('table.tasks tr:not([hidden])')].filter(r => r.checkVisibility()).length"
    )
    assert chromium.ask(shown) == 1 + 1 + 2 * 2, "the heads, the group, and two tasks with what is under them"


def test_sorting_by_keyboard(chromium: Browser, crowded: Path) -> None:
    """Enter sorts up, Space sorts down, the head says so to a screen reader, and those without a value come last."""
    chromium.open(crowded)
    focus = "[...document.querySelectorAll('th button')].find(b => b.textContent.trim() === arguments[0]).focus()"
    heads = "return [...document.querySelectorAll('th[aria-sort]')].map(h => [h.textContent.trim(), h.ariaSort])"
    column = (
        "return [...document.querySelectorAll('.units tbody tr')].map(r => r.cells[arguments[0]].textContent.trim())"
    )
    chromium.ask(focus, "Lỗi")
    chromium.press(Keys.ENTER)
    assert chromium.ask(heads) == [["Lỗi", "ascending"]]
    errors = [int(text) for text in chromium.ask(column, 6)]
    assert errors == sorted(errors) and errors[0] < errors[-1]
    chromium.press(Keys.SPACE)
    assert chromium.ask(heads) == [["Lỗi", "descending"]]
    assert [int(text) for text in chromium.ask(column, 6)] == sorted(errors, reverse=True)
    assert "xếp theo “Lỗi” giảm dần" in chromium.ask(_FOUND)
    chromium.ask(focus, "Nhận lúc")
    for _ in range(2):
        chromium.press(Keys.ENTER)
        assert chromium.ask(column, 4)[-12:] == ["–"] * 12
    chromium.ask(focus, "Đơn vị")
    chromium.press(Keys.ENTER)
    names = chromium.ask(column, 1)
    assert names[0] == "Bệnh viện Nội tiết" and names[-1] == "UBND xã Ý Yên", "in Vietnamese order, not by code points"
    chromium.ask(focus, "STT")
    chromium.press(Keys.ENTER)
    assert chromium.ask(column, 0) == [str(n) for n in range(1, 61)]


def test_contrast_of_every_text(chromium: Browser, crowded: Path) -> None:
    """WCAG AA: 4.5 : 1 for every colour of text on its ground, in what is folded up too, and with the banner."""
    page = crowded.with_name("rehearsal.html")
    page.write_bytes(draw_page({**crowd(5), "rehearsal": True}))
    chromium.open(page)
    found = chromium.ask(_CONTRASTS)
    assert len(found) >= 6
    assert {pair: round(ratio, 2) for pair, ratio in found.items() if not ratio >= 4.5} == {}


def test_focus_is_seen_and_motion_can_be_off(chromium: Browser, crowded: Path) -> None:
    """A ring around whatever has the focus; no gliding for who asked for none."""
    chromium.open(crowded)
    chromium.press(Keys.TAB)
    assert chromium.ask("return document.activeElement.className") == "skip"
    assert chromium.ask("return document.activeElement.getBoundingClientRect().top") >= 0
    assert chromium.ask("return parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
    still = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    chromium.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", still)
    assert chromium.ask("return getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    chromium.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.parametrize("size", [PHONE, PROJECTOR])
def test_hostile_texts_do_nothing(chromium: Browser, crowded: Path, size: tuple[int, int]) -> None:
    """Tags, quotes, turned-around text and ten thousand letters without a break: shown as text, nothing runs."""
    page = crowded.with_name("hostile.html")
    page.write_bytes(draw_page(hostile(hostile(told(run_with_past())), EVIL + "x" * 10_000)))
    chromium.open(page, size)
    chromium.ask("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert chromium.ask("return window.done === undefined")
    assert "<script>window.done=1</script>" in chromium.ask("return document.querySelector('main').innerText")
    assert chromium.requests() == [page.as_uri()]
    assert chromium.complaints() == []
    assert chromium.ask(_OVERFLOW) == 0


def test_the_policy_is_in_force(chromium: Browser, crowded: Path) -> None:
    """Were a tag to slip through after all, the browser itself would refuse to run or fetch it."""
    chromium.open(crowded)
    chromium.ask(
        "const s = document.createElement('script'); s.textContent = 'window.done = 1'; document.body.append(s);"
        "const i = document.createElement('img'); i.src = 'http://127.0.0.1:9/x.png'; document.body.append(i);"
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\" onclick=\"window.done=2\">x</p>');"
        "document.body.lastChild.click()"
    )
    assert chromium.ask("return window.done === undefined")
    said = "\n".join(chromium.complaints())
    assert all(f"{what}-src" in said for what in ("script", "style", "img")), said


def test_without_javascript_everything_is_there(chromium: Browser, crowded: Path) -> None:
    """A locked-down office PC shows every table; what needs the script is not offered."""
    chromium.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        chromium.open(crowded)
        tree = chromium.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    finally:
        chromium.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    seen = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in tree if not n["ignored"]]
    assert ("rowheader", "UBND xã Nho Quan") in seen and ("rowheader", "UBND xã Số 59") in seen
    assert not {"searchbox", "button"} & {role for role, _ in seen}


def test_what_a_screen_reader_is_told_on_a_phone(chromium: Browser, crowded: Path) -> None:
    """Cards are still tables with rows and heads there; landmarks, fields and charts have names."""
    chromium.open(crowded, PHONE)
    tree = chromium.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    seen = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in tree if not n["ignored"]]
    roles = [role for role, _ in seen]
    for role in ("banner", "navigation", "main", "contentinfo", "status", "columnheader", "rowheader", "cell"):
        assert role in roles
    assert roles.count("table") == 4, "indicators, groups, tasks, units"
    named = {"region", "navigation", "search", "searchbox", "combobox", "button", "table", "link", "image"}
    assert [role for role, name in seen if role in named and not name] == []
    assert ("searchbox", "Tìm đơn vị") in seen


def test_three_thousand_units_are_searched_at_once(chromium: Browser, crowded: Path) -> None:
    """The whole country in one table: one letter narrows it, one key sorts it, faster than a reader waits."""
    page = crowded.with_name("national.html")
    data = draw_page(crowd(3321))
    page.write_bytes(data)
    assert len(data) < 3 << 20
    chromium.open(page)
    timed = chromium.ask(
        "const field = document.getElementById('tim-don-vi'); const start = performance.now(); field.value = 'so 33';"
        "field.dispatchEvent(new Event('input')); document.body.offsetHeight; const mid = performance.now();"
        "document.querySelectorAll('th button')[1].click(); document.body.offsetHeight;"
        "return [mid - start, performance.now() - mid]"
    )
    assert chromium.ask(_FOUND).startswith("Tìm thấy 32 trong 3.321 đơn vị")
    assert max(timed) < 3000, "milliseconds; some 100 on two quiet cores"


def test_it_prints(chromium: Browser, crowded: Path) -> None:
    """On paper: every unit, no search fields, no menu, on A4 across."""
    chromium.open(crowded)
    pdf = crowded.with_suffix(".pdf")
    pdf.write_bytes(chromium.printed())
    text = "\n".join(pages(pdf))
    assert "UBND xã Nho Quan" in text and "UBND xã Số 59" in text
    assert "Xóa lọc" not in text and "không cần gõ dấu" not in text
    assert "Kết quả thực hiện kế hoạch" in text
