-- The verifiable log: what stands in it, and the keys by which its salts and tags are made. What each
-- column means stands in the file of the same name for PostgreSQL.

create table log_leaf (
    position integer not null
        constraint log_leaf_pkey primary key
        constraint log_leaf_position_not_negative check (position >= 0),
    leaf blob not null
        constraint log_leaf_is_an_entry check (length(leaf) between 1 and 1024)
) strict;
create trigger log_leaf_refuse_update before update on log_leaf begin
    select raise(abort, 'what stands in the log is never changed');
end;
create trigger log_leaf_refuse_delete before delete on log_leaf begin
    select raise(abort, 'what stands in the log is never changed');
end;

-- Secret: one random key for each stream.
create table log_stream_keys (
    aggregate_type text not null,
    aggregate_id text not null,
    key blob not null
        constraint log_stream_keys_key_has_32_bytes check (length(key) = 32),
    constraint log_stream_keys_pkey primary key (aggregate_type, aggregate_id)
) strict, without rowid;
