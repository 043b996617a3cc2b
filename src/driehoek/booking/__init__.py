"""When people can be booked, and choosing a moment for a session by oneself."""
