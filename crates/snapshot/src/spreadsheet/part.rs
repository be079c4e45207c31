//! One part of a zipped workbook as it is unpacked: under a limit, held to its checksum.

use std::io::{self, BufRead, Read};

use flate2::CrcReader;

/// No part may unpack to more: a sheet of a million full rows stays far below.
pub const PART_LIMIT: u64 = 32 << 30;
const CHUNK: usize = 64 << 10;
/// So much is looked at ahead at most.
const AHEAD: usize = 1 << 20;

/// Bytes of a part, of which more can be seen than the next few.
pub struct Part {
    inner: Limited,
    buf: Vec<u8>,
    start: usize,
    end: usize,
    /// What went wrong after the bytes that are there.
    failed: Option<io::Error>,
}

impl Part {
    pub fn new(inner: Box<dyn Read + Send>, crc: u32) -> Self {
        let inner = Limited { inner: CrcReader::new(inner), crc, left: PART_LIMIT };
        Self { inner, buf: vec![0; CHUNK], start: 0, end: 0, failed: None }
    }

    /// The bytes that come next, as many as are there.
    pub fn ahead(&self) -> &[u8] {
        &self.buf[self.start..self.end]
    }

    /// Gets more of them; `false` where there are no more, or so many that nobody needs to see more at once.
    pub fn more(&mut self) -> bool {
        if self.failed.is_some() {
            return false;
        }
        self.buf.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, self.end - self.start);
        // Always as many: where unpacking fails, what was asked for last is lost with it.
        let asked = self.end + CHUNK;
        if asked > self.buf.len() {
            if self.end >= AHEAD {
                return false;
            }
            self.buf.resize(asked.max(self.end * 2), 0);
        }
        loop {
            match self.inner.read(&mut self.buf[self.end..asked]) {
                Ok(n) => {
                    self.end += n;
                    return n > 0;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failed = Some(error);
                    return false;
                }
            }
        }
    }
}

impl BufRead for Part {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            self.more();
            if let Some(error) = self.failed.take() {
                return Err(error);
            }
        }
        Ok(self.ahead())
    }

    fn consume(&mut self, n: usize) {
        self.start = (self.start + n).min(self.end);
    }
}

impl Read for Part {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let ahead = self.fill_buf()?;
        let n = ahead.len().min(buf.len());
        buf[..n].copy_from_slice(&ahead[..n]);
        self.consume(n);
        Ok(n)
    }
}

/// What a part unpacks to: not without end, and as its checksum says.
struct Limited {
    inner: CrcReader<Box<dyn Read + Send>>,
    crc: u32,
    left: u64,
}

impl Read for Limited {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        if n == 0 && !buf.is_empty() && self.inner.crc().sum() != self.crc {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the checksum differs"));
        }
        self.left = self.left.checked_sub(n as u64).ok_or_else(|| {
            io::Error::new(io::ErrorKind::FileTooLarge, format!("it unpacks to over {PART_LIMIT} bytes"))
        })?;
        Ok(n)
    }
}
