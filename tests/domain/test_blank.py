"""Which text shows nothing."""

from __future__ import annotations

import pytest

from wbok.domain.blank import is_blank


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u2060", "\u3164", "\u2800 \ufeff", "\u202e"])
def test_signs_without_a_shape_show_nothing(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", ".", "\u200bą", "🦊", "👨\u200d👩\u200d👧"])
def test_one_sign_that_is_seen_is_enough(text: str) -> None:
    assert not is_blank(text)
