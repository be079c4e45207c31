//! Text as a script's bytes encode it.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::event::Batch;

/// How a script's text is encoded. Until a character beyond ASCII is met, nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoded {
    /// UTF-8 or Windows-1252, as the first text beyond ASCII shows.
    #[default]
    Open,
    Utf8,
    /// The script or its first such text says so.
    Single(&'static Encoding),
    /// The server did not care: what is no UTF-8 stays bytes.
    Bytes,
}

pub const UNDECODED: &str = "text that does not decode: kept as its bytes";

impl Encoded {
    /// Pushes the value written to the batch since `start`, as text if it decodes; answers whether it did.
    pub fn close(&mut self, start: usize, batch: &mut Batch) -> bool {
        let written = &batch.data()[start..];
        if written.is_ascii() {
            batch.close_text(start);
            return true;
        }
        let utf8 = std::str::from_utf8(written).is_ok();
        if *self == Self::Open {
            *self = if utf8 { Self::Utf8 } else { Self::Single(WINDOWS_1252) };
        }
        match self {
            Self::Single(encoding) if *encoding != UTF_8 => {
                // Windows-1252 here is the web's: its five unused places decode to control characters.
                let (text, bad) = encoding.decode_without_bom_handling(written);
                if bad {
                    batch.close_bytes(start);
                    return false;
                }
                let text = text.into_owned();
                batch.data().truncate(start);
                batch.data().extend_from_slice(text.as_bytes());
                batch.close_text(start);
                true
            }
            _ if utf8 => {
                batch.close_text(start);
                true
            }
            _ => {
                batch.close_bytes(start);
                false
            }
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Open | Self::Utf8 => "UTF-8",
            Self::Single(encoding) => encoding.name(),
            Self::Bytes => "not declared",
        }
    }
}
