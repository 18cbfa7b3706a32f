"""One module per rule of fail-fast."""
