"""The method itself: decision rules, question banks and their texts, kept as data files."""
