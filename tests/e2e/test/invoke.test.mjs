import { beforeAll, describe, expect, test } from 'vitest';
import { u64 } from '../lib/codec.mjs';
import { AMPLE_GAS, deploy, executed } from '../lib/contracts.mjs';
import { COUNTERS, counter } from '../lib/counters.mjs';
import { useChain } from '../lib/fixture.mjs';
import { rustGuest, workbench } from '../lib/guests.mjs';

const on = useChain();

describe.each(COUNTERS)('a $abi counter', ({ guest, initArgs, start, read, gas, logs, failure }) => {
	let contract;
	const count = async () => read(await contract.storage('count'));

	beforeAll(async () => {
		({ contract } = await deploy(on.chain, on.alice, rustGuest(guest), { args: initArgs }));
	});

	test('counts, for anybody, at the gas of its table', async () => {
		const one = await contract.invoke(on.alice, 'increment');
		expect(await count()).toBe(start + 1n);
		expect(executed(one.events)).toMatchObject({
			contract: contract.address,
			abiGas: gas.increment,
			logs: logs.increment,
		});
		const called = one.events.find(({ name }) => name === 'contracts.Called');
		expect(called.fields.caller.asSigned.toString()).toBe(on.alice.address);
		expect(called.fields.contract.toString()).toBe(contract.address);

		const more = await contract.invoke(on.bob, 'add', [u64(41)]);
		expect(await count()).toBe(start + 42n);
		expect(executed(more.events).abiGas).toBe(gas.add);
	});

	test('does the same through the call with raw input', async () => {
		const before = await count();
		const receipt = await on.chain.send(contract.rawTx('add', [u64(3)]), on.bob);
		expect(await count()).toBe(before + 3n);
		expect(executed(receipt.events).abiGas).toBe(gas.add);
	});

	test('is undone as a whole where it fails', async () => {
		const before = await count();
		const receipt = await contract.tryInvoke(on.alice, 'fail');
		expect(receipt.error.name).toBe(failure.error);
		expect(await count()).toBe(before);
		expect(receipt.events.filter(({ name }) => name.startsWith('contracts.'))).toEqual([]);
		expect(receipt.fee).toBeGreaterThan(0n);
	});

	test('uses what a dry run foretold, and is content with no more', async () => {
		const foretold = await contract.dryRun(on.alice, 'increment');
		expect(foretold).toMatchObject({ ok: true, abiGas: gas.increment, logs: logs.increment });
		expect(read(foretold.output)).toBe((await count()) + 1n);

		const receipt = await contract.invoke(on.alice, 'increment', [], { gas: foretold.gasRequired });
		expect(executed(receipt.events).gasConsumed).toEqual(foretold.gasConsumed);
		expect(read(foretold.output)).toBe(await count());
	});

	test('fails with less than that, and is undone', async () => {
		const before = await count();
		const { gasRequired } = await contract.dryRun(on.alice, 'increment');
		const scarce = { ...gasRequired, refTime: gasRequired.refTime / 2n };
		const receipt = await contract.tryInvoke(on.alice, 'increment', [], { gas: scarce });
		expect(receipt.error.name).toBe('contracts.OutOfGas');
		expect(await count()).toBe(before);
	});

	test('is not given one unit less than it requires', async () => {
		const { gasRequired } = await contract.dryRun(on.alice, 'increment');
		for (const part of ['refTime', 'proofSize']) {
			if (gasRequired[part] === 0n) continue;
			const gas = { ...gasRequired, [part]: gasRequired[part] - 1n };
			const receipt = await contract.tryInvoke(on.alice, 'increment', [], { gas });
			expect(receipt.error?.name, part).toBe('contracts.OutOfGas');
		}
	});

	test('costs what it used, not what was allowed', async () => {
		const { gasRequired } = await contract.dryRun(on.alice, 'add', [u64(0)]);
		const tight = await contract.invoke(on.alice, 'add', [u64(0)], { gas: gasRequired });
		const ample = await contract.invoke(on.alice, 'add', [u64(0)], { gas: AMPLE_GAS });
		expect(ample.weight).toEqual(tight.weight);
		// The longer encoding of the ample limit is all the difference there can be.
		const spread = ample.fee > tight.fee ? ample.fee - tight.fee : tight.fee - ample.fee;
		expect(spread * 10n).toBeLessThan(tight.fee);
	});

	test('has no other functions than its own', async () => {
		for (const fn of ['decrement', '', 'memory', 'Increment', '\u0000', 'é']) {
			const receipt = await contract.tryInvoke(on.alice, fn);
			expect(receipt.error?.name, `function ${JSON.stringify(fn)}`).toBe('contracts.FunctionNotFound');
		}
	});
});

test('a number that does not fit reverts with a reason', async () => {
	const { contract } = await deploy(on.chain, on.alice, rustGuest('counter-baals'), { args: counter('baals').initArgs });
	const huge = u64(2n ** 64n - 1n);
	const receipt = await contract.tryInvoke(on.alice, 'add', [huge]);
	expect(receipt.error.name).toBe('contracts.ContractReverted');
	expect(await contract.dryRun(on.alice, 'add', [huge])).toMatchObject({ ok: false, revertMessage: 'count is too large' });
});

test('transactions of one block see each other, in their order', async () => {
	const { contract } = await deploy(on.chain, on.alice, rustGuest('counter-dytallix'));
	const batch = on.chain.api.tx.utility.batchAll([
		contract.tx('increment'),
		contract.tx('add', [u64(10)]),
		contract.tx('increment'),
	]);
	await on.chain.send(batch, on.alice);
	expect(await contract.query(on.alice, 'get')).toMatchObject({ output: u64(12) });

	// The last one fails, so none of them was.
	const broken = on.chain.api.tx.utility.batchAll([contract.tx('increment'), contract.tx('fail')]);
	expect((await on.chain.submit(broken, on.alice)).error.name).toBe('contracts.ContractTrapped');
	expect(await contract.query(on.alice, 'get')).toMatchObject({ output: u64(12) });
});

test('many callers at once are all counted', async () => {
	const { contract } = await deploy(on.chain, on.alice, rustGuest('counter-aureon'));
	const people = ['Alice', 'Bob', 'Charlie'].map((name) => on.chain.dev(name));
	await Promise.all(people.map(async (person) => {
		for (let turn = 0; turn < 4; turn += 1) await contract.invoke(person, 'increment');
	}));
	expect(await contract.query(on.alice, 'get')).toMatchObject({ output: u64(12) });
});

test('a call without end takes its limit and no more, and blocks go on', async () => {
	const { contract } = await deploy(on.chain, on.alice, workbench());
	const receipt = await contract.tryInvoke(on.bob, 'spin');
	expect(receipt.error.name).toBe('contracts.OutOfGas');
	const { refTime } = receipt.weight;
	expect(refTime).toBeGreaterThanOrEqual(BigInt(AMPLE_GAS.refTime));
	expect(refTime).toBeLessThan(BigInt(AMPLE_GAS.refTime) * 2n);
	expect((await contract.invoke(on.bob, 'put', ['key', 'value'])).error).toBe(null);
});
