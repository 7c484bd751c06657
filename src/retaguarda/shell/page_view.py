"""One record, read: its title and pills, its path, its tables in tabs, what is known at the right; in the making."""
