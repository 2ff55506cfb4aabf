"""The engine: it watches, remembers and (with a plan) acts. It knows no face and no file."""
