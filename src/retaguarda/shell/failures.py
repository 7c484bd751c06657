"""What went wrong, with the ways out: banner, panel and toast; in the making."""
