"""Every form there is, well filled in, is done: what the tests of killing stand on."""

import re
from html import unescape

import pytest
from django.db import transaction
from django.test import Client
from lxml import html

from lodestar.platform.text.ids import new_id
from tests.factories.signed_in import signed_in
from tests.killed.sending import ENTRIES, fill_in, scene_of, takes_a_form
from tests.killed.sent import FORMS
from tests.offenders import each


def test_every_address_that_takes_a_form_has_one_filled_in():
    assert sorted(FORMS) == sorted(name for name, entry in ENTRIES.items() if takes_a_form(entry))


FOLDED = "//*[contains(@class, 'govuk-error-message')][ancestor::details[not(@open)]]"
LONG = "Marmalade said a great deal. "
WAITS = re.compile(r'href="([^"]+\?draft=1)"')  # a text too long for a page of several, on a page of its own


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.long)])
@each("name", FORMS)
def test_a_form_well_filled_in_is_done_and_a_text_far_too_long_is_kept(world, name, whole):
    with transaction.atomic():
        scene = scene_of(name, world)
        client = signed_in(Client(), scene.member)
        form = fill_in(name, scene, client)
        assert bool(form.boxes) == FORMS[name].writes
        far_too_long(client, form, FORMS[name].long, whole)
        response = client.post(form.address, rewound(form.values))
        if response.status_code == 422:
            print(response.content.decode())
        assert response.status_code in (302, 303)
        transaction.set_rollback(True)


def rewound(values):
    """The same, with its files to be read from their beginning."""
    for file in (value for value in values.values() if hasattr(value, "seek")):
        file.seek(0)
    return dict(values)


def far_too_long(client, form, most, whole):
    """A text far too long is refused in words and kept in its box, whatever box it is put into: no fault, no word of Django's, no
    error folded away, and nothing typed is lost. Of boxes that differ by a number alone, one; unless all are asked for, the
    first by name."""
    long = LONG * (most // len(LONG) + 1)
    boxes = sorted({re.sub(r"\d+", "", box): box for box in form.boxes}.values())
    for box in boxes if whole else boxes[:1]:
        before = transaction.savepoint()  # what another button did is not done for the next box
        response = client.post(form.address, rewound(form.values) | {box: long, "submission_key": str(new_id())})
        if response.status_code == 302 and "draft=" in response["Location"]:
            response = client.get(response["Location"])  # another button's business was done, and this is kept
        else:
            assert response.status_code == 422, box
        page = unescape(response.content.decode())
        assert "Ensure this value" not in page, box
        waiting = [unescape(client.get(path).content.decode()) for path in WAITS.findall(page)]
        assert any(long.strip() in one for one in (page, *waiting)), box
        assert not html.fromstring(response.content.decode()).xpath(FOLDED), box
        transaction.savepoint_rollback(before)
