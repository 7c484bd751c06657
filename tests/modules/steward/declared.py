"""What the tests over all modules ask of the data steward: who sees its places."""

PLACES = """
data_quality    . C . E . . . . A N . . . . .
"""
