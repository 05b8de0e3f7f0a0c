// The runtime with another version written on it: what an upgrade is to that changes nothing else.

import { readFileSync } from 'node:fs';
import { runtimeVersion } from '../../../scripts/runtime-wasm.mjs';
import { runtimeWasm } from './paths.mjs';

/** The name of its specification. */
export const NAME = 'caisson-solo';

/** The runtime that the node under test begins its chains with, not compressed. */
export const plain = readFileSync(runtimeWasm.compact);

/** The same with other words in the section that tells its version. */
export function relabelled({ name = NAME, spec = 1, transactions = 1 }) {
	const wasm = Buffer.from(plain);
	const text = Buffer.concat([Buffer.of(NAME.length << 2), Buffer.from(NAME)]);
	// The name of the specification and of the implementation.
	const at = wasm.lastIndexOf(Buffer.concat([text, text]));
	if (at < 0 || name.length !== NAME.length) throw new Error(`${name} has no room where ${NAME} stood`);
	wasm.write(name, at + 1);
	const numbers = at + 2 * text.length;
	wasm.writeUInt32LE(spec, numbers + 4);
	// Behind three numbers and the list of runtime APIs, which is empty.
	if (wasm[numbers + 12] !== 0) throw new Error('the list of runtime APIs is not empty');
	wasm.writeUInt32LE(transactions, numbers + 13);
	const { specName, specVersion, transactionVersion } = runtimeVersion(wasm);
	if (specName !== name || specVersion !== spec || transactionVersion !== transactions) {
		throw new Error(`the Wasm says ${specName} ${specVersion} now, transactions ${transactionVersion}`);
	}
	return wasm;
}
