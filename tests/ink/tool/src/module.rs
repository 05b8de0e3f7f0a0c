//! What lies between a linked module and one that a chain takes.

use std::{collections::BTreeMap, fmt};
use wasm_encoder::{
	reencode::{utils, Error, Reencode},
	ConstExpr, DataSection, EntityType, ExportSection, ImportSection, Module,
};
use wasmparser::{
	CustomSectionReader, Data, DataKind, Export, ExternalKind, Import, Operator, Parser, Payload,
	TypeRef, Validator, WasmFeatures,
};

/// What a chain enters.
const ENTRY_POINTS: [&str; 2] = ["call", "deploy"];

/// The most memory that a contract may have.
const MEMORY_PAGES: u64 = 16;

/// What the validator takes beyond the language's first version without floats.
const EXTENSIONS: [(&str, WasmFeatures); 2] =
	[("sign extension", WasmFeatures::SIGN_EXTENSION), ("bulk memory", WasmFeatures::BULK_MEMORY)];

/// Drops custom sections, every export but the entry points, and data that is zero, as memory is anyway;
/// gives the memory its maximum. What is left is encoded anew, which shortens the padded numbers that a
/// linker leaves.
pub(crate) fn strip(module: &[u8]) -> Result<Vec<u8>, Error> {
	let mut stripped = Module::new();
	Strip.parse_core_module(&mut stripped, Parser::new(0), module)?;
	Ok(stripped.finish())
}

struct Strip;

impl Reencode for Strip {
	type Error = core::convert::Infallible;

	fn parse_custom_section(
		&mut self,
		_: &mut Module,
		_: CustomSectionReader<'_>,
	) -> Result<(), Error> {
		Ok(())
	}

	fn parse_data(&mut self, section: &mut DataSection, data: Data<'_>) -> Result<(), Error> {
		let Some((offset, bytes)) = trimmed(&data) else {
			return utils::parse_data(self, section, data);
		};
		if !bytes.is_empty() {
			section.active(0, &ConstExpr::i32_const(offset), bytes.iter().copied());
		}
		Ok(())
	}

	fn parse_export(&mut self, exports: &mut ExportSection, export: Export<'_>) {
		if ENTRY_POINTS.contains(&export.name) {
			utils::parse_export(self, exports, export);
		}
	}

	fn parse_import(
		&mut self,
		imports: &mut ImportSection,
		import: Import<'_>,
	) -> Result<(), Error> {
		if let TypeRef::Memory(memory) = import.ty {
			let mut memory = self.memory_type(memory);
			memory.maximum = Some(MEMORY_PAGES);
			imports.import(import.module, import.name, EntityType::Memory(memory));
			return Ok(());
		}
		utils::parse_import(self, imports, import)
	}
}

/// Where data begins and what it is without zeros at either end, if it is placed at a fixed offset.
fn trimmed<'a>(data: &Data<'a>) -> Option<(i32, &'a [u8])> {
	let DataKind::Active { offset_expr, .. } = &data.kind else { return None };
	let Ok(Operator::I32Const { value }) = offset_expr.get_operators_reader().read() else {
		return None;
	};
	let leading = data.data.iter().take_while(|byte| **byte == 0).count();
	let offset = value.checked_add(i32::try_from(leading).ok()?)?;
	let end = data
		.data
		.iter()
		.rposition(|byte| *byte != 0)
		.map_or(leading, |last| last.saturating_add(1));
	Some((offset, data.data.get(leading..end)?))
}

/// What a checked module asks of the chain.
#[derive(Default)]
pub(crate) struct Contents {
	functions: u32,
	extensions: Vec<&'static str>,
	/// Whether it has a start function.
	starts: bool,
	/// Names of imported functions by their module.
	imports: BTreeMap<String, Vec<String>>,
}

/// Refuses a module that a chain would refuse.
pub(crate) fn check(module: &[u8]) -> Result<Contents, String> {
	let features = EXTENSIONS.iter().fold(WasmFeatures::GC_TYPES, |all, (_, one)| all.union(*one));
	validate(module, features)?;
	let mut contents = Contents::default();
	for (name, extension) in EXTENSIONS {
		if validate(module, features.difference(extension)).is_err() {
			contents.extensions.push(name);
		}
	}
	let mut exported = Vec::new();
	let mut memories = 0_u32;
	for payload in Parser::new(0).parse_all(module) {
		match payload.map_err(|e| e.to_string())? {
			Payload::ImportSection(imports) => {
				for import in imports {
					let import = import.map_err(|e| e.to_string())?;
					match import.ty {
						TypeRef::Memory(_) if (import.module, import.name) == ("env", "memory") => {
							memories = memories.saturating_add(1);
						},
						TypeRef::Func(_) if import.module.starts_with("seal") => contents
							.imports
							.entry(import.module.into())
							.or_default()
							.push(import.name.into()),
						_ => return Err(format!("it imports {}.{}", import.module, import.name)),
					}
				}
			},
			Payload::ExportSection(exports) => {
				for export in exports {
					let export = export.map_err(|e| e.to_string())?;
					if export.kind != ExternalKind::Func {
						return Err(format!("it exports {}, which is no function", export.name));
					}
					exported.push(export.name);
				}
			},
			Payload::CodeSectionStart { count, .. } => contents.functions = count,
			Payload::MemorySection(_) => return Err("it has a memory of its own".into()),
			Payload::StartSection { .. } => contents.starts = true,
			Payload::CustomSection(section) => {
				return Err(format!("it has a custom section, {}", section.name()))
			},
			_ => (),
		}
	}
	exported.sort_unstable();
	if exported != ENTRY_POINTS {
		return Err(format!("it exports {exported:?}, not {ENTRY_POINTS:?}"));
	}
	if memories != 1 {
		return Err("it imports no env.memory".into());
	}
	contents.imports.values_mut().for_each(|names| names.sort_unstable());
	Ok(contents)
}

fn validate(module: &[u8], features: WasmFeatures) -> Result<(), String> {
	Validator::new_with_features(features)
		.validate_all(module)
		.map(drop)
		.map_err(|error| error.to_string())
}

impl fmt::Display for Contents {
	fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(formatter, "{} functions", self.functions)?;
		if !self.extensions.is_empty() {
			write!(formatter, "; uses {}", self.extensions.join(", "))?;
		}
		if self.starts {
			write!(formatter, "; has a start function")?;
		}
		for (module, names) in &self.imports {
			write!(formatter, "; {module}: {}", names.join(" "))?;
		}
		Ok(())
	}
}
