// `@polkadot/api-contract` with ink! contracts, as the snippets of its users have it: code from a bundle,
// dry runs with a gas limit of -1, transactions with what a dry run required, events by their metadata.

import { BlueprintPromise, CodePromise, ContractPromise } from '@polkadot/api-contract';
import { u8aToHex } from '@polkadot/util';
import { beforeAll, describe, expect, test } from 'vitest';
import { AMPLE_GAS } from '../../lib/contracts.mjs';
import { useChain } from '../../lib/fixture.mjs';
import { INK_VERSIONS, inkContract } from '../../lib/ink.mjs';

const on = useChain();

const weight = (limit = AMPLE_GAS) => on.chain.api.registry.createType('WeightV2', limit);
const REVERTED = 1;

/** The client's form of a contract's code, from the bundle alone. */
function codeOf(version, name) {
	const { bundle } = inkContract(version, name);
	return new CodePromise(on.chain.api, bundle, bundle.source.wasm);
}

/** Uploads a contract and instantiates it. */
async function deployed(version, name, args = [], { value = 0 } = {}) {
	const tx = codeOf(version, name).tx.new({ gasLimit: weight(), value }, ...args);
	return (await on.chain.send(tx, on.alice)).result.contract;
}

/** A dry run as snippets do it. */
const ask = (contract, message, args = [], options = {}) => (
	contract.query[message](options.origin ?? on.alice.address, { gasLimit: -1, ...options }, ...args)
);

/** What a dry run that succeeds returns, behind what ink! wraps it in. */
async function read(contract, message, args, options) {
	const answer = await ask(contract, message, args, options);
	expect(answer.result.isOk, answer.debugMessage.toUtf8()).toBe(true);
	expect(answer.result.asOk.flags.bits.toNumber()).toBe(0);
	expect(answer.output.isOk).toBe(true);
	return answer.output.asOk.toPrimitive();
}

/** Sends a message with the gas that its dry run required, and gives the receipt whatever becomes of it. */
async function submit(contract, message, args = [], { value = 0, signer = on.alice, gasLimit = null } = {}) {
	const limit = gasLimit ?? (await ask(contract, message, args, { value, origin: signer.address })).gasRequired;
	return on.chain.submit(contract.tx[message]({ gasLimit: limit, value }, ...args), signer);
}

/** As `submit`, of a message that must succeed. */
async function send(contract, message, args, options) {
	const receipt = await submit(contract, message, args, options);
	expect(receipt.error).toBe(null);
	return receipt;
}

/** The events of the contract in a receipt: names as the metadata has them, and arguments. */
const eventsOf = ({ result }) => (result.contractEvents ?? []).map(({ event, args }) => ({
	name: event.identifier.split('::').at(-1),
	args: Object.fromEntries(event.args.map(({ name }, index) => [name, args[index].toPrimitive()])),
}));

/** Uploads code without a contract. */
async function uploaded(version, name) {
	const { code, codeHash } = inkContract(version, name);
	const { events } = await on.chain.send(on.chain.api.tx.contracts.uploadCode(u8aToHex(code), null, 'Enforced'), on.alice);
	expect(events.find(({ name }) => name === 'contracts.CodeStored').fields.codeHash.toHex()).toBe(codeHash);
	return codeHash;
}

const infoOf = async (address) => on.chain.api.query.contracts.contractInfoOf(address);
const selectorOf = (contract, message) => contract.abi.findMessage(message).selector.toHex();

