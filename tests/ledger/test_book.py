"""What the ledger promises, on SQLite and on a real PostgreSQL server."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from ledger.book import ledger_url, open_ledger
from ledger.model import KeptFile, Occasion
from plan.model import Period, PlanError
from plan.period import parse_period
from plan.words import DataState
from tests.ledger.made import HANOI, NOW, OCCASION, PLAN, Sent, checked, day, dump, looking_into, run, utc
from tests.postgres import Server
from validation.model import Verdict

LATER = replace(OCCASION, as_of=NOW + timedelta(days=3))
A, B = Sent("xa-a/BC.xlsx", b"mot"), Sent("xa-b.xlsx", b"hai", unit="xa-b", sender="xab@example.vn")


def period(text: str) -> Period:
    return parse_period(PLAN, text)


def test_every_file_is_kept_with_its_bytes_and_its_hash(url: str) -> None:
    """Also the empty one, and of one too large to keep the hash and the size."""
    empty_file = Sent("rong.xlsx", b"")
    large = KeptFile("to.xlsx", "to.xlsx", "ab" * 32, "ab" * 32, 70 << 20, day(2), "", b"")
    with open_ledger(url) as ledger:
        for file in (A.kept(), B.kept(), empty_file.kept(), large):
            ledger.keep(OCCASION, file)
    with open_ledger(url) as ledger:
        assert [ledger.content(s.sha256) for s in (A, B, empty_file)] == [b"mot", b"hai", b""]
        assert ledger.content(large.sha256) is None
        assert ledger.content("cd" * 32) is None
        assert {v.file: v.size for v in ledger.versions(OCCASION, "")}["to.xlsx"] == 70 << 20


def test_what_is_flushed_is_safe_before_anything_else_happens(url: str) -> None:
    with open_ledger(url) as ledger:
        ledger.keep(OCCASION, A.kept())
        ledger.flush()
        with open_ledger(url) as other:
            assert other.content(A.sha256) == b"mot"


def test_many_bytes_do_not_wait_for_the_end(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of large files must not pile up in memory."""
    monkeypatch.setattr("ledger.book._MOST_PENDING", 4)
    with open_ledger(url) as ledger:
        ledger.keep(OCCASION, A.kept())
        ledger.keep(OCCASION, B.kept())
        with open_ledger(url) as other:
            assert other.content(A.sha256) == b"mot"


def test_a_run_that_ends_badly_leaves_what_was_there(url: str) -> None:
    with pytest.raises(RuntimeError), open_ledger(url) as ledger:
        ledger.keep(OCCASION, A.kept())
        raise RuntimeError
    assert dump(url)["receipt"] == []


def test_a_run_is_remembered_whole(url: str) -> None:
    """Every accepted value is a plain row of SQL, exact to the last zero."""
    with open_ledger(url) as ledger:
        run(ledger, A, replace(B, blocked=True))
    with looking_into(url) as cursor:
        cursor.execute(
            'SELECT r.unit, c."row", c.field, c.value, c.sheet, c.cell FROM indicator_cell c '
            "JOIN receipt r ON r.id = c.receipt WHERE r.counts AND NOT c.blocked ORDER BY c.line"
        )
        values = cursor.fetchall()
    sheet = "Phụ lục 1"
    assert values == [("xa-a", "ROW0", "value", "95.50", sheet, "F9"), ("xa-a", "ROW1", "value", "1E+2", sheet, "F10")]


