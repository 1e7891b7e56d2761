"""What PHP's serialize() wrote is read, and nothing else is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wbok.adapters.lms.php import MAX_DEPTH, MAX_VALUES, Unreadable, Value, unserialized


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("N;", None),
        ("b:1;", True),
        ("i:-42;", -42),
        ("d:0.29;", Decimal("0.29")),
        ("d:1.0E+25;", Decimal("1.0E+25")),
        ('s:5:"zł;"";', 'zł;"'),
        ('s:0:"";', ""),
        ("a:0:{}", {}),
        ('a:2:{s:5:"units";i:100;i:7;a:1:{i:0;s:1:"x";}}', {"units": 100, 7: {0: "x"}}),
        # The last one counts, as in PHP.
        ('a:2:{s:1:"a";i:1;s:1:"a";i:2;}', {"a": 2}),
    ],
)
def test_what_is_read(written: str, value: Value) -> None:
    found = unserialized(written)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "i:1",
        "i:;",
        "i:1;i:2;",
        "i:" + "9" * 30 + ";",
        "i:١;",
        "b:2;",
        "d:INF;",
        "d:NAN;",
        "d:1e99999;",
        's:3:"ab";',
        's:1:"ab";',
        's:99999:"a";',
        's:-1:"a";',
        # The length cuts a letter in two.
        's:1:"ł";',
        "a:1:{i:0;}",
        "a:2:{i:0;i:1;}",
        "a:1:{a:0:{}i:1;}",
        "a:1:{b:1;i:1;}",
        "a:99999:{}",
        'O:8:"stdClass":0:{}',
        'C:1:"X":0:{}',
        'E:3:"A:B";',
        "a:2:{i:0;i:1;i:1;R:2;}",
        "r:1;",
        "\ud800",
        "\x00",
        "a:1:{i:0;" * 50_000,
        "a:1:{i:0;" * (MAX_DEPTH + 1) + "i:1;" + "}" * (MAX_DEPTH + 1),
        "a:200:{" + "".join(f"i:{i};i:1;" for i in range(MAX_VALUES)) + "}",
    ],
)
def test_what_is_not_read(written: str) -> None:
    with pytest.raises(Unreadable) as caught:
        unserialized(written)
    assert not written or written not in str(caught.value)


def test_as_deep_as_it_may_be() -> None:
    found = unserialized("a:1:{i:0;" * MAX_DEPTH + "i:1;" + "}" * MAX_DEPTH)
    for _turn in range(MAX_DEPTH):
        assert isinstance(found, dict)
        found = found[0]
    assert found == 1