describe.each(INK_VERSIONS)('a flipper of ink! %s', (version) => {
	const { bundle, codeHash } = inkContract(version, 'flipper');
	let blueprint;
	let contract;

	test('is uploaded and instantiated in one', async () => {
		const tx = codeOf(version, 'flipper').tx.new({ gasLimit: weight(), storageDepositLimit: null }, true);
		const { result } = await on.chain.send(tx, on.alice);
		({ blueprint, contract } = result);
		expect(blueprint.codeHash.toHex()).toBe(codeHash);
		expect((await infoOf(contract.address)).unwrap().codeHash.toHex()).toBe(codeHash);
		expect(await read(contract, 'get')).toBe(true);
	});

	test('is instantiated by the hash of its code, under a salt and without', async () => {
		const again = new BlueprintPromise(on.chain.api, bundle, codeHash);
		const made = [];
		for (const [from, salt] of [[blueprint, new Uint8Array()], [again, '0x0102'], [again, undefined]]) {
			const tx = from.tx.new({ gasLimit: weight(), salt }, false);
			made.push((await on.chain.send(tx, on.alice)).result.contract);
		}
		expect(new Set(made.map(({ address }) => address.toString())).size).toBe(3);
		for (const one of made) expect(await read(one, 'get')).toBe(false);
		// The code is there, so uploading it once more makes a contract and no blueprint.
		const { result } = await on.chain.send(codeOf(version, 'flipper').tx.default({ gasLimit: weight() }), on.alice);
		expect(result.blueprint).toBe(undefined);
		expect(await read(result.contract, 'get')).toBe(false);
	});

	test('cannot be there twice', async () => {
		const tx = blueprint.tx.new({ gasLimit: weight(), salt: new Uint8Array() }, false);
		const { error, result } = await on.chain.submit(tx, on.alice);
		expect(error.name).toBe('contracts.DuplicateContract');
		expect(result.contract).toBe(undefined);
	});

	test('is flipped with exactly the gas that its dry run required', async () => {
		const known = new ContractPromise(on.chain.api, bundle, contract.address);
		const { gasRequired } = await ask(known, 'flip');
		await send(known, 'flip', [], { gasLimit: gasRequired });
		expect(await read(known, 'get')).toBe(false);
		const less = weight({ refTime: gasRequired.refTime.toBigInt() - 1n, proofSize: gasRequired.proofSize });
		const { error } = await submit(known, 'flip', [], { gasLimit: less });
		expect(error.name).toBe('contracts.OutOfGas');
		expect(await read(known, 'get')).toBe(false);
	});

	test('is asked within a weight', async () => {
		const answer = await ask(contract, 'get', [], { gasLimit: weight(), storageDepositLimit: null });
		expect(answer.result.isOk).toBe(true);
		expect(answer.gasConsumed.refTime.toBigInt()).toBeLessThanOrEqual(answer.gasRequired.refTime.toBigInt());
		expect(answer.gasRequired.refTime.toBigInt()).toBeLessThan(BigInt(AMPLE_GAS.refTime));
		const short = await ask(contract, 'get', [], { gasLimit: weight({ refTime: 1, proofSize: 1 }) });
		expect(on.chain.error(short.result.asErr).name).toBe('contracts.OutOfGas');
		expect(short.output).toBe(null);
	});
});

