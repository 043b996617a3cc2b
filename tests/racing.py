"""Deeds at the same moment, each on a connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Carry out every deed in a thread of its own, all starting together; gives what each brought.

    On SQLite that needs a database in a file, which the settings of the tests give.
    """
    assert connection.vendor != "sqlite" or not connection.is_in_memory_db(), (
        "in memory there is one connection"
    )
    start, brought = Barrier(len(deeds)), [None] * len(deeds)

    def one(place: int, deed: Callable[[], object]) -> None:
        start.wait()
        try:
            brought[place] = deed()
        except Exception as trouble:  # whatever went wrong is for the test to judge
            brought[place] = trouble
        finally:
            connection.close()

    threads = [Thread(target=one, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return brought
