"""Files of the office that go with a message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from wbok.api import (
    Upload,
    UploadFault,
    UploadLimits,
    UploadRefused,
    check_upload,
)

WORDS: Mapping[UploadFault, str] = {
    UploadFault.EMPTY: "is empty",
    UploadFault.TOO_LARGE: "is larger than attachments.max_mb allows",
    UploadFault.WRONG_KIND: "is neither a picture (JPEG, PNG, WebP) nor a PDF",
    UploadFault.HEIC: "is a picture in the format HEIC; save it as JPEG",
    UploadFault.DAMAGED: "is damaged and cannot be opened",
    UploadFault.TOO_MANY_PIXELS: "has too many pixels",
    UploadFault.MOVING: "is a picture that moves",
}


def read_attachments(paths: Sequence[Path], limits: UploadLimits) -> tuple[Upload, ...]:
    """Checked as files of customers are; pictures are made anew. Raises click.ClickException."""
    if len(paths) > limits.most_files:
        raise click.ClickException(
            f"{len(paths)} files are more than a message takes: {limits.most_files} (attachments.max_files). "
            "Nothing was sent."
        )
    return tuple(_read(path, limits) for path in paths)


def _read(path: Path, limits: UploadLimits) -> Upload:
    try:
        with path.open("rb") as file:
            content = file.read(limits.most_bytes + 1)
        return check_upload(path.name, content, most_bytes=limits.most_bytes)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}. Nothing was sent.") from None
    except UploadRefused as refused:
        raise click.ClickException(f"{path} {WORDS[refused.fault]}. Nothing was sent.") from None
