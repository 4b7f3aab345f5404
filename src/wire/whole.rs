//! Whole numbers as JSON Schema has them: `2.0` is one, too.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// Reads an optional whole number; for `deserialize_with`.
///
/// # Errors
/// Those of the deserializer, a fraction, and a number outside 0 to 4,294,967,295.
pub fn option<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let Some(number) = Option::<f64>::deserialize(deserializer)? else { return Ok(None) };
    let whole = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    if whole { Ok(Some(number as u32)) } else { Err(D::Error::custom("not a whole number in range")) }
}
