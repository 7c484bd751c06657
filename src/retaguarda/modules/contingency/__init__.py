"""Plan B: ranked, ready ways forward for what went wrong, and what was chosen."""
