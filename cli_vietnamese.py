"""Click's own words in Vietnamese: usage lines, option tables and faults of the command line.

Presentation only; the commands are in cli.py. Click has no Vietnamese catalogue, and staff should not
meet "Error: Missing option" at 22:00.
"""

from __future__ import annotations

import click

_HELP = "Hiện hướng dẫn này rồi thoát."


class SurplusError(click.UsageError):
    """More words were typed than the command takes; the message is Vietnamese."""


class Command(click.Command):
    """A command whose help and usage read in Vietnamese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = ["[TÙY CHỌN]", *(p.make_metavar(ctx) for p in self.params if isinstance(p, click.Argument))]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Cách dùng: ")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as click does, and name in Vietnamese what is left over."""
        ctx.allow_extra_args = True
        surplus = super().parse_args(ctx, args)
        if surplus:
            raise SurplusError(f"Thừa “{' '.join(surplus)}”; bỏ đi rồi chạy lại.", ctx)
        return surplus

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


def name_program(group: click.Group, name: str) -> None:
    """Write `name`, as this program was started, into the examples of every help text."""
    for command in (group, *group.commands.values()):
        command.help = (command.help or "").replace("tonghop ", f"{name} ")
        if isinstance(command, click.Group) and command is not group:
            name_program(command, name)


def fault_line(fault: click.UsageError) -> str:  # noqa: PLR0911 (one answer a kind of fault)
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
        return _bad_value(fault)
    if isinstance(fault, click.NoSuchCommand):
        guess = f" Có phải “{fault.possibilities[0]}”?" if fault.possibilities else ""
        return f"Không có lệnh “{fault.command_name}”.{guess} Thêm --help để xem các lệnh."
    if isinstance(fault, SurplusError):
        return fault.message
    if fault.ctx is not None and isinstance(fault.ctx.command, Group):
        named = ", ".join(f"{fault.ctx.info_name} {name}" for name in fault.ctx.command.commands)
        return f"Thiếu lệnh sau “{fault.ctx.info_name}”. Gõ một trong: {named}."
    return "Lệnh gõ chưa đúng; thêm --help để xem ví dụ."


def _bad_value(fault: click.BadParameter) -> str:
    name = fault.param.opts[0] if fault.param else "tham số"
    kind = fault.param.type if fault.param else None
    if isinstance(kind, click.Choice):
        return f"{name} chỉ nhận {' hoặc '.join(map(str, kind.choices))}."
    if isinstance(kind, click.types.IntParamType):
        return f"{name} phải là số nguyên, ví dụ {name} 72."
    return f"Giá trị của {name} không dùng được; thêm --help để xem ví dụ."
