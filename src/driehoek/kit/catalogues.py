"""The Dutch catalogues of the rooms: extract, update, check and compile, without gettext tools.

Every room keeps its own `locale/nl/LC_MESSAGES/django.po`; words that rooms share may stand in `web` alone.
Compiling needs Babel only, so that the package can be built where Django is not installed.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
SHARED = "web"
CATALOGUE = Path("locale/nl/LC_MESSAGES/django.po")
TEMPLATES = {".html", ".txt", ".xml", ".svg", ".typ"}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...]] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (1,)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)|%([sdf])|\{(\w*)[^{}]*\}")
NOISE = (
    "Project-Id",
    "POT-Creation",
    "PO-Revision",
    "Last-Translator",
    "Language-Team",
    "Generated-By",
    "Report-Msgid",
)

Key = tuple[str, str | None]  # English text (the singular one) and context


@dataclass(frozen=True)
class Use:
    """One English text as a room uses it."""

    singular: str
    plural: str | None
    context: str | None
    place: str

    @property
    def key(self) -> Key:
        return (self.singular, self.context)


# -- Extracting ---------------------------------------------------------------


def uses_in(path: Path) -> list[Use]:
    """Every translatable text in one Python file or template."""
    source = path.read_text()
    if path.suffix != ".py":
        source = _as_python(source, path)
    found = extract_python(BytesIO(source.encode()), dict.fromkeys(KEYWORDS), [], {"encoding": "utf-8"})
    uses = (_use(str(call), words, f"{path.name}:{line}") for line, call, words, _comments in found)
    return [use for use in uses if use is not None]


def uses_of(room: Path) -> list[Use]:
    """Every translatable text of one room."""
    files = sorted(p for p in room.rglob("*") if p.suffix == ".py" or _is_template(p))
    return [use for path in files if "migrations" not in path.parts for use in uses_in(path)]


def rooms() -> list[Path]:
    """The folders of the package that use or translate a text, the shared one first."""
    folders = [p for p in PACKAGE.iterdir() if p.is_dir() and p.name != "__pycache__"]
    return sorted(folders, key=lambda room: (room.name != SHARED, room.name))


def _is_template(path: Path) -> bool:
    return path.suffix in TEMPLATES and "templates" in path.parts


def _as_python(source: str, path: Path) -> str:
    from django.utils.translation.template import templatize

    lines = templatize(source, origin=str(path)).splitlines()
    # What is left of the page itself is not Python: without its indentation the tokeniser accepts it.
    return "\n".join(re.sub(r"[^\S ]", " ", line).strip() for line in lines) + "\n"


def _use(call: str, words: object, place: str) -> Use | None:
    texts = words if isinstance(words, tuple) else (words,)
    picked: dict[str, str] = {}
    names = iter(("singular", "plural"))
    for spec in KEYWORDS[call]:
        position = spec[0] if isinstance(spec, tuple) else spec
        text = texts[position - 1] if position <= len(texts) else None
        if not isinstance(text, str):
            return None  # a variable, already marked where its text is written
        picked["context" if isinstance(spec, tuple) else next(names)] = text
    if not picked["singular"]:
        return None
    return Use(picked["singular"], picked.get("plural"), picked.get("context"), place)


# -- Reading and writing ------------------------------------------------------


def catalogue_of(room: Path) -> Catalog:
    """The room's Dutch catalogue; an empty one when it has none yet."""
    path = room / CATALOGUE
    if not path.exists():
        return Catalog(locale="nl", domain="django", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="nl", domain="django", abort_invalid=True)


def entries_of(catalogue: Catalog) -> dict[Key, Message]:
    """The catalogue's messages by English text and context."""
    return {(_first(m.id), m.context): m for m in catalogue if m.id}


def update() -> None:
    """Give every room an entry for each text it uses; drop the entries nobody uses."""
    used = {room: uses_of(room) for room in rooms()}
    everywhere = [use for uses in used.values() for use in uses]
    shared = entries_of(catalogue_of(PACKAGE / SHARED))
    for room, uses in used.items():
        old = entries_of(catalogue_of(room))
        if room.name == SHARED:
            wanted = uses + [use for use in everywhere if use.key in old]
        else:
            wanted = [use for use in uses if use.key in old or use.key not in shared]
        if wanted or old:
            _write(room / CATALOGUE, _merged(wanted, old))


