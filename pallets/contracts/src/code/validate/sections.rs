//! The frame of a module: its header and where its sections are.

use super::{
	super::reject::{Reason, Rejection},
	reader::{self, Reader},
};
use alloc::{format, string::String, vec::Vec};
use core::ops::Range;

const MAGIC: [u8; 4] = *b"\0asm";
const VERSION: u32 = 1;
/// What stands in the upper half of a component's version field.
const COMPONENT_LAYER: u32 = 1;
/// The custom section by which a module names its interface.
const ABI_SECTION: &str = "caisson.abi";

/// A kind of section, in the order in which a module has them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Kind {
	Type,
	Import,
	Function,
	Table,
	Memory,
	Tag,
	Global,
	Export,
	Start,
	Element,
	DataCount,
	Code,
	Data,
}

impl Kind {
	const fn from_id(id: u8) -> Option<Self> {
		Some(match id {
			1 => Self::Type,
			2 => Self::Import,
			3 => Self::Function,
			4 => Self::Table,
			5 => Self::Memory,
			6 => Self::Global,
			7 => Self::Export,
			8 => Self::Start,
			9 => Self::Element,
			10 => Self::Code,
			11 => Self::Data,
			12 => Self::DataCount,
			13 => Self::Tag,
			_ => return None,
		})
	}
}

/// A section that lies within the code as a whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Section {
	pub(super) kind: Kind,
	/// The number that stands for the kind.
	pub(super) id: u8,
	/// Its contents.
	pub(super) range: Range<usize>,
}

/// What a custom section says about the interface.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct AbiClaim<'a> {
	pub(super) name: &'a [u8],
	pub(super) offset: usize,
}

/// The sections of a module in their order, each kind once at most.
pub(super) struct Sections<'a> {
	known: Vec<Section>,
	pub(super) claim: Option<AbiClaim<'a>>,
}

impl Sections<'_> {
	/// All but the custom ones.
	pub(super) fn iter(&self) -> impl Iterator<Item = &Section> {
		self.known.iter()
	}
}

/// A module, of version 1, and no component.
pub(super) fn ensure_header(code: &[u8]) -> Result<(), Rejection> {
	let Some((magic, rest)) = code.split_first_chunk() else {
		return Err(Rejection::whole(Reason::NotWasm));
	};
	if *magic != MAGIC {
		return Err(Rejection::whole(Reason::NotWasm));
	}
	let Some((version, _)) = rest.split_first_chunk() else {
		return Err(Rejection::new(Reason::NotWasm, MAGIC.len()));
	};
	match u32::from_le_bytes(*version) {
		VERSION => Ok(()),
		version if version >> 16 == COMPONENT_LAYER => {
			Err(Rejection::new(Reason::Component, MAGIC.len()))
		},
		version => Err(Rejection::new(Reason::UnknownVersion { version }, MAGIC.len())),
	}
}

/// Finds the sections, and refuses any that is not whole, unknown, repeated or out of order: what
/// comes after looks for a section by its kind and sees all of the module so.
pub(super) fn split(code: &[u8]) -> Result<Sections<'_>, Rejection> {
	let mut sections = Sections { known: Vec::new(), claim: None };
	let mut reader = Reader::new(code, MAGIC.len().saturating_add(size_of::<u32>())..code.len())?;
	while !reader.is_empty() {
		let start = reader.offset();
		let id = reader.byte()?;
		let range = reader.sized()?;
		if id == 0 {
			read_claim(code, range, &mut sections.claim)?;
			continue;
		}
		let Some(kind) = Kind::from_id(id) else {
			return Err(reader::malformed(format!("there is no section {id}"), start));
		};
		if sections.known.last().is_some_and(|last| last.kind >= kind) {
			return Err(reader::malformed(
				format!("section {id} is repeated or out of order"),
				start,
			));
		}
		sections.known.push(Section { kind, id, range });
	}
	Ok(sections)
}

/// Keeps what a custom section says, if it is the one that names the interface.
fn read_claim<'a>(
	code: &'a [u8],
	range: Range<usize>,
	claim: &mut Option<AbiClaim<'a>>,
) -> Result<(), Rejection> {
	let mut reader = Reader::new(code, range)?;
	let offset = reader.offset();
	if reader.text()? != ABI_SECTION {
		return Ok(());
	}
	let found = AbiClaim { name: reader.rest(), offset };
	if claim.is_some_and(|claim| claim.name != found.name) {
		let message = String::from("there are two sections caisson.abi, and they differ");
		return Err(reader::malformed(message, offset));
	}
	*claim = Some(found);
	Ok(())
}
