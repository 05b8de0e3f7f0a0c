// Chain specifications for more authorities than the runtime's presets have.

import { readFileSync, writeFileSync } from 'node:fs';
import { Keyring } from '@polkadot/keyring';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { runCommand } from '../../lib/node.mjs';

// Parts of genesis that name accounts and mean no authorities by it.
const NOT_AUTHORITIES = new Set(['balances', 'sudo']);

/** The addresses that a development account can have in genesis: of its account and session keys. */
function addressesOf(name) {
	return ['sr25519', 'ed25519', 'ecdsa'].map((type) => (
		new Keyring({ type, ss58Format: 42 }).addFromUri(`//${name}`).address
	));
}

/** What stands in genesis for one authority, as it would for another. */
function renamed(entry, from, to) {
	return from.reduce((text, address, index) => text.replaceAll(address, to[index]), JSON.stringify(entry));
}

/**
 * A specification's genesis patch for other authorities, development accounts by their names.
 *
 * Whatever names authorities is a list of one entry for each: keys of Aura and GRANDPA, session keys,
 * stakes. Each such list gets an entry for each name, in the likeness of the one that Alice has there.
 */
export function withAuthorities(patch, names) {
	const alice = addressesOf('Alice');
	const mentionsAlice = (entry) => alice.some((address) => JSON.stringify(entry).includes(address));
	let lists = 0;
	const visit = (value) => {
		if (Array.isArray(value)) {
			const model = value.find(mentionsAlice);
			if (model === undefined) return value;
			lists += 1;
			return names.map((name) => JSON.parse(renamed(model, alice, addressesOf(name))));
		}
		if (value === null || typeof value !== 'object') return value;
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
	};
	const changed = Object.fromEntries(Object.entries(patch).map(([pallet, config]) => (
		[pallet, NOT_AUTHORITIES.has(pallet) ? config : visit(config)]
	)));
	if (lists === 0) throw new Error(`no authorities in genesis, which has ${Object.keys(patch).join(', ')}`);
	return changed;
}

/** Runs a subcommand, which must succeed. */
async function run(folder, ...args) {
	const result = await runCommand(folder, args);
	if (result.code !== 0) throw new Error(`\`${args.join(' ')}\` ${result.how}:\n${result.stderr}`);
	return result.stdout;
}

/**
 * Writes the specification of a chain like `local` with these authorities into `folder`, and gives its path. It
 * is raw, so that a node has not to make genesis out of it each time it starts.
 */
export async function writeSpec(folder, names) {
	await cryptoWaitReady();
	const plain = folder.file('plain.json');
	const raw = folder.file('raw.json');
	await run(folder, 'export-chain-spec', '--chain=local', '--output', plain);
	const spec = JSON.parse(readFileSync(plain, 'utf8'));
	const { runtimeGenesis } = spec.genesis;
	runtimeGenesis.patch = withAuthorities(runtimeGenesis.patch, names);
	writeFileSync(plain, JSON.stringify(spec));
	await run(folder, 'export-chain-spec', '--chain', plain, '--raw', '--output', raw);
	return raw;
}
