"""Original files of documents: whether those of the sample could be given to their customers."""

from __future__ import annotations

from wbok.adapters.originals import Originals
from wbok.adapters.sql.check.collected import Collected
from wbok.adapters.sql.check.sample import Sample
from wbok.billing.check import Severity
from wbok.errors import FileUnusable

MOST_FILES = 50


def look_at_files(sample: Sample, collected: Collected, originals: Originals) -> None:
    """Files in a directory alone: whole files out of the database are not read to look at them."""
    for row, path in list(sample.column("path"))[:MOST_FILES]:
        try:
            originals.look("", path=path, content=None).close()
        except FileUnusable as reason:
            collected.add_rows(
                Severity.FAULT,
                f"a file that cannot be given: {reason}",
                "Until then the panel draws the document itself.",
                sample=sample,
                rows=[row],
                column="path",
                expected=f"a PDF within {originals.setting}",
            )
