"""What was computed from blobs before, in SQLite files that can be thrown away at any time."""
