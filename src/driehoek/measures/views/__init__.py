"""Pages about measuring."""

from driehoek.measures.views.levels import score
from driehoek.measures.views.series import upload
from driehoek.measures.views.values import enter, index, strike

__all__ = ["enter", "index", "score", "strike", "upload"]
