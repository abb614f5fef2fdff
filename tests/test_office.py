"""What leaves the program, seen through LibreOffice: every workbook prints, and formulas come to what we stored.

One call of LibreOffice takes many files; what one sheet or one formula does is tested beside its room.
"""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import Run, run
from tests.office import Office, pages, recalculation_differences, required

pytestmark = pytest.mark.office


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_absent_programs_skip_at_home_and_fail_in_ci(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    """A machine without LibreOffice can still run the suite; CI cannot lose these tests unseen."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="soffice: not installed"):
        required("soffice")


def test_a_file_that_cannot_be_loaded_is_a_complaint(office: Office, tmp_path: Path) -> None:
    """LibreOffice itself ends with exit code 0; were that believed, no conversion could fail."""
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(AssertionError, match="source file could not be loaded"):
        office.convert([broken], "pdf", tmp_path / "pdf")


@pytest.fixture(scope="module")
def printed(office: Office, demo: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The pages of one workbook of every kind that is generated."""
    folder = tmp_path_factory.mktemp("printed")
    # `status` on one return lists every unit just as well, and a run over all of them takes long.
    shutil.copytree(demo.inputs / "dot 1", folder / demo.inputs.relative_to(demo.workspace))
    status = run(folder, "status", "--period", "2026-H1", "--as-of", "09/06/2026 22:00")
    assert status.code == 0, status.stderr
    wrong = [f for f in demo.read("findings.json") if f["severity"] == "error" and f["unit"]]
    unreadable = next(f["file"] for f in wrong if f["code"].startswith("FILE_"))
    faulty = next(f["file"] for f in wrong if f["cell"])
    templates = demo.outputs / "templates"
    sources = {
        "commune": templates / "2026-H1_xa-kim-son.xlsx",
        "office": templates / "2026-H1_phong-tai-chinh.xlsx",
        "hospital": templates / "2026-H1_benh-vien-san-nhi.xlsx",
        "marked": demo.copy_of(faulty),
        "list": demo.copy_of(unreadable),
        "findings": demo.outputs / "findings.xlsx",
        "status": status.outputs / "status.xlsx",
        "consolidated": demo.outputs / "tong-hop.xlsx",
    }
    made = office.convert(list(sources.values()), "pdf", folder / "pdf")
    return {name: pages(pdf) for name, pdf in zip(sources, made, strict=True)}


@pytest.mark.parametrize(
    ("kind", "title", "least"),
    [
        ("commune", "HƯỚNG DẪN LẬP BÁO CÁO", 5),
        ("office", "HƯỚNG DẪN LẬP BÁO CÁO", 8),
        ("hospital", "HƯỚNG DẪN LẬP BÁO CÁO", 8),
        ("marked", "KẾT QUẢ KIỂM TRA BÁO CÁO", 6),
        ("list", "KẾT QUẢ KIỂM TRA BÁO CÁO", 1),
        ("findings", "KẾT QUẢ KIỂM TRA BÁO CÁO CỦA CÁC ĐƠN VỊ", 2),
        ("status", "TÌNH HÌNH NỘP BÁO CÁO", 4),
        ("consolidated", "KẾT QUẢ THỰC HIỆN CHỈ TIÊU, NHIỆM VỤ", 20),
    ],
)
def test_every_kind_of_workbook_prints(printed: dict[str, list[str]], kind: str, title: str, least: int) -> None:
    """No complaint, no blank page, no number that does not fit its column, and the title on the first page."""
    found = printed[kind]
    assert len(found) >= least
    assert title in " ".join(found[0].split())
    assert [n for n, page in enumerate(found, start=1) if len(page.split()) < 10] == []
    assert [n for n, page in enumerate(found, start=1) if "###" in page] == []


@pytest.mark.parametrize("kind", ["commune", "office", "hospital", "marked", "list", "findings"])
def test_what_goes_out_carries_its_page_numbers(printed: dict[str, list[str]], kind: str) -> None:
    """Loose sheets of a signed report must show whether one is missing."""
    found = printed[kind]
    assert [n for n, page in enumerate(found, start=1) if f"Trang {n}/{len(found)}" not in page] == []


@pytest.mark.parametrize("kind", ["status", "consolidated"])
def test_every_sheet_of_a_summary_counts_its_own_pages(printed: dict[str, list[str]], kind: str) -> None:
    """Each names itself and counts from 1, since sheets are printed one by one; an appendix's first page bears none."""
    counted = []
    for page in printed[kind]:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        below = re.search(r"– trang (\d+)$", lines[-1])
        above = re.search(r"^(?:SỐ LIỆU GIẢ, CHỈ ĐỂ TẬP DƯỢT)?\s*(\d+)$", lines[0])
        found = above or below
        counted.append(int(found[1]) if found else None)
    numbers = [1 if number is None else number for number in counted]
    assert numbers[0] == 1
    assert all(now in (before + 1, 1) for before, now in pairwise(numbers))
    assert counted.count(None) == (2 if kind == "consolidated" else 0)


@pytest.mark.parametrize("kind", ["commune", "office", "hospital"])
def test_the_heads_of_appendix_2_stand_on_each_of_its_pages(printed: dict[str, list[str]], kind: str) -> None:
    """From the page with its title to the one before "Kiểm tra"."""
    found = printed[kind]
    first = next(n for n, page in enumerate(found) if "BÁO CÁO TÌNH HÌNH THỰC HIỆN NHIỆM VỤ" in page)
    after = next(n for n, page in enumerate(found) if "KIỂM TRA TRƯỚC KHI GỬI" in page)
    own = found[first:after]
    assert len(own) >= (2 if kind == "commune" else 4)
    assert all(re.search(r"^\s*TT\s+Nhiệm vụ\s", page, re.MULTILINE) for page in own)


def test_recalculating_the_consolidated_workbook_changes_no_number(office: Office, demo: Run, tmp_path: Path) -> None:
    """Robbed of all results, every formula comes to the value stored beside it; no error value on any sheet."""
    ours = (demo.outputs / "tong-hop.xlsx").read_bytes()
    count, differences = recalculation_differences(ours, office.recalculate(ours, tmp_path))
    assert differences == []
    assert count > 400