def test_versions_tell_what_was_sent_and_what_became_of_it(url: str) -> None:
    old = replace(A, counts=False)
    new = replace(A, file="xa-a/BC moi.xlsx", data=b"moi", received_at=day(3), numbers=("1",))
    with open_ledger(url) as ledger:
        run(ledger, new, old, B)
        first, second = ledger.versions(LATER, "xa-a")
        assert [first.number, second.number] == [1, 2]
        assert (first.file, first.sha256, first.size, first.counts) == (old.file, old.sha256, 3, False)
        assert (second.file, second.verdict, second.counts, second.withdrawn) == (new.file, Verdict.ACCEPTED, True, "")
        assert (second.received_at, second.first_seen, second.received_at.tzinfo) == (day(3), NOW, HANOI)
        assert (first.indicator_entries, first.task_entries) == (old.cells(), (old.task(),))
        assert second.indicator_entries == new.cells()
        assert [v.sender for v in ledger.versions(LATER, "xa-b")] == ["xab@example.vn"]
        assert {unit: len(found) for unit, found in ledger.all_versions(LATER).items()} == {"xa-a": 2, "xa-b": 1}
        assert ledger.all_versions(LATER)["xa-a"] == (first, second)
        assert ledger.versions(replace(OCCASION, period_id="2026-Y"), "xa-a") == ()


def test_a_second_run_over_the_same_files_writes_nothing(url: str) -> None:
    """Not even the same values again: the rows are those of the first run, down to where the database put them."""

    def where_it_lies() -> object:
        if url.startswith("sqlite"):
            return Path(url.removeprefix("sqlite:///")).read_bytes()
        tables = ("content", "receipt", "indicator_cell", "task_row")
        with looking_into(url) as cursor:
            return [sorted(cursor.execute(f"SELECT xmin::text, ctid::text FROM {t}").fetchall()) for t in tables]  # noqa: S608

    with open_ledger(url) as ledger:
        run(ledger, A, B)
    before = where_it_lies()
    with open_ledger(url) as ledger:
        run(ledger, A, B, occasion=LATER)
    assert where_it_lies() == before
    assert {row[9] for row in dump(url)["receipt"]} == {utc(NOW)}  # first_seen


def test_another_reading_of_the_same_file_replaces_the_old_one(url: str) -> None:
    """A rule that was added reads an old file anew: its rows are changed, those of others are not touched."""
    with open_ledger(url) as ledger:
        run(ledger, A, B)
        run(ledger, replace(A, numbers=("7",), blocked=True), B)
        (version,) = ledger.versions(OCCASION, "xa-a")
        assert version.indicator_entries == replace(A, numbers=("7",), blocked=True).cells()
        assert version.verdict is Verdict.TO_BE_CORRECTED
        run(ledger, A, B)
    assert len(dump(url)["indicator_cell"]) == 4


def test_the_same_bytes_came_when_they_first_came(url: str) -> None:
    """A folder that is copied anew, under other names or not, must not make anybody late."""
    with open_ledger(url) as ledger:
        assert ledger.keep(OCCASION, A.kept())[0] == day(1)
    with open_ledger(url) as ledger:
        assert ledger.keep(LATER, replace(A, received_at=day(12)).kept())[0] == day(1)
        moved = replace(A, file="moi/BC.xlsx", received_at=day(12))
        assert ledger.keep(LATER, moved.kept())[0] == day(1)
        assert ledger.keep(LATER, replace(A, received_at=day(12), data=b"khac").kept())[0] == day(12)
    with open_ledger(url) as ledger:
        assert ledger.keep(LATER, replace(moved, received_at=day(20)).kept())[0] == day(1)
        other = replace(OCCASION, period_id="2026-Y")
        assert ledger.keep(other, replace(A, received_at=day(12)).kept())[0] == day(12)


def test_the_moment_comes_in_the_zone_in_which_it_was_given(url: str) -> None:
    with open_ledger(url) as ledger:
        ledger.keep(OCCASION, replace(A, received_at=day(1).astimezone(UTC)).kept())
        moment, _ = ledger.keep(OCCASION, replace(A, received_at=day(5)).kept())
    assert (moment, moment.tzinfo) == (day(1), HANOI)


