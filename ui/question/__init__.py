"""One question on the screen: what surrounds it, its fields, and saving at once."""
