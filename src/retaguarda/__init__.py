"""Retaguarda keeps a small business's promises: a desktop back office with one write path and a plan B."""
