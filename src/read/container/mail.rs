//! Mail (EML, RFC 5322 and MIME): its text, and its attachments as members.

use std::borrow::Cow;

use encoding_rs::GB18030;
use mail_parser::{Address, Message, MessageParser, MimeHeaders};

use super::Unpacker;
use super::name::decode;
use crate::model::{Block, Issue, Level, Region, Stage};
use crate::read::Sink;
use crate::read::plain::encoding;

/// Gives out the attachments; a mail inside the mail is one of them.
pub(super) fn unpack(bytes: &[u8], out: &mut Unpacker<'_>) {
    let bytes = with_readable_head(bytes);
    let Some(message) = MessageParser::default().parse(&*bytes) else { return };
    for (index, part) in message.attachments().enumerate() {
        if !out.has_room() {
            break;
        }
        let kind = if part.is_message() { ".eml" } else { "" };
        let name = part.attachment_name().map(str::to_owned);
        let name = name.unwrap_or_else(|| format!("附件{}{kind}", index + 1));
        if part.contents().len() as u64 > out.left {
            out.refuse("limit-exceeded", format!("邮件附件 {name} 过大，没有读取；请另存后单独放入"));
            continue;
        }
        out.give(&name, part.contents().to_vec());
    }
}

/// Reads the mail's own text: who wrote to whom, when, about what, and the text itself.
pub(super) fn read(bytes: &[u8], sink: &mut dyn Sink) {
    let bytes = with_readable_head(bytes);
    let Some(message) = MessageParser::default().parse(&*bytes) else {
        let message = "邮件无法解析；请从来源重新取得";
        return sink.issue(Issue::new(Level::Error, Stage::Read, "damaged", message));
    };
    let head = head(&message).into_iter().map(|line| (Region::Header, line));
    let text = text(&message);
    let body = text.lines().map(|line| (Region::Body, line.trim_end().to_owned()));
    for (number, (region, line)) in (0..).zip(head.chain(body)) {
        sink.block(Block { region, ..Block::paragraph(number, line) });
    }
}

fn text(message: &Message<'_>) -> String {
    (0..message.text_body_count()).filter_map(|index| message.body_text(index)).collect::<Vec<_>>().join("\n")
}

fn head(message: &Message<'_>) -> Vec<String> {
    let date = message.date().map(mail_parser::DateTime::to_rfc3339);
    [
        ("主题", message.subject().map(str::to_owned)),
        ("发件人", message.from().map(people)),
        ("收件人", message.to().map(people)),
        ("日期", date),
    ]
    .into_iter()
    .filter_map(|(label, value)| Some(format!("{label}：{}", value?)))
    .collect()
}

fn people(address: &Address<'_>) -> String {
    let shown = address.iter().map(|person| match (person.name(), person.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    });
    shown.collect::<Vec<_>>().join("、")
}

/// Some programs write Chinese into the head as it is, in GBK, against the standard: as UTF-8 it can be read.
fn with_readable_head(bytes: &[u8]) -> Cow<'_, [u8]> {
    let end = bytes
        .windows(4)
        .position(|w| w == b"\r\n\r\n")
        .or_else(|| bytes.windows(2).position(|w| w == b"\n\n"));
    let (head, rest) = bytes.split_at(end.unwrap_or(0));
    let is_gbk = std::str::from_utf8(head).is_err()
        && encoding::guess(head).is_some_and(|guess| guess.encoding == GB18030);
    if !is_gbk {
        return Cow::Borrowed(bytes);
    }
    Cow::Owned([decode(head).as_bytes(), rest].concat())
}
