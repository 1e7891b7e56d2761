"""Addresses of new databases of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.places import DIALECTS, NewUrl, new_urls


@pytest.fixture(params=DIALECTS)
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewUrl]:
    with new_urls(request.param, tmp_path) as new_url:
        yield new_url
