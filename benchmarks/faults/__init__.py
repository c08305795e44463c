"""Faults made on purpose: what the product promises to survive, tried and counted."""
