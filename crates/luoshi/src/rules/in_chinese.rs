//! What is wrong with a command line, in Chinese: the library that reads it tells in English only.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The error in Chinese, where it is of a common kind.
pub fn in_chinese(error: &clap::Error) -> Option<String> {
    let of = |kind: ContextKind| -> Option<String> {
        match error.get(kind)? {
            ContextValue::String(one) => Some(one.clone()),
            ContextValue::Strings(all) if !all.is_empty() => Some(all.join("、")),
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
        ErrorKind::ArgumentConflict if argument == of(ContextKind::PriorArg) => {
            Some(format!("错误：{} 写了两次", argument?))
        }
        ErrorKind::ArgumentConflict => Some(format!("错误：{} 不能与 {} 同用", argument?, of(ContextKind::PriorArg)?)),
        ErrorKind::InvalidValue => {
            let known = of(ContextKind::ValidValue).map(|known| format!("；可以写：{known}"));
            let value = of(ContextKind::InvalidValue).filter(|value| !value.is_empty());
            let value = value.map_or("要有一个值".to_owned(), |value| format!("不能是 {value:?}"));
            Some(format!("错误：{} {value}{}", argument?, known.unwrap_or_default()))
        }
        // Values that are read by us are refused in both languages.
        ErrorKind::ValueValidation => {
            let why = error.source().map(|why| format!("：{why}")).unwrap_or_default();
            Some(format!("错误：{} 不能是 {:?}{why}", argument?, of(ContextKind::InvalidValue)?))
        }
        _ => None,
    }
}
