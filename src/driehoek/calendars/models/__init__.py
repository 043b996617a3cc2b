from driehoek.calendars.models.connection import Busy, Connection, Outside, Remark, Written
from driehoek.calendars.models.feed import Feed

__all__ = ["Busy", "Connection", "Feed", "Outside", "Remark", "Written"]
