//! Tests of the whole way from text to facts.

mod hostile;
mod real;
