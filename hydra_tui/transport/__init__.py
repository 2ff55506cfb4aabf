"""How bytes travel. Libraries' errors become `core.errors` here, once, the most specific first."""
