// A chain of four validators and a full node on hosts of their own, under a steady load of contract calls, while
// it loses a validator, falls apart into halves, and is joined by nodes that begin at genesis.

import { u8aToHex } from '@polkadot/util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Folder } from '../lib/node.mjs';
import { report } from './lib/figures.mjs';
import { makeHosts } from './lib/hosts.mjs';
import { contractsState } from './lib/invariants.mjs';
import { Ledger } from './lib/ledger.mjs';
import { Load } from './lib/load.mjs';
import { Peer } from './lib/peer.mjs';
import { complaintsOf, inSequence, logsOf } from './lib/sequence.mjs';
import { writeSpec } from './lib/spec.mjs';
import { stateDigest } from './lib/state.mjs';
import { Counter, Flipper } from './lib/targets.mjs';
import { eventually } from './lib/wait.mjs';
import { Witness } from './lib/witness.mjs';

const VALIDATORS = ['alice', 'bob', 'charlie', 'dave'];
const SENDERS = ['Alice', 'Bob', 'Charlie', 'Dave', 'Eve', 'Ferdie'];
const CALL_EVERY_MS = 250;

// Blocks that show that something goes on.
const SOME_BLOCKS = 5;
// Blocks after which what was on its way when the network was cut has arrived.
const SETTLING_BLOCKS = 2;

const capitalised = (name) => name[0].toUpperCase() + name.slice(1);

const witness = new Witness();
const ledger = new Ledger();
const figures = {};
const peers = {};
const everybody = Object.values;
let folder;
let hosts;
let load;
let targets;
let stopWatching;

const validators = () => VALIDATORS.map((name) => peers[name]);
const running = () => Object.values(peers).filter(({ isUp }) => isUp);
const highest = async (some) => Math.max(...await Promise.all(some.map((peer) => peer.best())));

/** As `eventually`, but fails as soon as a node has ended by itself. */
const until = (ask) => eventually(() => {
	everybody(peers).forEach((peer) => peer.ensureAlive());
	return ask();
});

/** Waits until these nodes have final blocks of at least that height. */
const finalAt = (some, height) => until(() => some.every((peer) => witness.heightOf(peer) >= height));

/** Starts a node, which looks for the others where they are. */
async function join(peer, ...more) {
	const addresses = await Promise.all(running().map((other) => other.address()));
	await peer.start(...addresses.map((address) => `--bootnodes=${address}`), ...more);
}

/** What a node has at a height: the block, the state root in it, and what is in the state. */
async function holding(peer, height) {
	const hash = await peer.hashAt(height);
	const { stateRoot } = await peer.header(hash);
	return { hash, stateRoot, ...await stateDigest(peer, hash) };
}

/** Expects that nodes have the same state at a height. */
async function expectOneState(some, height) {
	const [first, ...others] = await Promise.all(some.map((peer) => holding(peer, height)));
	for (const other of others) expect(other).toEqual(first);
}

/** Expects that no node has anything else than what was ever called final. */
async function expectNothingTakenBack(some) {
	expect(witness.contradictions).toEqual([]);
	for (const peer of some) expect(await witness.missingAt(peer), peer.name).toEqual([]);
}

/** The slot that a block was made in. */
async function slotOf(peer, height) {
	const { digest } = await peer.rpc('chain_getHeader', await peer.hashAt(height));
	// What is told before the runtime runs, by `aura`, 8 bytes long.
	const log = digest.logs.find((one) => one.startsWith('0x066175726120'));
	return Number(Buffer.from(log.slice(14), 'hex').readBigUInt64LE());
}

/** Names of the validators by whose turn it is, as the runtime has them at a height. */
async function turnsOf(peer, height) {
	const chain = await peer.chain();
	const authorities = await chain.api.query.aura.authorities.at(await peer.hashAt(height));
	return authorities.map((key) => VALIDATORS.find((name) => (
		u8aToHex(chain.dev(capitalised(name)).publicKey) === key.toHex()
	)));
}

/** Who made the block at a height. */
async function authorOf(peer, height) {
	const turns = await turnsOf(peer, height - 1);
	return turns[await slotOf(peer, height) % turns.length];
}

/** Hashes of the transactions in a node's blocks above a height, as far as it has got. */
async function callsAbove(peer, height) {
	const { api } = await peer.chain();
	const calls = new Set();
	const best = await peer.best();
	for (let number = height + 1; number <= best; number += 1) {
		const { block } = await api.rpc.chain.getBlock(await peer.hashAt(number));
		block.extrinsics.filter(({ isSigned }) => isSigned).forEach(({ hash }) => calls.add(hash.toHex()));
	}
	return calls;
}

