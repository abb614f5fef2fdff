"""Opens what returns come packed in, saved e-mails and zips: each file inside gets a path, a moment, a sender.

Content decides what a parcel is. Nothing is lost in silence: every file inside is read, refused by name, or
named beside the returns that it came with. Nothing is written and nothing here raises.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from validation import kinds
from validation.debris import is_debris
from validation.parcel_mail import file_doubt, mail_stamp, sender_of
from validation.parcel_mime import LETTER, LINKED_LETTER, mail_parts
from validation.parcel_part import MAX_LEVELS, Budget, Names, Part, Stamp, listed, safe_path
from validation.parcel_zip import may_be_zip, zip_parts
from validation.raw import Fault, RawBook
from validation.read import read_book
from validation.sniff import companion_words, is_mailbox, letter, looks_like_mail


@dataclass(frozen=True, slots=True)
class SetAside:
    """The content of a file that is no return of itself, an opened mail or zip or a withdrawn one, with its notes."""

    notes: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A file out of a parcel, or the parcel itself, under its path; `data` is b"" where it could not be had."""

    path: str
    data: bytes
    size: int
    content: RawBook | Fault | SetAside
    stamp: Stamp


def open_parcel(data: bytes, path: str, stamp: Stamp, passed_over: frozenset[str]) -> tuple[Member, ...]:
    """The parcel itself and then its files, none when it is no parcel; `stamp` is what the disk says of it.

    Sheets named in `passed_over` are not read.
    """
    found = _Opening(passed_over).open(data, path, _Around(stamp))
    return () if found is None else (Member(path, data, len(data), found.content, found.inside.stamp), *found.members)


def is_parcel_head(head: bytes) -> bool:
    """Whether a file that begins so would be opened: for what is too large to be taken into memory."""
    return may_be_zip(head) or looks_like_mail(head)


@dataclass(frozen=True, slots=True)
class _Around:
    """Where a parcel lies: at which level, and whether inside a mail, which then says when all of it came."""

    stamp: Stamp
    level: int = 1
    in_mail: bool = False


@dataclass(slots=True)
class _Opened:
    """A parcel while its files are looked at; `inside` is what a file in it has round itself."""

    kind: str
    inside: _Around
    doubt: Fault | None = None
    sender: str = ""  # of a mail inside another one, which counts as sent by the outer one
    members: list[Member] = field(default_factory=list)
    companions: list[str] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    letters: set[str] = field(default_factory=set)
    forwarded: list[str] = field(default_factory=list)
    has_book: bool = False  # directly, not in a parcel inside

    @property
    def content(self) -> SetAside | Fault:
        """What is said of the parcel itself: one fault when there is nothing in it to speak of."""
        remarks = [r for index, r in enumerate(self.remarks) if r not in self.remarks[:index]]
        if not self.members:
            grave = next((remark for remark in remarks if remark.code != "PARCEL_CUT"), None)
            return grave or Fault("PARCEL_WITHOUT_RETURN", self._found_instead(cut=bool(remarks)))
        notes = [Fault("PARCEL_OPENED", {"kind": self._named(), "count": str(len(self.members))})]
        if self.doubt and any(member.stamp.moment == self.inside.stamp.moment for member in self.members):
            notes.append(self.doubt)
        if self.companions:
            notes.append(Fault("PARCEL_OTHER_PARTS", {"names": listed(self.companions)}))
        if LINKED_LETTER in self.letters:
            notes.append(Fault("PARCEL_LINK"))
        return SetAside((*notes, *remarks))

    def _named(self) -> str:
        senders = list(dict.fromkeys(self.forwarded))
        return f"{self.kind}, bên trong có thư của {listed(senders)}" if senders else self.kind

    def _found_instead(self, *, cut: bool) -> dict[str, str]:
        what = "không có tệp nào"
        if self.companions:
            what = f"chỉ có {listed(self.companions)}"
        elif self.letters:
            what = "chỉ có lời nhắn, không có tệp đính kèm"
        if cut:
            what += "; thư bị mất phần cuối"
        link = " Lời thư có đường dẫn tới tệp trên mạng: tải tệp Excel ấy về máy rồi đính kèm vào thư."
        kind = f"{self.kind} của {self.sender}" if self.sender else self.kind
        return {"kind": kind, "what": what, "hint": link if LINKED_LETTER in self.letters else ""}


