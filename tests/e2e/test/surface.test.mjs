// What clients find by name, order and shape.

import { blake2AsHex } from '@polkadot/util-crypto';
import { describe, expect, test } from 'vitest';
import { deploy } from '../lib/contracts.mjs';
import { useChain } from '../lib/fixture.mjs';
import { rustGuest } from '../lib/guests.mjs';

const on = useChain();

test('metadata is served as versions 14, 15 and 16', async () => {
	const { api } = on.chain;
	const versions = await api.call.metadata.metadataVersions();
	expect(versions.map((version) => version.toNumber())).toEqual(expect.arrayContaining([14, 15, 16]));
});

test('the chain says how to write its money and addresses', async () => {
	const properties = await on.chain.api.rpc.system.properties();
	expect(properties.ss58Format.unwrap().toNumber()).toBe(42);
	expect(properties.tokenSymbol.unwrap().map(String)).toEqual(['CSN']);
	expect(properties.tokenDecimals.unwrap()[0].toNumber()).toBeGreaterThan(0);
});

describe('calls', () => {
	const args = (method) => on.chain.api.tx.contracts[method].meta.args.map(({ name }) => name.toString());
	const index = (method) => on.chain.api.tx.contracts[method].meta.index.toNumber();

	test.each([
		['uploadCode', 3, ['code', 'storageDepositLimit', 'determinism']],
		['removeCode', 4, ['codeHash']],
		['setCode', 5, ['dest', 'codeHash']],
		['call', 6, ['dest', 'value', 'gasLimit', 'storageDepositLimit', 'data']],
		['instantiateWithCode', 7, ['value', 'gasLimit', 'storageDepositLimit', 'code', 'data', 'salt']],
		['instantiate', 8, ['value', 'gasLimit', 'storageDepositLimit', 'codeHash', 'data', 'salt']],
		['migrate', 9, ['weightLimit']],
		['deploy', 10, ['value', 'gasLimit', 'storageDepositLimit', 'code', 'args', 'salt', 'capabilities']],
		['invoke', 11, ['dest', 'value', 'gasLimit', 'storageDepositLimit', 'function', 'args']],
	])('`%s` has index and arguments that clients count on', (method, number, names) => {
		expect(index(method)).toBe(number);
		expect(args(method)).toEqual(names);
	});
});

test('events have the numbers that clients of the pallet know', () => {
	const { events } = on.chain.api;
	const numbers = {
		Instantiated: 0, CodeStored: 2, ContractEmitted: 3, CodeRemoved: 4, ContractCodeUpdated: 5, Called: 6,
		StorageDepositTransferredAndHeld: 8, StorageDepositTransferredAndReleased: 9,
	};
	for (const [name, number] of Object.entries(numbers)) {
		expect(events.contracts[name].meta.index.toNumber(), name).toBe(number);
	}
});

describe('runtime APIs', () => {
	test('include the one that clients know, with its four methods', () => {
		expect(Object.keys(on.chain.api.call.contractsApi).sort()).toEqual(['call', 'getStorage', 'instantiate', 'uploadCode']);
		const id = blake2AsHex('ContractsApi', 64);
		const [, version] = on.chain.api.runtimeVersion.apis.find(([name]) => name.eq(id));
		expect(version.toNumber()).toBe(2);
	});

	test('include ours', () => {
		expect(Object.keys(on.chain.api.call.caissonContractsApi)).toEqual(expect.arrayContaining([
			'query', 'invoke', 'call', 'deploy', 'checkCode', 'contractInfo', 'codeInfo', 'limits',
		]));
	});

	test('name every limit, as the constants do', async () => {
		const limits = await on.chain.api.call.caissonContractsApi.limits();
		const named = limits.map(({ name, value }) => [name.toString(), value.toNumber()]);
		expect(named.length).toBeGreaterThan(20);
		expect(new Set(named.map(([name]) => name)).size).toBe(named.length);
		const constants = on.chain.constant('limits').map(([name, value]) => [name.toUtf8(), value.toNumber()]);
		expect(named).toEqual(constants);
	});
});

test('a dry run in clients\' form has its fields in their order', async () => {
	const { contract } = await deploy(on.chain, on.alice, rustGuest('counter-aureon'));
	const run = await on.chain.api.call.contractsApi.call(on.alice.address, contract.address, 0, null, null, '0x');
	expect([...run.keys()]).toEqual(['gasConsumed', 'gasRequired', 'storageDeposit', 'debugMessage', 'result', 'events']);
});

test('contract and code are found in the maps that clients read', async () => {
	const { contract } = await deploy(on.chain, on.alice, rustGuest('counter-baals'));
	const info = (await on.chain.api.query.contracts.contractInfoOf(contract.address)).unwrap();
	expect([...info.keys()]).toEqual([
		'trieId', 'codeHash', 'storageBytes', 'storageItems', 'storageByteDeposit', 'storageItemDeposit',
		'storageBaseDeposit', 'delegateDependencies',
	]);
	const entries = await on.chain.api.query.contracts.contractInfoOf.entries();
	expect(entries.map(([key]) => key.args[0].toString())).toContain(contract.address);
});

test('the code of a contract says what it imports', async () => {
	const { contract } = await deploy(on.chain, on.alice, rustGuest('counter-aureon'));
	const info = await contract.codeInfo();
	expect(info).toMatchObject({ abi: 'aureon', owner: on.alice.address, codeLen: rustGuest('counter-aureon').length });
	expect(info.preparedLen).toBeGreaterThan(0);
	expect([...info.imports].sort()).toEqual(['env.get_balance', 'env.log', 'env.storage_read', 'env.storage_write', 'env.transfer']);
});

test('a block comes with every transaction and is final', async () => {
	const before = await on.chain.height();
	const { blockHash } = await on.chain.send(on.chain.api.tx.system.remark('0x00'), on.alice);
	expect(await on.chain.height()).toBe(before + 1);
	const header = await on.chain.api.rpc.chain.getHeader(blockHash);
	for (let waited = 0; waited < 50; waited += 1) {
		const final = await on.chain.api.rpc.chain.getHeader(await on.chain.api.rpc.chain.getFinalizedHead());
		if (final.number.toNumber() >= header.number.toNumber()) return;
		await new Promise((resolve) => { setTimeout(resolve, 100); });
	}
	expect.fail(`block ${header.number} is not final`);
});
