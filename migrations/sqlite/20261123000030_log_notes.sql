-- The log's signed checkpoints, one root for a size. What each column means stands in the file of the
-- same name for PostgreSQL.

create table log_note (
    size integer not null
        constraint log_note_pkey primary key
        constraint log_note_size_not_negative check (size >= 0),
    checkpoint text not null
        constraint log_note_checkpoint_has_a_size check (length(checkpoint) between 1 and 4096),
    note text not null
        constraint log_note_begins_with_the_checkpoint
            check (substr(note, 1, length(checkpoint)) = checkpoint and length(note) <= 262144)
) strict;
create trigger log_note_refuse_update before update on log_note
    when new.size <> old.size or new.checkpoint <> old.checkpoint
begin
    select raise(abort, 'what was signed is never changed');
end;
create trigger log_note_refuse_delete before delete on log_note begin
    select raise(abort, 'what was signed is never changed');
end;
