//! A script's bytes as UTF-8 or a superset of ASCII, with an account of where each byte of the file went.

use std::collections::BTreeMap;
use std::io::{self, Chain, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use memchr::memchr;

use crate::container::Counted;
use crate::event::{Position, Result, Share, ShareOf};
use crate::input::Input;
use crate::text::{Utf8Stream, Wide, byte_order_mark, unmarked_wide};

/// Bytes that decide on the encoding.
const SNIFF: usize = 4096;

/// Finds out on the first read how the file is encoded. UTF-16 and UTF-32 are decoded on the way; everything else holds
/// SQL's own signs as single bytes and is handed on as it is.
pub struct Source<R> {
    state: State<R>,
    encoding: Option<Wide>,
    /// Bytes taken from the file.
    raw: Arc<AtomicU64>,
}

type Whole<R> = Chain<Cursor<Vec<u8>>, Counted<R>>;

enum State<R> {
    Unread(Option<R>),
    Plain(Whole<R>),
    Decoded(Utf8Stream<Whole<R>>),
}

impl<R: Read> Source<R> {
    fn start(&mut self, inner: R) -> io::Result<()> {
        let mut inner = Counted::new(inner, Arc::clone(&self.raw));
        let mut head = Vec::new();
        (&mut inner).take(SNIFF as u64).read_to_end(&mut head)?;
        let wide = byte_order_mark(&head).map(|(wide, _)| wide).or_else(|| unmarked_wide(&head));
        let whole = Cursor::new(head).chain(inner);
        self.encoding = wide;
        self.state = match wide {
            Some(wide) if wide.name() != "UTF-8" => State::Decoded(Utf8Stream::new(whole, wide)),
            _ => State::Plain(whole),
        };
        Ok(())
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if let State::Unread(inner) = &mut self.state
            && let Some(inner) = inner.take()
        {
            self.start(inner)?;
        }
        match &mut self.state {
            State::Unread(_) => Ok(0),
            State::Plain(whole) => whole.read(buf),
            State::Decoded(stream) => stream.read(buf),
        }
    }
}

/// The window on a script. Bytes leave it by [`Tape::take`] only, which says what they belong to.
pub struct Tape<R> {
    input: Input<Source<R>>,
    passed: u64,
    /// Bytes before this have their owner.
    owned: u64,
    shares: BTreeMap<ShareOf, (u64, u64)>,
    last: Option<ShareOf>,
    /// The script was put together: its lines and bytes are not those of a file.
    made: bool,
}

impl<R: Read> Tape<R> {
    pub fn new(inner: R) -> Self {
        let source = Source { state: State::Unread(Some(inner)), encoding: None, raw: Arc::default() };
        Self::over(source)
    }

    /// Bytes that are taken as they are, whatever encoding they look like.
    pub fn as_is(inner: R) -> Self {
        let raw = Arc::default();
        let whole = Cursor::new(Vec::new()).chain(Counted::new(inner, Arc::clone(&raw)));
        Self::over(Source { state: State::Plain(whole), encoding: None, raw })
    }

    /// The script was put together from a file: it stands in none as it is.
    pub fn stands_for_another(&mut self) {
        self.made = true;
    }

    fn over(source: Source<R>) -> Self {
        Self { input: Input::new(source), passed: 0, owned: 0, shares: BTreeMap::new(), last: None, made: false }
    }

    #[cfg(test)]
    pub fn set_chunk(&mut self, chunk: usize) {
        self.input.set_chunk(chunk);
    }

    pub fn rest(&self) -> &[u8] {
        self.input.rest()
    }

    pub fn eof(&self) -> bool {
        self.input.eof()
    }

    pub fn more(&mut self) -> Result<()> {
        self.input.more()
    }

    pub fn at_least(&mut self, n: usize) -> Result<()> {
        self.input.at_least(n)
    }

    /// Reads on to the end of the line at the front; answers its length, its end included.
    pub fn line(&mut self) -> Result<usize> {
        loop {
            match memchr(b'\n', self.rest()) {
                Some(n) => return Ok(n + 1),
                None if self.eof() => return Ok(self.rest().len()),
                None => self.more()?,
            }
        }
    }

    /// The encoding that the file's first bytes show.
    pub fn wide(&self) -> Option<Wide> {
        self.input.inner().encoding
    }

    /// Sequences that did not decode.
    pub fn replaced(&self) -> u64 {
        match &self.input.inner().state {
            State::Decoded(stream) => stream.replaced,
            _ => 0,
        }
    }

    /// Where the rest begins in the file.
    pub fn here(&mut self, record: u64) -> Position {
        if self.made {
            return Position { record, ..Position::default() };
        }
        Position { record, line: self.input.line(0), byte: self.passed }
    }

    /// Steps over `n` bytes, whose owner is told with the next [`Tape::give`].
    #[inline]
    pub fn advance(&mut self, n: usize) {
        self.passed += self.weight(n);
        self.input.advance(n);
    }

    /// All that was stepped over and nobody owns yet belongs to `of`; `count` of its records or statements end here.
    pub fn give(&mut self, of: ShareOf, count: u64) {
        let bytes = self.passed - self.owned;
        if bytes == 0 && count == 0 {
            return;
        }
        self.owned = self.passed;
        if bytes > 0 && self.last.as_ref() != Some(&of) {
            self.last = Some(of.clone());
        }
        let share = self.shares.entry(of).or_default();
        share.0 += count;
        share.1 += bytes;
    }

    /// The same for a class, if anything was stepped over.
    pub fn give_class(&mut self, class: &str, count: u64) {
        if self.passed > self.owned {
            self.give(ShareOf::Class(class.to_owned()), count);
        }
    }

    /// Steps over `n` bytes, which belong to `of`.
    pub fn take(&mut self, n: usize, of: ShareOf, count: u64) {
        self.advance(n);
        self.give(of, count);
    }

    /// Steps over `n` bytes of a class.
    pub fn class(&mut self, n: usize, class: &str, count: u64) {
        self.advance(n);
        self.give_class(class, count);
    }

    /// Bytes in the file of the first `n` bytes of the rest.
    fn weight(&self, n: usize) -> u64 {
        let text = &self.input.rest()[..n];
        let characters = || text.iter().filter(|b| **b & 0xc0 != 0x80).count() as u64;
        match self.wide() {
            Some(Wide::Utf32Le | Wide::Utf32Be) => 4 * characters(),
            Some(wide) if wide.name().starts_with("UTF-16") => {
                2 * (characters() + text.iter().filter(|b| **b >= 0xf0).count() as u64)
            }
            _ => n as u64,
        }
    }

    /// At the end: a file in UTF-16 may end in half a character, which the last share takes.
    pub fn settle(&mut self) {
        let raw = self.input.inner().raw.load(Ordering::Relaxed);
        if let Some(share) = self.last.take().and_then(|last| self.shares.get_mut(&last)) {
            share.1 = (share.1 + raw).saturating_sub(self.passed);
            (self.passed, self.owned) = (raw, raw);
        }
    }

    pub fn position(&self) -> u64 {
        self.passed
    }

    pub fn shares(&self) -> Vec<Share> {
        let share = |(of, (count, bytes)): (&ShareOf, &(u64, u64))| (of.clone(), *count, *bytes);
        let broken_off = (ShareOf::Class("broken off".to_owned()), 1, self.passed - self.owned);
        let shares = self.shares.iter().map(share).chain(Some(broken_off).filter(|(.., bytes)| *bytes > 0));
        shares.map(|(of, count, bytes)| Share { of, count, bytes }).collect()
    }
}
