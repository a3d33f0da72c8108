//! The window of a convolution or pool.

use super::unsupported;
use crate::net::NetError;
use crate::net::onnx::Node;
use crate::net::plan::Geometry;

/// The window of a node.
pub(super) fn geometry(node: &Node) -> Result<Geometry, NetError> {
    let pair = |name: &str| -> Option<[usize; 2]> {
        let &[rows, columns] = node.integers(name)? else { return None };
        Some([usize::try_from(rows).ok()?, usize::try_from(columns).ok()?])
    };
    let size = pair("kernel_shape").filter(|size| size.iter().all(|&side| (1..=64).contains(&side)));
    let size = size.ok_or_else(|| unsupported(node))?;
    let stride = pair("strides").unwrap_or([1; 2]);
    let dilated = node.integers("dilations").is_some_and(|dilations| dilations.iter().any(|&d| d != 1));
    if dilated || stride.contains(&0) || node.integer("ceil_mode", 0) != 0 {
        return Err(unsupported(node));
    }
    let (before, after) = match (node.text("auto_pad"), node.integers("pads")) {
        ("SAME_UPPER", _) if stride == [1; 2] => {
            let before = size.map(|side| (side - 1) / 2);
            (before, [size[0] - 1 - before[0], size[1] - 1 - before[1]])
        }
        ("" | "NOTSET", None) => ([0; 2], [0; 2]),
        ("" | "NOTSET", Some(&[top, left, bottom, right]))
            if [top, left, bottom, right].iter().all(|pad| (0..64).contains(pad)) =>
        {
            ([top as usize, left as usize], [bottom as usize, right as usize])
        }
        _ => return Err(unsupported(node)),
    };
    Ok(Geometry { size, stride, before, after })
}