class _Opening:
    """One parcel from the disk with all that lies in it: one budget, one set of names."""

    def __init__(self, passed_over: frozenset[str]) -> None:
        self._passed_over = passed_over
        self._budget = Budget()
        self._names = Names()

    def open(self, data: bytes, path: str, around: _Around) -> _Opened | None:
        """All that lies in `data`, None when it is no parcel."""
        if looks_like_mail(data) and not is_mailbox(data):
            return self._mail(letter(data), path, around)
        parts = zip_parts(data, self._budget)
        if parts is None:
            return None
        found = _Opened(kinds.ZIP.words, around, _doubt_of_file(around))
        self._gather(parts, path, found)
        return found

    def _mail(self, body: bytes, path: str, around: _Around) -> _Opened:
        """Anybody can put an old mail into his own: the outermost says when all in it came, and from whom."""
        if around.in_mail:
            found = _Opened(kinds.MAIL.words, around, sender=sender_of(body))
        else:
            stamp, doubt = mail_stamp(body, around.stamp)
            if stamp.moment == around.stamp.moment:
                doubt = doubt or _doubt_of_file(around)
            found = _Opened(kinds.MAIL.words, _Around(stamp, around.level, in_mail=True), doubt)
        self._gather(mail_parts(body, self._budget), path, found)
        return found

    def _gather(self, parts: Iterable[Part | Fault], path: str, found: _Opened) -> None:
        inside: list[tuple[Part, str, _Opened]] = []
        for part in parts:
            if isinstance(part, Fault):
                found.remarks.append(part)
            elif part.companion in (LETTER, LINKED_LETTER):
                found.letters.add(part.companion)
            elif part.companion:
                found.companions.append(_named(part, part.companion))
            else:
                place = self._names.place(path, part.name)
                nested = self._take(part, place, found)
                if nested is not None:
                    inside.append((part, place, nested))
        for part, place, nested in inside:
            _settle(part, place, nested, found)

    def _take(self, part: Part, place: str, found: _Opened) -> _Opened | None:
        """Enter a file into `found`, or hand it back when it is a parcel itself."""
        content = part.fault or read_book(part.data, place, self._passed_over)
        if isinstance(content, RawBook):
            found.has_book = True
            found.members.append(Member(place, part.data, part.size, content, found.inside.stamp))
            return None
        if part.fault is None:
            if is_debris(part.name.replace("\\", "/").rpartition("/")[2], part.data[:8], part.size):
                return None
            nested = self._nested(part, place, replace(found.inside, level=found.inside.level + 1))
            if isinstance(nested, _Opened):
                return nested
            content = nested or content
        words = "" if part.is_return else companion_words(content, part.name, part.data)
        if words:
            found.companions.append(_named(part, words))
        else:
            found.members.append(Member(place, part.data, part.size, content, found.inside.stamp))
        return None

    def _nested(self, part: Part, place: str, around: _Around) -> _Opened | Fault | None:
        if around.level > MAX_LEVELS:
            deep = part.is_mail or is_parcel_head(part.data)
            return Fault("PARCEL_TOO_DEEP", {"limit": str(MAX_LEVELS)}) if deep else None
        found = self.open(part.data, place, around)
        return self._mail(part.data, place, around) if found is None and part.is_mail else found


def _doubt_of_file(around: _Around) -> Fault | None:
    """What is wrong with the moment of the file on the disk, said at that file alone."""
    return file_doubt(around.stamp.moment) if around.level == 1 else None


def _settle(part: Part, place: str, nested: _Opened, found: _Opened) -> None:
    """Hand the files of a parcel inside on to the one round it.

    One without a return needs no word of its own beside a workbook (scans in a zip, the letter that was answered);
    among other parcels it is somebody's return that is missing.
    """
    if nested.members:
        found.members += nested.members
        found.companions += nested.companions
        found.letters |= nested.letters & {LINKED_LETTER}
        found.forwarded += [sender for sender in (nested.sender, *nested.forwarded) if sender]
    elif found.has_book and not nested.remarks and not part.is_return:
        found.companions.append(_named(part, nested.kind))
        return
    if nested.remarks or nested.doubt or not nested.members:
        found.members.append(Member(place, part.data, part.size, nested.content, nested.inside.stamp))


def _named(part: Part, words: str) -> str:
    return f"{safe_path(part.name) or 'tệp không tên'} ({words})"
