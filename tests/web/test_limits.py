"""The coarse limit, counted by several processes together in Redis."""

from __future__ import annotations

import secrets

import pytest
import redis
from conftest import MakeScene
from support.places import missing

ADDRESS = "redis://127.0.0.1:6379"


@pytest.fixture
def rate_store() -> str:
    try:
        with redis.Redis.from_url(ADDRESS) as client:
            client.ping()
    except redis.ConnectionError:
        missing("Redis does not answer at 127.0.0.1:6379")
    return ADDRESS


def test_panels_that_share_a_redis_count_together(make_demo_scene: MakeScene, rate_store: str) -> None:
    address = f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.{secrets.randbelow(256)}"
    codes = []
    for _ in range(2):
        scene = make_demo_scene(access={"login_rate": "5 per day", "rate_store": rate_store})
        visitor = scene.visitor(address)
        form = {"csrf_token": visitor.token(), "customer_id": "x", "pin": "1"}
        codes += [visitor.post("/login", form).status_code for _ in range(4)]
    assert codes == [200] * 5 + [429] * 3
