"""The panel's own store: login guard, sessions, messages, audit. Nothing here knows the web or a billing."""

from wbok.store.database import Store

__all__ = ["Store"]
