"""One file per screen; they draw values and post what the operator wants."""
