"""One module per rule of file size."""
