"""What every room needs of Django and none of it about coaching."""
