"""A file brought in step by step: the rail of steps, a page for each, the foot with the keys."""
