"""A panel starts before its LMS does."""

from __future__ import annotations

import pytest
from support.billing import CONTEXT, finance

from wbok.adapters.lms import connect
from wbok.errors import Unavailable


def test_connecting_asks_the_database_nothing() -> None:
    billing = connect({"url": "postgresql://nobody@127.0.0.1:1/lms"}, CONTEXT)
    with pytest.raises(Unavailable):
        finance(billing).settlement("1")
