"""How it reads: units, rows, gauges, layouts. No Textual, no ANSI; both faces draw from here."""
