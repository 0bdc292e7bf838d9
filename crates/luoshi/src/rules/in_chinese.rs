//! What is wrong with a command line, in Chinese: the library that reads it tells in English only.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The error in Chinese, where it is of `luoshi rules` and of a common kind.
pub fn in_chinese(error: &clap::Error) -> Option<String> {
    let usage = error.get(ContextKind::Usage).map(ToString::to_string)?;
    if !usage.contains("luoshi rules") {
        return None;
    }
    let of = |kind: ContextKind| -> Option<String> {
        match error.get(kind)? {
            ContextValue::String(one) => Some(one.clone()),
            ContextValue::Strings(all) => Some(all.join("、")),
            _ => None,
        }
    };
    let argument = of(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::MissingRequiredArgument => Some(format!("错误：缺少参数 {}", argument?)),
        ErrorKind::UnknownArgument => {
            let meant = of(ContextKind::SuggestedArg).map(|meant| format!("；是不是 {meant}？"));
            Some(format!("错误：没有参数 {}{}", argument?, meant.unwrap_or_default()))
        }
        ErrorKind::InvalidSubcommand => {
            let meant = of(ContextKind::SuggestedSubcommand).map(|meant| format!("；是不是 {meant}？"));
            Some(format!("错误：没有命令 {}{}", of(ContextKind::InvalidSubcommand)?, meant.unwrap_or_default()))
        }
        ErrorKind::ArgumentConflict => Some(format!("错误：{} 不能与 {} 同用", argument?, of(ContextKind::PriorArg)?)),
        _ => None,
    }
}
