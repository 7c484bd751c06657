"""What the company sells: products and services, their codes, units, prices, tax rates and substitutes."""
