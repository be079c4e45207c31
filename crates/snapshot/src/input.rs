//! A window on a stream: the bytes not yet used, growing where one record needs more.

use std::io::Read;

use memchr::memchr_iter;

use crate::event::{Error, Result};

/// No record may be longer: a file that needs more is broken or hostile.
pub const RECORD_LIMIT: usize = 2 << 30;
const CHUNK: usize = 256 << 10;
/// From here on memory is asked for before it is taken: an allocation that fails would end the program.
const LARGE: usize = 32 << 20;

pub struct Input<R> {
    inner: R,
    chunk: usize,
    /// Filled up to `end`; what lies after it is only kept, so that it need not be zeroed for every read.
    buf: Vec<u8>,
    end: usize,
    at: usize,
    /// Offset of `buf[0]` in the stream.
    base: u64,
    eof: bool,
    /// Lines before `counted`.
    lines: u64,
    counted: usize,
}

/// Whether `buf` can grow to `length`, with `beside` left for the copies of the value on its way to the store.
fn there_is_room(buf: &mut Vec<u8>, length: usize, beside: usize) -> bool {
    let more = length - buf.len();
    buf.try_reserve_exact(more).is_ok() && Vec::<u8>::new().try_reserve_exact(beside).is_ok()
}

impl<R: Read> Input<R> {
    pub fn new(inner: R) -> Self {
        Self { inner, chunk: CHUNK, buf: Vec::new(), end: 0, at: 0, base: 0, eof: false, lines: 0, counted: 0 }
    }

    /// Reads so many bytes at a time: tests look at every boundary there can be.
    #[cfg(test)]
    pub fn set_chunk(&mut self, chunk: usize) {
        self.chunk = chunk;
    }

    /// Where the bytes come from.
    pub fn inner(&self) -> &R {
        &self.inner
    }

    /// What is there of the rest.
    pub fn rest(&self) -> &[u8] {
        &self.buf[self.at..self.end]
    }

    pub fn eof(&self) -> bool {
        self.eof
    }

    pub fn advance(&mut self, n: usize) {
        self.at += n;
        debug_assert!(self.at <= self.end);
    }

    /// The line, from 1, that stands `ahead` bytes into the rest.
    pub fn line(&mut self, ahead: usize) -> u64 {
        self.count_to(self.at);
        self.lines + 1 + memchr_iter(b'\n', &self.buf[self.at..self.at + ahead]).count() as u64
    }

    fn count_to(&mut self, to: usize) {
        self.lines += memchr_iter(b'\n', &self.buf[self.counted..to]).count() as u64;
        self.counted = to;
    }

    /// Reads on. The rest keeps what it held and gets longer, or the end is seen.
    pub fn more(&mut self) -> Result<()> {
        if self.eof {
            return Ok(());
        }
        self.count_to(self.at);
        self.buf.copy_within(self.at..self.end, 0);
        self.base += self.at as u64;
        self.end -= self.at;
        self.counted = 0;
        self.at = 0;
        let held = self.end;
        if held > RECORD_LIMIT {
            let text = format!("one record is longer than the limit of {RECORD_LIMIT} bytes, from byte {}", self.base);
            return Err(Error::Limit(text));
        }
        if held == 0 && self.buf.len() > 16 * CHUNK {
            self.buf = Vec::new();
        }
        // Doubling keeps the re-reading of one long record linear.
        let want = if self.chunk < CHUNK { self.chunk } else { CHUNK.max(held) };
        if self.buf.len() < held + want {
            if held > LARGE && !there_is_room(&mut self.buf, held + want, 3 * held) {
                let text = format!(
                    "there is not enough memory for the record of over {held} bytes from byte {}: close other programs, \
                     or load it on a machine with more",
                    self.base
                );
                return Err(Error::Limit(text));
            }
            self.buf.resize(held + want, 0);
        }
        while self.end < held + want {
            match self.inner.read(&mut self.buf[self.end..held + want]) {
                Ok(0) => {
                    self.eof = true;
                    break;
                }
                Ok(n) => self.end += n,
                // What came before the interruption is enough to go on with.
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted && self.end > held => break,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                Err(source) => {
                    let byte = self.base + self.end as u64;
                    return Err(Error::Io { byte, source });
                }
            }
        }
        Ok(())
    }

    /// Reads on until the rest holds `n` bytes or the end is seen.
    pub fn at_least(&mut self, n: usize) -> Result<()> {
        while self.rest().len() < n && !self.eof {
            self.more()?;
        }
        Ok(())
    }
}
