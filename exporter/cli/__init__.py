"""The command `exporter`: export, read, doctor, completion."""

from exporter.cli.main import main

__all__ = ["main"]
