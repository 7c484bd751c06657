"""Reports over several modules at once: the money that is to come and to go, and the promises that were kept."""
