"""What hydra-tui costs, measured through a pseudo-terminal beside a bare Textual app."""
