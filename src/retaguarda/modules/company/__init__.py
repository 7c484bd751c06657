"""The company itself: branches, departments, people and what they may do, settings."""
