// Contracts that call contracts: within one ABI, across three of them, and into failure.

import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { account, text, toNumber, toSigned, toText, u64 } from '../lib/codec.mjs';
import { deploy, emitted, executed } from '../lib/contracts.mjs';
import { COUNTERS } from '../lib/counters.mjs';
import { useChain } from '../lib/fixture.mjs';
import { rustGuest, workbench } from '../lib/guests.mjs';

const on = useChain();

describe('a pool that moves tokens', () => {
	const SUPPLY = 1_000_000n;
	let token;
	let pool;
	const of = (person) => account(person.address);
	const number = async (contract, fn, ...args) => toNumber((await contract.query(on.alice, fn, args)).output);
	const tokens = (person) => number(token, 'balance_of', of(person));
	const allow = (person, amount) => token.invoke(person, 'approve', [of(pool), u64(amount)]);

	beforeEach(async () => {
		({ contract: token } = await deploy(on.chain, on.alice, rustGuest('token'), { args: [u64(SUPPLY)] }));
		({ contract: pool } = await deploy(on.chain, on.alice, rustGuest('pool'), { args: [of(token)] }));
		for (const person of [on.bob, on.charlie]) {
			await token.invoke(on.alice, 'transfer', [of(person), u64(10_000)]);
		}
	});

	test('takes them where it is allowed to, and gives them back', async () => {
		await allow(on.bob, 600);
		const receipt = await pool.invoke(on.bob, 'stake', [u64(400)]);
		expect(await tokens(on.bob)).toBe(9_600n);
		expect(await tokens(pool)).toBe(400n);
		expect(await number(pool, 'staked_of', of(on.bob))).toBe(400n);
		expect(await number(token, 'allowance', of(on.bob), of(pool))).toBe(200n);

		// The token's event comes first: it was called before the pool told of it.
		const events = emitted(on.chain, receipt.events);
		expect(events.map(({ contract, topic }) => [contract, topic])).toEqual([
			[token.address, 'Transfer'],
			[pool.address, 'Staked'],
		]);
		expect(events[0].data).toEqual(Uint8Array.from([...of(on.bob), ...of(pool), ...u64(400)]));
		expect(events[1].data).toEqual(Uint8Array.from([...of(on.bob), ...u64(400)]));

		await pool.invoke(on.bob, 'unstake', [u64(150)]);
		expect(await tokens(on.bob)).toBe(9_750n);
		expect(await number(pool, 'total_staked')).toBe(250n);
	});

	test('shares rewards by stake', async () => {
		await allow(on.bob, 3_000);
		await allow(on.charlie, 1_000);
		await pool.invoke(on.bob, 'stake', [u64(3_000)]);
		await pool.invoke(on.charlie, 'stake', [u64(1_000)]);
		await allow(on.alice, 1_000);
		await pool.invoke(on.alice, 'fund', [u64(1_000)]);

		// A quarter for each unit, which binary digits hold exactly.
		expect(await number(pool, 'reward_of', of(on.bob))).toBe(750n);
		expect(await number(pool, 'reward_of', of(on.charlie))).toBe(250n);
		const foretold = await pool.dryRun(on.bob, 'claim');
		expect(toNumber(foretold.output)).toBe(750n);
		await pool.invoke(on.bob, 'claim');
		expect(await tokens(on.bob)).toBe(7_750n);
		expect(toNumber((await pool.dryRun(on.bob, 'claim')).output)).toBe(0n);
	});

	test('does nothing at all where the token refuses', async () => {
		await allow(on.bob, 399);
		const report = await pool.dryRun(on.bob, 'stake', [u64(400)]);
		expect(report).toMatchObject({ ok: false, revertMessage: 'token transfer failed', changes: [] });
		expect(report.calls.map(({ depth, contract, fn, ok }) => [depth, contract, fn, ok])).toEqual([
			[1, pool.address, 'stake', false],
			[2, token.address, 'transfer_from', false],
		]);
		expect(toText(report.calls[1].output)).toBe('allowance is too low');

		const receipt = await pool.tryInvoke(on.bob, 'stake', [u64(400)]);
		expect(receipt.error.name).toBe('contracts.ContractReverted');
		expect(await number(pool, 'total_staked')).toBe(0n);
		expect(await tokens(on.bob)).toBe(10_000n);
		expect(emitted(on.chain, receipt.events)).toEqual([]);
	});

	test('tells a dry run what changes in both contracts', async () => {
		await allow(on.bob, 400);
		const { changes, abiGas, calls, gasConsumed } = await pool.dryRun(on.bob, 'stake', [u64(400)]);
		const changed = (contract) => changes.filter((change) => change.contract === contract.address).length;
		expect(changed(token)).toBe(3);
		expect(changed(pool)).toBe(2);
		const [root, sub] = calls;
		expect(root.abiGas).toBe(abiGas);
		expect(sub.abiGas).toBeLessThan(abiGas);
		// The settlement of deposits is behind the root's end, and part of what is paid.
		expect(root.gasConsumed.refTime).toBeLessThan(gasConsumed.refTime);
		expect(sub.gasConsumed.refTime).toBeLessThan(root.gasConsumed.refTime);
	});

	test('keeps its promises whatever the order', async () => {
		const people = [on.bob, on.charlie];
		for (const person of people) await allow(person, 10_000);
		await allow(on.alice, 10_000);
		const steps = [
			[on.bob, 'stake', 7], [on.charlie, 'stake', 11], [on.alice, 'fund', 100], [on.bob, 'unstake', 3],
			[on.charlie, 'stake', 1_000], [on.alice, 'fund', 1], [on.bob, 'claim'], [on.alice, 'fund', 999],
			[on.charlie, 'unstake', 1_011], [on.charlie, 'claim'], [on.bob, 'unstake', 4], [on.bob, 'claim'],
		];
		for (const [person, fn, amount] of steps) {
			await pool.invoke(person, fn, amount === undefined ? [] : [u64(amount)]);
			const staked = await number(pool, 'total_staked');
			expect(staked).toBe((await number(pool, 'staked_of', of(on.bob))) + (await number(pool, 'staked_of', of(on.charlie))));
			const owed = (await number(pool, 'reward_of', of(on.bob))) + (await number(pool, 'reward_of', of(on.charlie)));
			expect(await tokens(pool)).toBeGreaterThanOrEqual(staked + owed);
		}
		const everything = await Promise.all([on.alice, on.bob, on.charlie, pool].map(tokens));
		expect(everything.reduce((sum, part) => sum + part)).toBe(SUPPLY);
	});
});

