"""The manager's view of the whole agency."""
