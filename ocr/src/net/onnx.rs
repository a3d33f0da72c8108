//! The graph of an ONNX file: nodes in order, constants by name.

use std::collections::BTreeMap;

use super::NetError;
use super::proto::{Field, Fields, push_integers, text};

/// A constant.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Constant {
    /// Numbers with their sizes, outermost first.
    Floats { dims: Vec<usize>, data: Vec<f32> },
    /// Sizes and axes.
    Integers(Vec<i64>),
}

/// An attribute of a node.
#[derive(Debug, Clone, Default)]
pub(super) struct Attribute {
    pub(super) float: f32,
    pub(super) integer: i64,
    pub(super) integers: Vec<i64>,
    pub(super) text: String,
}

/// One operation.
#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    pub(super) kind: String,
    pub(super) inputs: Vec<String>,
    pub(super) outputs: Vec<String>,
    attributes: BTreeMap<String, Attribute>,
}

impl Node {
    pub(super) fn integers(&self, name: &str) -> Option<&[i64]> {
        self.attributes.get(name).map(|attribute| attribute.integers.as_slice())
    }

    pub(super) fn integer(&self, name: &str, default: i64) -> i64 {
        self.attributes.get(name).map_or(default, |attribute| attribute.integer)
    }

    pub(super) fn float(&self, name: &str, default: f32) -> f32 {
        self.attributes.get(name).map_or(default, |attribute| attribute.float)
    }

    pub(super) fn text(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", |attribute| attribute.text.as_str())
    }
}

/// A model as its file describes it.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
    pub(super) constants: BTreeMap<String, Constant>,
    pub(super) inputs: Vec<String>,
    pub(super) outputs: Vec<String>,
}

impl Graph {
    /// Reads a `ModelProto`.
    pub(super) fn read(onnx: &[u8]) -> Result<Self, NetError> {
        for field in Fields::of(onnx) {
            if let (7, Field::Bytes(graph)) = field? {
                return Self::of_message(graph);
            }
        }
        Err(NetError::Load("文件里没有计算图".to_owned()))
    }

    fn of_message(message: &[u8]) -> Result<Self, NetError> {
        let mut graph = Self::default();
        for field in Fields::of(message) {
            match field? {
                (1, Field::Bytes(node)) => graph.nodes.push(read_node(node)?),
                (5, Field::Bytes(tensor)) => {
                    let (name, constant) = read_constant(tensor)?;
                    graph.constants.insert(name, constant);
                }
                (11, Field::Bytes(info)) => graph.inputs.push(read_name(info)?),
                (12, Field::Bytes(info)) => graph.outputs.push(read_name(info)?),
                _ => {}
            }
        }
        graph.inputs.retain(|name| !graph.constants.contains_key(name));
        Ok(graph)
    }
}

fn read_name(info: &[u8]) -> Result<String, NetError> {
    for field in Fields::of(info) {
        if let (1, value) = field? {
            return Ok(text(&value));
        }
    }
    Ok(String::new())
}

fn read_node(message: &[u8]) -> Result<Node, NetError> {
    let mut node = Node::default();
    for field in Fields::of(message) {
        match field? {
            (1, value) => node.inputs.push(text(&value)),
            (2, value) => node.outputs.push(text(&value)),
            (4, value) => node.kind = text(&value),
            (5, Field::Bytes(attribute)) => {
                let (name, attribute) = read_attribute(attribute)?;
                node.attributes.insert(name, attribute);
            }
            _ => {}
        }
    }
    Ok(node)
}

fn read_attribute(message: &[u8]) -> Result<(String, Attribute), NetError> {
    let (mut name, mut attribute) = (String::new(), Attribute::default());
    for field in Fields::of(message) {
        match field? {
            (1, value) => name = text(&value),
            (2, Field::Fixed32(bits)) => attribute.float = f32::from_bits(bits),
            (3, Field::Varint(value)) => attribute.integer = value as i64,
            (4, value) => attribute.text = text(&value),
            (8, value) => push_integers(&mut attribute.integers, &value)?,
            _ => {}
        }
    }
    Ok((name, attribute))
}

/// `TensorProto`: the data is in `raw_data`, or typed in `float_data` or `int64_data`.
fn read_constant(message: &[u8]) -> Result<(String, Constant), NetError> {
    const FLOAT: u64 = 1;
    const INT64: u64 = 7;
    let (mut name, mut kind, mut dims) = (String::new(), 0, Vec::new());
    let (mut raw, mut integers): (&[u8], Vec<i64>) = (&[], Vec::new());
    for field in Fields::of(message) {
        match field? {
            (1, value) => push_integers(&mut dims, &value)?,
            (2, Field::Varint(value)) => kind = value,
            (4 | 9, Field::Bytes(bytes)) => raw = bytes,
            (7, value) => push_integers(&mut integers, &value)?,
            (8, value) => name = text(&value),
            _ => {}
        }
    }
    let wrong = || NetError::Load(format!("常量 {name} 的长度不符"));
    let dims: Vec<usize> =
        dims.iter().map(|&dim| usize::try_from(dim)).collect::<Result<_, _>>().map_err(|_| wrong())?;
    let count = dims.iter().try_fold(1usize, |count, &dim| count.checked_mul(dim)).ok_or_else(wrong)?;
    let constant = match kind {
        FLOAT => Constant::Floats {
            dims,
            data: raw.as_chunks::<4>().0.iter().map(|&word| f32::from_le_bytes(word)).collect(),
        },
        INT64 if integers.is_empty() => {
            Constant::Integers(raw.as_chunks::<8>().0.iter().map(|&word| i64::from_le_bytes(word)).collect())
        }
        INT64 => Constant::Integers(integers),
        other => return Err(NetError::Load(format!("常量 {name} 的类型 {other} 不支持"))),
    };
    let length = match &constant {
        Constant::Floats { data, .. } => data.len(),
        Constant::Integers(data) => data.len(),
    };
    if length == count { Ok((name, constant)) } else { Err(wrong()) }
}
