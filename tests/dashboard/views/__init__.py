"""Pages: each works, then each refusal."""
