"""Part II: the indicators in one table for a leader's eye, and under it a line for what must not be overlooked.

It repeats what consolidate.indicators decided; whatever is not judged yet says why. Phụ lục I has every detail.
"""

from __future__ import annotations

from collections.abc import Sequence

from consolidate.coverage import COVERAGE_WORDS
from consolidate.model import TARGET_VERDICT_WORDS, CoverageBasis, TargetVerdict
from consolidate.past import COMPARED_WORDS, Compared
from consolidate.report.banded import banded
from consolidate.report.blocks import (
    Align,
    Block,
    Column,
    Paragraph,
    Piece,
    Style,
    Table,
    body,
    caption,
    heading,
    left_to_write,
)
from consolidate.report.extent import extent_cell, share_words
from consolidate.report.figures import (
    OTHER_UNITS,
    OTHERS_MARK,
    cell_figure,
    goal_words,
    is_before_year_end,
    pace,
    verdict_words,
    with_verdict,
    year_of,
)
from consolidate.report.notable import notable
from consolidate.report.page_size import PORTRAIT_WIDTH
from consolidate.report.words import Json, plan_text, sentence
from consolidate.spelled import count, difference

_NAME = 110  # the whole of it stands in the appendix
_TO_WRITE = "nhận xét, đánh giá kết quả thực hiện chỉ tiêu; nguyên nhân của chỉ tiêu chưa đạt"
_ORDER = (
    TargetVerdict.REACHED,
    TargetVerdict.NOT_REACHED,
    TargetVerdict.NOT_YET_DUE,
    TargetVerdict.NOT_ENOUGH_DATA,
    TargetVerdict.NO_TARGET,
    TargetVerdict.NOT_APPLICABLE,
)
_EARLY = {
    TargetVerdict.REACHED: (
        "“Đạt” khi chưa hết năm: đã đạt mục tiêu của cả năm trước thời hạn (không áp dụng với chỉ tiêu lũy kế còn tăng "
        "mà mục tiêu là mức không được vượt)"
    ),
    TargetVerdict.NOT_REACHED: "“Chưa đạt” khi chưa hết năm: số lũy kế đã vượt mức không được vượt của cả năm",
}
_REASONS = {
    TargetVerdict.NOT_YET_DUE: (
        "“Chưa đến hạn”: mục tiêu đặt cho năm sau, hoặc cho năm nay mà chưa đạt và còn thời gian đến hết năm (hoặc số "
        "lũy kế còn tăng mà chưa vượt mức không được vượt); so sánh chỉ là tạm tính"
    ),
    TargetVerdict.NOT_ENOUGH_DATA: (
        "“Chưa đủ số liệu”: còn đơn vị chưa có số liệu dùng được hoặc số liệu mâu thuẫn; so sánh (nếu có) là tạm tính"
    ),
    TargetVerdict.NOT_APPLICABLE: "“Không áp dụng”: mọi đơn vị phải báo cáo đều báo không áp dụng, có nêu lý do",
}


def results_part(data: Json, appendix: str) -> tuple[Block, ...]:
    """Return part II; `appendix` is how its table is called, e.g. "Phụ lục I"."""
    rows: Sequence[Json] = data["indicators"]
    head = heading("II. KẾT QUẢ THỰC HIỆN CHỈ TIÊU")
    if not rows:
        return (head, body("Kế hoạch không có chỉ tiêu nào."))
    if not any(row["included"] or row["not_applicable"] or row["conflicts"] for row in rows):
        nothing = (
            f"Kế hoạch có {count(len(rows))} chỉ tiêu; chưa có số liệu của chỉ tiêu nào được tổng hợp nên "
            f"chưa đánh giá (mục tiêu của từng chỉ tiêu tại {appendix} kèm theo)."
        )
        return (head, body(nothing), left_to_write(_TO_WRITE))
    return (
        head,
        body(_summary(data, appendix)),
        caption("Kết quả thực hiện chỉ tiêu so với mục tiêu"),
        _table(data),
        Paragraph((Piece(_note(data)),), Style.NOTE),
        *notable(data),
        left_to_write(_TO_WRITE),
    )


