//! TIFF, page by page: scanners and fax servers write all pages of a contract into one.

use std::collections::BTreeSet;
use std::io::Cursor;

use tiff::decoder::{Decoder, DecodingResult};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError};

use super::{DECODER_BYTES, Frame, checked, fax, over_white, read_page};
use crate::model::{Issue, Level, MediaType, PageClass, Stage};
use crate::read::guard::guarded;
use crate::read::picture::{Decoded, Eyes, Orientation};
use crate::read::sheet::Sheet;
use crate::read::{Limits, ReadError, Sink};

/// Value of the tag `ResolutionUnit` for centimetres (TIFF 6.0, tag 296).
const CENTIMETRES: u32 = 3;

/// An opened file.
pub(super) type Source<'a> = Decoder<Cursor<&'a [u8]>>;

/// Reads a TIFF file.
pub(super) fn read(
    bytes: &[u8],
    limits: &Limits,
    eyes: &mut dyn Eyes,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let list = guarded(|| list(bytes, limits.pages)).unwrap_or(Err("目录无法解析".to_owned()));
    let (count, end) = list.map_err(ReadError::Damaged)?;
    sink.opened(MediaType::Tiff, Some(count));
    let mut source = None;
    for number in limits.range(count) {
        let frame = guarded(|| next_frame(bytes, &mut source, number))
            .unwrap_or(Err("图像解码程序遇到无法处理的内容".to_owned()));
        let read = frame.and_then(|frame| read_page(number, frame, limits, eyes, sink));
        if let Err(reason) = read {
            lost(number, &reason, sink);
        }
    }
    if let Some(issue) = end.issue(count) {
        sink.issue(issue);
    }
    Ok(())
}

fn lost(number: u32, reason: &str, sink: &mut dyn Sink) {
    let message = format!("第 {number} 页未能读取：{reason}；请人工查看该页");
    sink.issue(Issue::new(Level::Error, Stage::Read, "page-unreadable", message).on_page(number));
    sink.page(Sheet::a4(number).unread(PageClass::Scan, reason.to_owned()));
}

/// How the list of pictures ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ListEnd {
    Proper,
    /// It leads out of the file, or back to where it was.
    Broken,
    /// There are more than are read.
    TooLong,
}

impl ListEnd {
    fn issue(self, count: u32) -> Option<Issue> {
        let (code, message) = match self {
            Self::Proper => return None,
            Self::Broken => {
                let message =
                    format!("文件的页目录在第 {count} 页之后中断，其后如有页面则未读取；请从来源重新取得");
                ("pages-missing", message)
            }
            Self::TooLong => {
                let next = count + 1;
                ("limit-exceeded", format!("文件超过 {count} 页，第 {next} 页起未读取；请拆分文件"))
            }
        };
        Some(Issue::new(Level::Error, Stage::Read, code, message))
    }
}

/// How many pictures the file lists, up to `most`. A picture that cannot be decoded counts: the list goes on after it.
fn list(bytes: &[u8], most: u32) -> Result<(u32, ListEnd), String> {
    let mut decoder = open(bytes)?;
    let mut seen = BTreeSet::new();
    let mut next = decoder.ifd_pointer();
    while let Some(pointer) = next {
        let count = seen.len() as u32;
        if count >= most {
            return Ok((count, ListEnd::TooLong));
        }
        let directory = decoder.read_directory(pointer);
        match directory {
            Ok(directory) if seen.insert(pointer.0) => next = directory.next(),
            _ => return Ok((count.max(1), ListEnd::Broken)),
        }
    }
    Ok((seen.len() as u32, ListEnd::Proper))
}

fn open(bytes: &[u8]) -> Result<Source<'_>, String> {
    let mut bounds = tiff::decoder::Limits::default();
    bounds.decoding_buffer_size = DECODER_BYTES as usize;
    bounds.intermediate_buffer_size = DECODER_BYTES as usize;
    Decoder::new(Cursor::new(bytes))
        .map(|decoder| decoder.with_limits(bounds))
        .map_err(|error| reason(&error))
}

/// Decodes picture `number` of a file that is gone through in order. After a fault it is opened anew.
fn next_frame<'b>(bytes: &'b [u8], source: &mut Option<Source<'b>>, number: u32) -> Result<Frame, String> {
    let mut decoder = source.take().map_or_else(|| open(bytes), Ok)?;
    let frame = decoded(&mut decoder, number)?;
    *source = Some(decoder);
    Ok(frame)
}

/// Decodes picture `number` (from 1).
pub(super) fn frame(bytes: &[u8], number: u32) -> Result<Frame, String> {
    decoded(&mut open(bytes)?, number)
}

