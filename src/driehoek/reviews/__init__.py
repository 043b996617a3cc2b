"""The reviews on the way: how it stands now, how far along one is, and whether it shows at work."""
