//! What pages refer to by number: pictures, fonts, composite objects (GB/T 33190-2016, 7.9).

use std::collections::BTreeMap;
use std::rc::Rc;

use super::package::{Fault, Package, folder, join};
use super::xml::Element;

/// The resources of one document.
#[derive(Debug, Default)]
pub(super) struct Resources {
    /// Names of the parts that hold pictures, by their object numbers.
    pub images: BTreeMap<u32, String>,
    /// Names of the parts that hold font programs; fonts that are not embedded are not here.
    pub fonts: BTreeMap<u32, String>,
    /// The content of composite objects (矢量图像, CT_VectorG).
    pub composites: BTreeMap<u32, Rc<Element>>,
}

impl Resources {
    /// Takes in a resource part.
    ///
    /// # Errors
    ///
    /// [`Fault`].
    pub fn read(&mut self, package: &mut Package<'_>, part: &str) -> Result<(), Fault> {
        let root = package.xml(part)?;
        let base = join(folder(part), root.attribute("BaseLoc").unwrap_or_default());
        for list in root.children {
            for resource in list.children {
                self.take(resource, &base, package);
            }
        }
        Ok(())
    }

    fn take(&mut self, resource: Element, base: &str, package: &Package<'_>) {
        let Some(id) = resource.id("ID") else { return };
        let file = |name| resource.child_text(name).map(|location| package.locate(base, location));
        match resource.name.as_str() {
            "MultiMedia" => self.images.extend(file("MediaFile").map(|part| (id, part))),
            "Font" => self.fonts.extend(file("FontFile").map(|part| (id, part))),
            "CompositeGraphicUnit" => {
                self.composites.insert(id, Rc::new(resource));
            }
            _ => {}
        }
    }
}
