-- The log's signed checkpoints. They are the fence between two sealers that do not know of each other:
-- there is one root for a size, for ever. Cosignatures of witnesses are added when they come.

create table log_note (
    size bigint not null
        constraint log_note_pkey primary key
        constraint log_note_size_not_negative check (size >= 0),
    checkpoint text not null
        constraint log_note_checkpoint_has_a_size check (length(checkpoint) between 1 and 4096),
    note text not null
        constraint log_note_begins_with_the_checkpoint
            check (left(note, length(checkpoint)) = checkpoint and length(note) <= 262144)
);
comment on table log_note is 'Every checkpoint that was signed, by its size. Written before it is published.';
comment on column log_note.checkpoint is 'What was signed: name, size, root. Never changed: two of them for one size would be a fork.';
comment on column log_note.note is 'The same with its signatures; those of witnesses can come later.';

create function log_note_refuse_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if new.size = old.size and new.checkpoint = old.checkpoint then
            return new;
        end if;
    end if;
    raise exception 'what was signed is never changed';
end $$;
create trigger log_note_refuse_change before update or delete on log_note
    for each row execute function log_note_refuse_change();
create trigger log_note_refuse_truncate before truncate on log_note
    for each statement execute function log_note_refuse_change();
