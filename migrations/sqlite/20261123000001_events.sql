-- The event database: what happened, once, in one order. Nothing here is ever updated or deleted.

-- The seven columns are sqlite-es's own table, so that the stock crate reads and writes it. Position is
-- the row's key: a writer that does not name it gets the next one, and VACUUM never renumbers it.
create table events (
    aggregate_type text not null,
    aggregate_id text not null,
    sequence integer not null constraint events_sequence_not_negative check (sequence >= 0),
    event_type text not null,
    event_version text not null,
    payload text not null constraint events_payload_is_json check (json_valid(payload)),
    metadata text not null constraint events_metadata_is_json check (json_valid(metadata)),
    position integer not null constraint events_position_pkey primary key,
    -- Microseconds since 1970-01-01T00:00:00Z.
    recorded_at integer not null default (cast(unixepoch('subsec') * 1000000 as integer)),
    constraint events_stream_unique unique (aggregate_type, aggregate_id, sequence)
) strict;

create trigger events_refuse_update before update on events begin
    select raise(abort, 'events are never changed: record a correction instead');
end;
create trigger events_refuse_delete before delete on events begin
    select raise(abort, 'events are never removed: record a correction instead');
end;
