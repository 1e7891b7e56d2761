"""`python -m support.mail_server FILE`: a real SMTP server on loopback, in a process of its own.

It prints its port, and writes a line into FILE for each letter before it says that it took it. What it does depends
on the recipient: `bounce…` is refused for good, `later…` for now, and after the text of `silent…` it hangs up.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP


class Handler:
    def __init__(self, file: Path) -> None:
        self._file = file

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: SMTP, _session: Any, envelope: Any, address: str, _options: object
    ) -> str:
        if address.startswith("bounce"):
            return "550 5.1.1 no such user here"
        if address.startswith("later"):
            return "451 4.7.1 greylisted, come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802
        (address,) = envelope.rcpt_tos
        if address.startswith("silent"):
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "421 gone"
        with self._file.open("a") as file:
            file.write(json.dumps({"to": address, "text": envelope.content.decode("utf-8")}) + "\n")
        return "250 taken"


async def main() -> None:
    handler, loop = Handler(Path(sys.argv[1])), asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(handler, enable_SMTPUTF8=True, loop=loop), host="127.0.0.1", port=0
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
