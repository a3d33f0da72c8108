//! What a container holds comes out, and what does not is named.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Member, Unpack, unpack};
use crate::model::Issue;
use crate::read::{Limits, read_here};

#[derive(Default)]
struct Found {
    members: Vec<Member>,
    issues: Vec<Issue>,
}

impl Unpack for Found {
    fn member(&mut self, member: Member) {
        self.members.push(member);
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
}

fn found(bytes: &[u8], limits: &Limits) -> Found {
    let mut found = Found::default();
    let _ = unpack(bytes, limits, &mut found);
    found
}

fn names(found: &Found) -> Vec<&str> {
    found.members.iter().map(|member| member.name.as_str()).collect()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a member");
        writer.write_all(content).expect("its content");
    }
    writer.finish().expect("an archive").into_inner()
}

const MAIL: &str = "From: =?GBK?B?1cXI/Q==?= <a@example.cn>\r\nTo: b@example.cn\r\nSubject: =?UTF-8?B?5ZCI5ZCM?=\r\n\
    Date: Tue, 5 Mar 2024 10:00:00 +0800\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n\r\n\
    --x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n请查收\r\n--x\r\n\
    Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\
    Content-Disposition: attachment; filename=\"=?GBK?B?us/NrC50eHQ=?=\"\r\n\r\n55Sy5pa5\r\n--x--\r\n";

#[test]
fn members_of_a_zip_come_out_in_order() {
    let bytes = zip(&[("采购/合同.txt", "甲方".as_bytes()), ("__MACOSX/x", b"1"), ("b.txt", b"2")]);
    let found = found(&bytes, &Limits::default());
    assert_eq!(names(&found), ["采购/合同.txt", "b.txt"]);
    assert_eq!(found.members[0].bytes, "甲方".as_bytes());
}

#[test]
fn attachments_of_a_mail_come_out_with_their_names() {
    let found = found(MAIL.as_bytes(), &Limits::default());
    assert_eq!(names(&found), ["合同.txt"]);
    assert_eq!(found.members[0].bytes, "甲方".as_bytes());
    let texts: Vec<String> = read_here(MAIL.as_bytes()).blocks.into_iter().map(|block| block.text).collect();
    assert_eq!(texts[0], "主题：合同");
    assert!(texts[1].starts_with("发件人：张三"), "{texts:?}");
    assert!(texts.contains(&"请查收".to_owned()), "{texts:?}");
}

#[test]
fn what_unpacks_to_too_much_is_named() {
    let limits = Limits { unpacked_bytes: 100, ..Limits::default() };
    let found = found(&zip(&[("a.txt", &[b'a'; 1000]), ("b.txt", b"2")]), &limits);
    assert_eq!(names(&found), ["b.txt"]);
    assert_eq!(found.issues[0].code, "limit-exceeded");
}

proptest::proptest! {
    #[test]
    fn damage_is_survived(at in 0_usize..400, byte: u8, end in 0_usize..600) {
        for mut bytes in [zip(&[("合同.txt", "甲方".as_bytes())]), MAIL.as_bytes().to_vec()] {
            if let Some(hit) = bytes.get_mut(at) {
                *hit = byte;
            }
            bytes.truncate(end);
            read_here(&bytes);
        }
    }
}
