"""One module per rule of naming."""
