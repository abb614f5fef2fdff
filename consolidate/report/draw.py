"""`bao-cao.docx`: the report of one period in Word, drawn from the parsed consolidated.json and nothing else.

It puts the parts in their order; what they say is theirs, how Word holds it is paper.py's.
"""

from __future__ import annotations

from datetime import datetime

from consolidate.report.appendices import indicator_appendix, task_appendix
from consolidate.report.appendix_head import appendix_names
from consolidate.report.blocks import Paragraph, body, marked
from consolidate.report.frame import closing, full_issuer, opening
from consolidate.report.next_steps import next_part
from consolidate.report.paper import finished, new_paper, turn_page, write
from consolidate.report.reporting import has_unit_appendix, reporting_part, unit_appendix
from consolidate.report.results import results_part
from consolidate.report.voices import difficulties_part, proposals_part
from consolidate.report.words import REHEARSAL, Json, sentence, to_carry_out
from consolidate.report.work import work_part


def draw_report(data: Json) -> bytes:
    """Return the report as a .docx; the same `data` gives the same bytes, sealed for consolidate.report.keep."""
    moment = datetime.fromisoformat(data["as_of"])
    title = f"Báo cáo kết quả {data['period_days']['label']} {to_carry_out(data)}"
    paper = new_paper(title, full_issuer(data), moment, REHEARSAL if data["rehearsal"] else "")
    names = appendix_names(data, with_units=has_unit_appendix(data))
    units = names.get("statuses", "")
    write(
        paper,
        (
            *opening(data),
            _first_sentence(data),
            *reporting_part(data, units),
            *results_part(data, names.get("indicators", "")),
            *work_part(data, names.get("tasks", "")),
            *difficulties_part(data),
            *proposals_part(data),
            *next_part(data, units),
            *closing(data),
        ),
    )
    for key, draw in (("indicators", indicator_appendix), ("tasks", task_appendix), ("statuses", unit_appendix)):
        if key in names:
            turn_page(paper, landscape=draw is not unit_appendix)
            write(paper, draw(data, names[key]))
    return finished(paper)


def _first_sentence(data: Json) -> Paragraph:
    return body(
        f"{sentence(to_carry_out(data))} ",
        marked("số, ngày, cơ quan ban hành"),
        f", {full_issuer(data)} báo cáo kết quả {data['period_days']['label']} như sau:",
    )
