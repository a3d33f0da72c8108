//! Fields (域): what is shown is the result, not the instruction.

use super::symbols::{SymbolFont, checkbox, seen};
use super::xml::{Element, Malformed, Xml};

/// Fields inside fields that are told apart; Word allows twenty.
const DEEPEST: usize = 100;

/// A field that has begun.
#[derive(Debug, Default)]
pub(super) struct Field {
    instruction: String,
    /// Has its result begun?
    in_result: bool,
    /// Was anything of the result shown?
    shown: bool,
    form: Option<Form>,
}

/// A field of a form of Word 97–2003 (旧式窗体).
#[derive(Debug, PartialEq)]
pub(in crate::read) enum Form {
    /// A box to tick.
    Checkbox(bool),
    /// A list to choose from, with the entry that was chosen.
    Choice(String),
    /// A text to fill in.
    Text,
}

/// The fields that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<Field>);

impl Fields {
    /// Takes a `w:fldChar`. Gives what the field shows in place of a result when it ends without one.
    pub fn mark(&mut self, element: &Element<'_>) -> Option<String> {
        match element.attribute("fldCharType").as_deref() {
            Some("begin") => self.begin(),
            Some("separate") => self.separate(),
            Some("end") => return self.end(),
            _ => {}
        }
        None
    }

    /// A field begins with its instruction.
    pub fn begin(&mut self) {
        self.push(Field::default());
    }

    /// The innermost field's result begins.
    pub fn separate(&mut self) {
        self.0.last_mut().into_iter().for_each(|field| field.in_result = true);
    }

    /// Is what comes part of an instruction?
    pub fn is_instructed(&self) -> bool {
        self.0.last().is_some_and(|field| !field.in_result)
    }

    /// The innermost field is this control of a form.
    pub fn set_form(&mut self, form: Form) {
        if let Some(field) = self.0.last_mut() {
            field.form = Some(form);
        }
    }

    /// A `w:fldSimple` begins, with all its instruction.
    pub fn begin_simple(&mut self, element: &Element<'_>) {
        let instruction = element.attribute("instr").unwrap_or_default();
        self.push(Field { instruction, in_result: true, ..Field::default() });
    }

    fn push(&mut self, field: Field) {
        if self.0.len() < DEEPEST {
            self.0.push(field);
        }
    }

    /// The innermost field ends. Gives what it shows in place of a result.
    pub fn end(&mut self) -> Option<String> {
        let field = self.0.pop()?;
        match field.form {
            Some(Form::Checkbox(ticked)) => Some(checkbox(ticked).to_owned()),
            Some(Form::Choice(chosen)) => Some(chosen),
            _ if field.shown => None,
            _ => display(&field.instruction),
        }
    }

    /// Adds to the instruction of the innermost field.
    pub fn instruct(&mut self, text: &str) {
        if let Some(field) = self.0.last_mut().filter(|field| !field.in_result) {
            field.instruction.push_str(text);
        }
    }

    /// Reads the `w:ffData` that began last: what the innermost field is in its form.
    pub fn read_form(&mut self, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let form = Form::read(xml)?;
        self.set_form(form);
        Ok(())
    }

    /// May text be shown here, and if so, mark it as shown.
    pub fn show(&mut self) -> bool {
        let visible = self.0.iter().all(Field::shows_result);
        for field in self.0.iter_mut().filter(|_| visible) {
            field.shown = true;
        }
        visible
    }

    /// Is this the result of a text to fill in?
    pub fn is_form_text(&self) -> bool {
        self.0.iter().any(|field| field.form == Some(Form::Text))
    }

    /// A paragraph ends. A field without a result so far is given up: were its end missing, everything after
    /// it would be lost.
    pub fn end_paragraph(&mut self) {
        self.0.retain(|field| field.in_result);
    }
}

impl Field {
    fn shows_result(&self) -> bool {
        self.in_result && matches!(self.form, None | Some(Form::Text))
    }
}

