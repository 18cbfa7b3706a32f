"""One module per rule of testability."""
