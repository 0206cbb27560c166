-- Who may write, and what was answered to whom: beside the events, never among them. What each column
-- means stands in the file of the same name for PostgreSQL. Times are microseconds since
-- 1970-01-01T00:00:00Z.

-- A row is never removed: what a key did stays its own.
create table api_keys (
    -- The public handle of the key, a part of its text.
    id text not null
        constraint api_keys_pkey primary key
        constraint api_keys_id_is_a_handle
            check (length(id) = 10 and id not glob '*[^0-9a-z]*'),
    environment text not null
        constraint api_keys_environment_is_a_word
            check (length(environment) between 1 and 16 and environment not glob '*[^0-9a-z]*'),
    -- SHA-256 of the 32 random bytes of the secret, which is stored nowhere.
    secret_sha256 blob not null
        constraint api_keys_secret_is_a_digest check (length(secret_sha256) = 32),
    label text not null constraint api_keys_label_not_empty check (label <> ''),
    -- The one unit it acts for; * for the whole municipality.
    unit text not null
        constraint api_keys_unit_is_a_word
            check (unit = '*' or (length(unit) between 1 and 64 and unit not glob '*[^A-Za-z0-9._-]*')),
    -- Separated by spaces. A word that the program does not know allows nothing.
    scopes text not null
        constraint api_keys_scopes_are_words
            check (scopes glob '[a-z-]*' and scopes not glob '*[^a-z -]*'
                   and scopes not like '%  %' and scopes not like '% '),
    created_at integer not null,
    expires_at integer not null
        constraint api_keys_expires_after_creation check (expires_at > created_at),
    revoked_at integer
        constraint api_keys_revoked_after_creation check (revoked_at >= created_at)
) strict;
create index api_keys_by_unit on api_keys (unit, label);

-- All that ever changes in a key is that it is revoked.
create trigger api_keys_refuse_update before update on api_keys
when old.revoked_at is not null
    or (new.id, new.environment, new.secret_sha256, new.label, new.unit, new.scopes,
        new.created_at, new.expires_at)
       is not
       (old.id, old.environment, old.secret_sha256, old.label, old.unit, old.scopes,
        old.created_at, old.expires_at)
begin
    select raise(abort, 'a key is only ever revoked: make another one instead');
end;
create trigger api_keys_refuse_delete before delete on api_keys begin
    select raise(abort, 'a key is only ever revoked: make another one instead');
end;

-- Written in the transaction that appends the events, or not at all. Rows may be forgotten after some
-- days.
create table idempotency (
    -- Two callers may choose the same text.
    caller text not null constraint idempotency_caller_not_empty check (caller <> ''),
    -- Keyed digests of the text that the caller chose, and of what was asked.
    key blob not null constraint idempotency_key_is_a_digest check (length(key) = 32),
    request blob not null constraint idempotency_request_is_a_digest check (length(request) = 32),
    status integer not null
        constraint idempotency_status_is_success check (status between 200 and 299),
    -- Without any code or person: what must not be stored is derived anew.
    answer text not null
        constraint idempotency_answer_is_short check (length(cast(answer as blob)) <= 65536),
    -- Of the last event that the answer acknowledges.
    position integer not null
        constraint idempotency_position_not_negative check (position >= 0),
    created_at integer not null,
    constraint idempotency_pkey primary key (caller, key)
) strict, without rowid;
create index idempotency_by_age on idempotency (created_at);

create trigger idempotency_refuse_update before update on idempotency begin
    select raise(abort, 'an answer that was given is never changed');
end;
