//! Encrypted pages made by another program from the published scheme.

use super::*;

/// Of every description; not ASCII, for it is hashed as UTF-16.
const PASSWORD: &str = "Tëst123";
const KEY: u32 = 0x5A17_C0DE;

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).expect("hex")).collect()
}

/// The scheme, its description, and the bytes 0 to 31 as they stand at the start of page 7.
const CASES: [(&str, &str, &str); 5] = [
    (
        "RC4 of 40 bits",
        "0300020004000000200000000400000000000000016800000480000028000000010000000000000000000000100000000001\
         02030405060708090a0b0c0d0e0f0d477a1e7b380073d26d9ba63113c631140000007d7c7cd6934d440961937f0376bb2ae7\
         94477c44",
        "65ef4fe1bf2f8a54e32ad6a6ec9e75154bab3ce61ae4bfcdc85150197f00d86c",
    ),
    (
        "RC4 of 128 bits",
        "0300020004000000200000000400000000000000016800000480000080000000010000000000000000000000100000000001\
         02030405060708090a0b0c0d0e0f79be2fd0cda0b1da9b1fc3e3eaea28ea140000006693e16066690312ce76d0cf6108a1ca\
         b67c820a",
        "89a7d07a8847440369aaa1aeb175f9825ef0f942492efcf507fd59f4177524bd",
    ),
    (
        "AES of 128 bits",
        "03000200240000002000000024000000000000000e6600000480000080000000180000000000000000000000100000000001\
         02030405060708090a0b0c0d0e0f8b82f23a6e337e36b585812578c3e92a1400000004027aaf140ccd03ed7c029a2a74b2c7\
         dfd2c2303dbe6dccb88ace00db4c9a26",
        "251662d9b318dee87931875c567c18bdf3cec216de2db4b834ff9d501f08d31c",
    ),
    (
        "AES of 256 bits",
        "0300020024000000200000002400000000000000106600000480000000010000180000000000000000000000100000000001\
         02030405060708090a0b0c0d0e0f5402477b003390d5117fb28bd92d07d814000000f9c8150c4b3b4484c188e14dae2ba436\
         086a396c348bc9932d89557467861383",
        "4b73407dc26a4db191d6d29c400b31f675269003ead7600f86e2121e1d4f91dc",
    ),
    (
        "AES with the plain hash",
        "03000200040000002000000004000000000000000e6600000480000080000000180000000000000000000000100000000001\
         02030405060708090a0b0c0d0e0fe99b8026f9536d386a7cc1e3497b9d9e140000003d9cfc5ea8a8d34545b869bc74ff8a70\
         9a7b55014355c04a72235d591ec1a9ca",
        "20e1dd71355cc68266559db1bb3ff483842f5f12faba62512beaac34ab737d40",
    ),
];

#[test]
fn pages_under_a_password_open_with_it_alone() {
    for (scheme, description, sealed) in CASES {
        let description = bytes(description);
        let mut page = vec![0; 4096];
        page[DESCRIPTION..DESCRIPTION + 2].copy_from_slice(&(description.len() as u16).to_le_bytes());
        page[DESCRIPTION + 2..DESCRIPTION + 2 + description.len()].copy_from_slice(&description);
        let open = |password| Cipher::of(&page, KEY, true, password);
        assert!(matches!(open(None), Err(Error::PasswordNeeded)), "{scheme}");
        assert!(matches!(open(Some("Test123")), Err(Error::PasswordWrong)), "{scheme}");
        let cipher = open(Some(PASSWORD)).unwrap_or_else(|e| panic!("{scheme}: {e}"));
        let mut first = bytes(sealed);
        cipher.decode(7, &mut first);
        assert_eq!(first, (0..32).collect::<Vec<u8>>(), "{scheme}");
        // A description cut anywhere is refused and nothing else happens.
        for end in 0..description.len() {
            page[DESCRIPTION..DESCRIPTION + 2].copy_from_slice(&(end as u16).to_le_bytes());
            let cut = Cipher::of(&page, KEY, true, Some(PASSWORD));
            assert!(end == 0 || matches!(cut, Err(Error::Unreadable(_))), "{scheme} cut at {end}");
        }
    }
}
