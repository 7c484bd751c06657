"""A walk through a company at random: legal and illegal commands, what must hold proved after each."""
