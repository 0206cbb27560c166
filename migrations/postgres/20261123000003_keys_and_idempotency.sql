-- Who may write, and what was answered to whom: beside the events, never among them.

create table api_keys (
    id text not null
        constraint api_keys_pkey primary key
        constraint api_keys_id_is_a_handle check (id ~ '^[0-9a-z]{10}$'),
    environment text not null
        constraint api_keys_environment_is_a_word check (environment ~ '^[a-z0-9]{1,16}$'),
    secret_sha256 bytea not null
        constraint api_keys_secret_is_a_digest check (octet_length(secret_sha256) = 32),
    label text not null
        constraint api_keys_label_not_empty check (label <> ''),
    unit text not null
        constraint api_keys_unit_is_a_word check (unit ~ '^([A-Za-z0-9._-]{1,64}|\*)$'),
    scopes text not null
        constraint api_keys_scopes_are_words check (scopes ~ '^[a-z-]+( [a-z-]+)*$'),
    created_at timestamptz not null,
    expires_at timestamptz not null
        constraint api_keys_expires_after_creation check (expires_at > created_at),
    revoked_at timestamptz
        constraint api_keys_revoked_after_creation check (revoked_at >= created_at)
);
comment on table api_keys is 'The keys of systems that write or read what is not public. A row is never removed: what a key did stays its own.';
comment on column api_keys.id is 'The public handle of the key, a part of its text.';
comment on column api_keys.environment is 'Which deployment it is for, a part of its text: live, demo.';
comment on column api_keys.secret_sha256 is 'SHA-256 of the 32 random bytes of the secret, which is stored nowhere.';
comment on column api_keys.label is 'The system that holds it, as the operator calls it. Never a person.';
comment on column api_keys.unit is 'The one unit it acts for; * for the whole municipality.';
comment on column api_keys.scopes is 'The verbs it may use, separated by spaces. A word that the program does not know allows nothing.';
comment on column api_keys.expires_at is 'From then on it opens nothing.';
comment on column api_keys.revoked_at is 'From then on it opens nothing; set once.';
create index api_keys_by_unit on api_keys (unit, label);

-- All that ever changes in a key is that it is revoked.
create function api_keys_refuse_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.revoked_at is null
        and row (new.id, new.environment, new.secret_sha256, new.label, new.unit, new.scopes,
                 new.created_at, new.expires_at)
            is not distinct from
            row (old.id, old.environment, old.secret_sha256, old.label, old.unit, old.scopes,
                 old.created_at, old.expires_at)
    then
        return new;
    end if;
    raise exception 'a key is only ever revoked: make another one instead';
end $$;
create trigger api_keys_refuse_change before update or delete on api_keys
    for each row execute function api_keys_refuse_change();
create trigger api_keys_refuse_truncate before truncate on api_keys
    for each statement execute function api_keys_refuse_change();

-- Written by the statement that appends the events, or not at all: whoever asks again with the same
-- key gets the same answer, also after a crash between the commit and the answer.
create table idempotency (
    caller text not null
        constraint idempotency_caller_not_empty check (caller <> ''),
    key bytea not null
        constraint idempotency_key_is_a_digest check (octet_length(key) = 32),
    request bytea not null
        constraint idempotency_request_is_a_digest check (octet_length(request) = 32),
    status smallint not null
        constraint idempotency_status_is_success check (status between 200 and 299),
    answer text not null
        constraint idempotency_answer_is_short check (octet_length(answer) <= 65536),
    position bigint not null
        constraint idempotency_position_not_negative check (position >= 0),
    created_at timestamptz not null,
    constraint idempotency_pkey primary key (caller, key)
);
comment on table idempotency is 'What was answered to a command, by the key that its caller gave it. Rows may be forgotten after some days.';
comment on column idempotency.caller is 'Whose key it is: two callers may choose the same text.';
comment on column idempotency.key is 'Keyed digest of the text that the caller chose: it may say more than it should.';
comment on column idempotency.request is 'Keyed digest of what was asked: the same key with another request is a mistake of the caller.';
comment on column idempotency.answer is 'The answer, without any code or person: what must not be stored is derived anew.';
comment on column idempotency.position is 'Of the last event that the answer acknowledges.';
comment on column idempotency.created_at is 'When the events were recorded.';
create index idempotency_by_age on idempotency (created_at);

create function idempotency_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'an answer that was given is never changed';
end $$;
create trigger idempotency_refuse_change before update on idempotency
    for each row execute function idempotency_refuse_change();
