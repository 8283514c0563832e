"""What serves pages changes nobody's password, place, unit, skill or code generator: the owner does, by commands alone.

Without this, a fault in one page could make its user an administrator (docs/adr/0028).
"""

from django.db import migrations, models

from lodestar.tenancy.roles import APP

GIVEN_BY_OTHERS = "accounts_user, accounts_membership, accounts_unit, accounts_accreditation"
CLOSED = f"""
revoke insert, update, delete, truncate on {GIVEN_BY_OTHERS} from {APP};
revoke insert on tenancy_tenant from {APP};
grant update (last_login, signed_out_at) on accounts_user to {APP};
revoke insert, update, delete, truncate on mfa_authenticator from {APP};
grant insert (id, user_id, type, data, created_at, last_used_at), update (data, last_used_at), delete
    on mfa_authenticator to {APP};
grant update (vouched) on accounts_forceidentity to {APP};
alter table mfa_authenticator enable row level security;
create policy proofs_seen on mfa_authenticator for select to {APP} using (true);
create policy passkeys_added on mfa_authenticator for insert to {APP} with check (type = 'webauthn');
create policy passkeys_changed on mfa_authenticator for update to {APP} using (true) with check (type = 'webauthn');
create policy passkeys_removed on mfa_authenticator for delete to {APP} using (type = 'webauthn');
"""
# What ended stays ended. Pages sign somebody out, and of two at once the later counts; nobody's sessions come back by it.
STAYS = f"""
create function accounts_stays_signed_out() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    new.signed_out_at := greatest(old.signed_out_at, new.signed_out_at);
    return new;
end $$;
create trigger stays_signed_out before update of signed_out_at on accounts_user for each row
    when (current_user = '{APP}') execute function accounts_stays_signed_out();
create function accounts_stays_ended() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    raise insufficient_privilege using message = 'an account of a force that was ended stays ended';
end $$;
create trigger stays_ended before update on accounts_forceidentity for each row
    when (old.ended_at is not null and current_user = '{APP}') execute function accounts_stays_ended();
"""
NO_MORE = """
drop trigger stays_signed_out on accounts_user;
drop function accounts_stays_signed_out();
drop trigger stays_ended on accounts_forceidentity;
drop function accounts_stays_ended();
"""
OPEN = f"""
grant insert, update on {GIVEN_BY_OTHERS} to {APP};
grant insert on tenancy_tenant to {APP};
grant delete on accounts_unit, accounts_accreditation to {APP};
grant insert, update, delete on mfa_authenticator to {APP};
drop policy proofs_seen on mfa_authenticator;
drop policy passkeys_added on mfa_authenticator;
drop policy passkeys_changed on mfa_authenticator;
drop policy passkeys_removed on mfa_authenticator;
alter table mfa_authenticator disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_sessions_end_at_once"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [
        migrations.AddField(
            "forceidentity", "vouched", models.CharField(blank=True, default="", max_length=64), preserve_default=False
        ),
        migrations.RunSQL(CLOSED, OPEN),
        migrations.RunSQL(STAYS, NO_MORE),
    ]
