"""Tests of the data steward."""
