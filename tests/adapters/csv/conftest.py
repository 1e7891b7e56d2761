"""Exported files in a folder of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.exports import Exports


@pytest.fixture
def exports(tmp_path: Path) -> Exports:
    """Two customers, a ledger and a document, nothing wrong."""
    return Exports.written(tmp_path)
