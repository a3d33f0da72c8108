//! ZIP archives.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::Unpacker;
use super::name::{decode, is_left_over};
use crate::read::ReadError;
use crate::read::packed::fault;

/// Unpacks every member that can be unpacked; names the others.
pub(super) fn unpack(bytes: &[u8], out: &mut Unpacker<'_>) -> Result<(), ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| ReadError::Damaged(format!("压缩包无法打开（{}）", fault::archive(&error))))?;
    for index in 0..archive.len() {
        // First without unpacking: a member that cannot be unpacked has a name all the same.
        let Ok(member) = archive.by_index_raw(index) else {
            out.refuse(
                "member-unreadable",
                format!("压缩包内第 {} 个文件无法读取；请从来源重新取得", index + 1),
            );
            continue;
        };
        let (name, is_folder, is_encrypted) =
            (decode(member.name_raw()), member.is_dir(), member.encrypted());
        drop(member);
        if is_folder || is_left_over(&name) {
            continue;
        }
        if !out.has_room() {
            break;
        }
        if is_encrypted {
            let message = format!("压缩包内的 {name} 已加密，没有读取；请用密码解压后重新放入");
            out.refuse("member-encrypted", message);
            continue;
        }
        match archive.by_index(index) {
            Ok(member) => unpack_member(member, &name, out),
            Err(error) => refuse(&name, fault::archive(&error), out),
        }
    }
    Ok(())
}

fn unpack_member<R: Read>(member: ZipFile<'_, R>, name: &str, out: &mut Unpacker<'_>) {
    let mut bytes = Vec::new();
    let most = out.left;
    match member.take(most.saturating_add(1)).read_to_end(&mut bytes) {
        Err(error) => refuse(name, fault::unpacking(error.kind()), out),
        Ok(_) if bytes.len() as u64 > most => {
            let message = format!("压缩包内的 {name} 解压后过大，可能是压缩炸弹，没有读取；请解压后单独放入");
            out.refuse("limit-exceeded", message);
        }
        Ok(_) => out.give(name, bytes),
    }
}

fn refuse(name: &str, why: &str, out: &mut Unpacker<'_>) {
    let message = format!("压缩包内的 {name} 无法解压（{why}）；请解压后单独放入，或从来源重新取得");
    out.refuse("member-unreadable", message);
}
