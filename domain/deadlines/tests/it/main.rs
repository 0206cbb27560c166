//! The promises of the crate, kept from outside: the published vectors, the laws that hold for
//! every input, the table that maps the law to the code, and the texts people read.

mod vectors;
