"""Commands of the adapters in use and of the tabs that are on, beside those of the core: `wbok <name> …`."""

from __future__ import annotations

import click

from wbok.cli.adapters import adapter_commands
from wbok.errors import ConfigError
from wbok.office import Context
from wbok.plugins import Plugins


class WithTabs(click.Group):
    """The core's own commands come first, then the adapters'; a tab is looked for when none of these is meant."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        for typed in args:
            if any("\ud800" <= sign <= "\udfff" for sign in typed):
                raise click.UsageError(
                    f"this is not written in the terminal's encoding: {typed!r}. Type it anew."
                )
        return super().parse_args(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        context = context_of(ctx)
        return adapter_commands(context.settings).get(cmd_name) or _commands(
            context.unchecked_panel.plugins
        ).get(cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        own = super().list_commands(ctx)
        try:
            context = context_of(ctx)
            more = {**adapter_commands(context.settings), **_commands(context.unchecked_panel.plugins)}
            return [*own, *more]
        except ConfigError:
            return own


def context_of(ctx: click.Context) -> Context:
    """The one that all commands share; made before the group itself runs, which is when names are looked up."""
    if ctx.obj is None:
        ctx.obj = Context(ctx.params.get("config"))
    context: Context = ctx.obj
    return context


def _commands(plugins: Plugins) -> dict[str, click.Command]:
    found = ((tab.name, tab.call("wbok_commands")) for tab in plugins.tabs)
    return {name: group for name, group in found if isinstance(group, click.Command)}
