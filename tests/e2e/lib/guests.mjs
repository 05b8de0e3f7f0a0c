// The guests: Rust ones as built by `make guests`, text ones compiled here.

import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import wabtModule from 'wabt';
import { ownGuests, rustGuests, watGuests } from './paths.mjs';

// Everything that the assembler knows, so that tests can hand the chain what it must refuse.
const FEATURES = {
	annotations: true,
	bulk_memory: true,
	exceptions: true,
	extended_const: true,
	memory64: true,
	multi_memory: true,
	multi_value: true,
	mutable_globals: true,
	reference_types: true,
	sat_float_to_int: true,
	sign_extension: true,
	simd: true,
	tail_call: true,
	threads: true,
};

const wabt = await wabtModule();

/** A guest's module, by the name of its Rust package. */
export function rustGuest(name) {
	const path = join(rustGuests, `${name}.wasm`);
	if (!existsSync(path)) throw new Error(`no guest ${name} at ${path}: build it with \`make guests\``);
	return new Uint8Array(readFileSync(path));
}

/** A module from its text. */
export function assemble(text, name = 'inline.wat') {
	const module = wabt.parseWat(name, text, FEATURES);
	try {
		module.resolveNames();
		return new Uint8Array(module.toBinary({ write_debug_names: false }).buffer);
	} finally {
		module.destroy();
	}
}

/** A guest's module, by the path of its text under `tests/wat`. */
export const watGuest = (path) => assembleFile(join(watGuests, path));

/** The contract that does what it is told; its text is in `guests/workbench.wat`. */
export const workbench = () => assembleFile(join(ownGuests, 'workbench.wat'));

function assembleFile(file) {
	return assemble(readFileSync(file, 'utf8'), basename(file));
}
