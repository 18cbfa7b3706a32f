"""One module per rule of complexity."""
