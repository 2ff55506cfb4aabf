"""One SQLite file of what was read: samples that grow coarser with age, events, and what was lost."""
