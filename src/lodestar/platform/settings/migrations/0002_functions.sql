-- Settings only look ahead.

create function settings_settingchange_look_ahead() returns trigger
language plpgsql as $$
begin
    if tg_op = 'INSERT' and new.decided_at is not null then
        raise exception 'a change is proposed before it is decided' using errcode = 'check_violation';
    elsif tg_op = 'UPDATE' and old.decided_at is not null then
        raise exception 'the change is decided' using errcode = 'check_violation';
    elsif new.approved is distinct from false and new.from_date <= (now() at time zone 'Europe/London')::date then
        raise exception 'no change takes effect on a day that has begun' using errcode = 'check_violation';
    end if;
    return new;
end $$;

create trigger look_ahead before insert or update on settings_settingchange for each row when (current_user = 'lodestar_app') execute function settings_settingchange_look_ahead();
