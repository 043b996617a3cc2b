"""The master key of an installation: made once, and never replaced by one that opens nothing."""

import pytest

from tests.house.server import driehoek


@pytest.mark.parametrize("kind", ["real", "demo"])
def test_a_lost_master_key_is_named_and_not_replaced(tmp_path, kind):
    (tmp_path / "kind").write_text(f"{kind}\n")
    (tmp_path / "secret.key").write_text("a secret that is long enough to be one, for this test only")

    done = driehoek("check", "--data", str(tmp_path))

    assert done.returncode != 0
    assert "DRIEHOEK_MASTER_KEY" in done.stdout + done.stderr
    assert not (tmp_path / "master.key").exists()
