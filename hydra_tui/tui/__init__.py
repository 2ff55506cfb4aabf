"""The terminal face: it looks at the engine's values and asks for acts, nothing else."""
