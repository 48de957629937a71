"""What WeasyPrint lacks for Arabic, and the engine object that holds it."""
