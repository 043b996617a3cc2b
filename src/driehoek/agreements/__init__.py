"""Goals, criteria, the disclosure table, versions and signatures."""
