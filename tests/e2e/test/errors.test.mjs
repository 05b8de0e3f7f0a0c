import { beforeAll, describe, expect, test } from 'vitest';
import { text, u32, u64 } from '../lib/codec.mjs';
import { AMPLE_GAS, deploy } from '../lib/contracts.mjs';
import { counter } from '../lib/counters.mjs';
import { useChain } from '../lib/fixture.mjs';
import { rustGuest, workbench } from '../lib/guests.mjs';

const on = useChain();
let contract;

beforeAll(async () => {
	({ contract } = await deploy(on.chain, on.alice, workbench()));
});

test('a module error is decoded with its documentation', async () => {
	const receipt = await contract.tryInvoke(on.alice, 'nothing of the kind');
	expect(receipt.error.text).toMatch(/^contracts\.FunctionNotFound: .*function/);
});

describe('a revert', () => {
	test('gives its message to the caller of a dry run', async () => {
		const report = await contract.dryRun(on.bob, 'stop', ['insufficient funds: 3 < 5']);
		expect(report).toMatchObject({ ok: false, reverted: true, trap: null, revertMessage: 'insufficient funds: 3 < 5', changes: [] });
		const snippet = await contract.snippetRun(on.bob, 'stop', ['insufficient funds: 3 < 5']);
		expect(snippet).toMatchObject({ ok: false, reverted: true, output: text('insufficient funds: 3 < 5') });
		expect(snippet.debugMessage).toContain('insufficient funds: 3 < 5');
	});

	test('may be without words, or with too many', async () => {
		expect(await contract.dryRun(on.bob, 'stop', [''])).toMatchObject({ ok: false, revertMessage: '' });
		const most = new Uint8Array(16 * 1024).fill(0x61);
		expect((await contract.dryRun(on.bob, 'stop', [most])).revertMessage).toHaveLength(most.length);
		const over = await contract.dryRun(on.bob, 'stop', [Uint8Array.of(...most, 0x61)]);
		expect(over).toMatchObject({ ok: false, revertMessage: null });
		expect(over.error.name).toBe('contracts.LimitExceeded');
	});
});

describe('a trap', () => {
	test.each([
		['beyond', 'memory access out of bounds'],
		['divide', 'integer division by zero'],
		['recurse', 'stack overflow'],
	])('in `%s` is told with its place', async (fn, reason) => {
		const receipt = await contract.tryInvoke(on.bob, fn);
		expect(receipt.error.name).toBe('contracts.ContractTrapped');
		const report = await contract.dryRun(on.bob, fn);
		expect(report).toMatchObject({ ok: false, revertMessage: null });
		expect(report.trap).toMatchObject({ contract: contract.address, reason });
		expect((await contract.snippetRun(on.bob, fn)).debugMessage).toContain(reason);
	});

	test('names function and byte of the instruction', async () => {
		const { trap } = await contract.dryRun(on.bob, 'divide');
		const code = workbench();
		expect(trap.fn).toBeGreaterThanOrEqual(5);
		// The byte there is the instruction `i32.div_u`.
		expect(code[trap.offset]).toBe(0x6e);
	});
});

test('a bad pointer is an answer where the ABI has one', async () => {
	expect(await contract.dryRun(on.bob, 'poke')).toMatchObject({ ok: true, output: u32(0xffff_ffff) });
});

test('memory ends at its limit and the contract is told', async () => {
	const report = await contract.dryRun(on.bob, 'grow');
	expect(report.ok).toBe(true);
	expect(report.output).toEqual(u32(64));
});

