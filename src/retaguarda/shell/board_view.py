"""A board, Home above all: panels in their places, each with its own rows; in the making."""