describe('a bridge between three ABIs', () => {
	let bridge;
	const counters = {};
	const start = COUNTERS.map((entry) => entry.start);
	const numbers = (output) => [0, 8, 16].map((at) => toNumber(output.slice(at, at + 8)));
	const counts = async () => numbers((await bridge.query(on.alice, 'get_all')).output);

	beforeAll(async () => {
		for (const { abi, guest, initArgs } of COUNTERS) {
			({ contract: counters[abi] } = await deploy(on.chain, on.alice, rustGuest(guest), { args: initArgs }));
		}
		const args = COUNTERS.map(({ abi }) => account(counters[abi].address));
		({ contract: bridge } = await deploy(on.chain, on.alice, rustGuest('bridge'), { args, value: 5n * on.chain.unit }));
	});

	test('calls all of them in one transaction, and adds up their gas', async () => {
		const before = await counts();
		const report = await bridge.dryRun(on.bob, 'add_all', [u64(4)]);
		expect(numbers(report.output)).toEqual(before.map((count) => count + 4n));
		expect(report.calls.map(({ depth, fn }) => [depth, fn])).toEqual([[1, 'add_all'], [2, 'add'], [2, 'add'], [2, 'add']]);
		expect(report.calls.slice(1).map(({ abiGas }) => abiGas)).toEqual(COUNTERS.map(({ gas }) => gas.add));

		const receipt = await bridge.invoke(on.bob, 'add_all', [u64(4)]);
		expect(await counts()).toEqual(before.map((count) => count + 4n));
		const ran = executed(receipt.events);
		expect(ran.abiGas).toBe(report.abiGas);
		const below = COUNTERS.reduce((sum, { gas }) => sum + gas.add, 0n);
		// Its own part: one read of where they are, three calls.
		expect(ran.abiGas).toBe(below + 100n + 3n * 1_000n);
	});

	test('gives the logs of those below', async () => {
		const receipt = await bridge.invoke(on.bob, 'increment_all');
		expect(executed(receipt.events).logs).toEqual(['increment', 'incremented']);
	});

	test('is the caller of those below', async () => {
		const receipt = await bridge.invoke(on.bob, 'increment_all');
		const called = receipt.events.filter(({ name }) => name === 'contracts.Called');
		const root = called.find(({ fields }) => fields.contract.toString() === bridge.address);
		expect(root.fields.caller.asSigned.toString()).toBe(on.bob.address);
		for (const { abi } of COUNTERS) {
			const sub = called.find(({ fields }) => fields.contract.toString() === counters[abi].address);
			expect(sub?.fields.caller.asSigned.toString()).toBe(bridge.address);
		}
	});

	test('goes on where those below fail, which are undone', async () => {
		const before = await counts();
		const { output, ok, changes } = await bridge.dryRun(on.bob, 'fail_all');
		expect(ok).toBe(true);
		expect([0, 4, 8].map((at) => toSigned(output.slice(at, at + 4)))).toEqual([-1n, -1n, -1n]);
		expect(numbers(output.slice(12))).toEqual(before);
		expect(changes).toEqual([]);
		await bridge.invoke(on.bob, 'fail_all');
		expect(await counts()).toEqual(before);
	});

	test('undoes all of them where one fails and it does not go on', async () => {
		const before = await counts();
		// No count but the first one's is near the end of its type.
		const huge = u64(2n ** 64n - 1n - before[0]);
		const receipt = await bridge.tryInvoke(on.bob, 'add_all', [huge]);
		expect(receipt.error.name).toBe('contracts.ContractReverted');
		expect(await counts()).toEqual(before);
		expect(emitted(on.chain, receipt.events)).toEqual([]);
	});

	test('answers queries through all of them, read-only at every depth', async () => {
		expect(await counts()).toHaveLength(3);
		const attempt = await bridge.query(on.bob, 'increment_all');
		expect(attempt).toMatchObject({ ok: false, revertMessage: 'callee failed' });
	});

	test('hands its money on', async () => {
		const { address } = counters.aureon;
		const [mine, theirs] = await Promise.all([on.chain.balance(bridge.address), on.chain.balance(address)]);
		const args = [account(address), text('increment'), new Uint8Array(0), u64(on.chain.unit)];
		const receipt = await bridge.invoke(on.bob, 'send', args);
		expect(receipt.error).toBe(null);
		expect(await on.chain.balance(bridge.address)).toBe(mine - on.chain.unit);
		expect(await on.chain.balance(address)).toBe(theirs + on.chain.unit);
	});

	test('does not hand on what it does not have', async () => {
		const { address } = counters.aureon;
		const args = [account(address), text('increment'), new Uint8Array(0), u64(2n ** 62n)];
		const before = await counts();
		const report = await bridge.dryRun(on.bob, 'send', args);
		expect(toSigned(report.output.slice(0, 4))).toBe(-1n);
		await bridge.invoke(on.bob, 'send', args);
		expect(await counts()).toEqual(before);
	});

	test('cannot call itself, nor what is no contract', async () => {
		for (const target of [bridge.address, on.charlie.address]) {
			const report = await bridge.dryRun(on.bob, 'call', [account(target), text('get_all'), new Uint8Array(0)]);
			expect(report.ok).toBe(true);
			expect(toSigned(report.output.slice(0, 4))).toBe(-1n);
		}
	});

	test('survives a callee that takes all it can get', async () => {
		const { contract: endless } = await deploy(on.chain, on.alice, workbench());
		const receipt = await bridge.tryInvoke(on.bob, 'call', [account(endless.address), text('spin'), text('')]);
		expect(receipt.error.name).toBe('contracts.OutOfGas');
	});

	test('passes the output of a callee on', async () => {
		const { contract: bench } = await deploy(on.chain, on.alice, workbench());
		await bench.invoke(on.alice, 'put', ['key', 'any value at all']);
		const report = await bridge.query(on.bob, 'must_call', [account(bench.address), text('take'), text('key')]);
		expect(report).toMatchObject({ ok: true, output: text('any value at all') });
	});
});
