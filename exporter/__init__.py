"""Arabic articles as handsome PDFs and valid EPUBs: the public API, and nothing else."""

from exporter.version import __version__

__all__ = ["__version__"]
