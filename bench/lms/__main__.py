"""`python -m bench.lms URL --customers N`: a made-up LMS in an empty database of PostgreSQL or MariaDB."""

from __future__ import annotations

import argparse

from sqlalchemy import create_engine

from bench.lms.build import FIRST_PLAIN, Volume, build, gather_statistics
from bench.lms.people import pin_of
from wbok.databases import database_url
from wbok.domain.clock import system_clock


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.lms", description=__doc__)
    parser.add_argument("url", help="postgresql://user:password@host/name or mysql://user:password@host/name")
    parser.add_argument("--customers", type=int, default=200, help="beside the odd ones (default: 200)")
    usual = Volume()
    for name, what in (("months", "with an invoice"), ("calls", "each"), ("messages", "each")):
        number = getattr(usual, name)
        parser.add_argument(f"--{name}", type=int, default=number, help=f"{what} (default: {number})")
    given = parser.parse_args()
    engine = create_engine(database_url(given.url, where="url"))
    volume = Volume(months=given.months, calls=given.calls, messages=given.messages)
    build(engine, customers=given.customers, now=system_clock(), volume=volume)
    gather_statistics(engine)
    print(f"Written. Log in as {FIRST_PLAIN} with the PIN {pin_of(FIRST_PLAIN)}.")


if __name__ == "__main__":
    main()
