"""The database as at the end of each issue, one file for each engine. `python -m tests.schemas NAME` records."""
