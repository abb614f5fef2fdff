"""The names in a printed lead or coordinating cell: where one ends and the next begins, and who is meant.

A comma or "và" parts two names only where a new name begins, so that "Phòng Kinh tế, Hạ tầng và Đô thị" stays one.
Only the directory says who a name is; what it does not know stays as printed, behind a "?", and nobody is guessed.
A cell that leaves somebody out ("trừ Trạm Y tế") is not taken apart: its names alone would ask whom it spares.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from plan.model import Assignment
from plan.printed.heads import begins_name, is_collective
from plan.printed.letters import tidy
from plan.printed.names import Directory
from plan.words import fold

# What a unit does, printed after its name: "chỉ đạo, hướng dẫn", "theo chức năng, nhiệm vụ được giao".
_VERB = r"(?:chỉ đạo|chủ trì|thực hiện|triển khai|tham mưu|theo dõi|hướng dẫn|tổng hợp|kiểm tra|giám sát)"
_MANDATE = (
    r"(?:chức năng|nhiệm vụ|quyền hạn|thẩm quyền|lĩnh vực|phạm vi|phân cấp|phân công|quy định|quản lý|phụ trách"
    r"|được (?:giao|phân công)|hiện hành|của pháp luật)"
)
_DUTY = rf"(?:theo (?:sự )?{_MANDATE}(?:(?:,| và)? {_MANDATE})*|{_VERB}(?:(?:,| và)? {_VERB})*)(?!\w)"
_DUTY_HERE = re.compile(_DUTY, re.IGNORECASE)
# After a name that nobody knows only these, in small letters, are surely no part of it: an office may end in
# "tổng hợp", "kiểm tra", and a "Ban chỉ đạo" is one.
_SURE_VERB = r"(?<!\b[Bb]an )(?<!ộ phận )(?:chỉ đạo|chủ trì|thực hiện|triển khai|tham mưu)"
_SURE_DUTY = rf"(?:theo (?:sự )?{_MANDATE}(?:(?:,| và)? {_MANDATE})*|{_SURE_VERB}(?:(?:,| và)? {_VERB})*)"
_SURE_AT_END = re.compile(rf"(?P<name>\S+(?: \S+)+?) (?P<scope>{_SURE_DUTY})")
_IN_BRACKETS = re.compile(r"(?P<name>[^()]*[^()\s])\s*\((?P<scope>[^()]*)\)(?:\s*(?P<duty>[^()]+))?")
_ABBREVIATION = re.compile(r"[A-ZĐ]{2,8}")  # "(PCN)" is a part of the name, no scope
_TOKEN = re.compile(r"[^\s,;()/]+|[,;()/]")
# "trừ" leaves somebody out, but not in "phòng trừ", "loại trừ sốt rét", "xã Trừ Văn Thố".
_EXCEPT = re.compile(
    r"(?<!phòng )(?<!diệt )(?<!bài )(?<!khấu )(?<!loại )(?<!xã )\btrừ\b|[(,;-] ?loại trừ\b"
    r"|\b(?:không|chưa) (?:bao )?gồm\b|\bkhông (?:kể|tính)\b|\bngoại lệ\b"
    r"|\( ?ngoài (?!công lập|giờ|ngành|tỉnh|nhà nước)",
    re.IGNORECASE,
)
_POLITE = re.compile(r"(?:đề nghị|giao|yêu cầu) ", re.IGNORECASE)
_OF_MANY = ("ubnd", "hđnd", "trưởng", "của")  # "UBND Các xã, phường" is one name
_BULLETS = ("- ", "+ ", "* ", "• ")
_MOST_DUTY_WORDS = 30
_NO_NAME = " .,:;-+*•"


@dataclass(frozen=True, slots=True)
class PrintedName:
    """One name of a cell as printed, with the part of the work that the cell gives it, or ""."""

    name: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    depth: int  # of brackets; a bracket itself counts as inside

    @property
    def parts(self) -> bool:
        """True for what may part two names."""
        return self.depth == 0 and self.text.lower() in (",", ";", "/", "và")


def read_assignments(text: str, directory: Directory) -> tuple[Assignment, ...]:
    """Return who is meant by a cell in printed order, each once per scope: unit ids, @groups, ?printed words."""
    found = []
    for printed in split_names(text, directory):
        ref = _ref(printed.name, directory.refs)
        if leaves_out(printed.name) and not ref.startswith("@"):
            ref = ""  # only a group may be declared in such words
        words = printed.name.replace("[", "(").replace("]", ")").replace(";", ",").lstrip(f"{_NO_NAME}@?")
        if ref or words:
            found.append(Assignment(ref or f"?{words}", printed.scope))
    return tuple(dict.fromkeys(found))


def split_names(text: str, directory: Directory) -> tuple[PrintedName, ...]:
    """Return the names of a cell in printed order; one printed with several scopes comes once for each.

    The directory may be empty: names are then told apart by the words that offices begin with. A cell that leaves
    somebody out is one name as it stands.
    """
    tidied = tidy(text)
    if leaves_out(tidied):
        return (PrintedName(tidied.strip(_NO_NAME)),)
    whole = _unlisted(tidied)
    found: list[PrintedName] = []
    pieces = _Cell.of(whole, directory.refs).pieces()
    for piece in pieces:
        found += _named(piece, directory.refs, several=len(pieces) > 1)
    return tuple(dict.fromkeys(found))


def leaves_out(text: str) -> bool:
    """True for words that say whom a wording does not mean: "trừ", "không bao gồm"."""
    return bool(_EXCEPT.search(text))


def _unlisted(text: str) -> str:
    """Return a cell that is a list of dashed lines with semicolons between its names instead."""
    bullet = text[:2]
    if bullet not in _BULLETS:
        return text
    listed = text[2:].split(f" {bullet}")
    parted = [f"; {item}" if begins_name(item, "", together=False) else f" {bullet}{item}" for item in listed[1:]]
    return listed[0] + "".join(parted)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell cut into words, to look for the ends of names in."""

    text: str
    tokens: tuple[_Token, ...]
    refs: Mapping[str, str]
    longest: int  # how many words a known wording has at most

    @classmethod
    def of(cls, text: str, refs: Mapping[str, str]) -> _Cell:
        tokens = []
        depth = 0
        for match in _TOKEN.finditer(text):
            depth += match[0] == "("
            tokens.append(_Token(match[0], match.start(), match.end(), depth))
            depth -= match[0] == ")" and depth > 0
        if depth:  # a bracket that is never closed is no bracket
            tokens = [_Token(t.text, t.start, t.end, 0) for t in tokens]
        return cls(text, tuple(tokens), refs, max((len(wording.split()) for wording in refs), default=0))

    def pieces(self) -> list[str]:
        """Return the text of every name with its scopes."""
        found = []
        at = 0
        while at < len(self.tokens):
            if self.tokens[at].parts:
                at += 1
                continue
            end = self._known_end(at) or self._unknown_end(at)
            found.append(self.text[self.tokens[at].start : self.tokens[end - 1].end])
            at = end
        return found

    def _unknown_end(self, at: int) -> int:
        """Return the token after a name that the directory does not know."""
        together = is_collective(self.text[self.tokens[at].start :])
        end = at + 1
        while end < len(self.tokens) and not self._parts_here(end, at, together=together):
            end += 1
        return end

    def _parts_here(self, end: int, at: int, *, together: bool) -> bool:
        """True when the name at `at` ends before the token `end`."""
        if self.tokens[end].parts:
            return self._is_stop(end) or self._begins(end + 1, at, together=together)
        is_many = self.tokens[end].text == "Các" and not self.tokens[end].depth  # with a capital it is a new name
        return is_many and end - at > 1 and self.tokens[end - 1].text.lower() not in _OF_MANY

    def _known_end(self, at: int) -> int:
        """Return the token after the longest known name at `at` and its scopes, 0 if none is known."""
        together = is_collective(self.text[self.tokens[at].start :])
        for end in reversed(self._known_spans(at)):
            stop = self._after_scopes(end)
            if stop == len(self.tokens) or self._is_stop(stop):
                return stop
            following = self.tokens[stop]
            if following.parts and self._begins(stop + 1, at, together=together):
                return stop
            if self._follows_unparted(stop):
                return stop
        return 0

    def _known_spans(self, at: int) -> list[int]:
        """Return the ends of all known wordings that begin at `at`, shortest first."""
        found = []
        words: list[str] = []
        for end in range(at, len(self.tokens)):
            if self._is_stop(end):
                break
            words += fold(self.tokens[end].text).split()
            if len(words) > self.longest + 1:  # one more: "các" may stand before what is known
                break
            opened = self.tokens[end].depth and self.tokens[end].text != ")"
            if words and not opened and not self.tokens[end].parts and _ref(" ".join(words), self.refs):
                found.append(end + 1)
        return found

    def _after_scopes(self, at: int) -> int:
        """Return the token after brackets and duties that stand at `at`."""
        while at < len(self.tokens) and self.tokens[at].depth:
            at += 1
        duty = _DUTY_HERE.match(self.text, self.tokens[at].start) if at < len(self.tokens) else None
        if duty is None:
            return at
        stop = next((i for i in range(at, len(self.tokens)) if self.tokens[i].start >= duty.end()), len(self.tokens))
        return stop if stop == len(self.tokens) or self.tokens[stop].parts else at

    def _begins(self, at: int, name: int, *, together: bool) -> bool:
        """True when a new name begins at `at`, after one that began at `name`."""
        while at < len(self.tokens) and self.tokens[at].parts:
            at += 1
        if at == len(self.tokens):
            return True
        if any(self._ends_cleanly(end) for end in self._known_spans(at)):
            return True
        end = next((i for i in range(at, len(self.tokens)) if self.tokens[i].parts), len(self.tokens))
        item = self.text[self.tokens[at].start : self.tokens[end - 1].end]
        return begins_name(item, self.text[self.tokens[name].start : self.tokens[at - 1].start], together=together)

    def _ends_cleanly(self, end: int) -> bool:
        after = self._after_scopes(end)
        return after == len(self.tokens) or self.tokens[after].parts

    def _follows_unparted(self, at: int) -> bool:
        """True when a name that can be told for sure begins at `at` although nothing parts it from the one before."""
        first = self.tokens[at].text
        if not (first[:1].isupper() or first == "các"):
            return False
        return first == "Các" or bool(self._known_spans(at))

    def _is_stop(self, at: int) -> bool:
        return self.tokens[at].depth == 0 and self.tokens[at].text == ";"


