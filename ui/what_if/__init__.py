"""The page on which changes are tried: on a copy, so that no answer of a library is ever touched."""
