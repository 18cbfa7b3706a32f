"""Use cases, and the ports through which they reach git, facts and storage."""
