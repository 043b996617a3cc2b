# What every script needs first: the locked Python packages, the fonts and icons, the compiled translations.
# Meant to be read by a script with `.`; it expects to stand in the root of the checkout.

UV_VERSION=0.13.9
unset PYTHONDONTWRITEBYTECODE # some images set it; here it would compile a thousand files at every start

say() { printf '%s\n' "$*" >&2; }

stop() {
  say "$*"
  exit 1
}

# The Python of the system comes first: a distribution builds it with all optimisations, and one that was built
# on the spot often runs half as fast.
find_python() {
  for python in /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
    if command -v "$python" >/dev/null 2>&1 &&
      "$python" -c 'import ensurepip, sys; sys.exit(not sys.version_info >= (3, 11))' 2>/dev/null; then
      command -v "$python"
      return
    fi
  done
  stop 'Driehoek needs Python 3.11 or newer with its venv module; on Debian: apt-get install python3 python3-venv'
}

mark_of() { cksum <"$1" | tr -d '\n'; }

# Packages: `packages requirements.lock` or `packages requirements-dev.lock`. The second holds the first wholly,
# so a venv with the tools for testing is good enough for serving, and is never robbed of them.
packages() {
  lock=$1
  marks=.venv/driehoek-locks
  if grep -qsx "$lock $(mark_of "$lock")" "$marks"; then
    return
  fi
  if [ -x .venv/bin/pytest ]; then
    lock=requirements-dev.lock
  fi
  if [ ! -x .boot/bin/uv ]; then
    "$(find_python)" -m venv .boot ||
      stop 'Python has no venv module here; on Debian: apt-get install python3-venv'
    .boot/bin/pip install -qq --disable-pip-version-check "uv==$UV_VERSION" ||
      stop 'uv could not be fetched from the Python package index; is there a network?'
  fi
  if [ ! -x .venv/bin/python ]; then
    .boot/bin/uv venv --quiet --python "$(find_python)" .venv || stop 'The folder .venv could not be made.'
  fi
  rm -f "$marks"
  .boot/bin/uv pip sync --quiet --require-hashes --python .venv/bin/python "$lock" ||
    stop "The packages of $lock could not be installed."
  # The checkout itself, so that every tool of the venv finds the package where it is written.
  site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  printf '%s/src\n' "$PWD" >"$site/driehoek.pth"
  printf '#!/bin/sh\nDRIEHOEK_DATA="${DRIEHOEK_DATA:-%s/var}" exec "%s/.venv/bin/python" -m driehoek.cli "$@"\n' \
    "$PWD" "$PWD" >.venv/bin/driehoek
  chmod +x .venv/bin/driehoek
  {
    echo "requirements.lock $(mark_of requirements.lock)"
    if [ "$lock" = requirements-dev.lock ]; then echo "$lock $(mark_of "$lock")"; fi
  } >"$marks"
}

assets() { .venv/bin/python script/lib/assets.py || exit 1; }

catalogues() { .venv/bin/python -m driehoek.kit.catalogues compile || exit 1; }
