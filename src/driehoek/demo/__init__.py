"""The demo: worked cases played through the rooms' own actions, and many engagements at once."""
