"""Every form there is, well filled in, is done: what the tests of killing stand on."""

import re
from html import unescape
from html.parser import HTMLParser

from django.db import transaction
from django.test import Client

from lodestar.kernel.ids import new_id
from tests.factories.signed_in import signed_in
from tests.killed.sending import ENTRIES, fill_in, takes_a_form
from tests.killed.sent import FORMS
from tests.offenders import each


def test_every_address_that_takes_a_form_has_one_filled_in():
    assert sorted(FORMS) == sorted(name for name, entry in ENTRIES.items() if takes_a_form(entry))


@each("name", FORMS)
def test_a_form_well_filled_in_is_done(filled_in, name):
    with transaction.atomic():
        client = signed_in(Client(), filled_in[name].member)
        form = fill_in(name, filled_in[name], client)
        assert bool(form.boxes) == FORMS[name].writes
        response = client.post(form.address, form.values)
        if response.status_code == 422:
            print(response.content.decode())
        assert response.status_code in (302, 303)
        transaction.set_rollback(True)


class Folded(HTMLParser):
    """The errors of a page that stand in a part which is folded up."""

    def __init__(self, html):
        super().__init__()
        self.open, self.hidden = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "details":
            self.open.append("open" in given)
        if "govuk-error-message" in (given.get("class") or "") and not all(self.open):
            self.hidden.append(given.get("id"))

    def handle_endtag(self, tag):
        if tag == "details":
            self.open.pop()


LONG = "Marmalade said a great deal. "
WAITS = re.compile(r'href="([^"]+\?draft=1)"')  # a text too long for a page of several, on a page of its own


@each("name", [name for name, sent in FORMS.items() if sent.writes])
def test_a_text_far_too_long_is_refused_in_words_and_kept_in_its_box(filled_in, name):
    """Whatever box it is put into: no fault, no word of Django's, no error folded away, and nothing typed is lost."""
    with transaction.atomic():
        client = signed_in(Client(), filled_in[name].member)
        form = fill_in(name, filled_in[name], client)
        assert form.boxes
        long = LONG * (FORMS[name].long // len(LONG) + 1)
        for box in form.boxes:
            response = client.post(form.address, dict(form.values) | {box: long, "submission_key": str(new_id())})
            if response.status_code == 302 and "draft=" in response["Location"]:
                response = client.get(response["Location"])  # another button's business was done, and this is kept
            else:
                assert response.status_code == 422, box
            page = unescape(response.content.decode())
            assert "Ensure this value" not in page, box
            waiting = [unescape(client.get(path).content.decode()) for path in WAITS.findall(page)]
            assert any(long.strip() in one for one in (page, *waiting)), box
            assert Folded(response.content.decode()).hidden == [], box
        transaction.set_rollback(True)
