"""Passkeys, and accounts of the forces' own sign-in, that were there before marks were made of them (docs/adr/0028)."""

import json
from datetime import UTC

from django.conf import settings
from django.db import migrations

from lodestar.kernel.vouching import vouch


def vouch_for_passkeys(apps, schema_editor):
    """Whoever has a passkey already keeps it: what is there now, its person made (`access.passkey_says`)."""
    rows = apps.get_model("mfa", "Authenticator").objects.filter(type="webauthn")
    for row in rows:
        said = (str(row.user_id), row.created_at.astimezone(UTC).isoformat(), json.dumps(row.data["credential"], sort_keys=True))
        row.data = {**row.data, "vouched": vouch(settings.FIELD_KEYS, "passkey", *said)}
        row.save(update_fields=["data"])


def vouch_for_identities(apps, schema_editor):
    """The same for the accounts of the forces' own sign-in (`ForceIdentity.says`)."""
    for row in apps.get_model("accounts", "ForceIdentity").objects.filter(ended_at__isnull=True):
        known = ("subject", row.issuer, row.subject) if row.bound_at else ("name", row.named)
        row.vouched = vouch(settings.FIELD_KEYS, "force identity", row.tenant, str(row.id), str(row.user_id), *known)
        row.save(update_fields=["vouched"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_places_and_passwords_are_not_for_pages")]
    operations = [
        migrations.RunPython(vouch_for_passkeys, migrations.RunPython.noop),
        migrations.RunPython(vouch_for_identities, migrations.RunPython.noop),
    ]
