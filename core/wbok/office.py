"""What every command starts from: the configuration that `--config` or WBOK_CONFIG names, and who types."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import click

from wbok.billing.directory import Directory
from wbok.errors import ConfigError, Rejected
from wbok.panel import Panel, build_panel
from wbok.settings import Settings, load_settings

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Context:
    config: Path | None

    @cached_property
    def settings(self) -> Settings:
        if self.config is None:
            raise ConfigError("which configuration? Give --config FILE or set WBOK_CONFIG.")
        return load_settings(self.config)

    @cached_property
    def unchecked_panel(self) -> Panel:
        """Whether its store can be used is not looked at. Raises ConfigError."""
        return build_panel(self.settings)

    @cached_property
    def panel(self) -> Panel:
        """With a store of this version. Raises ConfigError."""
        panel = self.unchecked_panel
        if not panel.store.is_current():
            raise ConfigError("the store has not the tables of this version. Run: wbok db upgrade")
        return panel


def pass_panel(command: Callable[Concatenate[Panel, P], R]) -> Callable[P, R]:
    """For a tab's command: its first argument is the panel, with a store of this version."""

    @click.pass_obj
    @wraps(command)
    def with_panel(context: Context, /, *arguments: P.args, **more: P.kwargs) -> R:
        return command(context.panel, *arguments, **more)

    return with_panel


def office_directory(panel: Panel, *, reason: str) -> Directory:
    """Reading across customers, which is written into the audit with who asks and why. Raises Rejected."""
    if panel.billing.directory is None:
        raise Rejected("the billing cannot be read for all customers at once")
    panel.audit.record("directory read", actor=office_actor(), details=reason)
    return panel.billing.directory


output_option = click.option(
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write, or a folder in which it gets its own name; nothing is written over.",
)


def write_output(chunks: Iterable[bytes], output: Path, *, name: str) -> Path:
    """Where it was written: `name` in the folder `output`, or `output` itself.

    Raises click.ClickException; nothing is written over.
    """
    path = output / name if output.is_dir() else output
    try:
        with path.open("xb") as file:
            file.writelines(chunks)
    except FileExistsError:
        raise click.ClickException(f"{path} is already there; nothing was written.") from None
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from None
    return path


def office_actor() -> str:
    """The operator as the audit names him, so that he is never taken for a customer or the panel."""
    return f"office:{operator()}"


def operator() -> str:
    """Who is at the keyboard, also behind sudo."""
    return os.environ.get("SUDO_USER") or getpass.getuser()
