// When a development node makes blocks and finalises them, as those see it who watch a transaction.

import { WsProvider } from '@polkadot/api';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useChain } from '../lib/fixture.mjs';
import { devArgs } from '../lib/node.mjs';

const MANY = 20;

// As many as the runtime's sessions have.
const SESSION_BLOCKS = 600;

// Longer than any mode waits before it looks for transactions again.
const QUIET_MS = 2_500;

/** A transaction that is like no other. */
const remark = (on, text) => on.chain.api.tx.system.remark(text);

/** Sends a transaction; `told` grows to what the client is told of it, each with its block if it has one. */
function watch(tx, signer, nonce = -1) {
	const told = [];
	const waiting = new Set();
	const failed = new Promise((_, reject) => {
		tx.signAndSend(signer, { nonce }, ({ status }) => {
			told.push({ status: status.type, block: status.isInBlock || status.isFinalized ? status.value.toHex() : null });
			waiting.forEach((look) => look());
		}).catch(reject);
	});
	failed.catch(() => {});
	/** Waits for a status, and gives its block. */
	const until = (name) => Promise.race([failed, new Promise((resolve) => {
		const look = () => {
			const found = told.find(({ status }) => status === name);
			if (!found) return;
			waiting.delete(look);
			resolve(found.block);
		};
		waiting.add(look);
		look();
	})]);
	return { told, until };
}

/** What everyone who watches a transaction of block `block` is to be told. */
const wholeStory = (block) => [
	{ status: 'Ready', block: null },
	{ status: 'InBlock', block },
	{ status: 'Finalized', block },
];

/** Hashes of the transactions in a block. */
async function hashesIn(on, block) {
	const { block: { extrinsics } } = await on.chain.api.rpc.chain.getBlock(block);
	return extrinsics.map(({ hash }) => hash.toHex());
}

const finalised = async (on) => (await on.chain.api.rpc.chain.getFinalizedHead()).toHex();
const best = async (on) => (await on.chain.api.rpc.chain.getHeader()).hash.toHex();

describe('a node that seals instantly', () => {
	const on = useChain(devArgs('instant'));

	test('begins its chain with a block of no transaction, and makes no other', async () => {
		await expect.poll(async () => (await on.chain.api.rpc.chain.getHeader(await finalised(on))).number.toNumber())
			.toBe(1);
		expect(await hashesIn(on, await best(on))).toHaveLength(1);
		expect((await on.chain.api.query.timestamp.now()).toNumber()).toBeGreaterThan(0);
		await sleep(QUIET_MS);
		expect(await on.chain.height()).toBe(1);
	});

	/** Waits for all to be final, and checks what was told of each. */
	async function expectWholeStories(sent) {
		const blocks = await Promise.all(sent.map(({ until }) => until('Finalized')));
		for (const [index, { tx, told }] of sent.entries()) {
			expect(told).toEqual(wholeStory(blocks[index]));
			expect(await hashesIn(on, blocks[index])).toContain(tx.hash.toHex());
		}
		return blocks;
	}

	test('tells of a transaction that it is ready, in a block, and final', async () => {
		const sent = [];
		for (let index = 0; index < MANY; index += 1) {
			const tx = remark(on, `one after the other ${index}`);
			sent.push({ tx, ...watch(tx, on.alice) });
			await sent[index].until('InBlock');
		}
		const blocks = await expectWholeStories(sent);
		expect(new Set(blocks).size).toBe(MANY);
	});

	test('makes no block without a transaction', async () => {
		const before = await best(on);
		await sleep(QUIET_MS);
		expect(await best(on)).toBe(before);
	});

	describe('over the other interface for watchers', () => {
		let provider;
		beforeAll(async () => {
			provider = new WsProvider(on.node.url, 500);
			await provider.isReady;
		});
		afterAll(() => provider?.disconnect());

		test('tells of a transaction that it is valid, in the best block, and final', async () => {
			const signed = await remark(on, 'the other interface').signAsync(on.bob, { nonce: -1 });
			const told = [];
			await new Promise((resolve, reject) => {
				provider.subscribe(
					'transactionWatch_v1_watchEvent', 'transactionWatch_v1_submitAndWatch', [signed.toHex()],
					(error, event) => {
						if (error) reject(error);
						told.push(event);
						if (!['validated', 'bestChainBlockIncluded'].includes(event?.event)) resolve();
					},
				).catch(reject);
			});
			const { block } = told.at(-1);
			expect(await hashesIn(on, block.hash)).toHaveProperty([block.index], signed.hash.toHex());
			expect(told).toEqual([
				{ event: 'validated' },
				{ event: 'bestChainBlockIncluded', block },
				{ event: 'finalized', block },
			]);
		});
	});
});

describe('a session that begins', () => {
	const on = useChain(devArgs('instant'));

	test('keeps no transaction waiting, although its first block has no room for one', async () => {
		const { api } = on.chain;
		while (await on.chain.height() < SESSION_BLOCKS - 1) {
			const missing = SESSION_BLOCKS - 1 - await on.chain.height();
			await Promise.all(Array.from({ length: Math.min(missing, MANY) }, () => api.rpc.engine.createBlock(true, false)));
		}
		expect((await api.query.session.currentIndex()).toNumber()).toBe(0);
		const { until } = watch(remark(on, 'in front of a session'), on.alice);
		const block = await until('Finalized');
		expect((await api.rpc.chain.getHeader(block)).number.toNumber()).toBe(SESSION_BLOCKS + 1);
		expect((await api.query.session.currentIndex()).toNumber()).toBe(1);
	});
});

