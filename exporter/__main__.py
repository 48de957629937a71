"""`python -m exporter` is the command `exporter`."""

from exporter.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
