"""Which version of `wbok.api`, of the hooks and of the billing contract this is, and whether a package fits it.

A package of others says in its module for which version it was written: `WBOK_API = "1.0"`. One that says nothing
was written for the first. See CONTRIBUTING.md, "What is public".
"""

from __future__ import annotations

import re
from types import ModuleType

from wbok.errors import ConfigError

API_VERSION = "1.0"
"""Whatever is taken away or changes its meaning makes a new first number, whatever is added a new second one."""
FIRST = "1.0"
SHAPE = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})", re.ASCII)


def check_api_version(module: ModuleType, *, where: str) -> None:
    """Raises ConfigError, which `where` begins: "tab weather", "billing.adapter"."""
    wanted = getattr(module, "WBOK_API", FIRST)
    if not isinstance(wanted, str) or not SHAPE.fullmatch(wanted):
        raise ConfigError(
            f"{where}: found WBOK_API = {wanted!r} in {module.__name__}, expected a text like "
            f'"{API_VERSION}": the version of wbok.api for which it was written.'
        )
    needed, here = _numbers(wanted), _numbers(API_VERSION)
    if needed[0] == here[0] and needed[1] <= here[1]:
        return
    todo = (
        "Update WBOK."
        if needed > here
        else 'Update that package; what has changed stands in CHANGELOG.md, "For integrators".'
    )
    raise ConfigError(
        f"{where}: {module.__name__} was written for version {wanted} of wbok.api, and this WBOK has "
        f"{API_VERSION}. {todo}"
    )


def _numbers(version: str) -> tuple[int, int]:
    first, _, second = version.partition(".")
    return int(first), int(second)
