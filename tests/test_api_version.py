"""A package says for which version of wbok.api it was written, and one that does not fit stops the start."""

from __future__ import annotations

from types import ModuleType

import pytest

from wbok.api_version import API_VERSION, check_api_version
from wbok.errors import ConfigError


def written_for(version: object) -> ModuleType:
    module = ModuleType("wbok_usage")
    if version is not None:
        module.WBOK_API = version  # type: ignore[attr-defined]
    return module


@pytest.mark.parametrize("version", [None, "1.0", API_VERSION])
def test_what_fits_is_taken(version: str | None) -> None:
    check_api_version(written_for(version), where="tab usage")


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("1.99", r"tab usage: wbok_usage was written for version 1\.99 of wbok.api, .*Update WBOK"),
        ("2.0", "Update WBOK"),
        ("0.9", 'Update that package; .*CHANGELOG.md, "For integrators"'),
        (1, 'found WBOK_API = 1 in wbok_usage, expected a text like "1'),
        ("1", "expected a text like"),
    ],
)
def test_what_does_not_fit_is_said(version: object, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        check_api_version(written_for(version), where="tab usage")