describe.each(INK_VERSIONS)('a token of ink! %s', (version) => {
	let token;
	let born;

	beforeAll(async () => {
		born = await on.chain.send(codeOf(version, 'token').tx.new({ gasLimit: weight() }, 1_000_000), on.alice);
		token = born.result.contract;
	});

	const balanceOf = (account) => read(token, 'balanceOf', [account.address]);

	test('tells of its supply in the event of its constructor', async () => {
		const [record] = born.result.filterRecords('contracts', 'ContractEmitted');
		const { event, args: [from, to, value] } = token.abi.decodeEvent(record);
		expect(event.identifier.split('::').at(-1)).toBe('Transfer');
		expect(from.isNone).toBe(true);
		expect(to.toString()).toBe(on.alice.address);
		expect(value.toNumber()).toBe(1_000_000);
	});

	test('moves, is allowed and is spent, with the events of that', async () => {
		const transfer = await send(token, 'transfer', [on.bob.address, 1000]);
		expect(eventsOf(transfer)).toEqual([
			{ name: 'Transfer', args: { from: on.alice.address, to: on.bob.address, value: 1000 } },
		]);
		const approval = await send(token, 'approve', [on.charlie.address, 300], { signer: on.bob });
		expect(eventsOf(approval)).toEqual([
			{ name: 'Approval', args: { owner: on.bob.address, spender: on.charlie.address, value: 300 } },
		]);
		const spent = await send(token, 'transferFrom', [on.bob.address, on.alice.address, 200], { signer: on.charlie });
		expect(eventsOf(spent)).toEqual([
			{ name: 'Transfer', args: { from: on.bob.address, to: on.alice.address, value: 200 } },
		]);
		expect(await balanceOf(on.alice)).toBe(999_200);
		expect(await balanceOf(on.bob)).toBe(800);
		expect(await read(token, 'allowance', [on.bob.address, on.charlie.address])).toBe(100);
		expect(await read(token, 'totalSupply')).toBe(1_000_000);
	});

	test('refuses with its own errors, and a transaction that meets one is undone', async () => {
		const { output, result } = await ask(token, 'transfer', [on.alice.address, 801], { origin: on.bob.address });
		expect(result.asOk.flags.bits.toNumber()).toBe(REVERTED);
		expect(output.asOk.toPrimitive()).toEqual({ err: { balanceTooLow: { balance: 800 } } });
		const { error, result: sent } = await submit(token, 'transfer', [on.alice.address, 801], { signer: on.bob });
		expect(error.name).toBe('contracts.ContractReverted');
		expect(sent.contractEvents ?? []).toEqual([]);
		const over = await ask(token, 'transferFrom', [on.bob.address, on.alice.address, 101], { origin: on.charlie.address });
		expect(over.output.asOk.toPrimitive()).toEqual({ err: { allowanceTooLow: { allowance: 100 } } });
		expect(await balanceOf(on.bob)).toBe(800);
	});

	test('says in a dry run what deposit a call takes, and keeps to a limit of it', async () => {
		const args = [on.chain.dev('Dave').address, 5];
		const foretold = await ask(token, 'transfer', args);
		const deposit = foretold.storageDeposit.asCharge.toBigInt();
		expect(deposit).toBeGreaterThan(0n);
		const short = await ask(token, 'transfer', args, { storageDepositLimit: deposit - 1n });
		expect(on.chain.error(short.result.asErr).name).toBe('contracts.StorageDepositLimitExhausted');
		const held = await on.chain.held(token.address);
		const { gasRequired: gasLimit } = foretold;
		const limited = token.tx.transfer({ gasLimit, storageDepositLimit: deposit - 1n }, ...args);
		expect((await on.chain.submit(limited, on.alice)).error.name).toBe('contracts.StorageDepositLimitExhausted');
		await on.chain.send(token.tx.transfer({ gasLimit, storageDepositLimit: deposit }, ...args), on.alice);
		expect(await on.chain.held(token.address)).toBe(held + deposit);
		// The account has its entry now.
		expect((await ask(token, 'transfer', args)).storageDeposit.asCharge.toBigInt()).toBe(0n);
	});
});

describe('payable messages', () => {
	let payable;
	const value = 123_456_789n;

	beforeAll(async () => {
		payable = await deployed('v5', 'payable', [], { value });
	});

	test('take value in a constructor, a transaction and a dry run', async () => {
		expect(await read(payable, 'received')).toBe(Number(value));
		expect(await read(payable, 'transferredValue', [], { value: 77 })).toBe(77);
		const before = await read(payable, 'balance');
		const receipt = await send(payable, 'pay', [], { value, signer: on.bob });
		expect(eventsOf(receipt)).toEqual([{ name: 'Received', args: { from: on.bob.address, value: Number(value) } }]);
		expect(await read(payable, 'received')).toBe(Number(2n * value));
		expect(await read(payable, 'balance')).toBe(before + Number(value));
		expect(await read(payable, 'minimumBalance')).toBe(on.chain.api.consts.balances.existentialDeposit.toNumber());
	});

	test('hand value out', async () => {
		const before = await on.chain.balance(on.charlie);
		await send(payable, 'transfer', [on.charlie.address, value]);
		expect(await on.chain.balance(on.charlie)).toBe(before + value);
	});

	test('are the only ones that take value', async () => {
		const answer = await ask(payable, 'free', [], { value: 1 });
		expect(on.chain.error(answer.result.asErr).name).toBe('contracts.ContractTrapped');
		const { error } = await submit(payable, 'free', [], { value: 1, gasLimit: weight() });
		expect(error.name).toBe('contracts.ContractTrapped');
		const unpaid = codeOf('v5', 'payable').tx.unpaid({ gasLimit: weight(), value: 1 });
		expect((await on.chain.submit(unpaid, on.alice)).error.name).toBe('contracts.ContractTrapped');
	});
});

