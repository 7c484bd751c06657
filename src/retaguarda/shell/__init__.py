"""The window: everything a person sees and presses. It knows screens as data and never the database."""
