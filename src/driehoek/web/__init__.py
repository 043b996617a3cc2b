"""The front door: layout, root urls, today, error pages, style page."""