describe('input', () => {
	const raw = (data, dest = contract.address) => on.chain.api.tx.contracts.call(dest, 0, AMPLE_GAS, null, data);

	test.each([
		['is half of a name', '0x10'],
		['has bytes behind it', '0x0c676574000000'],
		['promises more than there is', '0x0c67657404fe'],
		['promises four billion arguments', '0x0c67657403ffffffff'],
	])('that %s is refused', async (_, data) => {
		const { error } = await on.chain.submit(raw(data), on.bob);
		expect(error.name).toBe('contracts.DecodingFailed');
	});

	test('of more than the limit is refused', async () => {
		const receipt = await contract.tryInvoke(on.bob, 'take', [new Uint8Array(70_000)]);
		expect(receipt.error.name).toBe('contracts.InputTooLarge');
	});

	test('of more arguments than the limit is refused', async () => {
		const receipt = await contract.tryInvoke(on.bob, 'take', Array(65).fill('a'));
		expect(receipt.error.name).toBe('contracts.DecodingFailed');
	});

	test('for an account without a contract is refused', async () => {
		const { error } = await on.chain.submit(raw('0x', on.charlie.address), on.bob);
		expect(error.name).toBe('contracts.ContractNotFound');
	});

	test('of a type that the function does not take is refused', async () => {
		const { contract: aureon } = await deploy(on.chain, on.alice, rustGuest('counter-aureon'));
		for (const args of [[], [u64(1), u64(2)], [new Uint8Array(9)]]) {
			expect((await aureon.tryInvoke(on.bob, 'add', args)).error?.name).toBe('contracts.ArgumentMismatch');
		}
	});
});

describe('a gas limit', () => {
	test('of nothing is too little', async () => {
		for (const gas of [{ refTime: 0, proofSize: 0 }, { refTime: 0, proofSize: 100_000 }, { refTime: 1, proofSize: 1 }]) {
			const receipt = await contract.tryInvoke(on.bob, 'put', ['key', 'value'], { gas });
			expect(receipt.error?.name).toBe('contracts.OutOfGas');
		}
	});

	test('of more than a block does not get into one', async () => {
		const gas = { refTime: 2n ** 63n, proofSize: 2n ** 63n };
		await expect(contract.tryInvoke(on.bob, 'put', ['key', 'value'], { gas })).rejects.toThrow(/exhaust|1010|1012/i);
		expect((await contract.invoke(on.bob, 'put', ['key', 'value'])).error).toBe(null);
	});
});

describe('a withheld capability', () => {
	const ALL = ['StorageRead', 'StorageWrite', 'StorageRemove', 'CallContracts', 'EmitEvents', 'BlockInfo', 'Crypto', 'Revert', 'TransferValue'];
	const without = (...names) => ALL.filter((name) => !names.includes(name));

	test.each([
		['StorageWrite', 'put', ['key', 'value']],
		['StorageRemove', 'del', ['key']],
		['StorageRead', 'take', ['key']],
		['EmitEvents', 'emit', ['topic', 'data']],
		['Revert', 'stop', ['message']],
	])('`%s` fails the call that needs it', async (capability, fn, args) => {
		const { contract: bound } = await deploy(on.chain, on.alice, workbench(), { capabilities: without(capability) });
		expect((await bound.info()).capabilities).toEqual(without(capability));

		const receipt = await bound.tryInvoke(on.bob, fn, args);
		expect(receipt.error?.name).toBe('contracts.CapabilityDenied');
		const report = await bound.dryRun(on.bob, fn, args);
		expect(report.ok).toBe(false);
		expect(report.trap.reason).toContain(capability);
		expect(await bound.entries()).toEqual([]);
	});

	test('leaves the others alone', async () => {
		const { contract: bound } = await deploy(on.chain, on.alice, workbench(), { capabilities: without('EmitEvents') });
		await bound.invoke(on.bob, 'put', ['key', 'value']);
		expect((await bound.query(on.bob, 'take', ['key'])).output).toEqual(text('value'));
	});

	test('of all kinds leaves a contract that computes only', async () => {
		const { contract: bound } = await deploy(on.chain, on.alice, workbench(), { capabilities: [] });
		expect((await bound.info()).capabilities).toEqual([]);
		expect((await bound.query(on.bob, 'grow')).ok).toBe(true);
		expect((await bound.tryInvoke(on.bob, 'put', ['key', 'value'])).error?.name).toBe('contracts.CapabilityDenied');
	});

	test('holds in the constructor', async () => {
		const { guest, initArgs } = counter('dytallix');
		await expect(
			deploy(on.chain, on.alice, rustGuest(guest), { args: initArgs, capabilities: without('StorageWrite') }),
		).rejects.toThrow('contracts.CapabilityDenied');
	});
});

test('an address that was never a contract has no report', async () => {
	const { contractInfo, codeInfo } = on.chain.api.call.caissonContractsApi;
	expect((await contractInfo(on.bob.address)).isNone).toBe(true);
	expect((await codeInfo(`0x${'11'.repeat(32)}`)).isNone).toBe(true);
});
