// A chain of several nodes: two that make and finalise blocks, and one that follows them.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Chain } from '../lib/chain.mjs';
import { Contract, deploy } from '../lib/contracts.mjs';
import { counter } from '../lib/counters.mjs';
import { rustGuest } from '../lib/guests.mjs';
import { Folder, QUIET_ARGS, startNode } from '../lib/node.mjs';

const PEOPLE = ['alice', 'bob', 'reader'];
const LIMIT_MS = 300_000;

const { guest, initArgs, start, read } = counter('baals');

const on = {};
let folder;

/** Starts a node of the chain, which looks for the others where it is told. */
async function join(name, ...args) {
	const node = await startNode([
		'--chain=local',
		'--base-path', folder.file(name),
		...QUIET_ARGS,
		// Nobody is to be met but those at the boot nodes' addresses, and nobody but on this machine.
		'--listen-addr=/ip4/127.0.0.1/tcp/0',
		'--no-mdns',
		'--allow-private-ip',
		'--unsafe-force-node-key-generation',
		...args,
	], folder);
	on[name] = { node };
	on[name].chain = await Chain.connect(node.url);
	return on[name];
}

/** Where a node can be met. */
async function addressOf({ chain: { api } }) {
	const id = (await api.rpc.system.localPeerId()).toString();
	const addresses = (await api.rpc.system.localListenAddresses()).map(String);
	const address = addresses.find((one) => one.startsWith('/ip4/127.0.0.1/tcp/'));
	return address.includes('/p2p/') ? address : `${address}/p2p/${id}`;
}

/** Asks each time a block may have come, until the answer is a value; the tests' limit of time ends it. */
async function eventually(ask) {
	for (;;) {
		const answer = await ask();
		if (answer) return answer;
		await sleep(250);
	}
}

const finalHeader = async ({ chain: { api } }) => api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead());

/** Waits until block `number` is final for a node, and gives the hash of what it has at that height. */
async function finalAt(node, number) {
	await eventually(async () => (await finalHeader(node)).number.toNumber() >= number);
	return (await node.chain.api.rpc.chain.getBlockHash(number)).toHex();
}

beforeAll(async () => {
	folder = new Folder();
	const alice = await join('alice', '--alice');
	const boot = `--bootnodes=${await addressOf(alice)}`;
	await Promise.all([join('bob', '--bob', boot), join('reader', boot)]);
}, LIMIT_MS);

afterEach(({ task }) => {
	if (task.result?.state !== 'fail') return;
	for (const name of PEOPLE) console.error(`the log of ${name} ends:\n${on[name]?.node.logTail}`);
});

afterAll(async () => {
	await Promise.all(Object.values(on).map(async ({ node, chain }) => {
		await chain?.disconnect();
		await node.stop();
	}));
	folder?.remove();
});

test('nodes find each other, and know who is what', async () => {
	const roles = async (name) => (await on[name].chain.api.rpc.system.nodeRoles()).map(({ type }) => type);
	expect(await Promise.all(PEOPLE.map(roles))).toEqual([['Authority'], ['Authority'], ['Full']]);
	const ids = await Promise.all(PEOPLE.map(async (name) => (await on[name].chain.api.rpc.system.localPeerId()).toString()));
	for (const [index, name] of PEOPLE.entries()) {
		const others = ids.filter((_, other) => other !== index).sort();
		await eventually(async () => {
			const { peers } = await on[name].chain.api.rpc.system.health();
			return peers.toNumber() === others.length;
		});
		const connected = (await on[name].chain.api.rpc.system.peers()).map(({ peerId }) => peerId.toString());
		expect(connected.sort()).toEqual(others);
	}
}, LIMIT_MS);

test('a contract that one deploys is there for all, as soon as its block is final', async () => {
	const { chain } = on.alice;
	const { contract, receipt } = await deploy(chain, chain.dev('Alice'), rustGuest(guest), { args: initArgs });
	const number = (await chain.api.rpc.chain.getHeader(receipt.blockHash)).number.toNumber();
	for (const name of PEOPLE) {
		expect(await finalAt(on[name], number)).toBe(receipt.blockHash);
		const seen = new Contract(on[name].chain, contract.address);
		expect(await seen.info()).toMatchObject({ codeHash: chain.codeHash(rustGuest(guest)), abi: 'baals' });
		expect(read(await seen.storage('count'))).toBe(start);
	}

	// And what is sent to one who makes no blocks reaches those who do.
	const { chain: readers } = on.reader;
	const called = await new Contract(readers, contract.address).invoke(readers.dev('Bob'), 'increment');
	const then = (await readers.api.rpc.chain.getHeader(called.blockHash)).number.toNumber();
	for (const name of ['alice', 'bob']) {
		expect(await finalAt(on[name], then)).toBe(called.blockHash);
		expect(read(await new Contract(on[name].chain, contract.address).storage('count'))).toBe(start + 1n);
	}
}, LIMIT_MS);

test('blocks are made by both, and final for all', async () => {
	const height = 4;
	const hashes = await Promise.all(PEOPLE.map((name) => finalAt(on[name], height)));
	expect(new Set(hashes).size).toBe(1);

	// The two take turns: slots of Alice's are even, those of Bob's odd.
	const { api } = on.reader.chain;
	const slots = [];
	for (let number = 1; number <= height; number += 1) {
		const { digest } = await api.rpc.chain.getHeader(await api.rpc.chain.getBlockHash(number));
		const [engine, slot] = digest.logs.find(({ isPreRuntime }) => isPreRuntime).asPreRuntime;
		expect(engine.toUtf8()).toBe('aura');
		slots.push(api.createType('u64', slot.toU8a(true)).toNumber());
	}
	expect(new Set(slots.map((slot) => slot % 2)).size).toBe(2);
	expect(slots).toEqual([...slots].sort((one, other) => one - other));
	expect(new Set(slots).size).toBe(height);

	// Both have voted, or nothing would be final.
	const { best } = await api.rpc('grandpa_roundState');
	expect(best).toMatchObject({ totalWeight: 2, thresholdWeight: 2 });
}, LIMIT_MS);
