"""Partners, places and organisations."""

import factory

from lodestar.directory.entities.models import Organisation, Place
from lodestar.directory.partners.models import Agreement, Partner, PartnerContact
from tests.factories.accounts import Somebody
from tests.factories.cases import MET


class _Recorded(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    recorded_at = MET
    recorded_by = Somebody()


class PartnerFactory(_Recorded):
    class Meta:
        model = Partner

    name = "Fen Refuge Trust"
    kind = "charity"


class PartnerContactFactory(_Recorded):
    class Meta:
        model = PartnerContact

    partner = factory.SubFactory(PartnerFactory)
    role = "Duty manager"
    telephone = "01632 960 402"


class AgreementFactory(_Recorded):
    class Meta:
        model = Agreement

    partner = factory.SubFactory(PartnerFactory)
    kind = "memorandum"
    from_date = MET.date()


class PlaceFactory(_Recorded):
    class Meta:
        model = Place

    name = "Lilac Nails"
    kind = "nail_bar"


class OrganisationFactory(_Recorded):
    class Meta:
        model = Organisation

    name = "Lilac Nails Ltd"
