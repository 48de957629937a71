"""The reader for HTML: pages (`read`), and fragments without a site around them (`fragment`)."""

from exporter.readers.html.fragments import Fragment, fragment
from exporter.readers.html.page import read

__all__ = ["Fragment", "fragment", "read"]
