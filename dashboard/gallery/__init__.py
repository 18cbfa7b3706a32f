"""Samples of every chart: what the style page shows and what tests hold to the contract."""
