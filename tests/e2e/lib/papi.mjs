// polkadot-api as its users have it: with descriptors of the chain that its command line makes from a running
// node, and with its own signer.

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { getPolkadotSigner } from 'polkadot-api/signer';

const COMMAND = fileURLToPath(new URL('../node_modules/polkadot-api/bin/cli.mjs', import.meta.url));

// Not in a temporary folder: the command compiles what it writes, which names polkadot-api.
const FOLDER = fileURLToPath(new URL('../node_modules/.cache/caisson-papi/', import.meta.url));
const DESCRIPTORS = '.papi/descriptors';

const GENERATE_LIMIT_MS = 180_000;

/**
 * The module that `papi generate` makes: the chain at `url` as `caisson`. Takes a quarter of a minute, and less
 * if nothing has changed since it was made: the command compares hashes of what it reads.
 *
 * It could make descriptors of contracts too, but at times it compiles before it has written them. What they
 * are for the SDK is `{ metadata }`; the rest of them is types.
 */
export async function generateDescriptors(url) {
	const made = join(FOLDER, DESCRIPTORS, 'dist/index.mjs');
	// What was left by a command that was interrupted.
	if (!existsSync(made)) rmSync(FOLDER, { recursive: true, force: true });
	mkdirSync(join(FOLDER, '.papi'), { recursive: true });
	writeFileSync(join(FOLDER, 'package.json'), JSON.stringify({ name: 'descriptors-of-tests', type: 'module' }));
	writeFileSync(join(FOLDER, '.papi/polkadot-api.json'), JSON.stringify({
		version: 0,
		descriptorPath: DESCRIPTORS,
		entries: { caisson: { wsUrl: url } },
		options: { noDescriptorsPackage: true },
	}));
	const { stdout, stderr } = await promisify(execFile)(process.execPath, [COMMAND, 'generate'], {
		cwd: FOLDER,
		timeout: GENERATE_LIMIT_MS,
	});
	if (!existsSync(made)) throw new Error(`papi generate made no descriptors:\n${stdout}${stderr}`);
	return import(pathToFileURL(made).href);
}

/** A key pair as polkadot-api wants those who sign. */
export const papiSigner = (pair) => getPolkadotSigner(pair.publicKey, 'Sr25519', (message) => pair.sign(message));
