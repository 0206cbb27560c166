-- The vault: who the persons of procedures are, encrypted, apart from the events. The keys that open the
-- keys kept here are files outside the database. What may go, goes wholly: row and key.

create schema vault;
comment on schema vault is 'Persons, encrypted. Back it up apart from the events, and for a short time.';

create table vault.party_key (
    key_id bytea not null
        constraint party_key_pkey primary key
        constraint party_key_id_is_random check (octet_length(key_id) = 16),
    procedure text not null,
    party text not null,
    epoch integer not null
        constraint party_key_epoch_begins_at_one check (epoch >= 1),
    wrapped bytea not null
        constraint party_key_is_wrapped check (octet_length(wrapped) = 72),
    created_at timestamptz not null,
    constraint party_key_is_one_for_each_party unique (procedure, party)
);
comment on table vault.party_key is 'One data key for each person of each procedure: procedures of one person cannot be told to be so.';
comment on column vault.party_key.party is 'The random reference that the event Filed holds.';
comment on column vault.party_key.epoch is 'Which epoch key opens it; that one is a file outside the database.';
comment on column vault.party_key.wrapped is 'Nonce (24), then the data key (32) and its tag (16) by XChaCha20-Poly1305.';
create index party_key_by_epoch on vault.party_key (epoch);
create index party_key_by_age on vault.party_key (created_at);

create table vault.personal (
    procedure text not null,
    party text not null,
    field text not null
        constraint personal_field_is_a_word check (field ~ '^[a-z_]{1,32}$'),
    key_id bytea not null
        constraint personal_is_opened_by_a_key references vault.party_key on delete cascade,
    nonce bytea not null
        constraint personal_nonce_is_long check (octet_length(nonce) = 24),
    ciphertext bytea not null
        constraint personal_length_tells_little
            check (octet_length(ciphertext) in (272, 1040, 4112, 16400)),
    constraint personal_pkey primary key (procedure, party, field)
);
comment on table vault.personal is 'What is known of a person, field by field, each padded to one of four lengths.';
create index personal_by_key on vault.personal (key_id);

create table vault.person_lookup (
    lookup bytea not null
        constraint person_lookup_is_a_digest check (octet_length(lookup) = 32),
    key_id bytea not null
        constraint person_lookup_leads_to_a_key references vault.party_key on delete cascade,
    constraint person_lookup_pkey primary key (lookup, key_id)
);
comment on table vault.person_lookup is 'Keyed digests of identifications, so that a person finds their own procedures.';
create index person_lookup_by_key on vault.person_lookup (key_id);

create table vault.shred_ledger (
    key_id bytea not null
        constraint shred_ledger_pkey primary key
        constraint shred_ledger_names_a_key check (octet_length(key_id) = 16),
    at timestamptz not null
);
comment on table vault.shred_ledger is 'Keys that were destroyed, and must not come back with an older copy. Each node keeps a copy as a file.';

create table vault.reading (
    number bigint generated always as identity
        constraint reading_pkey primary key,
    procedure text not null,
    party text not null,
    reader text not null
        constraint reading_reader_is_short check (octet_length(reader) between 1 and 128),
    purpose text not null
        constraint reading_purpose_is_short check (octet_length(purpose) between 1 and 800),
    fields text not null
        constraint reading_fields_are_words check (fields ~ '^[a-z_]+( [a-z_]+)*$'),
    at timestamptz not null
);
comment on table vault.reading is 'Who read a person, when, what for. Written before anything is shown; no personal data.';
create index reading_by_procedure on vault.reading (procedure, number);

create table vault.erasure_request (
    procedure text not null,
    party text not null,
    basis text not null
        constraint erasure_request_basis_is_a_word check (basis ~ '^[a-z_]{1,32}$'),
    while_open boolean not null,
    requested_by text not null,
    requested_holder text not null,
    requested_at timestamptz not null,
    confirmed_by text,
    confirmed_at timestamptz,
    done_at timestamptz,
    constraint erasure_request_pkey primary key (procedure, party),
    constraint erasure_request_takes_two
        check (done_at is null or confirmed_by <> requested_by)
);
comment on table vault.erasure_request is 'Who asked for an erasure and who confirmed it: never one and the same.';
comment on column vault.erasure_request.requested_holder is 'Whoever holds the key, or the name itself: two keys of one holder are one.';

create function vault.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'what was read and what was destroyed stays written';
end $$;
create trigger shred_ledger_refuse_change before update or delete on vault.shred_ledger
    for each row execute function vault.refuse_change();
create trigger shred_ledger_refuse_truncate before truncate on vault.shred_ledger
    for each statement execute function vault.refuse_change();
create trigger reading_refuse_change before update or delete on vault.reading
    for each row execute function vault.refuse_change();
create trigger reading_refuse_truncate before truncate on vault.reading
    for each statement execute function vault.refuse_change();

-- A key that was destroyed is not taken in again.
create function vault.refuse_destroyed() returns trigger language plpgsql as $$
begin
    if exists (select 1 from vault.shred_ledger where key_id = new.key_id) then
        raise exception 'this key was destroyed';
    end if;
    return new;
end $$;
create trigger party_key_refuse_destroyed before insert on vault.party_key
    for each row execute function vault.refuse_destroyed();
