"""Figures drawn from the tidy tables: no figure computes a score, none prints a number of its own."""
