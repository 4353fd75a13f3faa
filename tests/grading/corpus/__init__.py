"""Hostile and broken submissions of one exercise, as data, each with its right outcome."""
