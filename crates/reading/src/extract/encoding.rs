//! Bytes to characters.
//!
//! Takes bytes that are text; gives the text, with a remark where the encoding
//! was guessed or bytes were lost. Order: byte order mark, what the page says
//! of itself, valid UTF-8, then a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use record::Remark;

/// How far into a page its own word on its encoding is looked for.
const HEAD: usize = 2048;

pub(super) fn decode(bytes: &[u8]) -> (String, Vec<Remark>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..], None);
    }
    if is_utf16(&bytes[..bytes.len().min(8192)]) {
        let encoding = if bytes.first() == Some(&0) { UTF_16BE } else { UTF_16LE };
        return with(encoding, bytes, Some("guessed"));
    }
    // What is valid UTF-8 and not pure ASCII is UTF-8 whatever the page says.
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_string(), Vec::new());
    }
    if let Some(encoding) = declared(&bytes[..bytes.len().min(HEAD)])
        && encoding != UTF_8
    {
        return with(encoding, bytes, None);
    }
    // A few broken bytes in a long UTF-8 text: keep the rest.
    let lossy = String::from_utf8_lossy(bytes);
    let lost = lossy.matches('\u{fffd}').count();
    let beyond = lossy.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    if lost <= beyond / 4 {
        return (lossy.into_owned(), vec![lost_remark(lost, "UTF-8")]);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    with(detector.guess(None, Utf8Detection::Deny), bytes, Some("guessed"))
}

fn with(encoding: &'static Encoding, bytes: &[u8], guessed: Option<&str>) -> (String, Vec<Remark>) {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let mut remarks = Vec::new();
    if guessed.is_some() {
        remarks.push(Remark::new(
            "encoding-guessed",
            format!(
                "the text is not UTF-8 and was read as {}: if letters look wrong, convert it to UTF-8 first",
                encoding.name()
            ),
        ));
    }
    let lost = text.matches('\u{fffd}').count();
    if lost > 0 {
        remarks.push(lost_remark(lost, encoding.name()));
    }
    (text.into_owned(), remarks)
}

fn lost_remark(lost: usize, encoding: &str) -> Remark {
    Remark::new(
        "bytes-lost",
        format!(
            "{lost} bytes are not {encoding} and stand as \u{fffd} in the text: convert the file to UTF-8 to keep them"
        ),
    )
}

/// Every second byte is nought: UTF-16 of a Latin text without its mark.
pub(super) fn is_utf16(head: &[u8]) -> bool {
    let pairs = head.len() / 2;
    if pairs < 8 {
        return false;
    }
    let count = |offset: usize| (0..pairs).filter(|pair| head[pair * 2 + offset] == 0).count();
    let (even, odd) = (count(0), count(1));
    (even * 10 > pairs * 8 && odd == 0) || (odd * 10 > pairs * 8 && even == 0)
}

/// `charset=` in the head of a page.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let text: String = head.iter().map(|&byte| char::from(byte.to_ascii_lowercase())).collect();
    let at = text.find("charset=").map(|at| at + 8).or_else(|| text.find("encoding=").map(|at| at + 9))?;
    let label: String = text[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let long = "Señor Díaz habló con la delegación en Asunción. ".repeat(4);
        let latin: Vec<u8> = long.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let (text, remarks) = decode(&latin);
        assert_eq!(text, long);
        assert_eq!(
            remarks[0].to_string(),
            "encoding-guessed: the text is not UTF-8 and was read as windows-1252: if letters look wrong, convert it to UTF-8 first"
        );

        let page = [b"<meta charset=\"iso-8859-1\"><p>".as_slice(), b"Se\xf1or"].concat();
        assert_eq!(decode(&page), ("<meta charset=\"iso-8859-1\"><p>Señor".to_string(), vec![]));

        assert_eq!(decode(b"\xef\xbb\xbfSe\xc3\xb1or").0, "Señor");
        let wide: Vec<u8> = "Envoys met in Oslo".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide).0, "Envoys met in Oslo");

        let (text, remarks) =
            decode("“Señor” — Díaz, 5 €\u{a0}".bytes().chain(*b"\xff end").collect::<Vec<u8>>().as_slice());
        assert!(text.ends_with("\u{fffd} end"));
        assert_eq!(
            remarks[0].to_string(),
            "bytes-lost: 1 bytes are not UTF-8 and stand as \u{fffd} in the text: convert the file to UTF-8 to keep them"
        );
    }
}
