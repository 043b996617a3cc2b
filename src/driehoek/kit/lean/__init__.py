"""Django's own templates, with the same words coming out and less work on the way.

A page of ours is some 1,400 small nodes and 550 names that are looked up; drawing them took longer than
all queries together. Each kind of node that a page has many of is swapped for one that says the same quicker,
once, when its template is read. What such a node does not know it leaves to Django's own, of which it is one.
"""

from driehoek.kit.lean.loader import Loader

__all__ = ["Loader"]
