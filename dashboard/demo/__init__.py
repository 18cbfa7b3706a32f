"""A portfolio to look at: repositories made by code, scanned by the real engine."""
