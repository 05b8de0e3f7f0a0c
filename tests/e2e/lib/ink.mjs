// The ink! contracts as `scripts/build-ink.sh` makes them, and as their users hold them.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hexToU8a } from '@polkadot/util';
import { inkContracts } from './paths.mjs';

/** The versions of ink! that contracts are there of. Their metadata has the same number. */
export const INK_VERSIONS = ['v4', 'v5'];

/** Where the module of a contract lies. */
export const inkCode = (version, name) => file(version, name, 'wasm');

/**
 * A contract by its ink! version and its name: `bundle`, what the file NAME.contract holds and clients
 * read; `code`, the module in it; and `codeHash`, what the bundle calls that by.
 */
export function inkContract(version, name) {
	const bundle = JSON.parse(readFileSync(file(version, name, 'contract'), 'utf8'));
	return { bundle, code: hexToU8a(bundle.source.wasm), codeHash: bundle.source.hash };
}

function file(version, name, extension) {
	const path = join(inkContracts, version, `${name}.${extension}`);
	if (!existsSync(path)) throw new Error(`no ink! contract at ${path}: build it with \`make guests\``);
	return path;
}
