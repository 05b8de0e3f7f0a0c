// What must hold of the contracts pallet's state between blocks, asked by RPC: what its `try_state` checks, which
// the Wasm of a chain does not have. The only part left out is what a prepared module says of its code.

import { hexToU8a } from '@polkadot/util';
import { blake2AsHex } from '@polkadot/util-crypto';
import { childEntries, childTries } from './state.mjs';

const CHILD_STORAGE = Buffer.from(':child_storage:default:').toString('hex');
const PLAIN_ID_BYTES = 32;

const childOf = (trieId) => `0x${CHILD_STORAGE}${trieId.slice(2)}`;
const bytesOf = (hex) => (hex.length - 2) / 2;
const sum = (numbers) => [...numbers].reduce((total, number) => total + number, 0n);

/** The entries of a map at a block: pairs of its key and its value. */
async function mapAt(api, name) {
	const entries = await api.query.contracts[name].entries();
	return entries.map(([key, value]) => [key.args[0].toString(), value]);
}

/** What is held of an account for a reason of the contracts pallet. */
async function heldFor(api, account, reason) {
	const holds = await api.query.balances.holds(account);
	return sum(holds
		.filter(({ id }) => id.isContracts && id.asContracts.type === reason)
		.map(({ amount }) => amount.toBigInt()));
}

/** A code lies under its hash, has the length on record, and counts as often as it is used. */
async function codes(api, contracts, fault) {
	const uses = new Map();
	for (const [, info] of contracts) {
		const locked = [...info.delegateDependencies.keys()].map((hash) => hash.toHex());
		for (const hash of [...locked, info.codeHash.toHex()]) uses.set(hash, (uses.get(hash) ?? 0n) + 1n);
	}
	const infos = (await mapAt(api, 'codeInfoOf')).map(([hash, info]) => [hash, info.unwrap()]);
	const bytes = new Map((await mapAt(api, 'pristineCode')).map(([hash, code]) => [hash, code.unwrap()]));
	for (const [hash, info] of infos) {
		const code = bytes.get(hash)?.toU8a(true);
		if (!code) {
			fault(`code ${hash} has info and no bytes`);
		} else {
			if (blake2AsHex(code) !== hash) fault(`code ${hash} is not under its hash`);
			if (info.codeLen.toNumber() !== code.length) fault(`code ${hash} has ${code.length} bytes, not ${info.codeLen}`);
		}
		const used = uses.get(hash) ?? 0n;
		if (info.refcount.toBigInt() !== used) fault(`code ${hash} is used ${used} times, not ${info.refcount}`);
		uses.delete(hash);
		bytes.delete(hash);
	}
	for (const hash of uses.keys()) fault(`code ${hash} is a contract's and not on chain`);
	for (const hash of bytes.keys()) fault(`code ${hash} has bytes and no info`);

	const owed = new Map();
	for (const [, info] of infos) {
		const owner = info.owner.toString();
		owed.set(owner, (owed.get(owner) ?? 0n) + info.deposit.toBigInt());
	}
	for (const [owner, deposit] of owed) {
		const held = await heldFor(api, owner, 'CodeUploadDepositReserve');
		if (held !== deposit) fault(`${held} is held of ${owner} for codes, not ${deposit}`);
	}
	return infos.length;
}

/** What is recorded of a contract's storage is so, and held for. */
async function storage(api, peer, at, contracts, fault) {
	for (const [account, info] of contracts) {
		const entries = await childEntries(peer, childOf(info.trieId.toHex()), at);
		const bytes = entries.reduce((total, [, value]) => total + bytesOf(value), 0);
		if (info.storageItems.toNumber() !== entries.length) {
			fault(`contract ${account} has ${entries.length} entries, not ${info.storageItems}`);
		}
		if (info.storageBytes.toNumber() !== bytes) {
			fault(`contract ${account} has ${bytes} bytes, not ${info.storageBytes}`);
		}
		const deposit = sum([
			info.storageByteDeposit, info.storageItemDeposit, info.storageBaseDeposit,
			...info.delegateDependencies.values(),
		].map((part) => part.toBigInt()));
		const held = await heldFor(api, account, 'StorageDepositReserve');
		if (held !== deposit) fault(`${held} is held of contract ${account}, not ${deposit}`);
	}
	const known = new Map(contracts);
	for (const [account] of await mapAt(api, 'contractSettingsOf')) {
		const info = known.get(account);
		if (!info) fault(`settings of ${account}, which is no contract`);
		else if (hexToU8a(info.trieId.toHex()).length === PLAIN_ID_BYTES) {
			fault(`contract ${account} has settings that no call of it looks for`);
		}
	}
}

/** Each trie is one contract's or waits for its removal. */
async function tries(api, peer, at, contracts, fault) {
	const known = new Set(contracts.map(([, info]) => childOf(info.trieId.toHex())));
	const queue = (await mapAt(api, 'deletionQueue')).map(([, id]) => childOf(id.unwrap().toHex()));
	const { insertCounter, deleteCounter } = await api.query.contracts.deletionQueueCounter();
	const waiting = insertCounter.toNumber() - deleteCounter.toNumber();
	if (waiting !== queue.length) fault(`${queue.length} tries wait for their removal, not ${waiting}`);
	queue.forEach((trie) => known.add(trie));
	if (known.size !== contracts.length + queue.length) fault('a trie is two contracts\', or is removed under one');
	for (const trie of await childTries(peer, at)) {
		if (!known.has(trie)) fault(`${trie} is no contract's and does not wait for its removal`);
	}
	return waiting;
}

/**
 * Checks the state that `peer` has at the block of hash `at`. Gives what it found: `faults` in words, none if
 * all holds, and how much there was to check.
 */
export async function contractsState(peer, at) {
	const chain = await peer.chain();
	const api = await chain.api.at(at);
	const faults = [];
	const fault = (text) => faults.push(text);
	const contracts = (await mapAt(api, 'contractInfoOf')).map(([account, info]) => [account, info.unwrap()]);
	const codesFound = await codes(api, contracts, fault);
	await storage(api, peer, at, contracts, fault);
	const waiting = await tries(api, peer, at, contracts, fault);
	return { faults, contracts: contracts.length, codes: codesFound, waiting };
}
