"""`python -m bench.lms URL --customers N`: a made-up LMS in an empty database of PostgreSQL or MariaDB."""

from __future__ import annotations

import argparse

from sqlalchemy import create_engine

from bench.lms.build import FIRST_PLAIN, MONTHS, build
from bench.lms.people import pin_of
from wbok.databases import database_url
from wbok.domain.clock import system_clock


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.lms", description=__doc__)
    parser.add_argument("url", help="postgresql://user:password@host/name or mysql://user:password@host/name")
    parser.add_argument("--customers", type=int, default=200, help="beside the odd ones (default: 200)")
    parser.add_argument("--months", type=int, default=MONTHS, help=f"of invoices each (default: {MONTHS})")
    given = parser.parse_args()
    engine = create_engine(database_url(given.url, where="url"))
    build(engine, customers=given.customers, months=given.months, now=system_clock())
    print(f"Written. Log in as {FIRST_PLAIN} with the PIN {pin_of(FIRST_PLAIN)}.")


if __name__ == "__main__":
    main()
