"""`python -m support.import_process PLACE`: one import in a process of its own, to be killed."""

from __future__ import annotations

import sys
from pathlib import Path

from support.exports import Exports


def main() -> None:
    exports = Exports(Path(sys.argv[1]))
    print("begun", flush=True)
    exports.take_in()
    print("done", flush=True)


if __name__ == "__main__":
    main()
