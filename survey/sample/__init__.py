"""Invented data of four rounds to try the tool with: how it is made, and how it gets into a store."""
