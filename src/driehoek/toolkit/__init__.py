"""Tools for a leader: when to steer and when to coach."""