beforeAll(async () => {
	folder = new Folder();
	const all = [...VALIDATORS, 'reader', 'late', 'warped'];
	hosts = makeHosts(folder, all);
	const spec = await writeSpec(folder, VALIDATORS.map(capitalised));
	for (const name of all) {
		peers[name] = new Peer(folder, hosts.hosts[name], name, [
			`--chain=${spec}`,
			'--no-mdns',
			'--allow-private-ip',
			'--unsafe-force-node-key-generation',
			...VALIDATORS.includes(name) ? [`--${name}`] : [],
		]);
	}
	for (const peer of validators()) await join(peer);
	// Everything that it ever knew can be asked of this one.
	await join(peers.reader, '--state-pruning=archive', '--blocks-pruning=archive');
	stopWatching = witness.watch(everybody(peers));

	const chain = await peers.reader.chain();
	const alice = chain.dev('Alice');
	targets = [];
	for (const kind of [Counter, Flipper]) targets.push((await kind.deploy(chain, alice)).target);
	// On every branch of the chain that calls of them will be on.
	await peers.reader.settled();
	load = new Load({
		chain,
		witness,
		peers: validators(),
		// Each call goes to two validators, one of each half.
		route: (turn) => [0, 2].map((offset) => validators()[(turn + offset) % VALIDATORS.length]),
		next: (turn) => targets[turn % targets.length].call(),
	});
	await load.enlist(peers.reader, SENDERS.map((name) => chain.dev(name)));
	load.start(CALL_EVERY_MS);
});

inSequence(() => `${logsOf(everybody(peers))}\n${complaintsOf(witness, load)}`);

afterAll(async () => {
	await load?.pause();
	await stopWatching?.();
	await Promise.all(everybody(peers).map((peer) => peer.stop()));
	folder?.remove();
});

test('four validators make blocks, and a full node has them final with them', async () => {
	const some = running();
	expect(some).toHaveLength(VALIDATORS.length + 1);
	await finalAt(some, SOME_BLOCKS);

	const authors = new Set();
	let height = 0;
	await until(async () => {
		while (height < witness.heightOf(peers.reader)) {
			height += 1;
			authors.add(await authorOf(peers.reader, height));
		}
		return authors.size === VALIDATORS.length;
	});
	expect([...authors].sort()).toEqual(VALIDATORS);
	await expectOneState(some, height);
	const { totalWeight, thresholdWeight } = (await peers.reader.rpc('grandpa_roundState')).best;
	expect({ totalWeight, thresholdWeight }).toEqual({ totalWeight: 4, thresholdWeight: 3 });
});

/** Kills a node as soon as it says that it makes a block; gives whether the block was not finished yet. */
async function killAtBlock(peer) {
	const { node } = peer;
	await new Promise((resolve) => {
		const forget = node.onLog((text) => {
			if (!text.includes('Starting consensus session')) return;
			forget();
			node.kill();
			resolve();
		});
	});
	await peer.kill();
	return !node.log.split('Starting consensus session').at(-1).includes('Prepared block');
}

test('a validator that is killed while it makes a block is not missed, and catches up', async () => {
	const victim = peers.dave;
	const others = running().filter((peer) => peer !== victim);

	figures.kills = 0;
	for (let wasMaking = false; !wasMaking;) {
		if (!victim.isUp) await join(victim);
		wasMaking = await killAtBlock(victim);
		figures.kills += 1;
	}

	// Blocks that nobody had when it was killed become final without it.
	const then = await highest(others);
	await finalAt(others, then + SOME_BLOCKS);

	await join(victim);
	const now = witness.height;
	expect(now).toBeGreaterThan(then);
	await finalAt([victim], now);
	await expectOneState([...others, victim], now);
	await expectNothingTakenBack([...others, victim]);

	// It makes blocks again: one in a slot that is its own.
	let height = await victim.best();
	await until(async () => {
		while (height < witness.heightOf(peers.reader)) {
			height += 1;
			if (await authorOf(peers.reader, height) === victim.name) return true;
		}
		return false;
	});
});

