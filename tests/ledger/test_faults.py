"""What stands in the way of the database is said in Vietnamese, with what to do, and never with the password."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from ledger.book import open_ledger
from ledger.faults import Place, fault_lines
from plan.model import PlanError
from tests.ledger.made import OCCASION, Sent, dump, looking_into, run
from tests.postgres import Server

A = Sent("xa-a.xlsx", b"mot")
FILE = Place("sổ ghi nhớ “ledger.sqlite”", is_file=True)
SERVER = Place("cơ sở dữ liệu “may-chu/tonghop”", is_file=False)


def said_of(url: str) -> str:
    """What opening the ledger says, as a person reads it."""
    with pytest.raises(PlanError) as fault, open_ledger(url):
        pass
    assert len(fault.value.lines) == 2
    return "\n".join(fault.value.lines)


@pytest.mark.parametrize(
    "content", [b"Day la mot tep van ban, khong phai so." * 40, b"SQLite format 3\0" + b"\xff" * 4080]
)
def test_a_file_that_is_no_ledger_is_renamed_and_made_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(content)
    said = said_of(f"sqlite:///{path}")
    assert "Sổ ghi nhớ “" in said
    assert str(path) in said
    assert "Đổi tên tệp này rồi chạy lại: sổ mới sẽ được lập từ thư mục inputs." in said
    assert path.read_bytes() == content
    path.rename(tmp_path / "cu.sqlite")
    with open_ledger(f"sqlite:///{path}") as ledger:
        run(ledger, A)


def test_a_ledger_that_was_cut_short_is_said_to_be_broken(tmp_path: Path) -> None:
    """Copied from a stick that was pulled too early."""
    path = tmp_path / "ledger.sqlite"
    with open_ledger(f"sqlite:///{path}") as ledger:
        run(ledger, Sent("xa-a.xlsx", bytes(200_000)))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(PlanError, match="hỏng"), open_ledger(f"sqlite:///{path}") as ledger:
        ledger.content(Sent("xa-a.xlsx", bytes(200_000)).sha256)
        run(ledger, A)


def test_bytes_that_were_changed_in_the_ledger_are_not_handed_out(url: str) -> None:
    with open_ledger(url) as ledger:
        run(ledger, A)
    with looking_into(url) as cursor:
        kind = "BLOB" if url.startswith("sqlite") else "bytea"
        cursor.execute(f"UPDATE content SET bytes = CAST('gia' AS {kind})")  # noqa: S608
        cursor.connection.commit()
    with open_ledger(url) as ledger, pytest.raises(PlanError):
        ledger.content(A.sha256)


def test_a_newer_ledger_is_left_alone(url: str) -> None:
    with open_ledger(url) as ledger:
        run(ledger, A)
    with looking_into(url) as cursor:
        cursor.execute("UPDATE tonghop_schema SET version = 2")
        cursor.connection.commit()
    before = dump(url)
    assert "bản tonghop mới hơn lập (mẫu 2; bản này đọc được đến mẫu 1)" in said_of(url)
    assert dump(url) == before


def test_the_tables_of_another_program_are_left_alone(url: str) -> None:
    with looking_into(url) as cursor:
        cursor.execute("CREATE TABLE content (id INTEGER)")
        cursor.connection.commit()
    said = said_of(url)
    assert "không phải là sổ ghi nhớ" in said or "bảng của chương trình khác" in said
    with looking_into(url) as cursor:
        assert cursor.execute("SELECT * FROM content").fetchall() == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    said = said_of(f"sqlite:///{tmp_path}/khong-co/ledger.sqlite")
    assert "Không mở được" in said
    assert f"{tmp_path}/khong-co/ledger.sqlite" in said
    (tmp_path / "thu-muc.sqlite").mkdir()
    assert "Không mở được" in said_of(f"sqlite:///{tmp_path}/thu-muc.sqlite")


def test_whoever_waits_a_minute_in_vain_is_told_why(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program holds the ledger: nothing is written by halves, and the next run goes through."""
    with open_ledger(url) as ledger:
        run(ledger, A)
    before = dump(url)
    monkeypatch.setattr("ledger.book._PATIENCE", 0.1)
    with looking_into(url) as cursor:
        if url.startswith("sqlite"):
            cursor.execute("BEGIN IMMEDIATE")
        else:
            cursor.execute(f"SELECT pg_advisory_xact_lock({0x746F6E67})")
        with pytest.raises(PlanError, match="hơn một phút"), open_ledger(url) as ledger:
            run(ledger, Sent("xa-b.xlsx", b"hai"))
    assert dump(url) == before
    with open_ledger(url) as ledger:
        run(ledger, A, Sent("xa-b.xlsx", b"hai"))


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/ledger.sqlite"
    with open_ledger(url) as ledger:
        run(ledger, A)
    before = dump(url)
    with pytest.raises(PlanError, match="Đĩa đầy"), open_ledger(url) as ledger:
        ledger._connection.exec_driver_sql("PRAGMA max_page_count = 40")
        run(ledger, A, Sent("xa-b.xlsx", bytes(500_000)))
    assert dump(url) == before


