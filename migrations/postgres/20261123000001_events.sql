-- The event database: what happened, once, in one order. Nothing here is ever updated or deleted.

-- The seven columns and the primary key are postgres-es's own table, so that the stock crate reads
-- and writes it; the last two are ours.
create table events (
    aggregate_type text not null,
    aggregate_id text not null,
    sequence bigint not null constraint events_sequence_not_negative check (sequence >= 0),
    event_type text not null,
    event_version text not null,
    payload json not null,
    metadata json not null,
    position bigint not null constraint events_position_unique unique,
    recorded_at timestamptz not null default clock_timestamp(),
    constraint events_pkey primary key (aggregate_type, aggregate_id, sequence)
);
comment on table events is 'The only truth: every event of every stream, in the order of position.';
comment on column events.position is 'Dense from 0 in commit order; the index of the event in the verifiable log.';
comment on column events.recorded_at is 'When this database recorded it; when it happened stands in the payload.';

-- One row, locked first by every append: this is what orders the whole log. The fill factor leaves
-- room for its many updates within one page.
create table log_head (
    one boolean not null default true constraint log_head_pkey primary key,
    size bigint not null constraint log_head_size_not_negative check (size >= 0),
    constraint log_head_is_one_row check (one)
) with (fillfactor = 10, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0);
comment on table log_head is 'The number of events: the position that the next one takes.';
insert into log_head (size) values (0);

-- A writer that knows only the stock columns gets its position here, under the same lock.
create function events_take_position() returns trigger language plpgsql as $$
begin
    update log_head set size = size + 1 returning size - 1 into new.position;
    return new;
end $$;
create trigger events_take_position before insert on events
    for each row when (new.position is null) execute function events_take_position();

create function events_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'events are never changed or removed: record a correction instead';
end $$;
create trigger events_refuse_change before update or delete on events
    for each row execute function events_refuse_change();
create trigger events_refuse_truncate before truncate on events
    for each statement execute function events_refuse_change();
