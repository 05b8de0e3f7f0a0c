// A network of validators whose runtime is upgraded under contracts of every interface, while a client holds its
// connection open. The new runtime rewrites the record of every contract, for which it takes several blocks, and
// checks every code again, for which it takes several more.

import { readFileSync } from 'node:fs';
import { u8aToHex } from '@polkadot/util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Chain } from '../lib/chain.mjs';
import { Contract, deployTx } from '../lib/contracts.mjs';
import { counter } from '../lib/counters.mjs';
import { rustGuest, watGuest } from '../lib/guests.mjs';
import { Folder, QUIET_ARGS, startNode } from '../lib/node.mjs';
import { rehearsals } from '../lib/paths.mjs';
import { specVersion, upgrade } from '../lib/upgrade.mjs';
import { deployMany, preparation, rewritten, snapshot, uploadMany } from './lib/crowd.mjs';
import { specimens } from './lib/specimens.mjs';
import { eventually, isMigrating, isPreparing, numberOf, story, untilKnown } from './lib/watch.mjs';

const NEXT = 3;
const CONTRACTS = 60;
const CODES = 400;
// At eight contracts a block, the last of which finds none left; at some 115 codes of their length a block.
const REWRITING_BLOCKS = 8;
const PREPARING_BLOCKS = 3;

const PEOPLE = ['Alice', 'Bob', 'Charlie', 'Dave', 'Eve', 'Ferdie'];

const code = readFileSync(rehearsals.next);
const made = specimens();
const on = { nodes: {} };
let folder;
let before;
let values;
let applied;
let rewrittenAt;

/** Starts a validator, which looks for the others where it is told. */
async function join(name, ...args) {
	const node = await startNode([
		'--chain=local', `--${name}`, '--base-path', folder.file(name), ...QUIET_ARGS,
		'--listen-addr=/ip4/127.0.0.1/tcp/0', '--no-mdns', '--allow-private-ip', '--unsafe-force-node-key-generation',
		...args,
	], folder);
	on.nodes[name] = node;
	return Chain.connect(node.url);
}

beforeAll(async () => {
	folder = new Folder();
	on.chain = await join('alice');
	const { api } = on.chain;
	const [address] = (await api.rpc.system.localListenAddresses()).map(String);
	const id = (await api.rpc.system.localPeerId()).toString();
	on.other = await join('bob', `--bootnodes=${address.includes('/p2p/') ? address : `${address}/p2p/${id}`}`);
	for (const name of PEOPLE) on[name.toLowerCase()] = on.chain.dev(name);
	// The connection that is held open: it must never be lost.
	on.losses = 0;
	api.on('disconnected', () => { on.losses += 1; });
});

afterEach(({ task }) => {
	if (task.result?.state !== 'fail') return;
	for (const [name, node] of Object.entries(on.nodes)) console.error(`the log of ${name} ends:\n${node.logTail}`);
});

afterAll(async () => {
	await Promise.all([on.chain, on.other].map((chain) => chain?.disconnect()));
	await Promise.all(Object.values(on.nodes).map((node) => node.stop()));
	folder?.remove();
});

test('contracts of every interface are on the chain, among many others, and many codes', async () => {
	for (const specimen of made) {
		await specimen.deploy(on.chain, on.alice, null);
		await on.chain.send(specimen.changeTx(on.chain), on.alice);
	}
	expect(await deployMany(on.chain, on.alice, CONTRACTS)).toHaveLength(CONTRACTS);
	await uploadMany(on.chain, PEOPLE.map((name) => on.chain.dev(name)), CODES);
	values = await Promise.all(made.map((specimen) => specimen.value(on.chain, on.alice)));
	before = await snapshot(on.chain);
	expect(Object.keys(before.records)).toHaveLength(CONTRACTS + made.length);
	expect(Object.keys(before.codes)).toHaveLength(CODES + made.length);
	expect(await specVersion(on.chain)).toBe(1);
});

