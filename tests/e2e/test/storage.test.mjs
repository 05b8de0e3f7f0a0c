import { stringToHex, u8aToHex } from '@polkadot/util';
import { blake2AsHex } from '@polkadot/util-crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { account, text, toText, u32, u64 } from '../lib/codec.mjs';
import { deploy, hashedKey } from '../lib/contracts.mjs';
import { COUNTERS, counter } from '../lib/counters.mjs';
import { useChain } from '../lib/fixture.mjs';
import { rustGuest, workbench } from '../lib/guests.mjs';

const on = useChain();

describe.each(COUNTERS)('the storage of a $abi counter', ({ guest, initArgs, start, read }) => {
	let contract;

	beforeAll(async () => {
		({ contract } = await deploy(on.chain, on.alice, rustGuest(guest), { args: initArgs }));
	});

	test('is read through ContractsApi', async () => {
		expect(read(await contract.storage('count'))).toBe(start);
		expect(await contract.storage('other')).toBe(null);
		expect(await contract.storage('')).toBe(null);
	});

	test('is read as child storage over RPC', async () => {
		await contract.invoke(on.alice, 'increment');
		const entries = await contract.entries();
		expect(entries.map(([key, value]) => [toText(key), read(value)])).toEqual([['count', start + 1n]]);
	});

	test('has a key that clients can compute', async () => {
		const { childstate } = on.chain.api.rpc;
		const child = await contract.childKey();
		const value = await childstate.getStorage(child, hashedKey('count'));
		expect(read(value.unwrap().toHex())).toBe(start + 1n);
		expect((await childstate.getStorage(child, hashedKey('other'))).isNone).toBe(true);
		expect((await childstate.getStorageSize(child, hashedKey('count'))).unwrap().toNumber()).toBe(8);
	});

	test('had its older values in older blocks', async () => {
		const { childstate } = on.chain.api.rpc;
		const receipt = await contract.invoke(on.alice, 'increment');
		const parent = (await on.chain.api.rpc.chain.getHeader(receipt.blockHash)).parentHash;
		const child = await contract.childKey();
		const at = async (block) => read((await childstate.getStorage(child, hashedKey('count'), block)).unwrap().toHex());
		expect(await at(receipt.blockHash)).toBe((await at(parent)) + 1n);
	});

	test('is counted in the map that clients read', async () => {
		const info = (await on.chain.api.query.contracts.contractInfoOf(contract.address)).unwrap();
		expect(info.storageItems.toNumber()).toBe(1);
		expect(info.storageBytes.toNumber()).toBe(8);
		expect(info.trieId.toHex()).toBe((await contract.info()).trieId);
		expect(info.storageByteDeposit.toBigInt()).toBe(8n * on.chain.constant('depositPerByte').toBigInt());
		expect(info.storageItemDeposit.toBigInt()).toBe(on.chain.constant('depositPerItem').toBigInt());
		expect(info.storageBaseDeposit.toBigInt()).toBeGreaterThan(0n);
		expect((await contract.info()).deposit).toBe(await on.chain.held(contract.address));
	});
});

test('contracts have tries of their own, named after account and number', async () => {
	const before = (await on.chain.api.query.contracts.nonce()).toBigInt();
	const { contract } = await deploy(on.chain, on.alice, rustGuest('counter-baals'), { args: counter('baals').initArgs });
	const after = (await on.chain.api.query.contracts.nonce()).toBigInt();
	expect(after).toBe(before + 1n);
	const names = [before, after].map((nonce) => blake2AsHex(Uint8Array.from([...account(contract.address), ...u64(nonce)])));
	expect(names).toContain((await contract.info()).trieId);
});

