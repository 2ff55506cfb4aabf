"""The rows of a node's checklist: pure functions of what its capability script printed."""
