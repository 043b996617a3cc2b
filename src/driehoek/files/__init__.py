"""Files that people in an engagement share: coachee and coach among themselves, or everyone together."""
