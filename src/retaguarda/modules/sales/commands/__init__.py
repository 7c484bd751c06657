"""What changes contacts, quotations, orders and their promises; one file per aggregate."""
