"""An indicator is said exactly: bounds unrounded, a conflict as typed, bad news first, who is missing and why."""

from __future__ import annotations

import pytest

from tests.consolidate.report.report_case import Data, compared_data, full_data, text_of

NB = "\N{NO-BREAK SPACE}"


def _row(data: Data, code: str) -> Data:
    found: Data = next(row for row in data["indicators"] if row["code"] == code)
    return found


def _body(data: Data) -> str:
    return text_of(data).split("Nơi nhận:")[0]


def _judge(row: Data, value: float, *bounds: tuple[str, float], on_track: bool | None = None) -> None:
    """Give `row` a figure and bounds of this year, half of which fall to the period where it is prorated."""
    target = row["targets"][0] | {"year": 2026, "threshold": None}
    row["targets"] = [target | {"comparator": sign, "value": bound} for sign, bound in bounds]
    row["milestones"] = [] if on_track is None else [bound / 2 for _, bound in bounds]
    row |= {"value": value, "exact": str(value), "on_track": on_track, "decimals": 0}


def test_all_bounds_of_the_year_are_told_and_none_is_rounded() -> None:
    data = full_data()
    _judge(_row(data, "RATIO"), 12, (">=", 12.5), ("<=", 17.25), on_track=True)
    text = text_of(data)
    assert f"≥{NB}12,5% và ≤{NB}17,25%\nnăm{NB}2026" in text
    assert f"So với mục tiêu năm 2026: ≥{NB}12,5% và ≤{NB}17,25%." in text
    assert f"Mức cần có đến cuối kỳ: ≥{NB}6,25% và ≤{NB}8,625%, đúng tiến độ" in text


@pytest.mark.parametrize(
    ("bounds", "is_over"),
    [((("<=", 40),), True), ((("<", 40),), True), (((">=", 10), ("<=", 40)), True), (((">=", 100),), False)],
)
def test_a_ceiling_that_is_passed_is_no_delay_and_is_not_to_be_speeded_up(
    bounds: tuple[tuple[str, float], ...], *, is_over: bool
) -> None:
    data = full_data()
    _judge(_row(data, "SUM"), 25, *bounds, on_track=False)
    text = text_of(data)
    assert ("; vượt mức cho phép của kỳ\n" in text) == is_over
    assert ("- Vượt mức cho phép của kỳ: 1 chỉ tiêu, gồm Ngắn SUM" in text) == is_over
    assert ("- Có biện pháp kiểm soát 1 chỉ tiêu đã vượt mức cho phép của kỳ." in text) == is_over
    assert ("chậm tiến độ" in text) == (not is_over)
    assert ("Đẩy nhanh" in text) == (not is_over)


def test_a_finer_figure_stands_beside_one_that_rounding_puts_on_the_bound() -> None:
    data = full_data()
    row = _row(data, "RATIO")
    row |= {"value": 95, "finer": 3, "finer_value": 94.996}
    text = text_of(data)
    assert text.count("95,00%\n(chính xác hơn: 94,996%)") == 2  # part II and the appendix
    assert "95,00% (chính xác hơn: 94,996%) (có số liệu ước), mục tiêu năm 2026" in text


def test_a_conflict_is_told_by_what_was_typed_and_not_by_rounded_figures() -> None:
    data = full_data()
    parts = _row(data, "CONFLICT")["units"]
    for part, typed in zip(parts, (74.61, 74.64), strict=True):
        part["value"] = 74.6
        part["fields"]["value"]["value"] = typed
    assert text_of(data).count("giữa Ban Kế hoạch (74,61%), UBND XÃ A (74,64%), cần thống nhất") == 2
    for part, (first, last) in zip(parts, ((10, 12), (20, 22)), strict=True):
        field = part["fields"]["value"]
        part["fields"] = {"baseline": field | {"value": first}, "current": field | {"value": last}}
    assert "Ban Kế hoạch (từ 10 đến 12), UBND XÃ A (từ 20 đến 22)" in text_of(data)
    for part in parts:
        part["fields"] = {"numerator": field | {"value": 1200}, "denominator": field | {"value": 3000}}
    assert "Ban Kế hoạch (1.200/3.000), UBND XÃ A (1.200/3.000)" in text_of(data)


def test_a_target_of_a_year_that_is_over_is_not_forgotten() -> None:
    data = full_data()
    past = {"year": 2025, "comparator": ">", "value": 95.5, "threshold": None, "label": "năm 2025"}
    known = past | {"result": 93.84, "included": 119, "expected": 129, "reached": False}
    unknown = past | {"label": None, "result": None, "included": 0, "expected": 0, "reached": None}
    _row(data, "RATIO")["past_targets"] = [known]
    _row(data, "SUM")["past_targets"] = [unknown]
    text = text_of(data)
    said = f"ục tiêu năm 2025 (>{NB}95,5%) đã hết hạn: kết quả năm 2025 là 93,84% (119/129 đơn vị), chưa đạt."
    assert said.rstrip(".") in text.split("III. KẾT QUẢ")[0]
    assert f"M{said}" in text.split("Phụ lục I\n")[1]
    assert "đã hết hạn: không có số liệu của kỳ báo cáo cuối năm 2025 để đánh giá." in text


