"""The heart: what was recorded, and everything we conclude from it. Pure, standard library only."""
