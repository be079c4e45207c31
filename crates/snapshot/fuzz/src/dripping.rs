//! Bytes that come in pieces.

use std::io::{self, Read};

/// Gives the bytes in pieces, and an interruption after each: what a reader does with its window happens at every
/// boundary there can be.
pub struct Dripping {
    bytes: Vec<u8>,
    at: usize,
    pieces: Pieces,
    pause: bool,
}

/// How long the pieces are.
#[derive(Clone, Copy)]
pub enum Pieces {
    Of(usize),
    /// From 1 to 512 bytes, as the seed has it.
    Drawn(u64),
}

impl Dripping {
    pub fn new(bytes: &[u8], pieces: Pieces) -> Self {
        Self { bytes: bytes.to_vec(), at: 0, pieces, pause: false }
    }
}

impl Read for Dripping {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.pause = !self.pause && self.at > 0 && self.at < self.bytes.len();
        if self.pause {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let want = match &mut self.pieces {
            Pieces::Of(n) => *n,
            Pieces::Drawn(seed) => {
                *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                1 + (*seed >> 33) as usize % 512
            }
        };
        let n = want.min(into.len()).min(self.bytes.len() - self.at);
        into[..n].copy_from_slice(&self.bytes[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
