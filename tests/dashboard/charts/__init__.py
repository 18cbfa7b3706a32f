"""Charts: geometry that can be checked without a browser."""
