"""Honest notebooks of every kind: each must earn what it earns in the student's own notebook."""
