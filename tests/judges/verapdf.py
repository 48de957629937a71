"""veraPDF, the reference judge of PDF/UA and PDF/A."""

from exporter.checks.verapdf import FailedRule, Flavour, Validate, validate, validate_each

__all__ = ["FailedRule", "Flavour", "Validate", "validate", "validate_each"]