def _summary(data: Json, appendix: str) -> str:
    counts = data["verdicts"]
    present = [v for v in _ORDER if counts[v]]
    said = ", trong đó " + ", ".join(f"{count(counts[v])} chỉ tiêu {TARGET_VERDICT_WORDS[v].lower()}" for v in present)
    if len(present) == 1:
        said = f", đều {TARGET_VERDICT_WORDS[present[0]].lower()}"
    compared = [f"{COMPARED_WORDS[Compared(key)]} ({p['label']})" for key, p in data["compared_with"].items()]
    line = f"Kế hoạch có {count(len(data['indicators']))} chỉ tiêu{said} (chi tiết tại {appendix} kèm theo)."
    if compared:
        line += f" Kết quả được so sánh với {' và '.join(compared)} ở chỉ tiêu có số liệu của các kỳ đó."
    return line


def _table(data: Json) -> Table:
    compared = tuple(data["compared_with"])
    narrow = len(compared) > 1
    behind = (
        Column("Kết quả", 19 if narrow else 22, Align.CENTRE),
        Column("Mục tiêu", 20 if narrow else 24, Align.CENTRE),
        Column("Đánh giá", 24 if narrow else 28, Align.CENTRE),
        Column("Độ bao phủ", 18 if narrow else 20, Align.CENTRE),
        *(Column(f"So với {COMPARED_WORDS[Compared(key)]}", 17, Align.CENTRE) for key in compared),
    )
    number = Column("TT", 10, Align.CENTRE)
    name = Column("Chỉ tiêu", PORTRAIT_WIDTH - number.width - sum(column.width for column in behind))
    columns = (number, name, *behind)
    rows = banded(data["indicators"], len(columns), lambda row: _row(row, compared))
    return Table(columns, rows, "Kết quả, mục tiêu, đánh giá và độ bao phủ của từng chỉ tiêu", Style.SMALL_CELL)


def _row(row: Json, compared: tuple[str, ...]) -> tuple[str, ...]:
    changes = {change["compared"]: change for change in row["changes"]}
    return (
        row["shown_number"],
        plan_text(row["name"], _NAME),
        cell_figure(row) + ("\n(ước)" if row["estimated"] and row["value"] is not None else ""),
        f"{goal_words(row)}\nnăm\N{NO-BREAK SPACE}{row['targets'][0]['year']}" if row["targets"] else "–",
        _verdict(row),
        extent_cell(row),
        *(_change(changes[key], row["decimals"]) if key in changes else "–" for key in compared),
    )


def _verdict(row: Json) -> str:
    found = pace(row)
    return verdict_words(row) if found is None else f"{verdict_words(row)}; {found.value}"


def _change(change: Json, decimals: int) -> str:
    return difference(change["difference"], decimals) + ("" if change["same_units"] else OTHERS_MARK)


def _note(data: Json) -> str:
    """What the columns mean, each only where the table has such a cell."""
    rows = data["indicators"]
    ways = [COVERAGE_WORDS[CoverageBasis(row["coverage"]["basis"])] for row in rows if share_words(row)]
    lines = ["độ bao phủ: số đơn vị có số liệu trên số đơn vị phải báo cáo"]
    if ways:
        told = " hoặc ".join(dict.fromkeys(ways))
        lines[0] += f", trong ngoặc là tỷ lệ bao phủ ({told}; không tính đơn vị báo không áp dụng)"
    lines += [text for verdict, text in _EARLY.items() if _is_early(data, verdict)]
    lines += [text for verdict, text in _REASONS.items() if data["verdicts"][verdict]]
    if any(not change["same_units"] for row in rows for change in row["changes"]):
        lines.append(f"{OTHERS_MARK} {OTHER_UNITS}")
    return " ".join(f"{sentence(line)}." for line in lines)


def _is_early(data: Json, verdict: TargetVerdict) -> bool:
    """True where a target of this year was judged before the year is over."""
    judged = [row for row in with_verdict(data["indicators"], verdict) if row["targets"]]
    return is_before_year_end(data) and any(row["targets"][0]["year"] == year_of(data) for row in judged)
