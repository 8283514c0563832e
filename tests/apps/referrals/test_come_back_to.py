"""Whoever comes back to a referral that they were recording is told of what a colleague recorded meanwhile."""

import pytest
import time_machine

from lodestar.accounts.models import Draft
from lodestar.referrals import actions
from lodestar.referrals.models import Referral
from tests.apps.referrals.test_referral_page import NOW, address, an_adult, words
from tests.factories.accounts import a_member
from tests.factories.cases import a_case
from tests.factories.signed_in import form, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")


def test_a_referral_typed_before_a_colleague_recorded_one_is_told_of_it(client):
    with time_machine.travel(NOW, tick=False):
        officer = a_member("frontline")
        person = an_adult(officer, a_case(officer))
        typed = {"route": "nrm", "sent_at": "0250", "reference": "NRM-7"}
        signed_in(client, officer).post("/hide", form(form_path=address(person), version="0", **typed))
        quist = a_member("coordinator", name="F. Quist")
        actions.record_referral(
            by=quist, at=NOW, person=person, route="dtn", direction="made_by_us", seen=0, as_it_happened=True
        )
        back = signed_in(client, officer).get(f"{address(person)}?draft={Draft.objects.get().key}")
        assert 'value="NRM-7"' in words(back)
        late = client.post(address(person), form(version=version_in(back), **typed))
        assert late.status_code == 422
        assert "F. Quist recorded a Duty to Notify at 02:57, while you were writing" in words(late)
        assert client.post(address(person), form(version=version_in(late), **typed)).status_code == 302
        assert Referral.objects.count() == 2


def version_in(page):
    return words(page).split('name="version" value="')[1].split('"')[0]
