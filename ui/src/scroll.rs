//! The arithmetic of lists that draw only what is on screen. It knows nothing of the page, so it is tested natively.
//!
//! [`rows`] is for rows of one height, [`Measured`] for rows that are known only once they were drawn.

mod measured;
pub mod rows;
mod sums;

pub use measured::{Anchor, Measured};
