"""The command line `wbok`. Its exit code is 0 only when it did what it says."""

from __future__ import annotations

import sys

from wbok.cli.commands import wbok
from wbok.errors import (
    BillingError,
    ConfigError,
    ImportFailed,
    KeptFileUnusable,
    NotFound,
    Rejected,
    StoreUnavailable,
)


def main() -> None:
    """Faults that people can mend are said in one line, without a traceback."""
    try:
        wbok()
    except ConfigError as error:
        sys.exit(f"wbok: {error}")
    except ImportFailed as error:
        sys.exit(str(error))
    except KeptFileUnusable as error:
        sys.exit(f"wbok: {error}. Restore it from a backup.")
    except StoreUnavailable as error:
        sys.exit(f"wbok: the store does not answer: {error}")
    except NotFound as error:
        sys.exit(f"wbok: the billing does not know this: {error}.")
    except Rejected as error:
        sys.exit(f"wbok: the billing does not take this: {error}.")
    except BillingError as error:
        sys.exit(f"wbok: the billing does not answer: {error}")
