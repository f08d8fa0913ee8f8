//! Tests of the whole way from text to facts.

mod damage;
mod endpoints;
mod handlers;
mod hostile;
mod modules;
mod queries;
mod real;
mod repairs;
