"""Kinds of services. Every module here is one kind; what they share lives in `base`."""
