"""What the standard library raises on a zip that is cut, altered or of a kind it does not know.

Workbooks and Word documents are zips; every look at one catches these and says in its own
words that the file is damaged.
"""

from __future__ import annotations

import struct
import zipfile
import zlib

# NotImplementedError is zipfile's own answer to an unknown way of compressing.
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OSError, NotImplementedError)
