//! Reads ahead on a thread of its own: who looks over a whole file waits for the slower of disk and look, not for both.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::place::Stream;

/// Bytes that are read at once, and how many such pieces go round.
const PIECE: usize = 256 << 10;
const PIECES: usize = 4;

/// A stream that is read ahead. The thread ends with the stream, or at the first piece that nobody takes any more.
pub struct Ahead {
    full: Receiver<io::Result<Piece>>,
    empty: SyncSender<Piece>,
    piece: Piece,
    at: usize,
    ended: bool,
}

#[derive(Default)]
struct Piece {
    bytes: Vec<u8>,
    length: usize,
}

impl Ahead {
    pub fn of(mut stream: Stream) -> Self {
        let (to_reader, full) = sync_channel(PIECES);
        let (empty, spare) = sync_channel::<Piece>(PIECES);
        for _ in 0..PIECES {
            _ = empty.send(Piece { bytes: vec![0; PIECE], length: 0 });
        }
        thread::spawn(move || {
            for mut piece in spare {
                let broken;
                (piece.length, broken) = fill(&mut stream, &mut piece.bytes);
                let over = piece.length == 0 || broken.is_some();
                // What came before an error is read first; a piece of nothing is the end.
                if (piece.length > 0 || broken.is_none()) && to_reader.send(Ok(piece)).is_err() {
                    return;
                }
                _ = broken.map(|error| to_reader.send(Err(error)));
                if over {
                    return;
                }
            }
        });
        Self { full, empty, piece: Piece::default(), at: 0, ended: false }
    }
}

/// How many bytes there were, and what broke the stream after them.
fn fill(stream: &mut Stream, bytes: &mut [u8]) -> (usize, Option<io::Error>) {
    let mut length = 0;
    while length < bytes.len() {
        match stream.read(&mut bytes[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (length, Some(error)),
        }
    }
    (length, None)
}

impl Read for Ahead {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at == self.piece.length && !self.ended {
            let taken = std::mem::take(&mut self.piece);
            if !taken.bytes.is_empty() {
                // Nobody takes it where the stream is at its end.
                _ = self.empty.send(taken);
            }
            self.at = 0;
            match self.full.recv() {
                Ok(Ok(piece)) => self.piece = piece,
                Ok(Err(error)) => {
                    self.ended = true;
                    return Err(error);
                }
                Err(_) => return Err(io::Error::other("the thread that reads ahead ended early")),
            }
            self.ended = self.piece.length == 0;
        }
        let length = out.len().min(self.piece.length - self.at);
        out[..length].copy_from_slice(&self.piece.bytes[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn what_is_read_ahead_is_the_stream_itself() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, PIECE * 7 + 13] {
            let bytes: Vec<u8> = (0..length).map(|at| (at * 31 % 251) as u8).collect();
            let mut found = Vec::new();
            let mut ahead = Ahead::of(Box::new(Cursor::new(bytes.clone())));
            ahead.read_to_end(&mut found).unwrap();
            assert!(found == bytes, "{length}");
            assert_eq!(ahead.read(&mut [0; 8]).unwrap(), 0, "at the end it stays there");
        }
    }

    #[test]
    fn an_error_comes_in_its_place_and_whoever_leaves_early_is_not_waited_for() {
        struct Breaks(usize);
        impl Read for Breaks {
            fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
                let length = out.len().min(self.0);
                self.0 -= length;
                if length == 0 { Err(io::Error::other("broken")) } else { Ok(length) }
            }
        }
        for length in [0, 5, PIECE, PIECE + 5] {
            let mut found = Vec::new();
            let error = Ahead::of(Box::new(Breaks(length))).read_to_end(&mut found).unwrap_err();
            assert_eq!((error.to_string().as_str(), found.len()), ("broken", length));
        }
        let mut left = Ahead::of(Box::new(io::repeat(7)));
        left.read_exact(&mut [0; 9]).unwrap();
        drop(left);
    }
}
