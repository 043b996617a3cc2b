"""The three phases of a blended trajectory, each an engagement of its own, on one timeline."""
