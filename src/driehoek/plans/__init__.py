"""Actions, exercises, experiments and milestones, each with an owner, a date and a colour."""
