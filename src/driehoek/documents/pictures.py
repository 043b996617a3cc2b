"""Pictures painted anew: what was seen stays; what was hidden in the file goes, also where it was taken."""

from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from driehoek.kit.errors import Refused

MOST_DOTS: Final = 40_000_000
_FORMATS: Final = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}
_HOW: Final[dict[str, dict[str, Any]]] = {"png": {}, "jpg": {"quality": 90}, "webp": {"quality": 90}}
_MODES: Final = {
    "png": {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"},
    "jpg": {"L", "RGB"},
    "webp": {"RGB", "RGBA"},
}
_BROKEN: Final = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    OverflowError,
)
_HUGE: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def repainted(content: bytes, kind: str) -> bytes:
    """The same picture in a new file: upright, and without place, time, camera, comments or what lay behind.

    Refuses one that moves, one that would fill the memory, and one that cannot be painted.
    """
    try:
        with Image.open(BytesIO(content), formats=[_FORMATS[kind]]) as picture:
            _refuse_huge(picture)
            _refuse_moving(picture, kind)
            clean = _bare(picture, kind)
        painted = BytesIO()
        clean.save(painted, _FORMATS[kind], **_HOW[kind])
    except _HUGE as problem:
        raise _too_many_dots() from problem
    except _BROKEN as problem:
        raise Refused(
            "file", _("This picture cannot be read. Save it once more and choose it again.")
        ) from problem
    return painted.getvalue()


def _bare(picture: Any, kind: str) -> Any:
    upright = ImageOps.exif_transpose(picture)
    if "transparency" in upright.info:
        upright = upright.convert("RGBA")
    if upright.mode not in _MODES[kind]:
        upright = upright.convert("RGBA" if "A" in upright.mode and kind != "jpg" else "RGB")
    upright.load()
    upright.info.clear()  # Pillow would write some of it into the new file by itself
    return upright


def _refuse_huge(picture: Any) -> None:
    width, height = picture.size
    if width * height > MOST_DOTS:
        raise _too_many_dots()


def _too_many_dots() -> Refused:
    return Refused("file", _("This picture has more than 40 million dots. Make it smaller first."))


def _refuse_moving(picture: Any, kind: str) -> None:
    """A phone puts more than one photo into a JPEG without meaning it; the first is what is seen."""
    if kind != "jpg" and getattr(picture, "is_animated", False):
        raise Refused("file", _("This picture moves. Put a picture here that stands still."))
