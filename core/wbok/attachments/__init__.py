"""What customers send as files: what it is, made harmless, and how it is kept on a disk. No web."""

from __future__ import annotations

from wbok.attachments.checking import check_upload
from wbok.attachments.files import FileChunks, inner_file, size_of, write_file

__all__ = ["FileChunks", "check_upload", "inner_file", "size_of", "write_file"]
