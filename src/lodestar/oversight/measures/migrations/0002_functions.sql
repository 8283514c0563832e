-- Whatever a case's verdict rests on drops the verdict when it changes.

create function measures_judge_anew_by_case() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from measures_caseverdict j using (select t.tenant, t.case_id from touched t) c where j.tenant = c.tenant and j.case_id = c.case_id;
    return null;
end $$;
revoke all on function measures_judge_anew_by_case() from public;

create function measures_judge_anew_by_force() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from measures_caseverdict j using (select t.slug as tenant, c.id as case_id from touched t join cases_case c on c.tenant = t.slug) c where j.tenant = c.tenant and j.case_id = c.case_id;
    return null;
end $$;
revoke all on function measures_judge_anew_by_force() from public;

create function measures_judge_anew_by_itself() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from measures_caseverdict j using (select t.tenant, t.id as case_id from touched t) c where j.tenant = c.tenant and j.case_id = c.case_id;
    return null;
end $$;
revoke all on function measures_judge_anew_by_itself() from public;

create function measures_judge_anew_by_offence() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from measures_caseverdict j using (select t.tenant, p.case_id from touched t join cases_allegedoffence o on o.tenant = t.tenant and o.id = t.offence_id join cases_person p on p.tenant = o.tenant and p.id = o.person_id) c where j.tenant = c.tenant and j.case_id = c.case_id;
    return null;
end $$;
revoke all on function measures_judge_anew_by_offence() from public;

create function measures_judge_anew_by_person() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from measures_caseverdict j using (select t.tenant, p.case_id from touched t join cases_person p on p.tenant = t.tenant and p.id = t.person_id) c where j.tenant = c.tenant and j.case_id = c.case_id;
    return null;
end $$;
revoke all on function measures_judge_anew_by_person() from public;

create function measures_judge_anew_by_user() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from measures_caseverdict j using (select c.tenant, c.id as case_id from touched w join cases_case c on c.tenant = w.tenant and c.opened_by_id = w.user_id union select a.tenant, a.case_id from touched w join allocation_allocation a on a.tenant = w.tenant and a.owner_id = w.user_id) c where j.tenant = c.tenant and j.case_id = c.case_id;
    return null;
end $$;
revoke all on function measures_judge_anew_by_user() from public;

create function measures_judge_anew_by_attendance() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from measures_caseverdict j using (select c.tenant, c.id as case_id from (select h.tenant, h.user_id from touched t join training_attendance h on h.tenant = t.tenant and h.id = t.attendance_id) w join cases_case c on c.tenant = w.tenant and c.opened_by_id = w.user_id union select a.tenant, a.case_id from (select h.tenant, h.user_id from touched t join training_attendance h on h.tenant = t.tenant and h.id = t.attendance_id) w join allocation_allocation a on a.tenant = w.tenant and a.owner_id = w.user_id) c where j.tenant = c.tenant and j.case_id = c.case_id;
    return null;
end $$;
revoke all on function measures_judge_anew_by_attendance() from public;

create function measures_judge_anew_by_drawn() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from measures_caseverdict j using (select t.tenant, d.case_id from touched t join deep_dives_drawncase d on d.tenant = t.tenant and d.id = t.drawn_id) c where j.tenant = c.tenant and j.case_id = c.case_id;
    return null;
end $$;
revoke all on function measures_judge_anew_by_drawn() from public;

create function measures_judge_anew_by_tenant() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from measures_caseverdict j using (select distinct tenant from touched) t where j.tenant = t.tenant;
    return null;
end $$;
revoke all on function measures_judge_anew_by_tenant() from public;

do $$
declare
    rested record;
    event record;
begin
    for rested in select * from (values
        ('cases_allegedoffence', 'measures_judge_anew_by_person'),
        ('cases_case', 'measures_judge_anew_by_itself'),
        ('ledger_obligationanswer', 'measures_judge_anew_by_case'),
        ('cases_earlierreferral', 'measures_judge_anew_by_person'),
        ('disclosures_immigrationdisclosure', 'measures_judge_anew_by_person'),
        ('disclosures_nothingdisclosed', 'measures_judge_anew_by_case'),
        ('ledger_obligation', 'measures_judge_anew_by_case'),
        ('cases_person', 'measures_judge_anew_by_case'),
        ('allocation_allocation', 'measures_judge_anew_by_case'),
        ('investigations_crime', 'measures_judge_anew_by_person'),
        ('referrals_referral', 'measures_judge_anew_by_person'),
        ('section45_fullrecord', 'measures_judge_anew_by_offence'),
        ('section45_outcomerecorded', 'measures_judge_anew_by_offence'),
        ('tenancy_tenant', 'measures_judge_anew_by_force'),
        ('accounts_membership', 'measures_judge_anew_by_user'),
        ('training_attendance', 'measures_judge_anew_by_user'),
        ('training_attendancewithdrawal', 'measures_judge_anew_by_attendance'),
        ('training_requiredtraining', 'measures_judge_anew_by_tenant'),
        ('training_course', 'measures_judge_anew_by_tenant'),
        ('deep_dives_drawncase', 'measures_judge_anew_by_case'),
        ('deep_dives_dispute', 'measures_judge_anew_by_drawn')
    ) as t (at_table, judge) loop
        for event in select * from (values ('insert', 'new'), ('update', 'new'), ('delete', 'old')) as e (name, rows) loop
            execute format(
                'create trigger measures_judge_anew_%1$s after %1$s on %2$I referencing %3$s table as touched'
                ' for each statement execute function %4$I()', event.name, rested.at_table, event.rows, rested.judge);
        end loop;
    end loop;
end $$;
