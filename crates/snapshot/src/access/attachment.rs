//! Attached files in the wrapping Access gives them.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::format::u32_at;

/// A file unpacked is not longer.
const LIMIT: u64 = 1 << 30;

/// The file itself. Outside: how it is packed and how long it is unpacked. Inside: a heading of a length of its own,
/// with the file's extension, in front of the content. `None` where that is not what stands there.
pub fn unpack(stored: &[u8]) -> Option<Vec<u8>> {
    let length = u32_at(stored, 4)? as usize;
    let packed = stored.get(8..)?;
    let whole = match u32_at(stored, 0)? {
        0 => packed.to_vec(),
        1 => {
            let mut whole = Vec::new();
            let limit = (length as u64).min(LIMIT);
            ZlibDecoder::new(packed).take(limit).read_to_end(&mut whole).ok()?;
            whole
        }
        _ => return None,
    };
    // Less than announced is not the file.
    let heading = u32_at(&whole, 0)? as usize;
    (heading >= 4).then(|| whole.get(heading..length).map(<[u8]>::to_vec))?
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn inside(content: &[u8]) -> Vec<u8> {
        let mut bytes = 16u32.to_le_bytes().to_vec();
        bytes.extend(1u32.to_le_bytes());
        bytes.extend(b"t\0x\0t\0\0\0");
        bytes.extend_from_slice(content);
        bytes
    }

    fn wrapped(form: u32, length: usize, packed: &[u8]) -> Vec<u8> {
        let mut bytes = form.to_le_bytes().to_vec();
        bytes.extend((length as u32).to_le_bytes());
        bytes.extend_from_slice(packed);
        bytes
    }

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    /// The trap, what is stored, the file.
    type Case = (&'static str, Vec<u8>, Option<&'static [u8]>);

    #[test]
    fn attachments_of_every_form_are_unpacked() {
        let plain = inside(b"an audiogram");
        let packed = deflated(&plain);
        let cases: [Case; 7] = [
            ("as it is", wrapped(0, plain.len(), &plain), Some(b"an audiogram")),
            ("deflated", wrapped(1, plain.len(), &packed), Some(b"an audiogram")),
            ("empty file", wrapped(0, 16, &inside(b"")), Some(b"")),
            ("packed otherwise", wrapped(7, plain.len(), &plain), None),
            ("cut short", wrapped(1, plain.len(), &packed[..packed.len() / 2]), None),
            ("longer than announced", wrapped(1, plain.len() + 1, &packed), None),
            ("nothing", Vec::new(), None),
        ];
        for (trap, stored, expected) in cases {
            assert_eq!(unpack(&stored).as_deref(), expected, "{trap}");
        }
    }
}
