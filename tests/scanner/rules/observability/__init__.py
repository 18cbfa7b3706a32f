"""One module per rule of observability."""
