"""Every question of the kit goes through here: the answer has the promised types, and only our errors come out."""

from __future__ import annotations

import typing
from functools import cache, wraps
from typing import Any, TypeVar

import pytest

from wbok.domain.desk import TicketRefused
from wbok.errors import BillingError, NotFound, Rejected
from wbok.testing.said import shown
from wbok.testing.typed import faults

Capability = TypeVar("Capability")


def asked(capability: Capability, protocol: type) -> Capability:
    """The same capability, watched."""
    return typing.cast(Capability, _Watched(capability, protocol))


class _Watched:
    def __init__(self, capability: object, protocol: type) -> None:
        self._capability = capability
        self._protocol = protocol

    def __getattr__(self, name: str) -> Any:
        promised = getattr(self._protocol, name)
        if isinstance(promised, property):
            assert promised.fget is not None
            value = self._answer(name, getattr, self._capability, name)
            return _checked(value, promised.fget, name)
        method = getattr(self._capability, name, None)
        if method is None:
            pytest.fail(f"{name}: the adapter has no such method. It belongs to {self._protocol.__name__}.")

        @wraps(promised)
        def ask(*arguments: Any, **named: Any) -> Any:
            given = [*map(shown, arguments), *(f"{key}={shown(value)}" for key, value in named.items())]
            question = f"{name}({', '.join(given)})"
            return _checked(self._answer(question, method, *arguments, **named), promised, question)

        return ask

    def _answer(self, question: str, method: Any, *arguments: Any, **named: Any) -> Any:
        try:
            return method(*arguments, **named)
        except (NotFound, Rejected, TicketRefused) as error:
            error.add_note(
                f"{question} raised it, where an answer was expected: the kit asks for what this customer has, "
                "as your lists say. What stands in a list and cannot be asked for alone is often somebody "
                "else's row: select by customer_id, in both."
            )
            raise
        except BillingError as error:
            pytest.fail(
                f"{question}: found {error!r}, expected an answer or NotFound. The billing must be "
                "reachable while it is tested, and what is no id or login of a customer must not reach the "
                "database."
            )
        except Exception as error:
            kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
            pytest.fail(
                f"{question}: found {kind} ({error}), expected an answer or one of NotFound, Rejected, "
                "Unavailable. No other error may leave an adapter: catch it and raise one of these from it."
            )


def _checked(value: Any, promised: Any, question: str) -> Any:
    expected = _promised(promised)
    wrong = list(faults(value, expected, where=f"{question} → {_name(expected)}"))
    if wrong:
        more = f"\n… and {len(wrong) - 5} more like these." if len(wrong) > 5 else ""
        pytest.fail("\n".join(wrong[:5]) + more)
    return value


@cache
def _promised(function: Any) -> Any:
    return typing.get_type_hints(function)["return"]


def _name(expected: Any) -> str:
    return getattr(expected, "__name__", str(expected))
