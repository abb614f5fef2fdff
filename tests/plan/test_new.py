"""`plan new` begins a sound plan for any of the 34 provinces, and invents nothing that only a document can say."""

from __future__ import annotations

import pytest

from plan.build import build_plan
from plan.folder import read_folder, write_texts
from plan.model import DueKind, OddityKind, Plan, PlanError
from plan.national_set import national_indicators
from plan.new import new_plan
from plan.schema import check_tables
from plan.tables import PlanTables
from plan.territory import commune_units, provinces

CODES = [p.code for p in provinces()]


@pytest.fixture(scope="module")
def drafts() -> dict[int, PlanTables]:
    return {code: new_plan(str(code)) for code in CODES}


@pytest.fixture(scope="module")
def plans(drafts: dict[int, PlanTables]) -> dict[int, Plan]:
    return {code: build_plan(tables) for code, tables in drafts.items()}


@pytest.mark.parametrize("code", CODES)
def test_every_province_begins_without_a_fault(code: int, drafts: dict[int, PlanTables]) -> None:
    assert check_tables(drafts[code]) == []


def test_all_communes_are_there_and_every_id_differs(plans: dict[int, Plan]) -> None:
    """3,321 communes in 34 plans, each commune of the package in the plan of its province."""
    assert len({plan.id for plan in plans.values()}) == 34
    assert sum(1 for plan in plans.values() for unit in plan.units if unit.code) == 3321
    for code, plan in plans.items():
        assert plan.units[0].id == "so-y-te"
        assert plan.units[1:] == commune_units(code)


def test_a_draft_survives_its_folder(tmp_path_factory: pytest.TempPathFactory, drafts: dict[int, PlanTables]) -> None:
    """What is written to be edited is read back the same, by the ordinary door."""
    for code in (14, 79):
        folder = tmp_path_factory.mktemp("draft")
        for name, data in write_texts(drafts[code]).items():
            (folder / name).write_bytes(data)
        faults: list[str] = []
        read = read_folder(folder, faults)
        assert faults == check_tables(read) == []
        assert read.texts() == drafts[code].texts()


@pytest.mark.parametrize(
    ("given", "plan_id"),
    [
        ("Sơn La", "son-la-syt"),
        ("son la", "son-la-syt"),
        ("tỉnh Sơn La", "son-la-syt"),
        ("  TỈNH SƠN LA ", "son-la-syt"),
        ("SonLa", "son-la-syt"),
        ("14", "son-la-syt"),
        ("Dak Lak", "dak-lak-syt"),
        ("Đắk Lắk", "dak-lak-syt"),
        ("Huế", "hue-syt"),
        ("thành phố Huế", "hue-syt"),
        ("TP. Hồ Chí Minh", "ho-chi-minh-syt"),
        ("Thành phố Hồ Chí Minh", "ho-chi-minh-syt"),
        ("TP.HCM", "ho-chi-minh-syt"),
        ("Hà Nội", "ha-noi-syt"),
        ("01", "ha-noi-syt"),
    ],
)
def test_a_province_is_found_as_people_write_it(given: str, plan_id: str) -> None:
    assert new_plan(given).head.rows[0]["id"] == plan_id


@pytest.mark.parametrize(
    ("given", "offered"),
    [
        ("Sơn Lá Cờ", "Sơn La"),
        ("Đắc Lắc", "Đắk Lắk"),
        ("tỉnh Quảng Ngải Đông", "Quảng Ngãi"),
        ("Thành phố Hồ Chí Minh mở rộng", ": Hồ Chí Minh. "),  # a name that stands in it whole, and no other
        # Merged in 2025; the package of communes does not know into which.
        ("Thừa Thiên Huế", ": Huế. "),
        ("Nam Định", "Nghệ An, "),  # nothing is near: all are listed
        ("Bắc Giang", "sáp nhập năm 2025, ghi tên tỉnh mới"),
        ("99", "Sơn La"),
        ("9" * 5000, "Sơn La"),
        ("", "Sơn La"),
        ("tỉnh", "Sơn La"),
    ],
)
def test_an_unknown_province_is_refused_with_names_to_choose_from(given: str, offered: str) -> None:
    with pytest.raises(PlanError) as refused:
        new_plan(given)
    assert len(refused.value.lines) == 1
    assert f"“{given}”" in refused.value.lines[0]
    assert offered in refused.value.lines[0]


