// Where the things under test lie. Everything is found from the environment or from this checkout.

import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const target = process.env.CARGO_TARGET_DIR || join(homedir(), '.cache/caisson/target');

/** The node under test. */
export const nodeBinary = process.env.CAISSON_NODE || join(target, 'release/caisson-node');

/** A Wasm of the solo runtime, by the name and the form that its build gives it. */
const solo = (name, form) => join(target, `release/wbuild/caisson-solo-runtime/${name}.${form}.wasm`);

/** The runtime that the node under test begins its chains with, not compressed and compressed. */
export const runtimeWasm = Object.fromEntries(['compact', 'compact.compressed'].map((form) => (
	[form, solo('caisson_solo_runtime', form)]
)));

/** What `make test-upgrade` upgrades a chain to: the next version, and the one between, whose migration fails. */
export const rehearsals = {
	next: solo('rehearsal', 'compact.compressed'),
	failing: solo('rehearsal_failing', 'compact.compressed'),
};

/** The scripts for operators. */
export const scripts = fileURLToPath(new URL('../../../scripts/', import.meta.url));

/** The Rust guests, built beforehand by `make guests`. */
export const rustGuests = join(target, 'caisson-guests');

/** The ink! contracts, built with them: a folder for each version of ink!. */
export const inkContracts = join(rustGuests, 'ink');

/** The guests in text form that tests and benches share. */
export const watGuests = fileURLToPath(new URL('../../wat/', import.meta.url));

/** The guests in text form that only these tests use. */
export const ownGuests = fileURLToPath(new URL('../guests/', import.meta.url));
