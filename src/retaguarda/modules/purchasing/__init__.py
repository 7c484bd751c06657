"""What the company buys: from the need to the order, the goods that come, the supplier's invoice and its payment."""