describe('a node that seals when it is asked', () => {
	const on = useChain(devArgs('manual'));
	const createBlock = (...how) => on.chain.api.rpc('engine_createBlock', ...how);

	test('leaves a transaction where it is until then, and makes a final block at once', async () => {
		const before = await best(on);
		const { told, until } = watch(remark(on, 'patient'), on.alice);
		await until('Ready');
		await sleep(QUIET_MS);
		expect(told).toEqual([{ status: 'Ready', block: null }]);
		expect(await best(on)).toBe(before);

		const { hash } = await createBlock(true, true);
		expect(await finalised(on)).toBe(hash);
		expect(await best(on)).toBe(hash);
		await until('Finalized');
		expect(told).toEqual(wholeStory(hash));
	});

	test('tells the same of each of many that came at once', async () => {
		const first = (await on.chain.api.rpc.system.accountNextIndex(on.alice.address)).toNumber();
		const sent = Array.from({ length: MANY }, (_, index) => {
			const tx = remark(on, `at once ${index}`);
			return { tx, ...watch(tx, on.alice, first + index) };
		});
		await Promise.all(sent.map(({ until }) => until('Ready')));
		const { hash } = await createBlock(true, true);
		await Promise.all(sent.map(({ until }) => until('Finalized')));
		const included = await hashesIn(on, hash);
		for (const { tx, told } of sent) {
			// One that overtakes its predecessor is not ready yet.
			if (told[0].status === 'Future') told.shift();
			expect(told).toEqual(wholeStory(hash));
			expect(included).toContain(tx.hash.toHex());
		}
	});

	test('makes a block that is not final, and finalises it when it is asked', async () => {
		const before = await finalised(on);
		const { told, until } = watch(remark(on, 'not yet'), on.alice);
		await until('Ready');
		const { hash } = await createBlock(true, false);
		expect(await until('InBlock')).toBe(hash);
		await sleep(QUIET_MS);
		expect(told).toEqual(wholeStory(hash).slice(0, 2));
		expect(await best(on)).toBe(hash);
		expect(await finalised(on)).toBe(before);

		expect(await on.chain.api.rpc('engine_finalizeBlock', hash)).toBe(true);
		expect(await finalised(on)).toBe(hash);
		await until('Finalized');
		expect(told).toEqual(wholeStory(hash));
	});

	test('finalises with a block what comes before it', async () => {
		const { told, until } = watch(remark(on, 'on the way'), on.alice);
		await until('Ready');
		const below = (await createBlock(true, false)).hash;
		await until('InBlock');
		const above = (await createBlock(true, true)).hash;
		expect(await finalised(on)).toBe(above);
		await until('Finalized');
		expect(told).toEqual(wholeStory(below));
		expect((await on.chain.api.rpc.chain.getHeader(above)).parentHash.toHex()).toBe(below);
	});

	test('refuses a block without transactions if it is to have some', async () => {
		const before = await best(on);
		for (const final of [true, false]) {
			await expect(createBlock(false, final)).rejects.toThrow(/[Tt]ransaction pool is empty/);
		}
		expect(await best(on)).toBe(before);
		expect(await finalised(on)).toBe(before);
	});

	test('makes a block on another, and it is the final one of the two', async () => {
		const parent = await finalised(on);
		const given = (await createBlock(true, false)).hash;
		const { hash } = await createBlock(true, true, parent);
		expect(hash).not.toBe(given);
		expect((await on.chain.api.rpc.chain.getHeader(hash)).parentHash.toHex()).toBe(parent);
		expect(await finalised(on)).toBe(hash);
		expect(await best(on)).toBe(hash);
	});

	test('refuses what would undo a final block', async () => {
		const head = await finalised(on);
		const genesis = on.chain.api.genesisHash.toHex();
		await expect(createBlock(true, true, genesis)).rejects.toThrow(/final/);
		expect(await finalised(on)).toBe(head);
		expect(await best(on)).toBe(head);
		// Neither does it stop.
		const { hash } = await createBlock(true, true);
		expect(await finalised(on)).toBe(hash);
	});
});

describe('a node that seals at an interval', () => {
	const on = useChain(devArgs('500'));

	/** Waits for so many more blocks to be final, and gives their headers. */
	const nextFinal = (count) => new Promise((resolve, reject) => {
		const headers = [];
		const subscription = on.chain.api.rpc.chain.subscribeFinalizedHeads((header) => {
			if (headers.length < count) headers.push(header);
			if (headers.length === count) subscription.then((unsubscribe) => unsubscribe()).then(() => resolve(headers));
		});
		subscription.catch(reject);
	});

	test('makes blocks without transactions, and finalises them', async () => {
		const headers = await nextFinal(4);
		const numbers = headers.map(({ number }) => number.toNumber());
		expect(numbers).toEqual(numbers.map((_, index) => numbers[0] + index));
		for (const { hash } of headers.slice(1)) {
			// The time alone.
			expect(await hashesIn(on, hash)).toHaveLength(1);
		}
	});

	test('tells of a transaction that it is ready, in a block, and final', async () => {
		const tx = remark(on, 'at the next interval');
		const { told, until } = watch(tx, on.alice);
		const block = await until('Finalized');
		expect(told).toEqual(wholeStory(block));
		expect(await hashesIn(on, block)).toContain(tx.hash.toHex());
	});
});
