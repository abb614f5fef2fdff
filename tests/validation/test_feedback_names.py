"""Whoever sends a copy sees whose it is; no two share a name, and none says more of the unit than is known."""

from __future__ import annotations

import pytest

from validation.feedback_names import Outgoing, copy_names


def names(*files: str, unit: str = "xa-gia-vien", explain: bool = False) -> list[str]:
    return copy_names([Outgoing(file, unit, explain) for file in files])


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("2026-H1_xa-gia-vien.xlsx", "can-sua_2026-H1_xa-gia-vien.xlsx"),
        ("dot 1/2026-H1_xa-gia-vien.XLS", "can-sua_2026-H1_xa-gia-vien.xlsx"),
        ("thu.eml/tong hop 75.ods", "can-sua_xa-gia-vien_tong hop 75.xlsx"),
        ("2026-H1_xa-gia-vien-moi.xlsx", "can-sua_xa-gia-vien_2026-H1_xa-gia-vien-moi.xlsx"),
        ("a#1%20:b.xlsx", "can-sua_xa-gia-vien_a_1_20_b.xlsx"),
        ("b\udce1o\n.xlsx", "can-sua_xa-gia-vien_b_o_.xlsx"),
        (".xlsx", "can-sua_xa-gia-vien_.xlsx"),
    ],
)
def test_a_name_tells_the_unit_and_what_came(file: str, name: str) -> None:
    assert names(file) == [name]


def test_a_name_tells_what_is_asked() -> None:
    assert names("a.xlsx", explain=True) == ["de-nghi-giai-trinh_xa-gia-vien_a.xlsx"]


@pytest.mark.parametrize("file", ["2026-H1_xa-gia-vien.xlsx", "bao cao.xlsx", "de-nghi-giai-trinh_bao cao.xlsx"])
def test_names_do_not_grow_when_copies_come_back(file: str) -> None:
    (once,) = names(file)
    assert names(once) == [once]
    assert names(names(once, explain=True)[0]) == [once]


def test_no_two_copies_share_a_name() -> None:
    """Folders are named where only they tell two files apart, numbers where nothing else does."""
    files = ["A/2026-H1_xa-gia-vien.xlsx", "can-sua_2026-H1_xa-gia-vien.ods", "2026-H1_XA-GIA-VIEN.XLS", "b.xlsx"]
    assert names(*files) == [
        "can-sua_A_2026-H1_xa-gia-vien.xlsx",
        "can-sua_2026-H1_xa-gia-vien.xlsx",
        "can-sua_2026-H1_XA-GIA-VIEN_2.xlsx",
        "can-sua_xa-gia-vien_b.xlsx",
    ]


def test_long_names_are_cut_at_a_letter_and_stay_apart() -> None:
    made = names(f"{'Đ' * 200}1.xlsx", f"{'Đ' * 200}2.xlsx")
    assert len(set(made)) == 2
    assert all(len(name.encode()) <= 128 and "\ufffd" not in name for name in made)
