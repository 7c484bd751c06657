"""The data steward: what is wrong with the records that all work stands on, and which use of them that stops."""
