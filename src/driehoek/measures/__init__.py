"""Series of numbers and attainment levels, scored against what was agreed."""
