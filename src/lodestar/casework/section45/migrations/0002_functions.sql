-- A countersignature names the decider of the very record that it countersigns.

alter table section45_countersignature add constraint countersignature_of_the_decider
    foreign key (tenant, record_id, decided_by_id) references section45_fullrecord (tenant, id, decided_by_id)
    deferrable initially deferred;