def test_two_names_of_the_same_bytes_are_told_the_same_in_every_run(url: str) -> None:
    """What the first run said of each file stays, whatever the order in which they are met."""
    late, early = replace(A, file="a.xlsx", received_at=day(12)), replace(A, file="b.xlsx", received_at=day(2))

    def told() -> list[datetime]:
        with open_ledger(url) as ledger:
            return [ledger.keep(OCCASION, s.kept())[0] for s in (late, early)]

    assert told() == told() == [day(12), day(2)]
    with open_ledger(url) as ledger:
        third = replace(A, file="c.xlsx", received_at=day(14))
        assert ledger.keep(OCCASION, third.kept())[0] == day(2)


def test_an_older_moment_of_a_known_file_is_believed(url: str) -> None:
    """The mail from which it was saved, put back with its own date, proves that it came earlier."""
    with open_ledger(url) as ledger:
        ledger.keep(OCCASION, replace(A, received_at=day(9)).kept())
    for _ in range(2):
        with open_ledger(url) as ledger:
            assert ledger.keep(OCCASION, replace(A, received_at=day(4)).kept())[0] == day(4)


@pytest.mark.parametrize("moment", [datetime.min.replace(tzinfo=HANOI), datetime.max.replace(tzinfo=UTC)])
def test_a_moment_at_the_end_of_time_stops_nothing(url: str, moment: datetime) -> None:
    """An e-mail may claim any date."""
    with open_ledger(url) as ledger:
        ledger.keep(OCCASION, replace(A, received_at=moment).kept())
        run(ledger, replace(A, received_at=moment))
        assert len(ledger.versions(OCCASION, "xa-a")) == 1


def test_a_file_that_could_not_be_read_from_the_disk_leaves_nothing(url: str) -> None:
    """Its hash is unknown and its moment is none: it must not lend them to others."""
    broken = replace(A, received_at=datetime.fromtimestamp(0, UTC))
    with open_ledger(url) as ledger:
        assert ledger.keep(OCCASION, replace(broken.kept(), sha256="", data=b""))[0] == broken.received_at
        ledger.conclude(OCCASION, replace(checked([]), returns=(replace(broken.returned(), sha256=""),)))
    assert dump(url)["receipt"] == []


def test_a_return_that_was_never_kept_is_a_fault_of_the_program(url: str) -> None:
    with open_ledger(url) as ledger, pytest.raises(ValueError, match=r"xa-a/BC\.xlsx"):
        ledger.conclude(OCCASION, checked([A]))
    assert dump(url)["receipt"] == []


def test_what_is_taken_away_counts_no_longer_but_is_listed(url: str) -> None:
    with open_ledger(url) as ledger:
        run(ledger, A, B)
        run(ledger, B, occasion=LATER)
        (version,) = ledger.versions(LATER, "xa-a")
        assert (version.counts, version.in_folder, version.verdict) == (False, False, Verdict.ACCEPTED)
        assert version.indicator_entries == A.cells()
        assert ledger.overwritten(LATER, {B.file: B.sha256}) == ()
        run(ledger, A, B, occasion=LATER)
        assert ledger.versions(LATER, "xa-a")[0].counts


def test_what_is_copied_over_takes_part_under_a_name_of_its_own(url: str) -> None:
    """The unit sent both; the clerk saved the second over the first."""
    new = replace(A, data=b"moi", received_at=day(4))
    with open_ledger(url) as ledger:
        run(ledger, A, B)
    with open_ledger(url) as ledger:
        for s in (new, B):
            ledger.keep(LATER, s.kept())
        (former,) = ledger.overwritten(LATER, {new.file: new.sha256, B.file: B.sha256})
        assert (former.file, former.top, former.data) == (A.file, A.file, b"mot")
        assert (former.received_at, former.received_at.tzinfo, former.sender) == (day(1), HANOI, "")
        again = replace(A, file="xa-a/BC (bản trước).xlsx")
        ledger.conclude(LATER, checked([again, replace(new, counts=False), B]))
        first, second = ledger.versions(LATER, "xa-a")
        assert (first.file, first.counts, first.in_folder) == (A.file, True, False)
        assert (second.file, second.counts, second.in_folder) == (A.file, False, True)
        assert first.indicator_entries == A.cells()