test('two against two finalise nothing, and one chain comes out with every final call in it, once', async (context) => {
	if (hosts.whyShared) {
		context.skip(Boolean(process.env.CAISSON_NO_NETNS), hosts.whyShared);
		throw new Error(`hosts of their own are needed to cut a network in two: ${hosts.whyShared}`);
	}
	const some = running();
	const before = new Map(witness.calls);
	expect(before.size).toBeGreaterThan(0);

	hosts.cutOff(['charlie', 'dave']);
	const cut = await highest(some);
	await until(async () => (await Promise.all(some.map((peer) => peer.best()))).every((best) => best >= cut + SETTLING_BLOCKS));
	const finals = () => Promise.all(some.map((peer) => peer.final()));
	const settled = await finals();
	await until(async () => (await Promise.all(some.map((peer) => peer.best()))).every((best) => best >= cut + SETTLING_BLOCKS + SOME_BLOCKS));
	expect(await finals()).toEqual(settled);
	expect(Math.max(...settled)).toBeLessThanOrEqual(cut);

	// Each half has made a chain of its own, with calls that are in the other's too.
	const [left, right] = [peers.alice, peers.charlie];
	expect(await left.hashAt(cut + 2)).not.toBe(await right.hashAt(cut + 2));
	const [onLeft, onRight] = await Promise.all([callsAbove(left, cut), callsAbove(right, cut)]);
	figures['blocks of the halves'] = (await left.best()) + (await right.best()) - 2 * cut;
	figures['calls in both halves'] = [...onLeft].filter((call) => onRight.has(call)).length;
	expect(figures['calls in both halves']).toBeGreaterThan(0);

	hosts.join();
	const healed = await highest(some);
	await finalAt(some, healed + 1);
	await expectOneState(some, healed + 1);
	await expectNothingTakenBack(some);
	await ledger.readTo(await peers.reader.chain(), healed + 1);
	const found = new Map(ledger.entries.map(({ hash, number }) => [hash, number]));
	expect([...before].filter(([call, number]) => found.get(call) !== number)).toEqual([]);
	expect(ledger.outOfTurn()).toEqual([]);
});

test('a node that begins at genesis gets to the same state, by its blocks and by warp sync', async () => {
	const { reader, late, warped } = peers;
	const goal = witness.height;
	await Promise.all([join(late, '--sync=full'), join(warped, '--sync=warp')]);
	for (const peer of [late, warped]) {
		await finalAt([peer], goal);
		const height = witness.heightOf(peer);
		await finalAt([reader], height);
		await expectOneState([reader, peer], height);
		await expectNothingTakenBack([peer]);
	}
	expect(warped.node.log).toContain('Warp sync is complete');
	expect(late.node.log).not.toContain('Warp sync is complete');
	// The blocks in between come too, later.
	const first = await reader.hashAt(1);
	await until(async () => (await warped.rpc('chain_getBlock', first)) !== null);
});

test('every call that was sent was applied once, in a block that is final for all', async () => {
	await load.pause();
	await until(() => load.settled());
	const height = Math.max(...witness.calls.values());
	const some = running();
	await finalAt(some, height);

	const chain = await peers.reader.chain();
	await ledger.readTo(chain, height);
	const found = new Map(ledger.entries.map(({ hash, number }) => [hash, number]));
	const lost = [...witness.calls].filter(([call, number]) => found.get(call) !== number);
	Object.assign(figures, {
		blocks: height,
		'calls sent': load.sent.size,
		included: [...load.sent.keys()].filter((call) => found.has(call)).length,
		finalised: [...load.sent.keys()].filter((call) => witness.calls.has(call)).length,
		failed: ledger.entries.filter(({ hash, ok }) => load.sent.has(hash) && !ok).length,
		lost: lost.length,
		'offered again': load.offeredAgain,
	});
	report('network', figures);

	expect(lost).toEqual([]);
	expect(figures.included).toBe(figures['calls sent']);
	expect(figures.failed).toBe(0);
	expect(ledger.outOfTurn()).toEqual([]);
	const at = await peers.reader.hashAt(height);
	const api = await chain.api.at(at);
	for (const [address, nonce] of ledger.nonces()) {
		expect((await api.query.system.account(address)).nonce.toNumber(), address).toBe(nonce);
	}
	for (const target of targets) expect(await target.fault(chain, at, ledger.callsOf(target.address).length)).toBe(null);
	await expectNothingTakenBack(some);
	for (const peer of some) expect(await contractsState(peer, at)).toMatchObject({ faults: [], contracts: targets.length });
});
