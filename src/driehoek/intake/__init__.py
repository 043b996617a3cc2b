"""Before the agreement: the route, getting acquainted, and what each party expects."""
