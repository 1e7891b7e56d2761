"""What a command may raise is said in one line, without a traceback, and the exit code is 1."""

from __future__ import annotations

import pytest

from wbok import cli
from wbok.errors import ConfigError, NotFound, Rejected, StoreUnavailable, Unavailable


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NotFound("customer"), "wbok: the billing does not know this: customer."),
        (Rejected("page mark"), "wbok: the billing does not take this: page mark."),
        (Unavailable("timed out"), "wbok: the billing does not answer: timed out"),
        (ConfigError("office.phone: is missing."), "wbok: office.phone: is missing."),
        (StoreUnavailable("locked"), "wbok: the store does not answer: locked"),
    ],
)
def test_a_fault_is_one_line(error: Exception, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def command() -> None:
        raise error

    monkeypatch.setattr(cli, "wbok", command)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == said