def test_the_head_speaks_of_the_province(plans: dict[int, Plan]) -> None:
    son_la, city = plans[14], plans[79]
    assert (son_la.issuer, son_la.superior) == ("Sở Y tế tỉnh Sơn La", "UBND tỉnh Sơn La")
    assert (son_la.short_issuer, son_la.level, son_la.place) == ("SYT", "tỉnh", "Sơn La")
    assert son_la.title.startswith("Kế hoạch thực hiện Nghị quyết số 72-NQ/TW")
    assert city.issuer == "Sở Y tế thành phố Hồ Chí Minh"
    assert (city.level, city.place) == ("thành phố", "Thành phố Hồ Chí Minh")  # a person's name is not cut short
    assert (plans[46].issuer, plans[46].place) == ("Sở Y tế thành phố Huế", "Huế")


def test_the_communes_are_called_by_the_kinds_that_the_province_has(plans: dict[int, Plan]) -> None:
    assert [g.name for g in plans[14].groups] == ["UBND xã, phường"]
    assert [g.name for g in plans[91].groups] == ["UBND xã, phường, đặc khu"]


def test_the_indicators_are_the_national_ones(plans: dict[int, Plan]) -> None:
    """Fourteen to 2030 and two to 2045 that show the same figures, alike in every province."""
    national = {row["code"]: row for row in national_indicators()}
    rows = plans[14].indicators
    assert [row.number for row in rows] == [str(n) for n in [*range(1, 15), 1, 2]]
    assert [(row.code, row.same_as) for row in rows if row.same_as] == [
        ("LIFE_EXPECTANCY_2045", "LIFE_EXPECTANCY"),
        ("HEALTHY_LIFE_YEARS_2045", "HEALTHY_LIFE_YEARS"),
    ]
    for row in rows:
        assert (row.name, row.unit, row.measure) == tuple(
            national[row.same_as or row.code][column] for column in ("name", "unit", "measure")
        )
        assert {t.year for t in row.targets} <= {2026, 2027, 2030, 2045}
        assert ("2045" in row.section) == bool(row.same_as) == any(t.year == 2045 for t in row.targets)
        assert len(row.short) <= 24
    assert all(plan.indicators == rows for plan in plans.values())


def test_a_person_is_asked_to_confirm_what_was_proposed(plans: dict[int, Plan]) -> None:
    """Targets, their shares of a year and reporters are marked, and nothing passes for printed."""
    for plan in plans.values():
        assert [row.code for row in plan.indicators if row.prorated] == ["PERIODIC_CHECKUP"]
        for row in plan.indicators:
            prorated = ("prorated",) if row.prorated else ()
            assert row.confirm == ("targets", *prorated, "reporters")
            assert row.target_text == row.lead_text == row.source == ""
        assert plan.tasks == ()
        assert plan.units[0].confirm == ("name",)


def test_the_note_does_not_go_stale(plans: dict[int, Plan]) -> None:
    """Deadlines, tasks and units are counted anew by every `plan check`; only what it cannot see is noted."""
    for plan in plans.values():
        (oddity,) = plan.oddities
        assert oddity.kind is OddityKind.GAP
        assert plan.superior.removeprefix("UBND ") in oddity.note
        for text in (oddity.note, oddity.suggestion):
            assert "mục tiêu" in text
            assert "đơn vị báo cáo" in text
            assert not [word for word in ("hạn", "nhiệm vụ", "lịch", "confirm", "chi cục") if word in text]
        assert "xóa lưu ý này" in oddity.suggestion


def test_no_deadline_is_invented(plans: dict[int, Plan]) -> None:
    for plan in plans.values():
        assert [(entry.kind, entry.due) for entry in plan.calendar] == [("H1", None), ("Y", None)]
        assert not [part for row in plan.indicators for part in row.due if part.kind is not DueKind.UNKNOWN]