describe('a contract that fails', () => {
	let fallible;

	beforeAll(async () => {
		fallible = await deployed('v5', 'fallible', [null]);
	});

	test('does so with its error, and nothing stays', async () => {
		const answer = await ask(fallible, 'fail', [42]);
		expect(answer.result.asOk.flags.bits.toNumber()).toBe(REVERTED);
		expect(answer.output.asOk.toPrimitive()).toEqual({ err: { asked: { code: 42 } } });
		expect((await submit(fallible, 'fail', [42])).error.name).toBe('contracts.ContractReverted');
		expect(await read(fallible, 'writes')).toBe(0);
		expect(await read(fallible, 'succeed')).toEqual({ ok: 1 });
		await send(fallible, 'succeed');
		expect(await read(fallible, 'writes')).toBe(1);
	});

	test('by a panic is a trap', async () => {
		const answer = await ask(fallible, 'panic');
		expect(on.chain.error(answer.result.asErr).name).toBe('contracts.ContractTrapped');
		expect(answer.debugMessage.toUtf8()).toContain('unreachable');
		expect((await submit(fallible, 'panic', [], { gasLimit: weight() })).error.name).toBe('contracts.ContractTrapped');
	});

	test('to end runs out of gas', async () => {
		const gasLimit = weight({ refTime: 2_000_000_000, proofSize: 200_000 });
		const answer = await ask(fallible, 'spin', [], { gasLimit });
		expect(on.chain.error(answer.result.asErr).name).toBe('contracts.OutOfGas');
	});

	test('in its constructor is not made', async () => {
		const tx = codeOf('v5', 'fallible').tx.new({ gasLimit: weight() }, 9);
		const { error, result } = await on.chain.submit(tx, on.alice);
		expect(error.name).toBe('contracts.ContractReverted');
		expect(result.contract).toBe(undefined);
		const panicking = codeOf('v5', 'fallible').tx.panicking({ gasLimit: weight() });
		expect((await on.chain.submit(panicking, on.alice)).error.name).toBe('contracts.ContractTrapped');
	});

	test('in the dry run of its constructor says with what', async () => {
		const { abi } = fallible;
		const { codeHash } = inkContract('v5', 'fallible');
		const run = (code) => on.chain.api.call.contractsApi.instantiate(
			on.alice.address, 0, null, null, { Existing: codeHash }, abi.findConstructor('new').toU8a([code]), '0x0a',
		);
		const failed = await run(9);
		expect(failed.result.asOk.result.flags.bits.toNumber()).toBe(REVERTED);
		const { returnType } = abi.findConstructor('new');
		const output = abi.registry.createTypeUnsafe(returnType.lookupName ?? returnType.type, [failed.result.asOk.result.data.toU8a(true)]);
		expect(output.toPrimitive()).toEqual({ ok: { err: { asked: { code: 9 } } } });
		const made = await run(null);
		expect(made.result.asOk.result.flags.bits.toNumber()).toBe(0);
		const blueprint = new BlueprintPromise(on.chain.api, inkContract('v5', 'fallible').bundle, codeHash);
		const tx = blueprint.tx.new({ gasLimit: made.gasRequired, storageDepositLimit: made.storageDeposit.asCharge, salt: '0x0a' }, null);
		const { contract } = (await on.chain.send(tx, on.alice)).result;
		expect(contract.address.toString()).toBe(made.result.asOk.accountId.toString());
	});
});

test('events of every number of topics are known by their metadata', async () => {
	const born = await on.chain.send(codeOf('v5', 'events').tx.new({ gasLimit: weight() }), on.alice);
	const { contract } = born.result;
	const long = u8aToHex(new Uint8Array(40).fill(7));
	const hash = u8aToHex(new Uint8Array(32).fill(9));
	const cases = [
		['plain', [3], 'Plain', { data: '0xe5e5e5' }, 0],
		['signed', [1], 'Signed', { first: 1 }, 1],
		['two', [2], 'Two', { first: 2 }, 2],
		['three', [3, long], 'Three', { first: 3, long }, 3],
		['four', [4, on.bob.address, hash, true], 'Four', { first: 4, second: on.bob.address, third: hash, fourth: true }, 4],
		['four', [4, on.bob.address, null, false], 'Four', { first: 4, second: on.bob.address, third: null, fourth: false }, 4],
		['chosen', [5], 'Chosen', { first: 5 }, 2],
	];
	for (const [message, args, name, fields, topics] of cases) {
		const receipt = await send(contract, message, args);
		expect(eventsOf(receipt)).toEqual([{ name, args: fields }]);
		const [record] = receipt.result.filterRecords('contracts', 'ContractEmitted');
		expect(record.topics).toHaveLength(topics);
	}
	const many = eventsOf(await send(contract, 'many', [3]));
	expect(many.map(({ args }) => args.first)).toEqual([0, 1, 2]);
});

