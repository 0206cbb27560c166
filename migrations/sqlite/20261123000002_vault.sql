-- The vault: who the persons of procedures are, encrypted, apart from the events. What each column means
-- stands in the file of the same name for PostgreSQL, where it is a schema of its own. Times are
-- microseconds since 1970-01-01T00:00:00Z.

create table vault_party_key (
    key_id blob not null
        constraint party_key_pkey primary key
        constraint party_key_id_is_random check (length(key_id) = 16),
    procedure text not null,
    party text not null,
    epoch integer not null constraint party_key_epoch_begins_at_one check (epoch >= 1),
    -- Nonce (24), then the data key (32) and its tag (16).
    wrapped blob not null constraint party_key_is_wrapped check (length(wrapped) = 72),
    created_at integer not null,
    constraint party_key_is_one_for_each_party unique (procedure, party)
) strict;
create index vault_party_key_by_epoch on vault_party_key (epoch);
create index vault_party_key_by_age on vault_party_key (created_at);

create table vault_personal (
    procedure text not null,
    party text not null,
    field text not null
        constraint personal_field_is_a_word
            check (length(field) between 1 and 32 and field not glob '*[^a-z_]*'),
    key_id blob not null,
    nonce blob not null constraint personal_nonce_is_long check (length(nonce) = 24),
    ciphertext blob not null
        constraint personal_length_tells_little
            check (length(ciphertext) in (272, 1040, 4112, 16400)),
    constraint personal_pkey primary key (procedure, party, field)
) strict;
create index vault_personal_by_key on vault_personal (key_id);

create table vault_person_lookup (
    lookup blob not null constraint person_lookup_is_a_digest check (length(lookup) = 32),
    key_id blob not null,
    constraint person_lookup_pkey primary key (lookup, key_id)
) strict, without rowid;
create index vault_person_lookup_by_key on vault_person_lookup (key_id);

create table vault_shred_ledger (
    key_id blob not null
        constraint shred_ledger_pkey primary key
        constraint shred_ledger_names_a_key check (length(key_id) = 16),
    at integer not null
) strict;

create table vault_reading (
    number integer not null constraint reading_pkey primary key,
    procedure text not null,
    party text not null,
    reader text not null
        constraint reading_reader_is_short check (length(cast(reader as blob)) between 1 and 128),
    purpose text not null
        constraint reading_purpose_is_short check (length(cast(purpose as blob)) between 1 and 800),
    fields text not null
        constraint reading_fields_are_words
            check (fields glob '[a-z_]*' and fields not glob '*[^a-z_ ]*'),
    at integer not null
) strict;
create index vault_reading_by_procedure on vault_reading (procedure, number);

create table vault_erasure_request (
    procedure text not null,
    party text not null,
    basis text not null
        constraint erasure_request_basis_is_a_word
            check (length(basis) between 1 and 32 and basis not glob '*[^a-z_]*'),
    while_open integer not null
        constraint erasure_request_while_open_is_a_switch check (while_open in (0, 1)),
    requested_by text not null,
    requested_holder text not null,
    requested_at integer not null,
    confirmed_by text,
    confirmed_at integer,
    done_at integer,
    constraint erasure_request_pkey primary key (procedure, party),
    constraint erasure_request_takes_two
        check (done_at is null or confirmed_by <> requested_by)
) strict;

create trigger vault_shred_ledger_refuse_update before update on vault_shred_ledger begin
    select raise(abort, 'what was read and what was destroyed stays written');
end;
create trigger vault_shred_ledger_refuse_delete before delete on vault_shred_ledger begin
    select raise(abort, 'what was read and what was destroyed stays written');
end;
create trigger vault_reading_refuse_update before update on vault_reading begin
    select raise(abort, 'what was read and what was destroyed stays written');
end;
create trigger vault_reading_refuse_delete before delete on vault_reading begin
    select raise(abort, 'what was read and what was destroyed stays written');
end;

-- A key that was destroyed is not taken in again.
create trigger vault_party_key_refuse_destroyed before insert on vault_party_key
when exists (select 1 from vault_shred_ledger where key_id = new.key_id)
begin
    select raise(abort, 'this key was destroyed');
end;