def compile_all() -> int:
    """Write the binary catalogue beside every text catalogue that is newer; return how many."""
    written = 0
    for po in sorted(PACKAGE.glob(f"*/{CATALOGUE}")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as source:
            catalogue = read_po(source, locale="nl", domain="django", abort_invalid=True)
        unfinished = mo.with_suffix(".mo.new")
        with unfinished.open("wb") as target:
            write_mo(target, catalogue)
        unfinished.replace(mo)  # in one step: a running server never reads half a file
        written += 1
    return written


def _merged(wanted: list[Use], old: dict[Key, Message]) -> Catalog:
    catalogue = Catalog(locale="nl", domain="django", project="driehoek", fuzzy=False, header_comment="")
    plurals = {use.key: use.plural for use in wanted if use.plural}
    for use in wanted:
        plural = plurals.get(use.key)
        kept = old.get(use.key)
        string = kept.string if kept and bool(kept.pluralizable) == bool(plural) else None
        flags = kept.flags if kept and string else ()
        identity = (use.singular, plural) if plural else use.singular
        catalogue.add(identity, string=string, flags=flags, context=use.context)
    return catalogue


def _write(path: Path, catalogue: Catalog) -> None:
    text = BytesIO()
    write_po(text, catalogue, width=110, no_location=True, sort_output=True)
    lines = text.getvalue().decode().splitlines()
    kept = [line for line in lines if not (line.startswith('"') and line[1:].startswith(NOISE))]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(kept).strip() + "\n")


# -- Checking -----------------------------------------------------------------


def problems() -> list[str]:
    """Everything that keeps the product from being wholly Dutch and wholly English, one sentence each."""
    used = {room.name: uses_of(room) for room in rooms()}
    known = {room.name: entries_of(catalogue_of(room)) for room in rooms()}
    found: list[str] = []
    for room in rooms():
        found += [f"{room.name}: {sentence}" for sentence in _problems_of(room, used, known)]
    return found + list(_quarrels(known))


def _problems_of(
    room: Path, used: dict[str, list[Use]], known: dict[str, dict[Key, Message]]
) -> Iterator[str]:
    own, shared = known[room.name], known[SHARED]
    for use in {u.key: u for u in used[room.name]}.values():
        entry = own.get(use.key) or shared.get(use.key)
        if entry is None:
            yield f"{_short(use.key)} ({use.place}) is missing"
        elif use.plural and not entry.pluralizable:
            yield f"{_short(use.key)} ({use.place}) has no plural"
    readers = used if room.name == SHARED else {room.name: used[room.name]}
    alive = {use.key for uses in readers.values() for use in uses}
    for key, entry in own.items():
        if key not in alive:
            yield f"{_short(key)} is used nowhere any more"
        if entry.fuzzy:
            yield f"{_short(key)} is marked fuzzy"
        if not all(_strings(entry)):
            yield f"{_short(key)} has no Dutch text"
        elif _placeholders_differ(entry):
            yield f"{_short(key)} has other placeholders in Dutch"
    for key, count in Counter(_written_keys(room / CATALOGUE)).items():
        if count > 1:
            yield f"{_short(key)} stands {count} times in the catalogue"


def _quarrels(known: dict[str, dict[Key, Message]]) -> Iterator[str]:
    """Django merges all catalogues: two rooms that disagree would silently overrule each other."""
    texts: dict[Key, dict[tuple[str, ...], str]] = {}
    for room, entries in known.items():
        for key, entry in entries.items():
            texts.setdefault(key, {}).setdefault(_strings(entry), room)
    for key, answers in texts.items():
        if len(answers) > 1:
            yield f"{_short(key)} has different Dutch texts in {', '.join(sorted(answers.values()))}"


def _placeholders_differ(entry: Message) -> bool:
    if not entry.pluralizable:
        return _placeholders(_first(entry.id)) != _placeholders(_strings(entry)[0])
    one, many = (_placeholders(text) for text in entry.id)
    dutch = [_placeholders(text) for text in _strings(entry)]
    return dutch[-1] != many or not (dutch[0] == one or dutch[0] == many)


def _placeholders(text: str) -> Counter[str]:
    bare = text.replace("%%", "")
    return Counter({"".join(m.groups("")) or "{}" for m in PLACEHOLDER.finditer(bare)})


def _written_keys(path: Path) -> Iterator[Key]:
    """The texts as they stand in the file: reading with Babel would merge the doubles."""
    if not path.exists():
        return
    block: dict[str, str] = {}
    part = ""
    for line in [*path.read_text().splitlines(), 'msgid "the end"']:
        if match := re.match(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+"(.*)"$', line):
            part = match[1]
            if part in ("msgctxt", "msgid") and "msgstr" in "".join(block):
                if block.get("msgid"):
                    yield (block["msgid"], block.get("msgctxt"))
                block = {}
            block[part] = match[2]
        elif line.startswith('"') and part:
            block[part] += line[1:-1]


def _first(identity: object) -> str:
    return str(identity[0]) if isinstance(identity, (tuple, list)) else str(identity)


def _strings(entry: Message) -> tuple[str, ...]:
    return tuple(entry.string) if isinstance(entry.string, (tuple, list)) else (entry.string or "",)


def _short(key: Key) -> str:
    text, context = key
    shown = text if len(text) < 70 else f"{text[:67]}..."
    return f'"{shown}"' + (f" [{context}]" if context else "")


def main(arguments: list[str]) -> int:
    """compile | update | check"""
    match arguments:
        case ["compile"]:
            compile_all()
        case ["update"]:
            update()
        case ["check"]:
            found = problems()
            print("\n".join(found) or "Every text has its Dutch.")
            return 1 if found else 0
        case _:
            print("Say what to do: compile, update or check.")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