describe('contracts that use others', () => {
	let flipper;
	let flipperHash;

	beforeAll(async () => {
		flipper = await deployed('v5', 'flipper', [false]);
		flipperHash = inkContract('v5', 'flipper').codeHash;
	});

	test.each(INK_VERSIONS)('call them (ink! %s)', async (version) => {
		const caller = await deployed(version, 'caller', [flipper.address]);
		const before = await read(flipper, 'get');
		await send(caller, 'flip');
		expect(await read(caller, 'get')).toBe(!before);
		expect(await read(flipper, 'get')).toBe(!before);
	});

	test('pay them, and each event is the contract\'s that emitted it', async () => {
		const caller = await deployed('v5', 'caller', [flipper.address]);
		const payable = await deployed('v5', 'payable');
		const value = 5n * on.chain.unit;
		await send(caller, 'fund', [], { value });
		const receipt = await send(caller, 'pay', [payable.address, selectorOf(payable, 'pay'), value]);
		expect(receipt.result.contractEvents).toEqual([]);
		const records = receipt.result.filterRecords('contracts', 'ContractEmitted');
		expect(records.map(({ event }) => event.data.contract.toString())).toEqual([payable.address.toString()]);
		const { args: [from, amount] } = payable.abi.decodeEvent(records[0]);
		expect(from.toString()).toBe(caller.address.toString());
		expect(amount.toBigInt()).toBe(value);
	});

	test('are told of their errors', async () => {
		const caller = await deployed('v5', 'caller', [flipper.address]);
		const fallible = await deployed('v5', 'fallible', [null]);
		expect(await read(caller, 'fail', [fallible.address, 6])).toEqual({ returned: { err: { asked: { code: 6 } } } });
	});

	test('instantiate them', async () => {
		const builder = await deployed('v5', 'builder');
		const args = [flipperHash, true, 0, '0x01'];
		const foretold = await ask(builder, 'build', args);
		const receipt = await send(builder, 'build', args);
		const [{ fields }] = receipt.events.filter(({ name }) => name === 'contracts.Instantiated');
		expect(foretold.output.asOk.toString()).toBe(fields.contract.toString());
		expect(await read(builder, 'last')).toBe(fields.contract.toString());
		const built = new ContractPromise(on.chain.api, inkContract('v5', 'flipper').bundle, fields.contract);
		expect(await read(built, 'get')).toBe(true);
		const again = await ask(builder, 'build', args);
		expect(on.chain.error(again.result.asErr).name).toBe('contracts.DuplicateContract');
		// The constructor of a flipper takes no value, and the builder panics where it traps.
		const paid = await ask(builder, 'build', [flipperHash, true, on.chain.unit, '0x02'], { value: 2n * on.chain.unit });
		expect(on.chain.error(paid.result.asErr).name).toBe('contracts.ContractTrapped');
	});

	test('run their code', async () => {
		const delegator = await deployed('v5', 'delegator', [true]);
		const flipperBefore = await read(flipper, 'get');
		expect(await read(delegator, 'getBy', [flipperHash])).toBe(true);
		expect(await read(delegator, 'run', [flipperHash, selectorOf(flipper, 'flip')])).toEqual({ returned: null });
		await send(delegator, 'run', [flipperHash, selectorOf(flipper, 'flip')]);
		expect(await read(delegator, 'get')).toBe(false);
		await send(delegator, 'flipAndEnd', [flipperHash]);
		expect(await read(delegator, 'get')).toBe(true);
		expect(await read(flipper, 'get')).toBe(flipperBefore);
	});

	test('lock their code, which clients see', async () => {
		const delegator = await deployed('v5', 'delegator', [true]);
		const foretold = await ask(delegator, 'lock', [flipperHash]);
		await send(delegator, 'lock', [flipperHash]);
		const locked = (await infoOf(delegator.address)).unwrap().delegateDependencies;
		expect([...locked.entries()].map(([hash, deposit]) => [hash.toHex(), deposit.toBigInt()]))
			.toEqual([[flipperHash, foretold.storageDeposit.asCharge.toBigInt()]]);
		const back = await ask(delegator, 'unlock', [flipperHash]);
		expect(back.storageDeposit.asRefund.toBigInt()).toBe(foretold.storageDeposit.asCharge.toBigInt());
		await send(delegator, 'unlock', [flipperHash]);
		expect((await infoOf(delegator.address)).unwrap().delegateDependencies.size).toBe(0);
	});
});

