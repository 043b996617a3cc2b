"""A mistake in the texts people begin from is named before anything starts."""

import signal

import pytest

from driehoek.cli import serve


@pytest.fixture(autouse=True)
def _as_before():
    """What stops the server is set back, so that the tests can be stopped as before."""
    names = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {name: signal.getsignal(name) for name in names}
    yield
    for name, handler in before.items():
        signal.signal(name, handler)


def test_nothing_starts_with_a_mistake_and_each_is_named_with_its_file(monkeypatch, tmp_path, capsys):
    wrong = ["sales-falling.toml: shape: 'magic' is not a kind of help", "deliverables.toml: 'x': week"]
    monkeypatch.setattr(serve, "mistakes", lambda: wrong)

    assert serve.main(["--data", str(tmp_path / "data"), "--port", "0"]) == 1
    said = capsys.readouterr().err
    assert all(one in said for one in wrong)
    assert not (tmp_path / "data").exists()
