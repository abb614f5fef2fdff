"""The same workbook, packed so that equal content is equal bytes.

openpyxl stamps the clock into docProps/core.xml and into every zip entry; both are replaced here. What
is inside the other members is not looked at and not changed.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

_CORE = "docProps/core.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip entry can carry
_STAMP = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")


def repack(data: bytes, moment: datetime) -> bytes:
    """Return the workbook `data` with `moment` as its times of creation and change, and no clock in the zip.

    Members keep their order and compression. A naive `moment` is taken as UTC. Raises
    zipfile.BadZipFile when `data` is no zip.
    """
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    stamp = aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == _CORE:
                content = _STAMP.sub(rb"\g<1>" + stamp + rb"\g<3>", content)
            entry = zipfile.ZipInfo(member.filename, _EPOCH)
            entry.compress_type = member.compress_type
            entry.create_system = 0  # else it tells Windows from Linux
            target.writestr(entry, content)
    return out.getvalue()