fn decoded(decoder: &mut Source<'_>, number: u32) -> Result<Frame, String> {
    decoder.seek_to_image(number as usize - 1).map_err(|error| reason(&error))?;
    let (width, height) = decoder.dimensions().map_err(|error| reason(&error))?;
    checked(width, height)?;
    let orientation = decoder.find_tag_unsigned::<u32>(Tag::Orientation).ok().flatten().unwrap_or(1);
    let orientation = Orientation::of_tag(orientation);
    let resolution = resolution(decoder);
    if let Some((pixels, flaw)) = fax::pixels(decoder, width, height) {
        return Ok(Frame { pixels, orientation, resolution, flaw });
    }
    let colour = decoder.colortype().map_err(|error| reason(&error))?;
    let data = decoder.read_image().map_err(|error| reason(&error))?;
    let pixels = pixels(width as usize, height as usize, colour, data)?;
    Ok(Frame { pixels, orientation, resolution, flaw: None })
}

fn resolution(decoder: &mut Source<'_>) -> Option<(f32, f32)> {
    let unit = decoder.find_tag_unsigned::<u32>(Tag::ResolutionUnit).ok().flatten().unwrap_or(2);
    let mut value = |tag| match decoder.find_tag(tag).ok().flatten()? {
        tiff::decoder::ifd::Value::Rational(numerator, denominator) => {
            Some(numerator as f32 / denominator as f32)
        }
        _ => None,
    };
    let (across, down) = (value(Tag::XResolution)?, value(Tag::YResolution)?);
    match unit {
        1 => None,
        CENTIMETRES => Some((across * 2.54, down * 2.54)),
        _ => Some((across, down)),
    }
}

fn pixels(width: usize, height: usize, colour: ColorType, data: DecodingResult) -> Result<Decoded, String> {
    let data = match data {
        DecodingResult::U8(data) => data,
        DecodingResult::U16(data) => data.into_iter().map(|value| (value >> 8) as u8).collect(),
        _ => return Err(unsupported(colour)),
    };
    let (channels, data) = match colour {
        ColorType::Gray(bits @ (1 | 2 | 4)) => (1, unpacked(width, bits, &data)),
        ColorType::Gray(8 | 16) => (1, data),
        ColorType::GrayA(8 | 16) => (1, over_white(&data, 1)),
        ColorType::RGB(8 | 16) => (3, data),
        ColorType::RGBA(8 | 16) => (3, over_white(&data, 3)),
        ColorType::CMYK(8 | 16) => (3, of_cmyk(&data)),
        other => return Err(unsupported(other)),
    };
    let mut data = data;
    data.truncate(width * height * channels);
    Ok(Decoded { width, height, channels, data })
}

/// One, two or four bits a pixel, rows on whole bytes, the highest bits first; all of them set is white.
fn unpacked(width: usize, bits: u8, data: &[u8]) -> Vec<u8> {
    let (bits, in_byte) = (usize::from(bits), 8 / usize::from(bits));
    let white = 0xFF >> (8 - bits);
    let level = |row: &[u8], x: usize| {
        let byte = row.get(x / in_byte).copied().unwrap_or(0);
        (byte >> (8 - bits - x % in_byte * bits) & white) * (255 / white)
    };
    let rows = data.chunks_exact(width.div_ceil(in_byte));
    rows.flat_map(|row| (0..width).map(move |x| level(row, x))).collect()
}

fn of_cmyk(data: &[u8]) -> Vec<u8> {
    let ink = |value: u8, black: u8| (u32::from(255 - value) * u32::from(255 - black) / 255) as u8;
    data.as_chunks::<4>().0.iter().flat_map(|&[c, m, y, k]| [ink(c, k), ink(m, k), ink(y, k)]).collect()
}

fn unsupported(colour: ColorType) -> String {
    let what = match colour {
        ColorType::Palette(_) => "调色板颜色".to_owned(),
        other => format!("每像素 {} 位的颜色方式", other.bit_depth()),
    };
    format!("不支持 TIFF 的{what}，请另存为灰度或 RGB")
}

/// Why a TIFF cannot be decoded, in Chinese.
fn reason(error: &TiffError) -> String {
    match error {
        TiffError::LimitsExceeded => "图像过大，超出解码内存上限".to_owned(),
        TiffError::UnsupportedError(_) => {
            "TIFF 的压缩或颜色方式不受支持，请另存为 CCITT G4、LZW 或 JPEG 压缩".to_owned()
        }
        TiffError::IoError(_) => "图像数据被截断".to_owned(),
        _ => "图像数据损坏，无法解码".to_owned(),
    }
}
