"""The version of the program, kept here so that no start-up reads package metadata."""

__version__ = "0.1.0"
