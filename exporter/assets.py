"""Where `templates/` and `fonts/` are: in the installed package, or beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent

# A wheel carries both folders inside the package, a checkout at the root of the repository.
_HOME = _PACKAGE if (_PACKAGE / "templates").is_dir() else _PACKAGE.parent


def templates_folder() -> Path:
    """Return the folder that holds a folder for each bundled theme."""
    return _HOME / "templates"


def fonts_folder() -> Path:
    """Return the folder that holds `fonts.toml` and a folder for each bundled family."""
    return _HOME / "fonts"
