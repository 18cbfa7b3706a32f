"""One module per rule of typing."""