describe('entries of a contract', () => {
	let contract;
	const done = u32(0);
	const perByte = () => on.chain.constant('depositPerByte').toBigInt();
	const perItem = () => on.chain.constant('depositPerItem').toBigInt();

	/** What a receipt says was held (above zero) or released. */
	const settled = ({ events }) => events.reduce((sum, { name, fields }) => {
		if (name === 'contracts.StorageDepositTransferredAndHeld') return sum + fields.amount.toBigInt();
		if (name === 'contracts.StorageDepositTransferredAndReleased') return sum - fields.amount.toBigInt();
		return sum;
	}, 0n);

	beforeEach(async () => {
		({ contract } = await deploy(on.chain, on.alice, workbench()));
	});

	test('are paid for when they come and paid back when they go', async () => {
		const free = await on.chain.balance(on.bob);
		const put = await contract.invoke(on.bob, 'put', ['key', 'sixteen bytes ok']);
		const price = 16n * perByte() + perItem();
		expect(settled(put)).toBe(price);
		expect(await on.chain.balance(on.bob)).toBe(free - put.fee - price);
		expect(await contract.info()).toMatchObject({ storageItems: 1, storageBytes: 16 });

		const shorter = await contract.invoke(on.bob, 'put', ['key', 'six']);
		expect(settled(shorter)).toBe(-13n * perByte());

		const gone = await contract.invoke(on.bob, 'del', ['key']);
		expect(settled(gone)).toBe(-(3n * perByte() + perItem()));
		expect(await on.chain.balance(on.bob)).toBe(free - put.fee - shorter.fee - gone.fee);
		expect(await contract.info()).toMatchObject({ storageItems: 0, storageBytes: 0 });
		expect(await contract.entries()).toEqual([]);
	});

	test('are held of the one who is told so by the dry run', async () => {
		const { deposit } = await contract.dryRun(on.bob, 'put', ['key', 'value']);
		expect(deposit).toBe(5n * perByte() + perItem());
		const enough = await contract.tryInvoke(on.bob, 'put', ['key', 'value'], { deposit });
		expect(enough.error).toBe(null);
		const scarce = await contract.tryInvoke(on.bob, 'put', ['other', 'value'], { deposit: deposit - 1n });
		expect(scarce.error.name).toBe('contracts.StorageDepositLimitExhausted');
		expect(await contract.storage('other')).toBe(null);
	});

	test('may have any bytes as key and value', async () => {
		const odd = [
			[Uint8Array.of(0), Uint8Array.of(0)],
			[Uint8Array.of(0xff, 0xfe, 0x00, 0x80), new Uint8Array(300).fill(0xab)],
			[text('0x1234'), text('0xzz')],
			[text('ключ'), new Uint8Array(0)],
			[new Uint8Array(1024).fill(1), text('the longest key')],
		];
		for (const [key, value] of odd) await contract.invoke(on.alice, 'put', [key, value]);
		for (const [key, value] of odd) expect(await contract.storage(key)).toEqual(value);
		const sorted = (entries) => entries.map((pair) => pair.map(u8aToHex)).sort();
		expect(sorted(await contract.entries())).toEqual(sorted(odd));
	});

	test('that are over a limit are refused, and the call goes on', async () => {
		const refused = u32(0xffff_ffff);
		const long = new Uint8Array(1025).fill(1);
		const large = new Uint8Array(16 * 1024 + 1);
		for (const args of [[long, 'value'], ['key', large], ['', 'value']]) {
			const report = await contract.dryRun(on.alice, 'put', args);
			expect(report).toMatchObject({ ok: true, output: refused, changes: [] });
		}
		const most = new Uint8Array(16 * 1024).fill(3);
		expect(await contract.dryRun(on.alice, 'put', ['key', most])).toMatchObject({ ok: true, output: done });
		await contract.invoke(on.alice, 'put', ['key', most]);
		expect(await contract.storage('key')).toEqual(most);
	});

	test('are listed page by page, however many they are', async () => {
		const many = 130;
		const txs = Array.from({ length: many }, (_, index) => contract.tx('put', [`key ${index}`, u32(index)], {
			gas: { refTime: 5_000_000_000, proofSize: 50_000 },
		}));
		for (let at = 0; at < many; at += 13) {
			await on.chain.send(on.chain.api.tx.utility.batchAll(txs.slice(at, at + 13)), on.alice);
		}
		const entries = await contract.entries();
		expect(entries).toHaveLength(many);
		expect(new Set(entries.map(([key]) => toText(key))).size).toBe(many);
		expect(await contract.info()).toMatchObject({ storageItems: many, storageBytes: many * 4 });
	});

	test('are none of another contract\'s business', async () => {
		await contract.invoke(on.alice, 'put', ['key', 'mine']);
		const other = (await deploy(on.chain, on.bob, workbench())).contract;
		expect(await other.query(on.bob, 'take', ['key'])).toMatchObject({ ok: true, output: new Uint8Array(0) });
		await other.invoke(on.bob, 'del', ['key']);
		expect(await contract.storage('key')).toEqual(text('mine'));
	});

	test('written and removed in one dry run are no change', async () => {
		const report = await contract.dryRun(on.alice, 'del', ['never there']);
		expect(report).toMatchObject({ ok: true, output: done, changes: [], deposit: 0n });
	});
});

test('reads of what is no child trie give nothing', async () => {
	const { childstate } = on.chain.api.rpc;
	const nowhere = stringToHex(':child_storage:default:') + '00'.repeat(32);
	expect(await childstate.getKeysPaged(nowhere, '0x', 10)).toHaveLength(0);
	expect((await childstate.getStorage(nowhere, hashedKey('count'))).isNone).toBe(true);
});
