// The whole state of a chain at a block, as a node has it.

import { createHash } from 'node:crypto';
import { stringToHex } from '@polkadot/util';

const PAGE = 1_000;
const CHILDREN = stringToHex(':child_storage:default:');

/** All keys that a method of a node lists page by page; `before` and `after` are its other arguments. */
async function keysOf(peer, method, before, prefix, at) {
	const keys = [];
	for (let start = null; ;) {
		const page = await peer.rpc(method, ...before, prefix, PAGE, start, at);
		keys.push(...page);
		if (page.length < PAGE) return keys;
		start = page.at(-1);
	}
}

/** Names of the child tries at a block, as RPC wants them. */
export const childTries = (peer, at) => keysOf(peer, 'state_getKeysPaged', [], CHILDREN, at);

/** The entries of a child trie at a block, as pairs of key and value. */
export async function childEntries(peer, child, at) {
	const entries = [];
	const keys = await keysOf(peer, 'childstate_getKeysPaged', [child], '0x', at);
	for (let from = 0; from < keys.length; from += PAGE) {
		const part = keys.slice(from, from + PAGE);
		const values = await peer.rpc('childstate_getStorageEntries', child, part, at);
		entries.push(...part.map((key, index) => [key, values[index]]));
	}
	return entries;
}

/**
 * A digest of all that a node has in its state at a block, child tries included, with the number of entries. Two
 * nodes that have the same state have the same digest; a header alone would only say what they should have.
 */
export async function stateDigest(peer, at) {
	const digest = createHash('sha256');
	let entries = 0;
	const add = (key, value) => {
		if (value === null) throw new Error(`${peer.name} lists ${key} and has nothing there`);
		digest.update(`${key}=${value}\n`);
		entries += 1;
	};
	for (const key of await keysOf(peer, 'state_getKeysPaged', [], '0x', at)) {
		add(key, await peer.rpc('state_getStorage', key, at));
	}
	for (const child of await childTries(peer, at)) {
		for (const [key, value] of await childEntries(peer, child, at)) add(`${child}/${key}`, value);
	}
	return { digest: digest.digest('hex'), entries };
}
