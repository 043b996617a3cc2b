"""The calendar of one person over all their engagements, for programs that read calendars."""
