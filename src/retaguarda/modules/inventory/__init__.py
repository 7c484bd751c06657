"""What there is, where it is, for whom it is kept, and what is still to come."""
