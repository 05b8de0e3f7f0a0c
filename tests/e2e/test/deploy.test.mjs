import { u8aConcat, u8aToHex } from '@polkadot/util';
import { blake2AsU8a, encodeAddress } from '@polkadot/util-crypto';
import { describe, expect, test } from 'vitest';
import { account, u64 } from '../lib/codec.mjs';
import { AMPLE_GAS, Contract, deploy, deployTx, dryDeploy, executed, namedInput } from '../lib/contracts.mjs';
import { COUNTERS, counter } from '../lib/counters.mjs';
import { useChain } from '../lib/fixture.mjs';
import { assemble, rustGuest } from '../lib/guests.mjs';

const on = useChain();

const named = (events, name) => events.filter((event) => event.name === `contracts.${name}`);

describe.each(COUNTERS)('a $abi contract', ({ abi, guest, initArgs, start, read, gas, logs }) => {
	test('is deployed with its constructor run', async () => {
		const code = rustGuest(guest);
		const { receipt, contract } = await deploy(on.chain, on.alice, code, { args: initArgs });

		const [stored] = named(receipt.events, 'CodeStored');
		expect(stored.fields.codeHash.toHex()).toBe(on.chain.codeHash(code));
		expect(stored.fields.uploader.toString()).toBe(on.alice.address);
		expect(stored.fields.depositHeld.toBigInt()).toBeGreaterThan(0n);

		const [made, ...others] = named(receipt.events, 'Instantiated');
		expect(others).toEqual([]);
		expect(made.fields.deployer.toString()).toBe(on.alice.address);

		const ran = executed(receipt.events);
		expect(ran.contract).toBe(contract.address);
		expect(ran.abiGas).toBe(gas.init);
		expect(ran.logs).toEqual(logs.init);
		expect(ran.gasConsumed.refTime).toBeGreaterThan(0n);
		expect(receipt.weight.refTime).toBeGreaterThan(ran.gasConsumed.refTime);
		expect(receipt.fee).toBeGreaterThan(0n);

		expect(read(await contract.storage('count'))).toBe(start);
		const info = await contract.info();
		expect(info).toMatchObject({ abi, codeHash: on.chain.codeHash(code), storageItems: 1, storageBytes: 8 });
		expect(info.capabilities).toHaveLength(9);
	});

	test('keeps its uploaded bytes where clients verify them', async () => {
		const code = rustGuest(guest);
		const stored = await on.chain.api.query.contracts.pristineCode(on.chain.codeHash(code));
		expect(stored.unwrap().toHex()).toBe(u8aToHex(code));
	});

	test('is deployed again to another address, from the same code', async () => {
		const code = rustGuest(guest);
		const first = await deploy(on.chain, on.alice, code, { args: initArgs });
		const second = await deploy(on.chain, on.alice, code, { args: initArgs });
		const byHash = await deploy(on.chain, on.bob, on.chain.codeHash(code), { args: initArgs });

		expect(new Set([first, second, byHash].map(({ contract }) => contract.address)).size).toBe(3);
		expect(named(second.receipt.events, 'CodeStored')).toEqual([]);
		expect(named(byHash.receipt.events, 'CodeStored')).toEqual([]);
		const { refcount } = await byHash.contract.codeInfo();
		await deploy(on.chain, on.bob, on.chain.codeHash(code), { args: initArgs });
		expect((await byHash.contract.codeInfo()).refcount).toBe(refcount + 1);

		// They share code, not storage.
		await second.contract.invoke(on.alice, 'increment');
		expect(read(await second.contract.storage('count'))).toBe(start + 1n);
		expect(read(await first.contract.storage('count'))).toBe(start);
	});

	test('is deployed where and for what a dry run foretold', async () => {
		const code = rustGuest(guest);
		const options = { args: initArgs, salt: 'foretold' };
		const height = await on.chain.height();
		const foretold = await dryDeploy(on.chain, on.bob, code, options);
		expect(await on.chain.height()).toBe(height);
		expect(foretold).toMatchObject({ ok: true, abiGas: gas.init, logs: logs.init });
		expect(await on.chain.api.query.contracts.contractInfoOf(foretold.account)).toMatchObject({ isNone: true });

		const { receipt, contract } = await deploy(on.chain, on.bob, code, { ...options, gas: foretold.gasRequired });
		expect(contract.address).toBe(foretold.account);
		expect(executed(receipt.events).gasConsumed).toEqual(foretold.gasConsumed);
	});

	test('is deployed by the calls that every client knows', async () => {
		const code = rustGuest(guest);
		const { contracts } = on.chain.api.tx;
		const data = namedInput(on.chain, '', initArgs);
		const withCode = contracts.instantiateWithCode(0, AMPLE_GAS, null, u8aToHex(code), data, '0x01');
		const receipt = await on.chain.send(withCode, on.charlie);
		const [made] = named(receipt.events, 'Instantiated');
		const contract = new Contract(on.chain, made.fields.contract.toString());
		expect(read(await contract.storage('count'))).toBe(start);

		const byHash = contracts.instantiate(0, AMPLE_GAS, null, on.chain.codeHash(code), data, '0x02');
		const [other] = named((await on.chain.send(byHash, on.charlie)).events, 'Instantiated');
		expect(other.fields.contract.toString()).not.toBe(contract.address);

		// The address is the one that clients compute beforehand.
		const preimage = u8aConcat(
			'contract_addr_v1',
			account(on.charlie.address),
			on.chain.codeHash(code),
			on.chain.api.createType('Bytes', data).toU8a(),
			on.chain.api.createType('Bytes', '0x01').toU8a(),
		);
		expect(contract.address).toBe(encodeAddress(blake2AsU8a(preimage, 256), on.chain.api.registry.chainSS58));
	});
});

