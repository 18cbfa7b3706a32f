"""Pictures of every page, of the invented portfolio, for people to look at and for the docs."""
