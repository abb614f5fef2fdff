"""Whatever is kept, concluded and withdrawn in whatever order: the ledger tells what a plain dictionary would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from ledger.book import open_ledger
from tests.ledger.made import NOW, OCCASION, Sent, checked, day, dump

FILES = st.sampled_from(["xa-a.xlsx", "xa-a (1).xlsx", "thư/xa-b.xlsx", "x\0\ud800.xlsx"])
BYTES = st.sampled_from([b"", b"mot", b"hai"])
TEXTS = st.text(st.characters(codec=None), max_size=8)
Key = tuple[str, bytes]


class Clerk(RuleBasedStateMachine):
    """What the ledger should tell, in plain dictionaries."""

    empty: Callable[[], str]  # makes the database; set for each kind

    @initialize()
    def start(self) -> None:
        self.url = self.empty()
        self.runs = 0
        self.first: dict[Key, datetime] = {}  # when it was first seen
        self.came: dict[Key, datetime] = {}  # the moment of receipt
        self.judged: dict[Key, Sent] = {}  # the last reading
        self.counting: set[Key] = set()
        self.reasons: dict[Key, str] = {}

    @rule(
        sent=st.lists(
            st.builds(
                Sent,
                file=FILES,
                data=BYTES,
                unit=st.sampled_from(["", "xa-a", "xa-b"]),
                received_at=st.integers(1, 28).map(day),
                counts=st.booleans(),
                blocked=st.booleans(),
                text=TEXTS,
            ),
            max_size=4,
            unique_by=lambda s: s.file,
        ),
        concluded=st.booleans(),
    )
    def run(self, sent: list[Sent], concluded: bool) -> None:
        self.runs += 1
        occasion = replace(OCCASION, as_of=NOW + timedelta(hours=self.runs))
        with open_ledger(self.url) as ledger:
            for s in sent:
                key = (s.file, s.data)
                same = [moment for (_, data), moment in self.came.items() if data == s.data]
                known = [self.came[key]] if key in self.came else [min(same)] if same else []
                self.came[key] = min([s.received_at, *known])
                self.first.setdefault(key, occasion.as_of)
                assert ledger.keep(occasion, s.kept())[0] == self.came[key]
            if concluded:
                ledger.conclude(occasion, checked(sent))
                self.judged |= {(s.file, s.data): s for s in sent}
                self.counting = {(s.file, s.data) for s in sent if s.counts}

    @rule(file=FILES, data=BYTES, reason=TEXTS)
    def withdraw(self, file: str, data: bytes, reason: str) -> None:
        key = (file, data)
        if key not in self.came:
            return
        with open_ledger(self.url) as ledger:
            ledger.withdraw(OCCASION, (file, Sent("", data).sha256), reason)
        self.reasons.pop(key, None)
        if reason:
            self.reasons[key] = reason
            self.counting.discard(key)

    @invariant()
    def everything_is_told_again(self) -> None:
        with open_ledger(self.url) as ledger:
            told = ledger.all_versions(OCCASION)
            contents = {data: ledger.content(Sent("", data).sha256) for _, data in self.came}
            assert ledger.withdrawn(OCCASION) == {(f, Sent("", d).sha256): r for (f, d), r in self.reasons.items()}
        assert contents == {data: data for _, data in self.came}
        by_hash = {Sent("", data).sha256: data for _, data in self.came}
        seen = {(v.file, by_hash[v.sha256]): v for versions in told.values() for v in versions}
        assert seen.keys() == self.came.keys()
        for key, v in seen.items():
            assert (v.received_at, v.first_seen) == (self.came[key], self.first[key])
            assert v.counts == (key in self.counting)
            judged = self.judged.get(key)
            assert (v.verdict is None) == (judged is None)
            assert v.indicator_entries == (judged.cells() if judged else ())
            assert v.task_entries == ((judged.task(),) if judged else ())
        for unit, versions in told.items():
            assert [v.number for v in versions] == list(range(1, len(versions) + 1))

            assert all((j := self.judged.get((v.file, by_hash[v.sha256]))) is None or j.unit == unit for v in versions)
        dump(self.url)  # checks hashes and references


def test_any_sequence_keeps_what_was_promised(empty: Callable[[], str]) -> None:
    quick = settings(
        max_examples=8,
        stateful_step_count=6,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(type("ClerkOfOneKind", (Clerk,), {"empty": staticmethod(empty)}), settings=quick)
