-- The verifiable log: what stands in it, and the keys by which its salts and tags are made. Written by
-- the sealer, a follower of the events; never on an append's path.

create table log_leaf (
    position bigint not null
        constraint log_leaf_pkey primary key
        constraint log_leaf_position_not_negative check (position >= 0),
    leaf bytea not null
        constraint log_leaf_is_an_entry check (octet_length(leaf) between 1 and 1024)
);
comment on table log_leaf is 'The entries of the verifiable log, byte for byte. Written once: tiles and bundles can be made again from it.';
comment on column log_leaf.position is 'Index of the leaf in the log: position of its event.';
comment on column log_leaf.leaf is 'The entry as it is hashed; holds neither the stream nor anything personal.';

create function log_leaf_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'what stands in the log is never changed';
end $$;
create trigger log_leaf_refuse_change before update or delete on log_leaf
    for each row execute function log_leaf_refuse_change();
create trigger log_leaf_refuse_truncate before truncate on log_leaf
    for each statement execute function log_leaf_refuse_change();

create table log_stream_keys (
    aggregate_type text not null,
    aggregate_id text not null,
    key bytea not null
        constraint log_stream_keys_key_has_32_bytes check (octet_length(key) = 32),
    constraint log_stream_keys_pkey primary key (aggregate_type, aggregate_id)
);
comment on table log_stream_keys is 'One random key for each stream: its tags and salts come from it. Secret; back it up apart from the events.';
comment on column log_stream_keys.key is 'K_stream of docs/log-format.md. Nobody outside is ever given it, only keys derived from it.';
