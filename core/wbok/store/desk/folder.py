"""Where the panel's own desk keeps the files that customers send."""

from __future__ import annotations

import os
from pathlib import Path

from wbok.errors import ConfigError
from wbok.store.database import Store

WHERE = "attachments.dir"
BESIDE = "attachments"


def attachments_folder(chosen: Path | None, store: Store) -> Path | None:
    """The folder of the configuration, or one beside the store; None when that lies on a server.

    It need not be there yet: whoever writes the first file makes it, so that it is his. Raises ConfigError.
    """
    folder = chosen or _beside(store)
    if folder is None:
        return None
    folder = folder.absolute()
    if not folder.exists():
        if folder.parent.is_dir():
            return folder
        raise ConfigError(
            f"{WHERE}: there is no folder {folder.parent}, in which {folder.name} could be made."
        )
    if not folder.is_dir():
        raise ConfigError(f"{WHERE}: {folder} is no folder.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ConfigError(f"{WHERE}: {folder} cannot be written into. Give it to the user of the panel.")
    return folder


def _beside(store: Store) -> Path | None:
    url = store.engine.url
    is_file = url.get_backend_name() == "sqlite" and url.database
    return Path(str(url.database)).parent / BESIDE if is_file else None