test('an address is used once', async () => {
	const code = rustGuest('counter-baals');
	const options = { args: [u64(1)], salt: 'once' };
	const { contract } = await deploy(on.chain, on.alice, code, options);
	await contract.invoke(on.alice, 'increment');
	const again = await on.chain.submit(deployTx(on.chain, code, options), on.alice);
	expect(again.error.name).toBe('contracts.DuplicateContract');
	expect(await contract.query(on.alice, 'get')).toMatchObject({ ok: true, output: u64(2) });
});

test('a constructor that fails leaves neither contract nor code', async () => {
	const code = assemble(`(module
		(import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32)))
		(memory (export "memory") 1)
		(func (export "init") (param i32 i32) (result i32)
			(call $write (i32.const 0) (i32.const 4) (i32.const 0) (i32.const 4))
			unreachable))`);
	const free = await on.chain.balance(on.bob);
	const heldBefore = await on.chain.held(on.bob);
	const receipt = await on.chain.submit(deployTx(on.chain, code), on.bob);
	expect(receipt.error.name).toBe('contracts.ContractTrapped');
	expect(named(receipt.events, 'Instantiated')).toEqual([]);
	expect(named(receipt.events, 'CodeStored')).toEqual([]);
	expect((await on.chain.api.query.contracts.pristineCode(on.chain.codeHash(code))).isNone).toBe(true);
	expect(await on.chain.held(on.bob)).toBe(heldBefore);
	expect(await on.chain.balance(on.bob)).toBe(free - receipt.fee);
});

test('arguments that the constructor does not take are refused', async () => {
	const code = rustGuest('counter-aureon');
	const receipt = await on.chain.submit(deployTx(on.chain, code, { args: [u64(1), u64(2)] }), on.alice);
	expect(receipt.error.name).toBe('contracts.ArgumentMismatch');
});

describe('code without a contract', () => {
	const code = assemble(`(module
		(import "env" "consume_gas" (func (param i32) (result i32)))
		(memory (export "memory") 1)
		(func (export "contract_nothing") (param i32 i32) (result i32) (i32.const 0)))`);
	const upload = () => on.chain.api.tx.contracts.uploadCode(u8aToHex(code), null, 'Enforced');
	const remove = () => on.chain.api.tx.contracts.removeCode(on.chain.codeHash(code));

	test('is uploaded for a deposit that comes back with its removal', async () => {
		const before = await on.chain.held(on.bob);
		const foretold = await on.chain.api.call.contractsApi.uploadCode(on.bob.address, u8aToHex(code), null, 'Enforced');
		const [stored] = named((await on.chain.send(upload(), on.bob)).events, 'CodeStored');
		const deposit = stored.fields.depositHeld.toBigInt();
		expect(foretold.asOk.codeHash.toHex()).toBe(on.chain.codeHash(code));
		expect(foretold.asOk.deposit.toBigInt()).toBe(deposit);
		expect(await on.chain.held(on.bob)).toBe(before + deposit);

		const stranger = await on.chain.submit(remove(), on.charlie);
		expect(stranger.error.name).toBe('BadOrigin');

		const [removed] = named((await on.chain.send(remove(), on.bob)).events, 'CodeRemoved');
		expect(removed.fields.depositReleased.toBigInt()).toBe(deposit);
		expect(await on.chain.held(on.bob)).toBe(before);
		expect((await on.chain.submit(remove(), on.bob)).error.name).toBe('contracts.CodeNotFound');
	});

	test('is not uploaded for more than its uploader allows', async () => {
		const tx = on.chain.api.tx.contracts.uploadCode(u8aToHex(code), 1, 'Enforced');
		expect((await on.chain.submit(tx, on.bob)).error.name).toBe('contracts.StorageDepositLimitExhausted');
	});

	test('is not uploaded as indeterministic', async () => {
		const tx = on.chain.api.tx.contracts.uploadCode(u8aToHex(code), null, 'Relaxed');
		expect((await on.chain.submit(tx, on.bob)).error.name).toBe('contracts.Indeterministic');
	});

	test('stays while a contract uses it', async () => {
		const { contract } = await deploy(on.chain, on.bob, code);
		expect((await on.chain.submit(remove(), on.bob)).error.name).toBe('contracts.CodeInUse');
		expect(await contract.query(on.bob, 'nothing')).toMatchObject({ ok: true });
	});
});

test('a contract of code that is nowhere is not made', async () => {
	const nowhere = u8aToHex(new Uint8Array(32).fill(7));
	const receipt = await on.chain.submit(deployTx(on.chain, nowhere), on.alice);
	expect(receipt.error.name).toBe('contracts.CodeNotFound');
});

test('root alone changes the code of a contract, which keeps its storage', async () => {
	const { contract } = await deploy(on.chain, on.alice, rustGuest('counter-baals'), { args: counter('baals').initArgs });
	const other = await deploy(on.chain, on.alice, rustGuest('counter-dytallix'));
	const { codeHash } = await other.contract.info();
	const tx = on.chain.api.tx.contracts.setCode(contract.address, codeHash);

	expect((await on.chain.submit(tx, on.alice)).error.name).toBe('BadOrigin');
	expect((await contract.info()).abi).toBe('baals');

	const receipt = await on.chain.send(on.chain.api.tx.sudo.sudo(tx), on.alice);
	const [changed] = named(receipt.events, 'ContractCodeUpdated');
	expect(changed.fields.newCodeHash.toHex()).toBe(codeHash);
	expect((await contract.info()).abi).toBe('dytallix');
	// Both counters keep the count under the same key and in the same form.
	const { output } = await contract.query(on.alice, 'get');
	expect(output).toEqual(u64(counter('baals').start));
});
