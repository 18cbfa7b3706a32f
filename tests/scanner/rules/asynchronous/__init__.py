"""One module per rule of async."""