def _named(piece: str, refs: Mapping[str, str], *, several: bool) -> list[PrintedName]:
    """Return the name of a piece, once for each of its scopes; `several`: the cell has other names."""
    name = _POLITE.sub("", piece.strip(_NO_NAME), count=1) if _POLITE.match(piece) else piece.strip(_NO_NAME)
    if not name or _ref(name, refs):
        return [PrintedName(name)] if name else []
    scopes: list[str] = []
    bracket = _IN_BRACKETS.fullmatch(name)
    if bracket and not _ABBREVIATION.fullmatch(bracket["scope"]) and bracket["scope"].strip(_NO_NAME):
        duty = bracket["duty"] or ""
        if not duty or _DUTY_HERE.fullmatch(duty):
            name = bracket["name"].strip(_NO_NAME)
            scopes = [*bracket["scope"].split(";"), duty]
    if not scopes and (cut := _duty_at_end(name, refs, several=several)):
        name, scopes = cut[0], [cut[1]]
    tidied = [scope.replace("[", "(").replace("]", ")").strip(_NO_NAME) for scope in scopes]
    return [PrintedName(name, scope) for scope in tidied if scope] or [PrintedName(name)]


def _duty_at_end(text: str, refs: Mapping[str, str], *, several: bool) -> tuple[str, str] | None:
    """Return the name and the duty behind it, None where the last words may be a part of the name."""
    for blank in reversed([match.start() for match in re.finditer(" ", text)][-_MOST_DUTY_WORDS:]):
        name, duty = text[:blank], text[blank + 1 :]
        if _DUTY_HERE.fullmatch(duty) and _ref(name, refs):
            return name, duty
    sure = _SURE_AT_END.fullmatch(text)
    if sure is None or not (several or sure["scope"].startswith("theo ")):
        return None
    return sure["name"], sure["scope"]


def _ref(name: str, refs: Mapping[str, str]) -> str:
    """Return what the plan calls a name, or "". "Các" before the wording of a group makes no difference."""
    wording = fold(name)
    if wording in refs:
        return refs[wording]
    other = wording.removeprefix("cac ") if wording.startswith("cac ") else f"cac {wording}"
    ref = refs.get(other, "")
    return ref if ref.startswith("@") else ""
