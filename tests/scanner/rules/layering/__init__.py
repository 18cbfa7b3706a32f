"""One module per rule of layering."""
