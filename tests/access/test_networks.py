"""Which computer is asking, and whether it may."""

from __future__ import annotations

import pytest

from wbok.access.networks import FORWARDING_HEADERS, LOCAL_NETWORKS, Refused, read_networks

DIRECT = read_networks(LOCAL_NETWORKS, ())
BEHIND_NGINX = read_networks(LOCAL_NETWORKS, ("127.0.0.1", "192.168.0.0/24"))
BEHIND_SOCKET = read_networks(LOCAL_NETWORKS, ("unix",))


@pytest.mark.parametrize(
    ("peer", "client"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("100.64.0.9", "100.64.0.9"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("fd00:1:2:3:4:5:6:7", "fd00:1:2:3::/64"),
        ("fd00:1:2:3::9%eth0", "fd00:1:2:3::/64"),
    ],
)
def test_the_peer_is_the_client(peer: str, client: str) -> None:
    assert DIRECT.client(peer, {}) == client


@pytest.mark.parametrize(
    "peer", ["8.8.8.8", "::ffff:8.8.8.8", "2001:db8::1", "", "garbage", "1.2.3.4.5", "10.1"]
)
def test_strangers_and_garbage_are_refused(peer: str) -> None:
    with pytest.raises(Refused):
        DIRECT.client(peer, {})


@pytest.mark.parametrize("header", FORWARDING_HEADERS)
def test_forwarding_by_nobody_we_know_is_refused_and_says_what_to_do(header: str) -> None:
    with pytest.raises(Refused, match=r'access\.proxies = \["127\.0\.0\.1"\]'):
        DIRECT.client("127.0.0.1", {header: "10.1.2.3"})


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("10.9.9.9, 10.1.2.3", "10.1.2.3"),
        ("8.8.8.8, 10.1.2.3", "10.1.2.3"),
        ("10.1.2.3, 192.168.0.5", "10.1.2.3"),
        ("192.168.0.6, 192.168.0.5", "192.168.0.6"),
    ],
)
def test_a_known_proxy_is_read_from_the_right(forwarded: str, client: str) -> None:
    assert BEHIND_NGINX.client("127.0.0.1", {"X-Forwarded-For": forwarded}) == client


@pytest.mark.parametrize("forwarded", ["10.1.2.3, 8.8.8.8", "unknown", "10.1.2.3:80", "", "10.1.2.3,"])
def test_what_a_known_proxy_cannot_have_seen_is_refused(forwarded: str) -> None:
    with pytest.raises(Refused):
        BEHIND_NGINX.client("127.0.0.1", {"X-Forwarded-For": forwarded})


def test_a_proxy_that_forwards_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="sent no X-Forwarded-For"):
        BEHIND_NGINX.client("127.0.0.1", {})


def test_a_socket_is_a_proxy_only_when_configured() -> None:
    assert BEHIND_SOCKET.client("", {"X-Forwarded-For": "10.1.2.3"}) == "10.1.2.3"
    with pytest.raises(Refused):
        DIRECT.client("", {"X-Forwarded-For": "10.1.2.3"})
