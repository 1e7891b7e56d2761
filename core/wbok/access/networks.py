"""Which computer is asking, and whether it may.

The client is the TCP peer. `X-Forwarded-For` counts only from a configured proxy and is read from the right.
A forwarding header from anybody else is refused: a panel behind a proxy that nobody configured would
otherwise take every customer for the proxy itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

UNIX = "unix"
FORWARDING_HEADERS = (
    "Forwarded",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Forwarded-Port",
    "X-Forwarded-Prefix",
    "X-Real-IP",
)
LOCAL_NETWORKS = (
    "127.0.0.0/8",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "::1/128",
    "fc00::/7",
)


class Refused(Exception):
    """Nobody of ours, or a client that cannot be told. The text is for the log: what to configure."""


@dataclass(frozen=True, slots=True)
class Networks:
    """`allowed`: where customers are. `proxies`: whose forwarding is believed; `unix` stands for a socket."""

    allowed: tuple[Network, ...]
    proxies: tuple[Network, ...] = ()
    unix_proxy: bool = False

    def client(self, peer: str, headers: Mapping[str, str]) -> str:
        """The client as one text for each client: an IPv4 address, or the /64 of an IPv6 one.

        `headers` are those of FORWARDING_HEADERS that the request has. Raises Refused.
        """
        address = self._origin(peer, headers)
        if not _within(address, self.allowed):
            raise Refused(f"{address} is in none of access.networks")
        if isinstance(address, IPv6Address):
            return str(ip_network((int(address), 64), strict=False))
        return str(address)

    def _origin(self, peer: str, headers: Mapping[str, str]) -> Address:
        if not self._is_proxy(peer):
            for name in FORWARDING_HEADERS:
                if name in headers:
                    raise Refused(
                        f"{name} came from {peer or 'a unix socket'}, which is no configured proxy. If it is "
                        f'yours, set access.proxies = ["{peer or UNIX}"].'
                    )
            return _parse(peer)
        forwarded = headers.get("X-Forwarded-For")
        if forwarded is None:
            raise Refused(f"the proxy {peer or UNIX} sent no X-Forwarded-For; let it set this header")
        hops = [_parse(hop.strip()) for hop in forwarded.split(",")]
        for hop in reversed(hops):
            if not _within(hop, self.proxies):
                return hop
        return hops[0]

    def _is_proxy(self, peer: str) -> bool:
        if not peer:
            return self.unix_proxy
        return _within(_parse(peer), self.proxies)


def read_networks(allowed: Iterable[str], proxies: Iterable[str]) -> Networks:
    """Raises ValueError for what is no network."""
    proxies = tuple(proxies)
    return Networks(
        allowed=tuple(ip_network(n) for n in allowed),
        proxies=tuple(ip_network(n) for n in proxies if n != UNIX),
        unix_proxy=UNIX in proxies,
    )


def _parse(text: str) -> Address:
    try:
        address = ip_address(text)
    except ValueError:
        raise Refused("the client's address cannot be read") from None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        return IPv6Address(int(address))
    return address


def _within(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks)
