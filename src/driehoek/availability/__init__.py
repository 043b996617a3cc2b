"""When somebody can be booked: one's own hours, over all engagements."""