def test_of_several_paths_the_nearest_to_the_new_name_is_meant(url: str) -> None:
    """Two units sent the same bytes, and both were copied over."""
    one, two = Sent("xa-a.xlsx", b"nhu nhau"), Sent("xa-b.xlsx", b"nhu nhau", unit="xa-b")
    with open_ledger(url) as ledger:
        run(ledger, one, two)
        again = [replace(one, file="xa-a (cũ).xlsx"), replace(two, file="xa-b (cũ).xlsx")]
        ledger.conclude(LATER, checked(again))
        assert {u: [v.file for v in vs] for u, vs in ledger.all_versions(LATER).items()} == {
            "xa-a": ["xa-a.xlsx"],
            "xa-b": ["xa-b.xlsx"],
        }


def test_bytes_that_still_lie_in_the_folder_are_not_lost(url: str) -> None:
    """The old file was renamed before the new one took its name."""
    new, renamed = replace(A, data=b"moi"), replace(A, file="xa-a/BC cu.xlsx")
    with open_ledger(url) as ledger:
        run(ledger, A)
        for s in (new, renamed):
            ledger.keep(LATER, s.kept())
        assert ledger.overwritten(LATER, {new.file: new.sha256, renamed.file: renamed.sha256}) == ()


def test_a_parcel_that_is_copied_over_loses_only_what_is_not_in_the_new_one(url: str) -> None:
    def member(name: str, data: bytes, parcel: str) -> KeptFile:
        sha256 = hashlib.sha256(data).hexdigest()
        return KeptFile(f"goi.zip/{name}", "goi.zip", parcel, sha256, len(data), day(1), "", data)

    with open_ledger(url) as ledger:
        for name, data in (("a.xlsx", b"a"), ("b.xlsx", b"b")):
            ledger.keep(OCCASION, member(name, data, "11"))
    with open_ledger(url) as ledger:
        for name, data in (("a.xlsx", b"a"), ("b.xlsx", b"b moi")):
            ledger.keep(LATER, member(name, data, "22"))
        formers = ledger.overwritten(LATER, {"goi.zip": "22"})
    assert [(f.file, f.data) for f in formers] == [("goi.zip/b.xlsx", b"b")]


def test_a_withdrawn_version_is_not_asked_for_again(url: str) -> None:
    new = replace(A, data=b"moi")
    with open_ledger(url) as ledger:
        run(ledger, A)
        ledger.withdraw(OCCASION, (A.file, A.sha256), "Gửi nhầm kỳ")
        assert not ledger.versions(OCCASION, "xa-a")[0].counts
        ledger.keep(LATER, new.kept())
        present = {new.file: new.sha256}
        assert ledger.overwritten(LATER, present) == ()
        assert ledger.withdrawn(LATER) == {(A.file, A.sha256): "Gửi nhầm kỳ"}
        ledger.conclude(LATER, checked([new]))
        assert [v.withdrawn for v in ledger.all_versions(LATER)["xa-a"]] == ["Gửi nhầm kỳ", ""]
        ledger.withdraw(LATER, (A.file, A.sha256), "")
        assert ledger.withdrawn(LATER) == {}
        assert [f.sha256 for f in ledger.overwritten(LATER, present)] == [A.sha256]
        assert ledger.content(A.sha256) == b"mot"


def test_nobody_withdraws_what_was_never_sent(url: str) -> None:
    with open_ledger(url) as ledger:
        run(ledger, A)
        with pytest.raises(PlanError, match="2026-Y"):
            ledger.withdraw(replace(OCCASION, period_id="2026-Y"), (A.file, A.sha256), "nhầm")


