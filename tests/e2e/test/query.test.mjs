import { beforeAll, describe, expect, test } from 'vitest';
import { text, u32, u64 } from '../lib/codec.mjs';
import { deploy, SNIPPET_GAS } from '../lib/contracts.mjs';
import { COUNTERS, counter } from '../lib/counters.mjs';
import { useChain } from '../lib/fixture.mjs';
import { rustGuest, workbench } from '../lib/guests.mjs';

const on = useChain();

describe.each(COUNTERS)('a $abi counter', ({ abi, guest, initArgs, start, read, gas, logs, failure }) => {
	let contract;

	beforeAll(async () => {
		({ contract } = await deploy(on.chain, on.alice, rustGuest(guest), { args: initArgs }));
	});

	test('answers a query', async () => {
		const answer = await contract.query(on.bob, 'get');
		expect(answer).toMatchObject({ ok: true, abiGas: gas.get, changes: [], trap: null, revertMessage: null });
		expect(read(answer.output)).toBe(start);
		expect(answer.events.map(({ name }) => name)).toEqual(['contracts.Called']);
		expect(answer.calls).toHaveLength(1);
		expect(answer.calls[0]).toMatchObject({ depth: 1, contract: contract.address, fn: 'get', ok: true, abiGas: gas.get });
		expect(answer.calls[0].gasConsumed).toEqual(answer.gasConsumed);
	});

	test('answers anybody, also who has no account', async () => {
		const nobody = on.chain.dev('Nobody');
		expect(await on.chain.balance(nobody)).toBe(0n);
		expect(read((await contract.query(nobody, 'get')).output)).toBe(start);
	});

	test('changes nothing in a query', async () => {
		const attempt = await contract.query(on.bob, 'increment');
		expect(attempt.changes).toEqual([]);
		expect(read(await contract.storage('count'))).toBe(start);
		if (abi !== 'baals') {
			// The ABI has no code for it, so the call ends.
			expect(attempt.ok).toBe(false);
			expect(attempt.error.name).toBe('contracts.StateChangeDenied');
		}
	});

	test('is dry-run by the snippets that clients have', async () => {
		const height = await on.chain.height();
		const run = await contract.snippetRun(on.alice, 'increment');
		expect(SNIPPET_GAS.proofSize).toBe(0);
		expect(run.ok).toBe(true);
		expect(read(run.output)).toBe(start + 1n);
		expect(run.gasConsumed.refTime).toBeGreaterThan(0n);
		expect(run.gasRequired.refTime).toBeGreaterThanOrEqual(run.gasConsumed.refTime);
		expect(run.debugMessage).toBe(logs.increment.map((line) => `${line}\n`).join(''));
		expect(read(await contract.storage('count'))).toBe(start);
		expect(await on.chain.height()).toBe(height);
	});

	test('is dry-run alike without a limit, with clients\' and with our own report', async () => {
		const snippet = await contract.snippetRun(on.alice, 'increment');
		const unlimited = await contract.snippetRun(on.alice, 'increment', [], { gas: null });
		const report = await contract.dryRun(on.alice, 'increment');
		expect(unlimited).toEqual(snippet);
		expect(report.output).toEqual(snippet.output);
		expect(report.gasRequired).toEqual(snippet.gasRequired);
		expect(report.deposit).toBe(snippet.deposit);
	});

	test('tells a dry run what would change', async () => {
		const { changes } = await contract.dryRun(on.alice, 'increment');
		expect(changes).toEqual([
			{ contract: contract.address, key: text('count'), old: u64(start), now: u64(start + 1n) },
		]);
	});

	test('tells a dry run why it fails', async () => {
		const report = await contract.dryRun(on.alice, 'fail');
		expect(report.ok).toBe(false);
		expect(report.changes).toEqual([]);
		expect(report.abiGas).toBe(gas.fail);
		expect(report.revertMessage).toBe(failure.revertMessage);
		if (failure.revertMessage) {
			expect(report).toMatchObject({ reverted: true, trap: null });
		} else {
			expect(report.error.name).toBe(failure.error);
			expect(report.trap).toMatchObject({ contract: contract.address, reason: 'unreachable executed' });
			expect(report.trap.offset).toBeGreaterThan(0);
			expect(report.trap.offset).toBeLessThan(rustGuest(guest).length);
		}
		const snippet = await contract.snippetRun(on.alice, 'fail');
		expect(snippet.ok).toBe(false);
		expect(snippet.debugMessage).toContain(failure.revertMessage ?? 'unreachable');
	});
});

test('a write in a query is refused to a contract that asks', async () => {
	const { contract } = await deploy(on.chain, on.alice, workbench());
	const refused = u32(0xffff_ffff);
	expect(await contract.query(on.alice, 'put', ['key', 'value'])).toMatchObject({ ok: true, output: refused });
	expect(await contract.query(on.alice, 'del', ['key'])).toMatchObject({ ok: true, output: refused });
	expect(await contract.dryRun(on.alice, 'put', ['key', 'value'])).toMatchObject({ ok: true, output: u32(0) });
});

test('a query without end is ended', async () => {
	const { contract } = await deploy(on.chain, on.alice, workbench());
	const answer = await contract.query(on.alice, 'spin', [], { gas: { refTime: 10_000_000_000, proofSize: 100_000 } });
	expect(answer.ok).toBe(false);
	expect(answer.error.name).toBe('contracts.OutOfGas');
});

test('a query without end and without a limit is ended at a block\'s', async () => {
	const { contract } = await deploy(on.chain, on.alice, workbench());
	const answer = await contract.query(on.alice, 'spin');
	expect(answer.error.name).toBe('contracts.OutOfGas');
	const max = on.chain.api.consts.system.blockWeights.maxBlock.refTime.toBigInt();
	expect(answer.gasConsumed.refTime).toBeLessThanOrEqual(max);
});

test('a query of what is no contract says so', async () => {
	const { contract } = await deploy(on.chain, on.alice, rustGuest('counter-aureon'));
	contract.address = on.bob.address;
	const answer = await contract.query(on.alice, 'get');
	expect(answer.error.name).toBe('contracts.ContractNotFound');
	await expect(contract.storage('count')).rejects.toThrow('DoesntExist');
});

test('a dry run sees a value that the origin does not have', async () => {
	const { contract } = await deploy(on.chain, on.alice, rustGuest('counter-aureon'));
	const report = await contract.dryRun(on.chain.dev('Nobody'), 'increment', [], { value: on.chain.unit });
	expect(report.ok).toBe(false);
	expect(counter('aureon').read(await contract.storage('count'))).toBe(0n);
});
