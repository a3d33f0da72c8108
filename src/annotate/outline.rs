//! Where the runs of a part begin and end, and what no comment may stand inside.

use std::ops::Range;

use crate::read::docx::xml::{Element, Event, Malformed, Xml};

/// The runs of a part that stand in no other run, in order.
#[derive(Debug, Default)]
pub struct Outline {
    pub runs: Vec<Run>,
    /// Formulas, closed content controls and alternatives between runs: bytes of each element.
    pub sealed: Vec<Range<usize>>,
    /// The highest number of a comment that the part refers to.
    pub highest_comment: Option<u32>,
}

/// A run (`w:r`).
#[derive(Debug, Default)]
pub struct Run {
    /// The element.
    pub outer: Range<usize>,
    /// Its start tag.
    pub tag: Range<usize>,
    /// Its `w:rPr`; empty where it has none.
    pub properties: Range<usize>,
    /// What it shows: its other children.
    pub pieces: Vec<Piece>,
}

/// A child of a run.
#[derive(Debug, Default)]
pub struct Piece {
    /// The element.
    pub outer: Range<usize>,
    /// Its start tag.
    pub tag: Range<usize>,
    /// Of a `w:t`, what stands in it.
    pub text: Option<Range<usize>>,
    /// Where the field begins that this mark ends.
    pub field: Option<usize>,
}

/// An element that is open and may turn out to be sealed.
struct Open {
    depth: usize,
    start: usize,
    is_sealed: bool,
}

/// The walk through a part.
#[derive(Default)]
struct Walk {
    outline: Outline,
    /// The run that is open, and its depth.
    run: Option<(usize, Run)>,
    open: Vec<Open>,
    /// Starts of the runs in which the open fields begin.
    fields: Vec<usize>,
    paragraphs: usize,
}

impl Outline {
    /// Reads a part.
    ///
    /// # Errors
    ///
    /// [`Malformed`] where it is not well-formed.
    pub fn read(part: &str) -> Result<Self, Malformed> {
        let mut xml = Xml::new(part);
        let mut walk = Walk::default();
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(element) => walk.begin(&element, xml.depth(), xml.place()),
                Event::End(name) => walk.end(name, xml.depth() + 1, &xml.place()),
                Event::Text(_) => {}
            }
        }
        Ok(walk.outline)
    }
}

impl Walk {
    fn begin(&mut self, element: &Element<'_>, depth: usize, place: Range<usize>) {
        if element.name == "w:commentReference" {
            let id = element.attribute("id").and_then(|id| id.trim().parse().ok());
            self.outline.highest_comment = self.outline.highest_comment.max(id);
        }
        if self.run.is_some() {
            self.begin_in_run(element, depth, place);
            return;
        }
        let is_inline = self.paragraphs > 0;
        match element.name {
            "w:r" => {
                let run = Run { outer: place.clone(), tag: place, ..Run::default() };
                self.run = Some((depth, run));
            }
            "w:p" => self.paragraphs += 1,
            "m:oMath" | "m:oMathPara" => self.open(depth, &place, true),
            "mc:AlternateContent" if is_inline => self.open(depth, &place, true),
            "w:sdt" if is_inline => self.open(depth, &place, false),
            // What is bound to data or holds one value is written anew by Word.
            "w:text" | "w:date" | "w:dropDownList" | "w:comboBox" | "w:dataBinding" | "w:showingPlcHdr"
            | "w14:checkbox" => {
                self.open.last_mut().into_iter().for_each(|open| open.is_sealed = true);
            }
            _ => {}
        }
    }

    fn open(&mut self, depth: usize, place: &Range<usize>, is_sealed: bool) {
        self.open.push(Open { depth, start: place.start, is_sealed });
    }

    fn begin_in_run(&mut self, element: &Element<'_>, depth: usize, place: Range<usize>) {
        let Some((outer, run)) = &mut self.run else { return };
        if depth != *outer + 1 {
            return;
        }
        if element.name == "w:rPr" {
            run.properties = place;
            return;
        }
        let text = (element.name == "w:t").then_some(place.end..place.end);
        let field = match element.attribute("fldCharType").as_deref() {
            Some("begin") => {
                self.fields.push(run.outer.start);
                None
            }
            Some("end") => self.fields.pop(),
            _ => None,
        };
        run.pieces.push(Piece { outer: place.clone(), tag: place, text, field });
    }

    fn end(&mut self, name: &str, depth: usize, place: &Range<usize>) {
        match self.run.take() {
            Some((outer, mut run)) if depth == outer => {
                run.outer.end = place.end;
                self.outline.runs.push(run);
            }
            Some((outer, mut run)) => {
                if depth == outer + 1 {
                    run.end_child(name, place);
                }
                self.run = Some((outer, run));
            }
            None => self.end_outside(name, depth, place),
        }
    }

    fn end_outside(&mut self, name: &str, depth: usize, place: &Range<usize>) {
        self.paragraphs -= usize::from(name == "w:p" && self.paragraphs > 0);
        if let Some(open) = self.open.pop_if(|open| open.depth == depth)
            && open.is_sealed
        {
            self.outline.sealed.push(open.start..place.end);
        }
    }
}

impl Run {
    fn end_child(&mut self, name: &str, place: &Range<usize>) {
        if name == "w:rPr" {
            self.properties.end = place.end;
            return;
        }
        let Some(piece) = self.pieces.last_mut() else { return };
        piece.outer.end = place.end;
        match &mut piece.text {
            // A `w:t` of one tag holds nothing.
            text if place.is_empty() => *text = None,
            Some(text) => text.end = place.start,
            None => {}
        }
    }
}