def test_withdrawing_one_file_leaves_the_same_bytes_of_another_unit_alone(url: str) -> None:
    """A neighbour's copied file is a fault of its own; it must not vanish with the original."""
    twin = replace(A, file="xa-b.xlsx", unit="xa-b")
    with open_ledger(url) as ledger:
        run(ledger, A, twin)
        ledger.withdraw(OCCASION, (A.file, A.sha256), "Gửi nhầm")
        assert {u: [v.withdrawn for v in vs] for u, vs in ledger.all_versions(OCCASION).items()} == {
            "xa-a": ["Gửi nhầm"],
            "xa-b": [""],
        }


def test_a_file_that_was_taken_away_is_told_and_one_that_is_still_there_in_any_shape_is_not(url: str) -> None:
    """Moved, withdrawn, locked by Excel, or copied over after it could not be read: none of these is lost."""
    both, unreadable = {A.sha256, B.sha256}, replace(A, file="hong.xlsx", data=b"hong", verdict=Verdict.UNREADABLE)
    with open_ledger(url) as ledger:
        run(ledger, A, B, unreadable)
        assert ledger.gone(OCCASION, (), both) == ()
        assert ledger.gone(OCCASION, {A.file}, {B.sha256}) == ()
        assert [(r.file, r.unit, r.verdict, r.counts) for r in ledger.gone(OCCASION, {B.file}, {B.sha256})] == [
            (A.file, "xa-a", Verdict.ACCEPTED, False)
        ]
        ledger.withdraw(LATER, (A.file, A.sha256), "Gửi nhầm")
        assert ledger.gone(OCCASION, (), {B.sha256}) == ()


def test_what_was_copied_over_came_before_what_lies_there_now(url: str) -> None:
    """Whatever the dates of the files say: a correction out of a zip bears the hour at which it was saved."""
    second = replace(A, data=b"hai", received_at=day(20))
    third = replace(A, data=b"ba", received_at=day(5))
    with open_ledger(url) as ledger:
        for n, sent in enumerate((A, second, third)):
            run(ledger, sent, occasion=replace(OCCASION, as_of=NOW + timedelta(hours=n)))
        formers = ledger.overwritten(LATER, {A.file: third.sha256})
    assert [f.sha256 for f in formers] == [A.sha256, second.sha256]
    assert formers[0].came_at == day(1) < formers[1].came_at < day(5)
    assert [f.received_at for f in formers] == [day(1), day(20)]


def test_bytes_that_were_moved_keep_their_place_and_those_sent_again_take_their_own(url: str) -> None:
    """A folder that was tidied up changes no order; the first file sent a second time is the unit's last word."""
    moved = replace(A, file="da-nhan/BC.xlsx", received_at=day(12))
    with open_ledger(url) as ledger:
        run(ledger, A)
        assert ledger.keep(LATER, moved.kept(), {moved.file}) == (day(1), day(1))
        again = replace(A, file="gui-lai.xlsx", received_at=day(14))
        assert ledger.keep(LATER, again.kept(), {moved.file, again.file}) == (day(1), day(14))
    with open_ledger(url) as ledger:  # told again as it was first told
        assert ledger.keep(LATER, replace(again, received_at=day(20)).kept(), {again.file}) == (day(1), day(14))


def test_earlier_periods_come_nearest_first_with_what_counted(url: str) -> None:
    def occasion(period_id: str) -> Occasion:
        return replace(OCCASION, period_id=period_id)

    with open_ledger(url) as ledger:
        for n, period_id in enumerate(("2024-Y", "2025-H1", "2025-Y", "2026-H1", "2024-Q1")):
            run(ledger, replace(A, numbers=(str(n), "5")), B, occasion=occasion(period_id))
        run(ledger, replace(A, blocked=True), replace(B, counts=False), occasion=occasion("2025-H1"))
        told = ledger.earlier(PLAN, period("2026-H1"))
        assert ledger.earlier(PLAN, period("2026-H1"), most=1) == told[:1]
        assert [e.period.id for e in told] == ["2025-Y", "2025-H1", "2024-Y"]
        assert told[0].period == period("2025-Y")
        sent = replace(A, numbers=("2", "5"))
        assert told[0].indicator_entries == (*sent.cells(), *B.cells())
        assert told[0].task_entries == (sent.task(), B.task())
        assert (told[1].indicator_entries, told[1].task_entries) == ((), ())
        assert [e.value for e in told[2].indicator_entries] == [Decimal(0), Decimal(5), *(e.value for e in B.cells())]
        assert ledger.earlier(PLAN, period("2024-H1")) == ()
        assert ledger.earlier(replace(PLAN, id="khac"), period("2026-H1")) == ()


