"""Mutations of the model answers of 12_variants that are still right functions: none."""

SURVIVORS: dict[str, dict[str, str]] = {}
