"""Keys and encrypted fields: what the database holds of a confidence is unreadable without the master key."""
