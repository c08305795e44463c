"""From answers to scores: pure arithmetic over a matrix, with no clock, screen or database."""
