"""Who is told that two people are alike, and who says that they are one: asked of the doors themselves.

Both cases are theirs to see; whoever is believed to be no victim matches nobody.
"""

import pytest
from django.http import Http404

from lodestar.casework.cases.models import Case
from lodestar.intelligence.identities.access import alert_for, alerts, links, match_of_concern, match_to_settle, matches, may_link
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import a_member
from tests.factories.cases import MET, CaseFactory, PersonFactory, SealOwnerFactory, theirs, user_of
from tests.factories.met_before import IdentityLinkFactory, MatchAlertFactory, MatchFactory


@pytest.fixture
def officer(fenmarch):
    return a_member("frontline")


@pytest.fixture
def coordinator(fenmarch):
    return a_member("coordinator")


def sealed(*owners):
    person = PersonFactory()
    for owner in owners:
        SealOwnerFactory(case=person.case, user=user_of(owner))
    Case.objects.filter(id=person.case_id).update(sealed=True)
    person.case.refresh_from_db()
    return person


def elsewhere(**about):
    """A likeness to somebody of another force, of whom there is only an opaque reference."""
    return MatchFactory(other=None, elsewhere=f"{new_id()}", outcome="ring", code="KT4X", **about)


def test_a_likeness_is_seen_by_who_sees_both_cases(officer, coordinator):
    both = MatchFactory(person=theirs(officer), other=theirs(officer))
    one = MatchFactory(person=theirs(officer))
    MatchFactory(person=theirs(officer), other=theirs(officer, belief="none"))
    MatchFactory(person=theirs(officer, belief="none"), other=theirs(officer))
    assert list(matches(officer)) == [both]
    assert set(matches(coordinator)) == {both, one}
    assert not matches(a_member("administrator")).exists()


def test_a_likeness_is_settled_by_who_may_link_and_sees_both(officer, coordinator):
    match = MatchFactory(person=theirs(officer), other=theirs(officer))
    assert match_to_settle(coordinator, match.id) == match
    for member, wanted in [(officer, match.id), (coordinator, new_id()), (coordinator, elsewhere().id)]:
        with pytest.raises(Http404):
            match_to_settle(member, wanted)


def test_a_likeness_of_a_concern_is_of_that_concern(officer):
    match = MatchFactory(person=theirs(officer), other=theirs(officer))
    assert match_of_concern(officer, match.person.case, match.id) == match
    for case, wanted in [(match.other.case, match.id), (match.person.case, new_id())]:
        with pytest.raises(Http404):
            match_of_concern(officer, case, wanted)


def test_an_alert_is_for_whom_it_is_to_and_what_is_to_nobody_for_the_coordinators(officer, coordinator):
    person = theirs(officer)
    to_officer, to_coordinator, to_all, _to_another = (
        MatchAlertFactory(match=MatchFactory(other=person), to=to, told_as="owner" if to else "coordinator")
        for to in (user_of(officer), user_of(coordinator), None, user_of(a_member()))
    )
    assert set(alerts(officer)) == {to_officer}
    assert set(alerts(coordinator)) == {to_coordinator, to_all}
    assert alert_for(officer, to_officer.id) == to_officer
    for alert in (to_all.id, new_id()):
        with pytest.raises(Http404):
            alert_for(officer, alert)


def test_an_alert_is_about_people_whose_case_is_still_seen_and_who_may_be_victims(officer):
    to = user_of(officer)
    ours = MatchAlertFactory(match=MatchFactory(other=theirs(officer)), to=to)
    of_theirs_elsewhere = MatchAlertFactory(match=elsewhere(), to=to)
    about = _of_a_force(theirs(officer), to)
    for hidden in (PersonFactory(), theirs(officer, belief="none")):
        MatchAlertFactory(match=MatchFactory(other=hidden), to=to)
        MatchAlertFactory(match=elsewhere(), about=hidden, to=to)
        _of_a_force(hidden, to)
    MatchAlertFactory(match=MatchFactory(person__belief="none", other=theirs(officer)), to=to)
    assert set(alerts(officer)) == {ours, of_theirs_elsewhere, about}


def _of_a_force(person, to):
    return MatchAlertFactory(match=None, about=person, elsewhere=f"{new_id()}", from_force="eastern", code="KT4X", to=to)


def test_whoever_sees_no_case_any_more_reads_no_alert(fenmarch):
    administrator = a_member("administrator")
    MatchAlertFactory(match=elsewhere(), to=user_of(administrator))
    assert not alerts(administrator).exists()


def test_a_link_is_seen_by_who_sees_both_cases_while_it_holds(officer):
    link = IdentityLinkFactory(one=theirs(officer), other=theirs(officer))
    IdentityLinkFactory(one=theirs(officer))
    IdentityLinkFactory(other=theirs(officer))
    IdentityLinkFactory(one=theirs(officer), other=theirs(officer), undone_at=MET, undone_by=user_of(officer), undone_why="No")
    assert list(links(officer)) == [link]


def test_who_may_link_people_of_sealed_cases_is_who_is_named(officer, coordinator):
    open_case, closed = CaseFactory(), sealed(officer).case
    assert may_link(coordinator, open_case, open_case)
    assert not may_link(officer, open_case, open_case)
    assert may_link(officer, open_case, closed)
