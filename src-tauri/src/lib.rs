//! shell
/// run
pub fn run() {}
