"""What the product knows, with no framework, no input and no output."""
