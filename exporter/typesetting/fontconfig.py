"""A fontconfig of our own: WeasyPrint sees the bundled fonts and none of the system's.

WeasyPrint's own configuration loads every font of the machine, so that a missing family silently
becomes another one. No environment variable is set: the host program keeps its configuration.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from weasyprint.text.ffi import ffi, fontconfig, gobject, pangoft2
from weasyprint.text.fonts import FontConfiguration

from exporter.declarations import declared

_EMOJI = b"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<alias binding="strong"><family>emoji</family><prefer><family>Noto Emoji</family></prefer></alias>
</fontconfig>
"""

_LIBRARY_NAMES = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")


class BundledFonts(FontConfiguration):  # type: ignore[misc]
    """WeasyPrint's font configuration, holding the given TTF files only."""

    def __init__(self, files: Sequence[Path]) -> None:
        # WeasyPrint's own __init__ is not called: all it does besides is load the system's fonts.
        self._config = _empty_configuration()
        # Pango sets what is to be shown as emoji in a family of this name.
        if not fontconfig.FcConfigParseAndLoadFromMemory(self._config, _EMOJI, True):  # noqa: FBT003
            raise OSError("fontconfig can't read its configuration")
        for file in files:
            if not fontconfig.FcConfigAppFontAddFile(self._config, bytes(file)):
                raise OSError(f"fontconfig can't read the font {file}")
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        pangoft2.pango_fc_font_map_set_config(
            ffi.cast("PangoFcFontMap *", self.font_map), self._config
        )
        fontconfig.FcConfigDestroy(self._config)  # the font map keeps a reference
        self._folder = None
        self.strut_layouts: dict[object, object] = {}
        self.font_features: dict[object, object] = {}


def _empty_configuration() -> object:
    """Return a new FcConfig without fonts; WeasyPrint declares no function that makes one."""
    own = declared("void *FcConfigCreate(void);")
    for name in _LIBRARY_NAMES:
        try:
            library = own.dlopen(name)
        except OSError:
            continue
        address = int(own.cast("uintptr_t", library.FcConfigCreate()))
        return ffi.cast("FcConfig *", address)
    raise OSError("fontconfig is not installed")
