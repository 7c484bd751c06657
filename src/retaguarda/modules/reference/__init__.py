"""Reference tables: codes that others keep, brought in as dated editions, put in force and taken back whole."""