test('the upgrade is applied, and calls sent meanwhile are told that a migration goes on', async () => {
	const { blockHash, events } = await upgrade(on.chain, on.alice, code);
	expect(events.map(({ name }) => name)).toContain('system.CodeUpdated');
	applied = await numberOf(on.chain, blockHash);
	await untilKnown(on.chain, NEXT);
	await eventually(() => isMigrating(on.chain));

	// All at once, while blocks take nothing but inherents: none of them is lost.
	const { chain } = on;
	const { guest, initArgs } = counter('baals');
	const hash = chain.codeHash(rustGuest(guest));
	const [{ address }] = made;
	const { contracts, balances } = chain.api.tx;
	const sent = [
		chain.submit(new Contract(chain, address).tx('increment'), on.bob),
		chain.submit(deployTx(chain, hash, { args: initArgs, salt: 'meanwhile' }), on.charlie),
		chain.submit(contracts.uploadCode(u8aToHex(watGuest('baals/storage.wat')), null, 'Enforced'), on.dave),
		chain.submit(balances.transferKeepAlive(on.bob.address, chain.unit), on.eve),
	];
	// And dry runs of every contract answer at once.
	for (const specimen of made) {
		const { ok, error } = await specimen.dryRun(chain, on.alice);
		expect({ name: specimen.name, ok, error: error?.name }).toEqual({
			name: specimen.name, ok: false, error: 'contracts.MigrationInProgress',
		});
	}
	expect(await isMigrating(chain)).toBe(true);

	const receipts = await Promise.all(sent);
	expect(receipts.map(({ error }) => error?.name ?? null)).toEqual([
		...Array(3).fill('contracts.MigrationInProgress'), null,
	]);
	const blocks = await Promise.all(receipts.map((receipt) => numberOf(chain, receipt.blockHash)));
	rewrittenAt = Math.min(...blocks) - 1;
	// The upgrade in words of blocks: the one behind it begins, each has inherents alone, the last says so.
	const told = await story(chain, applied + 1, rewrittenAt);
	expect(told.length).toBeGreaterThanOrEqual(REWRITING_BLOCKS);
	expect(told.map(({ signed }) => signed)).toEqual(told.map(() => 0));
	const names = told.flatMap((block) => block.names).filter((name) => name.startsWith('multiBlockMigrations.'));
	expect(names[0]).toBe('multiBlockMigrations.UpgradeStarted');
	expect(names.slice(-2)).toEqual(['multiBlockMigrations.MigrationCompleted', 'multiBlockMigrations.UpgradeCompleted']);
	expect(names).not.toContain('multiBlockMigrations.UpgradeFailed');
});

test('codes are checked again in several blocks that take other transactions', async () => {
	await eventually(async () => !(await isPreparing(on.chain)));
	const blocks = (await story(on.chain, rewrittenAt, await on.chain.height())).filter((block) => block.isPreparing);
	expect(blocks.length).toBeGreaterThanOrEqual(PREPARING_BLOCKS);
	expect(await preparation(on.chain)).toEqual({ counts: { 2: CODES + made.length }, refused: 0 });
});

test('every contract keeps its record, its code and its storage', async () => {
	const after = await snapshot(on.chain);
	expect(after).toEqual(before);
	expect(await rewritten(on.chain)).toEqual({ [NEXT]: CONTRACTS + made.length });
});

test('the connection held open dry-runs, calls, deploys and decodes events as before', async () => {
	for (const [index, specimen] of made.entries()) {
		expect(await specimen.value(on.chain, on.alice), specimen.name).toEqual(values[index]);
		const receipt = await on.chain.send(specimen.changeTx(on.chain), on.alice);
		expect(specimen.emitted(on.chain, receipt), specimen.name).toEqual(specimen.emits);
		expect(await specimen.value(on.chain, on.alice), specimen.name).toEqual(specimen.next(values[index]));

		const another = specimen.another();
		await another.deploy(on.chain, on.alice, 'behind the upgrade');
		expect(another.address).not.toBe(specimen.address);
		const value = await another.value(on.chain, on.alice);
		await on.chain.send(another.changeTx(on.chain), on.alice);
		expect(await another.value(on.chain, on.alice), specimen.name).toEqual(another.next(value));
	}
	expect(on.losses).toBe(0);
	expect(on.chain.api.isConnected).toBe(true);
});

test('a new connection finds all of it too, at the other validator, and final', async () => {
	const height = await on.chain.height();
	const fresh = await Chain.connect(on.nodes.bob.url);
	try {
		await eventually(async () => await numberOf(fresh, await fresh.api.rpc.chain.getFinalizedHead()) >= height);
		const hashes = await Promise.all([on.chain, fresh].map((chain) => chain.api.rpc.chain.getBlockHash(height)));
		expect(hashes[0].toHex()).toBe(hashes[1].toHex());
		expect(await specVersion(fresh, hashes[1])).toBe(NEXT);
		for (const { address } of made.slice(0, 3)) {
			const report = await new Contract(fresh, address).query(on.alice, 'get');
			expect(report.ok).toBe(true);
		}
	} finally {
		await fresh.disconnect();
	}
});
