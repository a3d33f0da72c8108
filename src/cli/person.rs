//! Who sits before the screen, and what time it is: asked here, and nowhere below.

use anyhow::{Result, bail};
use hetong::model::case::Actor;

use super::output;

/// Names under which systems tell who is logged in.
const LOGIN: &[&str] = &["USER", "LOGNAME", "USERNAME"];

/// Arguments of every command that a person answers for.
#[derive(Debug, clap::Args)]
pub struct Person {
    /// 经办人姓名，记入留痕（默认取环境变量 HETONG_USER，再取登录名）
    #[arg(long, value_name = "姓名", env = "HETONG_USER", hide_env = true)]
    by: Option<String>,
}

impl Person {
    /// The person, now.
    pub fn actor(&self) -> Result<Actor> {
        let login = || LOGIN.iter().find_map(|name| std::env::var(name).ok());
        let name = self.by.clone().or_else(login).unwrap_or_default();
        match name.trim() {
            "" => bail!("请用 --by 写明经办人姓名；人工核定须记明由谁作出"),
            name => Ok(Actor { name: name.to_owned(), at: output::moment() }),
        }
    }
}
