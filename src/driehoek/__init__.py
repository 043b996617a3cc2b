"""Driehoek: coaching, consultancy and blended trajectories between coachee, coach and organisation."""
