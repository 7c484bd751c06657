"""What the tests over all modules ask of the reports: who sees their places."""

PLACES = """
promise_report  . C R . . . X . A N . . . . .
cash_report     . . . . F . . . A N . . T . .
"""
