// Contracts and codes in numbers that a migration takes several blocks for, and what is to stay of them.

import { u8aToHex, hexToU8a, u8aConcat } from '@polkadot/util';
import { xxhashAsU8a } from '@polkadot/util-crypto';
import { Contract, deployTx, dryDeploy } from '../../lib/contracts.mjs';
import { counter } from '../../lib/counters.mjs';
import { rustGuest, watGuest } from '../../lib/guests.mjs';

/** A code's length: what checking it again is charged by. */
const CODE_BYTES = 20_000;
/** Codes in a transaction: it must fit a block by its weight. */
const CODES_AT_ONCE = 30;
const PAGE = 200;

/** Deploys so many contracts of one code in one transaction, and gives their addresses. */
export async function deployMany(chain, signer, count) {
	const { guest, initArgs: args } = counter('baals');
	const code = chain.codeHash(rustGuest(guest));
	const dry = await dryDeploy(chain, signer, code, { args, salt: 'dry' });
	// A margin for the first, which meets what the others find again.
	const gas = { refTime: dry.gasRequired.refTime * 2n, proofSize: dry.gasRequired.proofSize * 2n };
	const calls = Array.from({ length: count }, (_, index) => deployTx(chain, code, { args, gas, salt: `crowd ${index}` }));
	const { events } = await chain.send(chain.api.tx.utility.batchAll(calls), signer);
	return events.filter(({ name }) => name === 'contracts.Instantiated').map(({ fields }) => fields.contract.toString());
}

/** Code like no other: a small module behind which a custom section fills up its length. */
function code(module, index) {
	const content = Buffer.alloc(CODE_BYTES - module.length - 6);
	content.writeUInt8(1, 0);
	content.write('x', 1);
	content.writeUInt32LE(index, 2);
	const leb128 = [0, 7, 14, 21].map((shift) => ((content.length >> shift) & 0x7f) | (shift < 21 ? 0x80 : 0));
	return Buffer.concat([module, Buffer.of(0, ...leb128), content]);
}

/** Uploads so many codes, from all of `signers` at once. */
export async function uploadMany(chain, signers, count) {
	const module = watGuest('baals/counter.wat');
	const calls = Array.from({ length: count }, (_, index) => (
		chain.api.tx.contracts.uploadCode(u8aToHex(code(module, index)), null, 'Enforced')
	));
	const batches = [];
	while (calls.length > 0) batches.push(chain.api.tx.utility.batchAll(calls.splice(0, CODES_AT_ONCE)));
	while (batches.length > 0) {
		const round = batches.splice(0, signers.length);
		await Promise.all(round.map((batch, index) => chain.send(batch, signers[index])));
	}
}

/** All keys behind a prefix. */
async function keysUnder(chain, prefix) {
	const { state } = chain.api.rpc;
	const keys = [];
	for (let start; ;) {
		const page = (await state.getKeysPaged(prefix, PAGE, start)).map((key) => key.toHex());
		keys.push(...page);
		if (page.length < PAGE) return keys;
		start = page.at(-1);
	}
}

/** Storage as it lies in the trie: value by key, both hexadecimal. */
async function raw(chain, prefix) {
	const { state } = chain.api.rpc;
	const keys = await keysUnder(chain, prefix);
	const values = await Promise.all(keys.map(async (key) => (await state.getStorage(key)).unwrap().toHex()));
	return Object.fromEntries(keys.map((key, index) => [key, values[index]]));
}

const prefixOf = (pallet, item) => u8aToHex(u8aConcat(xxhashAsU8a(pallet, 128), xxhashAsU8a(item, 128)));

/** What must be the same behind an upgrade: each contract's record and storage, each code and what is known of it. */
export async function snapshot(chain) {
	const [records, infos, codes] = await Promise.all(['ContractInfoOf', 'CodeInfoOf', 'PristineCode']
		.map((item) => raw(chain, prefixOf('Contracts', item))));
	const contracts = await chain.api.query.contracts.contractInfoOf.keys();
	const entries = {};
	for (const { args: [address] } of contracts) {
		const found = await new Contract(chain, address.toString()).entries();
		entries[address.toString()] = found.map((pair) => pair.map((bytes) => u8aToHex(bytes)));
	}
	return { records, infos, codes, entries };
}

/** How many contracts each version's rehearsal has rewritten. */
export async function rewritten(chain) {
	const counts = {};
	for (const value of Object.values(await raw(chain, prefixOf('UpgradeRehearsal', 'Rewritten')))) {
		const version = new DataView(hexToU8a(value).buffer).getUint32(0, true);
		counts[version] = (counts[version] ?? 0) + 1;
	}
	return counts;
}

/** Which behaviour versions codes are prepared for, and how many are refused. */
export async function preparation(chain) {
	const { preparedCodeOf, refusedCodes } = chain.api.query.contracts;
	const prepared = (await preparedCodeOf.entries()).map(([, code]) => code.unwrap().behaviour.toNumber());
	const counts = {};
	for (const behaviour of prepared) counts[behaviour] = (counts[behaviour] ?? 0) + 1;
	return { counts, refused: (await refusedCodes.keys()).length };
}
