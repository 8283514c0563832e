"""Where the browser of the tests comes from."""

import pytest

from tests.launcher.clones import NOBODY

WITHOUT = "from launcher import browser; browser._NAMES = (); browser.ensure()"


@pytest.mark.root
def test_who_may_not_install_chromium_is_told_the_one_command(make_clone):
    told = make_clone(user=NOBODY).python(WITHOUT)
    assert told.returncode == 1
    assert told.stderr.splitlines()[-1] == (
        "launcher.say.Trouble: The browser tests need Chromium. "
        "On Debian, as root: apt-get install --yes --no-install-recommends chromium-headless-shell fonts-liberation"
    )
