"""Invoices and their instalments: what was billed to whom, numbered without a gap and never changed afterwards."""
