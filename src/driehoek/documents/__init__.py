"""Documents: facts in, a fingerprint and a paper out. Knows nothing about coaching."""
