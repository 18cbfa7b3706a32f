"""The HTTP API, /api/v1/: what pages show and do, for programs."""
