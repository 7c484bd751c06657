"""Everybody the company deals with: customers, suppliers, carriers, employees are roles of one root, the party."""