def test_bad_news_comes_before_good_news() -> None:
    data = compared_data()
    codes = ("RATIO", "SUM", "WEIGHTED", "ATTAINED")
    years, reached = (2026, 2030, 2026, 2030), (False, False, True, True)
    for row in data["indicators"]:
        row["reached"] = None
    for code, year, met in zip(codes, years, reached, strict=True):
        row = _row(data, code)
        row |= {"reached": met, "verdict": "not_yet_due"}
        row["targets"][0]["year"] = year
    text = _body(data)
    heads = [
        "- Tạm tính chưa đạt mục tiêu của năm nay: 1 chỉ tiêu, gồm Ngắn RATIO (chỉ tiêu 1): 12,35%",
        "- Chậm so với mức cần có đến cuối kỳ: ",
        "- Số liệu mâu thuẫn: ",
        "- Tạm tính chưa đạt mục tiêu của các năm sau: 1 chỉ tiêu, gồm Ngắn SUM",
        "- Tạm tính đã đạt mục tiêu của năm nay: 1 chỉ tiêu, gồm Ngắn WEIGHTED",
        "- Tạm tính đã đạt mục tiêu của các năm sau: 1 chỉ tiêu, gồm Ngắn ATTAINED",
    ]
    places = [text.index(head) for head in heads]
    assert places == sorted(places)
    line = next(line for line in text.split("\n") if line.startswith(heads[0]))
    assert "mục tiêu năm 2026: " in line
    assert "mới có số liệu của 2/4 đơn vị (còn thiếu 2 đơn vị: chưa nộp 1, dòng có lỗi 1)." in line


def test_a_share_is_told_only_where_it_says_more_than_the_units() -> None:
    data = full_data()
    row = _row(data, "RATIO")
    row["coverage"] |= {"basis": "units", "share": 0.499}
    assert "49,9%" not in text_of(data)
    row["coverage"]["basis"] = "population"
    text = text_of(data)
    assert "\n2/4\n(49,9%)\n" in text
    assert "Số liệu của 2/4 đơn vị, bao phủ 49,9% dân số; còn thiếu 2 đơn vị: " in text


def test_units_that_need_not_answer_are_told_apart_from_those_that_are_missing() -> None:
    data = full_data()
    text = text_of(data)
    assert "Số liệu của 3/4 đơn vị; 1 không áp dụng." in text
    assert "\n3/4\n1 không áp dụng\n" in text


def test_reasons_are_counted_in_the_body_and_named_in_the_appendix() -> None:
    data = full_data()
    names = "chưa nộp 1 (UBND XÃ D); dòng có lỗi 1 (UBND XÃ C)"
    body, appendix = text_of(data).split("Nơi nhận:")
    assert names in appendix
    assert names not in body
    single = _row(data, "SINGLE")
    single |= {"value": None, "included": [], "missing": ["ban"], "reached": None}
    single["missing_why"]["unusable"] = ["ban"]
    text = text_of(data)
    assert "Ngắn SINGLE (chỉ tiêu 1), Ban Kế hoạch: tệp chưa dùng được" in text
    assert "Đơn vị báo cáo: Ban Kế hoạch (tệp chưa dùng được)." in text


def test_rows_of_one_number_are_told_apart_by_their_section() -> None:
    data = full_data()
    _row(data, "CONFLICT")["section"] = "2. Mục tiêu đến năm 2045"
    text = text_of(data)
    assert "gồm Ngắn CONFLICT (chỉ tiêu 1, mục 2. Mục tiêu đến năm 2045): số liệu" in text
    for number, row in enumerate(data["indicators"]):
        row["shown_number"] = str(number)
    assert ", mục " not in text_of(data).split("Phụ lục I\n")[0].split("- Số liệu mâu thuẫn")[1].split("\n")[0]


def test_the_note_on_early_verdicts_follows_their_rule() -> None:
    data = full_data()
    early = "“Đạt” khi chưa hết năm: đã đạt mục tiêu của cả năm trước thời hạn (không áp dụng với chỉ tiêu lũy kế"
    assert early not in text_of(data)
    _row(data, "RATIO")["verdict"] = "reached"
    assert early in text_of(data)
    data["period_days"]["last"] = "2026-12-31"
    assert early not in text_of(data)
