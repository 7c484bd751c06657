"""Every screen as a picture, looked over by gates: `python -m tests.tour [--out FOLDER] [--only SCREEN…] [--short]`."""
