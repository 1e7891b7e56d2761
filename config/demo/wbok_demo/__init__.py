"""A small made-up provider: a billing database that exists only to be looked at through the panel.

All persons, companies, numbers and addresses are invented. Nothing here may be needed to run the panel.
"""

from __future__ import annotations

from wbok_demo.build import DemoLogin, build_billing
from wbok_demo.messages import send_messages
from wbok_demo.tickets import fill_desk

__all__ = ["DemoLogin", "build_billing", "fill_desk", "send_messages"]
