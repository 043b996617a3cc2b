"""What the pages of the roof ask: across rooms, for one reader."""

from driehoek.web.queries.demo import demo_people
from driehoek.web.queries.today import Line, Today, today_for
from driehoek.web.queries.trajectory import Trajectory, trajectory, with_everything

__all__ = ["Line", "Today", "Trajectory", "demo_people", "today_for", "trajectory", "with_everything"]
