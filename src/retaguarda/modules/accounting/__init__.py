"""Accounting: the books of the company by double entry, and the accounts in which its money lies."""
