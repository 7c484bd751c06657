"""Imports: what came in from files, batch by batch: which records, what was strange about them, and the way back."""
