"""What customers send as files: what it is, made harmless, and how it is kept on a disk. No web."""

from __future__ import annotations

from wbok.attachments.below import OpenFile, directory_below, file_below, opened_directory
from wbok.attachments.checking import check_upload
from wbok.attachments.files import opened_file, remove_file, size_of, write_file

__all__ = [
    "OpenFile",
    "check_upload",
    "directory_below",
    "file_below",
    "opened_directory",
    "opened_file",
    "remove_file",
    "size_of",
    "write_file",
]
