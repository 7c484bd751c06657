"""The sample company: a Brazilian shop in a database of its own, made through live commands, deterministic."""
