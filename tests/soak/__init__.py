"""What takes long: kills at every stage, races, a million rows. `python -m tests.soak [--short]`."""