def test_any_text_comes_back_as_it_was(url: str) -> None:
    """PostgreSQL takes no NUL, neither database a lone surrogate; units send both, and the sign that spells them."""
    text = "Số\0 \ud83d \U0001f600 ␛0000 '; DROP TABLE receipt;-- %s ? \r\n\x01\x1f\ufeff"
    odd = replace(A, file=f"{text}.xlsx", text=text, sender=text)
    with open_ledger(url) as ledger:
        run(ledger, odd)
        run(ledger, odd, occasion=LATER)
        ledger.withdraw(OCCASION, (odd.file, odd.sha256), text)
        (version,) = ledger.versions(OCCASION, "xa-a")
    assert (version.file, version.sender, version.withdrawn) == (odd.file, text, text)
    assert (version.indicator_entries, version.task_entries) == (odd.cells(), (odd.task(),))


def test_a_path_of_any_length_is_kept(url: str) -> None:
    """PostgreSQL indexes no text above 2,700 bytes, and a path through a parcel has no bound."""
    long = replace(A, file="thư mục/" * 2000 + "BC.xlsx")
    with open_ledger(url) as ledger:
        run(ledger, long)
        assert [v.file for v in ledger.versions(OCCASION, "xa-a")] == [long.file]


def test_every_shape_of_an_entry_comes_back(url: str) -> None:
    cell, task = A.cells()[0], A.task()
    cells = (
        replace(cell, value=None, state=None),
        replace(cell, value="95", state=DataState.NOT_APPLICABLE),  # a text that looks like a number
        replace(cell, value=Decimal("0E-9"), state=DataState.NOTHING, row="ROW0", field="value"),
    )
    bare = replace(task, status=None, progress=None, document_date=None, cells={})
    with open_ledger(url) as ledger:
        ledger.keep(OCCASION, A.kept())
        run_of = replace(checked([A]), indicator_entries=cells, task_entries=(bare, task))
        ledger.conclude(OCCASION, run_of)
        (version,) = ledger.versions(OCCASION, "xa-a")
    assert (version.indicator_entries, version.task_entries) == (cells, (bare, task))
    assert [str(e.value) for e in version.indicator_entries] == ["None", "95", "0E-9"]


def test_where_the_ledger_is(tmp_path: Path) -> None:
    """Beside the outputs, unless the department shares one; and a rehearsal never writes to the shared one."""
    root = tmp_path / "Báo cáo 50% #1?"
    shared = {"TONGHOP_DATABASE_URL": " postgresql://may-chu/tonghop "}
    own = ledger_url(root, {}, rehearsal=False)
    assert ledger_url(root, shared, rehearsal=False) == "postgresql://may-chu/tonghop"
    assert (
        own
        == ledger_url(root, shared, rehearsal=True)
        == ledger_url(root, {"TONGHOP_DATABASE_URL": " "}, rehearsal=False)
    )
    with open_ledger(own) as ledger:
        run(ledger, A)
    assert (root / "outputs" / "ledger.sqlite").is_file()


@pytest.mark.parametrize("name", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+psycopg2"])
def test_every_name_of_postgresql_means_the_one_driver(postgres: Server, name: str) -> None:
    with open_ledger(postgres.empty().replace("postgresql", name, 1)) as ledger:
        run(ledger, A)
        assert ledger.content(A.sha256) == b"mot"