def test_a_file_that_may_only_be_read_is_said_to_be(tmp_path: Path) -> None:
    """The superuser of the tests may write everywhere, so the refusal comes from a connection that only reads."""
    with open_ledger(f"sqlite:///{tmp_path}/ledger.sqlite"):
        pass
    reader = sqlite3.connect(f"file:{tmp_path}/ledger.sqlite?mode=ro", uri=True)
    with closing(reader), pytest.raises(sqlite3.OperationalError) as refused:
        reader.execute("DELETE FROM tonghop_schema")
    said = fault_lines(FILE, refused.value)
    assert said[0] == "Không ghi được vào sổ ghi nhớ “ledger.sqlite”: tệp hoặc thư mục chứa nó chỉ cho đọc."


@pytest.mark.parametrize(
    ("code", "words"),
    [("SQLITE_IOERR_FSYNC", "thư mục mạng"), ("SQLITE_LOCKED", "hơn một phút"), ("SQLITE_ERROR", "(SQLITE_ERROR)")],
)
def test_every_refusal_of_a_file_has_its_sentence(code: str, words: str) -> None:
    fault = sqlite3.OperationalError("x")
    fault.sqlite_errorname = code
    assert words in fault_lines(FILE, fault)[0]
    assert "OperationalError" in fault_lines(FILE, sqlite3.OperationalError("x"))[0]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (psycopg.errors.DiskFull, "Đĩa của máy chủ đầy"),
        (psycopg.errors.TooManyConnections, "quá tải"),
        (psycopg.errors.UntranslatableCharacter, "(mã 22P05)"),
        (psycopg.errors.AdminShutdown, "bị ngắt giữa chừng"),
        (psycopg.errors.ReadOnlySqlTransaction, "cấp quyền"),
    ],
)
def test_every_refusal_of_a_server_has_its_sentence(fault: type[psycopg.Error], words: str) -> None:
    assert words in "\n".join(fault_lines(SERVER, fault("x")))


def test_a_server_that_cannot_be_reached_or_refuses(postgres: Server) -> None:
    desk = postgres.desk()
    desk.execute("CREATE ROLE stranger LOGIN PASSWORD 'dung-mat-khau'")
    at = f"127.0.0.1:{postgres.port}"
    refused = {
        "postgresql://postgres:bi-mat@127.0.0.1:1/tonghop": "Không kết nối được",
        f"postgresql://postgres:bi-mat@{at}/chua-co": "“127.0.0.1/chua-co”",
        f"postgresql://nguoi-la:bi-mat@{at}/postgres": "Kiểm tra",
        f"postgresql://stranger:bi-mat@{at}/postgres": "mật khẩu",
        f"postgresql://stranger:dung-mat-khau@{at}/postgres": "cấp quyền",  # may log in, may make no tables
        f"postgresql://postgres:bi-mat@{at}/postgres?bi-mat=1": "Kiểm tra",
    }
    for url, words in refused.items():
        said = said_of(url)
        assert words in said, said
        assert "bi-mat" not in said
        assert "dung-mat-khau" not in said


@pytest.mark.parametrize(
    "url",
    [
        "",
        "bi-mat",
        "sqlite://",
        "sqlite:///so/ledger.sqlite",
        "sqlite+pysqlcipher:////so/ledger.sqlite",
        "sqlite:////so/ledger.sqlite?mode=memory",
        "sqlite:///:memory:",
        "mysql://ai:bi-mat@may-chu/so",
        "postgresql://ai:bi-mat@may-chu:cong/so",
        "postgresql://ai:bi@bi-mat@127.0.0.1:1/so",
        "postgresql://ai:bi@127.0.0.1:1/bi-mat@may-chu/so",
    ],
)
def test_what_is_no_url_is_not_shown_because_a_password_may_stand_anywhere(url: str) -> None:
    said = said_of(url)
    assert "TONGHOP_DATABASE_URL" in said
    assert "bi-mat" not in said


def test_the_driver_of_postgresql_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "psycopg" in said_of("postgresql://ai:bi-mat@may-chu/so")


def test_a_fault_of_a_statement_does_not_show_what_units_wrote(url: str) -> None:
    """The chained fault, which a log may hold, names no values."""
    with open_ledger(url) as ledger:
        run(ledger, A)
        ledger._connection.exec_driver_sql("DROP TABLE indicator_cell")
        with pytest.raises(PlanError) as fault:
            run(ledger, Sent("xa-b.xlsx", b"hai", text="điều riêng tư"), occasion=OCCASION)
    assert isinstance(fault.value.__cause__, DBAPIError)
    assert "riêng tư" not in str(fault.value.__cause__)
