"""One tidy table behind each chart, screen table and sheet; numbers unrounded, ids stable."""
