"""Outside programs that say whether an output is right; each is shown to be able to say no."""
