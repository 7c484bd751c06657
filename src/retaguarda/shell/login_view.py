"""The log-in: people as rows, one password, the state of base and backup at the foot; in the making."""
