"""Click's own words in Vietnamese: usage lines, option tables and faults of the command line.

Presentation only; the commands are in cli.py. Click has no Vietnamese catalogue, and staff should not
meet "Error: Missing option" at 22:00.
"""

from __future__ import annotations

import click

_HELP = "Hiện hướng dẫn này rồi thoát."


class Command(click.Command):
    """A command whose help and usage read in Vietnamese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = ["[TÙY CHỌN]", *(p.make_metavar(ctx) for p in self.params if isinstance(p, click.Argument))]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the option table."""
        records = [r for r in (p.get_help_record(ctx) for p in self.get_params(ctx)) if r is not None]
        if records:
            with formatter.section("Tùy chọn"):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the --help option with a Vietnamese description."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option


class Group(click.Group):
    """A group of commands whose help reads in Vietnamese."""

    command_class = Command
    group_class = type  # sub-groups are of this class too

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, "LỆNH [TÙY CHỌN]", prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the option table, then the commands."""
        Command.format_options(self, ctx, formatter)  # type: ignore[arg-type]  # needs only get_params
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in the order in which they are used, not of the alphabet."""
        with formatter.section("Lệnh"):
            formatter.write_dl([(name, c.get_short_help_str(90)) for name, c in self.commands.items()])

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which they were declared."""
        return list(self.commands)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the --help option with a Vietnamese description."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option


def fault_line(fault: click.UsageError) -> str:
    """Return one Vietnamese line for a fault of the command line, with what to type instead."""
    if isinstance(fault, click.NoSuchOption):
        near = f" Có phải {' hoặc '.join(fault.possibilities)}?" if fault.possibilities else ""
        return f"Không có tùy chọn “{fault.option_name}”.{near}"
    if isinstance(fault, click.MissingParameter):
        name = fault.param.opts[0] if fault.param else "tham số"
        return f"Thiếu {name}. Gõ thêm --help sau lệnh để xem ví dụ."
    if isinstance(fault, click.BadOptionUsage):
        return f"Tùy chọn “{fault.option_name}” dùng chưa đúng; có thể thiếu giá trị phía sau."
    if isinstance(fault, click.BadParameter):
        name = fault.param.opts[0] if fault.param else "tham số"
        return f"Giá trị của {name} không dùng được: {fault.message}"
    commands = ", ".join(fault.ctx.command.commands) if fault.ctx and isinstance(fault.ctx.command, Group) else ""
    return f"Lệnh không đúng. Các lệnh: {commands}." if commands else f"Lệnh không đúng: {fault.format_message()}"