test.each(INK_VERSIONS)('a contract of ink! %s is given other code, and its storage stays', async (version) => {
	const first = await deployed(version, 'upgradeable');
	await send(first, 'increment');
	const codeHash = await uploaded(version, 'upgraded');
	expect(await read(first, 'setCode', [codeHash], { origin: on.bob.address })).toBe(false);
	const receipt = await send(first, 'setCode', [codeHash]);
	const [{ fields }] = receipt.events.filter(({ name }) => name === 'contracts.ContractCodeUpdated');
	expect(fields.newCodeHash.toHex()).toBe(codeHash);
	const second = new ContractPromise(on.chain.api, inkContract(version, 'upgraded').bundle, first.address);
	expect(await read(second, 'version')).toBe(2);
	await send(second, 'increment');
	expect(await read(second, 'get')).toBe(11);
});

test('a contract that ends is gone, with its deposit paid back', async () => {
	const terminating = await deployed('v5', 'terminating', [3, 100], { value: on.chain.unit });
	const { address } = terminating;
	expect(await read(terminating, 'hasItem', [2])).toBe(true);
	const held = await on.chain.held(address);
	const foretold = await ask(terminating, 'terminate', [on.bob.address]);
	const [alice, bob, own] = await Promise.all([on.alice, on.bob, address].map((who) => on.chain.balance(who)));
	const receipt = await send(terminating, 'terminate', [on.bob.address]);
	const [{ fields }] = receipt.events.filter(({ name }) => name === 'contracts.Terminated');
	expect([fields.contract.toString(), fields.beneficiary.toString()]).toEqual([address.toString(), on.bob.address]);
	expect((await infoOf(address)).isNone).toBe(true);
	expect(await on.chain.balance(on.bob)).toBe(bob + own);
	expect(await on.chain.balance(on.alice)).toBe(alice + held - receipt.fee);
	expect(foretold.storageDeposit.asRefund.toBigInt()).toBe(held);
	const after = await ask(terminating, 'hasItem', [2]);
	expect(on.chain.error(after.result.asErr).name).toBe('contracts.ContractNotFound');
	const born = codeOf('v5', 'terminating').tx.stillborn({ gasLimit: weight() });
	expect((await on.chain.submit(born, on.alice)).error.name).toBe('contracts.TerminatedInConstructor');
});

test('an upload is foretold, done and taken back', async () => {
	const { code, codeHash } = inkContract('v5', 'lamp');
	const { api } = on.chain;
	const foretold = (await api.call.contractsApi.uploadCode(on.bob.address, u8aToHex(code), null, 'Enforced')).asOk;
	expect(foretold.codeHash.toHex()).toBe(codeHash);
	await on.chain.send(api.tx.contracts.uploadCode(u8aToHex(code), foretold.deposit, 'Enforced'), on.bob);
	const info = (await api.query.contracts.codeInfoOf(codeHash)).unwrap();
	expect(info.owner.toString()).toBe(on.bob.address);
	expect(info.deposit.toBigInt()).toBe(foretold.deposit.toBigInt());
	expect((await api.query.contracts.pristineCode(codeHash)).unwrap().toU8a(true)).toEqual(code);
	const { error } = await on.chain.submit(api.tx.contracts.removeCode(codeHash), on.alice);
	expect(error.name).toBe('BadOrigin');
	await on.chain.send(api.tx.contracts.removeCode(codeHash), on.bob);
	expect((await api.query.contracts.codeInfoOf(codeHash)).isNone).toBe(true);
});
