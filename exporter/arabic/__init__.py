"""Pure functions on text in the Arabic script and its neighbours."""
