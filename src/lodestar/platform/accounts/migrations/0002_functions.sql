-- What pages may not do with those who sign in, and what stays ended.

create function accounts_stays_ended() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    raise insufficient_privilege using message = 'an account of a force that was ended stays ended';
end $$;

create function accounts_stays_signed_out() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    new.signed_out_at := greatest(old.signed_out_at, new.signed_out_at);
    return new;
end $$;

create trigger stays_ended before update on accounts_forceidentity for each row when (old.ended_at is not null and current_user = 'lodestar_app') execute function accounts_stays_ended();

create trigger stays_signed_out before update of signed_out_at on accounts_user for each row when (current_user = 'lodestar_app') execute function accounts_stays_signed_out();

revoke all on accounts_user, tenancy_tenant, mfa_authenticator from lodestar_app;
grant select, update (last_login, signed_out_at) on accounts_user to lodestar_app;
grant select on tenancy_tenant, mfa_authenticator to lodestar_app;