impl Form {
    fn read(xml: &mut Xml<'_>) -> Result<Self, Malformed> {
        let depth = xml.depth();
        let mut form = Self::Text;
        let (mut entries, mut chosen) = (Vec::new(), None);
        while let Some(element) = xml.next_inside(depth)? {
            match (element.name, &mut form) {
                ("w:checkBox", _) => form = Self::Checkbox(false),
                ("w:ddList", _) => form = Self::Choice(String::new()),
                // `w:default` comes before `w:checked`, which decides where it is there.
                ("w:default" | "w:checked", Self::Checkbox(ticked)) => *ticked = element.is_on(),
                ("w:default" | "w:result", Self::Choice(_)) => chosen = element.number().or(chosen),
                ("w:listEntry", Self::Choice(_)) => entries.extend(element.val()),
                _ => {}
            }
        }
        if let Self::Choice(entry) = &mut form {
            *entry = entries.into_iter().nth(chosen.unwrap_or_default() as usize).unwrap_or_default();
        }
        Ok(form)
    }
}

/// What a field shows that has no result of its own, out of its instruction.
fn display(instruction: &str) -> Option<String> {
    let instruction = instruction.trim();
    let (kind, rest) = instruction.split_once([' ', '\\']).unwrap_or((instruction, ""));
    match kind.to_ascii_uppercase().as_str() {
        "EQ" => overstrike(instruction),
        "SYMBOL" => symbol(rest),
        "MACROBUTTON" => Some(rest.trim_start().split_once(' ')?.1.trim().to_owned()),
        _ => None,
    }
}

/// `EQ \o\ac(□,√)`: characters one over the other, which is how Word makes a ticked box or a circled number
/// (带圈字符).
fn overstrike(instruction: &str) -> Option<String> {
    let lower = instruction.to_ascii_lowercase();
    let from = lower.find("\\o")?;
    let (open, close) = (instruction.get(from..)?.find('(')? + from, instruction.rfind(')')?);
    let (frame, inner) = instruction.get(open + 1..close)?.split_once([',', ';', '，'])?;
    let (frame, inner) = (frame.trim(), inner.trim());
    Some(match (frame, inner) {
        ("□" | "☐", "√" | "✓" | "✔" | "×") => checkbox(true).to_owned(),
        ("□" | "☐", "") => checkbox(false).to_owned(),
        ("○" | "〇" | "◯", number) => circled(number),
        (frame, "") => frame.to_owned(),
        (_, inner) => inner.to_owned(),
    })
}

fn circled(number: &str) -> String {
    use super::numerals::NumberFormat;
    let found = number.parse().ok().filter(|n| (1..=20).contains(n));
    found.map_or_else(|| number.to_owned(), |n| NumberFormat::Enclosed('①', 20).write(n))
}

/// `SYMBOL 254 \f "Wingdings"`
fn symbol(rest: &str) -> Option<String> {
    let code = rest.split_whitespace().next()?;
    let hexadecimal = code.strip_prefix("0x").or_else(|| code.strip_prefix("0X"));
    let code = hexadecimal.map_or_else(|| code.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
    let font =
        rest.split_once("\\f").and_then(|(_, font)| font.trim().trim_start_matches('"').split('"').next());
    Some(seen(char::from_u32(code)?, font.and_then(SymbolFont::named)).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_without_a_result_show_what_they_draw() {
        assert_eq!(display("EQ \\o\\ac(□,√)").as_deref(), Some("☑"));
        assert_eq!(display(" eq \\o\\ac(○,3) ").as_deref(), Some("③"));
        assert_eq!(display("SYMBOL 254 \\f \"Wingdings\" \\s 10").as_deref(), Some("☑"));
        assert_eq!(display("MACROBUTTON NoMacro [填写单位名称]").as_deref(), Some("[填写单位名称]"));
        assert_eq!(display("XE \"词\""), None);
        assert_eq!(display(""), None);
    }
}
