//! `docs/commands.md`, made from the definition of the commands.
//!
//! Takes clap's definition, gives Markdown. A test holds the page against it;
//! `UPDATE_EXPECT=1 cargo test -p verbale --test docs` writes the page anew.

use clap::{Arg, Command};

/// The whole page.
pub fn page(command: &Command) -> String {
    let mut out = String::from(
        "# Commands\n\n<!-- Made from the program's own definition. Write it anew with:\n     \
         UPDATE_EXPECT=1 cargo test -p verbale --test docs -->\n\n",
    );
    out += &format!("{}\n\n", about(command));
    for sub in visible(command) {
        out += &format!("- [`verbale {0}`](#verbale-{0}): {1}\n", sub.get_name(), short(sub));
    }
    if let Some(after) = command.get_after_help() {
        out += &format!("\n{after}\n");
    }
    for sub in visible(command) {
        out += &section(sub);
    }
    out
}

fn visible(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help")
}

fn section(command: &Command) -> String {
    let name = format!("verbale {}", command.get_name());
    let mut out = format!("\n## {name}\n\n{}\n", about(command));
    let (positional, options): (Vec<&Arg>, Vec<&Arg>) = command
        .get_arguments()
        .filter(|arg| !arg.is_hide_set() && arg.get_id() != "help")
        .partition(|arg| arg.is_positional());
    let shapes: String = positional.iter().map(|arg| format!(" {}", shape(arg))).collect();
    let options_shape = if options.is_empty() { "" } else { " [OPTIONS]" };
    out += &format!("\n```\n{name}{options_shape}{shapes}\n```\n");
    let all: Vec<&Arg> = positional.into_iter().chain(options).collect();
    if !all.is_empty() {
        out += "\n| argument | meaning |\n|---|---|\n";
    }
    for arg in all {
        out += &format!("| `{}` | {} |\n", shape(arg).replace('|', "\\|"), meaning(arg));
    }
    out
}

fn about(command: &Command) -> String {
    command.get_long_about().or(command.get_about()).map(ToString::to_string).unwrap_or_default()
}

fn short(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

/// `--format <FORMAT>`, `[FILES|DIRS|GLOBS|-]`.
fn shape(arg: &Arg) -> String {
    let value = arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    let value = value.unwrap_or_else(|| arg.get_id().as_str().to_uppercase());
    match arg.get_long() {
        Some(long) if arg.get_action().takes_values() => format!("--{long} {value}"),
        Some(long) => format!("--{long}"),
        None if arg.is_required_set() => value,
        None => format!("[{value}]"),
    }
}

fn meaning(arg: &Arg) -> String {
    let text = arg.get_long_help().or(arg.get_help()).map(ToString::to_string).unwrap_or_default();
    // The first paragraph is a phrase without a full stop, as help has it.
    let paragraphs: Vec<String> =
        text.split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let mut cell = paragraphs.join(". ").replace('<', "&lt;");
    let values = arg.get_possible_values();
    // A switch has two values that nobody types.
    if arg.get_action().takes_values() && !values.is_empty() {
        let values: Vec<String> = values
            .iter()
            .filter(|value| !value.is_hide_set())
            .map(|value| match value.get_help() {
                Some(help) => format!("`{}` ({help})", value.get_name()),
                None => format!("`{}`", value.get_name()),
            })
            .collect();
        cell += &format!("<br>One of {}", values.join(", "));
    }
    cell.replace('|', "\\|")
}
