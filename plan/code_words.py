"""The Vietnamese words for the codes of an indicator: how it is measured, added up, and what units type for it.

Shown by the workbook's dropdowns and spoken by faults, so that both say the same. Nothing is parsed here.
"""

from __future__ import annotations

from collections.abc import Mapping

from plan.model import Aggregation, Measure

MEASURE_WORDS: Mapping[str, str] = {
    Measure.RATIO: "Tỷ lệ phần trăm",
    Measure.VALUE: "Số liệu",
    Measure.CHANGE: "Mức tăng, giảm",
    Measure.THRESHOLD: "Đạt ngưỡng",
    Measure.ATTAINED: "Đạt hoặc chưa đạt",
}
AGGREGATION_WORDS: Mapping[str, str] = {
    Aggregation.RATIO_OF_SUMS: "Cộng tử số, cộng mẫu số",
    Aggregation.SINGLE: "Lấy số của một đơn vị",
    Aggregation.SUM: "Cộng số liệu",
    Aggregation.WEIGHTED_MEAN: "Bình quân có trọng số",
    Aggregation.DIFFERENCE: "Hiện tại trừ kỳ gốc",
    Aggregation.SHARE: "Tỷ lệ đơn vị đạt",
}
# The names of plan.grammar.FIELD_KINDS.
FIELD_WORDS: Mapping[str, str] = {
    "numerator": "tử số",
    "denominator": "mẫu số",
    "count": "số lượng",
    "baseline_numerator": "tử số kỳ gốc",
    "baseline_denominator": "mẫu số kỳ gốc",
    "current_numerator": "tử số hiện tại",
    "current_denominator": "mẫu số hiện tại",
    "value": "giá trị",
    "baseline": "kỳ gốc",
    "current": "hiện tại",
    "weight": "trọng số",
    "attained": "đạt",
    "evidence": "minh chứng",
}


def spoken(words: Mapping[str, str], code: str) -> str:
    """Return a code as a fault names it, by its word and itself; what is no code as it stands.

    >>> spoken(MEASURE_WORDS, "ratio")
    'Tỷ lệ phần trăm (ratio)'
    """
    return f"{words[code]} ({code})" if code in words else f"“{code}”"
