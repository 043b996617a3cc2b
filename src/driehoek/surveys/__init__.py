"""Short surveys of a group by link: how things are, and how good something is to work with."""
