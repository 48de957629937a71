"""The command `exporter`: export, read, doctor, completion."""

from exporter.postponed import postpone

# Of the standard library: what is there for links that are fetched, for what is packed otherwise,
# for programs that are called and for errors.
postpone("bz2", "calendar", "ipaddress", "ssl", "subprocess", "traceback")

from exporter.cli.main import main  # noqa: E402 - after what it would bring

__all__ = ["main"]
