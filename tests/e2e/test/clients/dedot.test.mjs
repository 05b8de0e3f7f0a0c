// dedot with ink! contracts, as its users have it: `ContractDeployer` and `Contract`, over each of its two
// clients, the one that speaks the new JSON-RPC and the one that speaks the old.

import { DedotClient, WsProvider } from 'dedot';
import {
	Contract, ContractDeployer, isContractDispatchError, isContractInstantiateDispatchError,
} from 'dedot/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useChain } from '../../lib/fixture.mjs';
import { INK_VERSIONS, inkContract } from '../../lib/ink.mjs';

const on = useChain();

describe.each([
	['new', (url) => DedotClient.new(new WsProvider(url)), 'v2'],
	['legacy', (url) => DedotClient.legacy(new WsProvider(url)), 'legacy'],
])('over the %s JSON-RPC', (kind, connect, rpcVersion) => {
	let client;

	beforeAll(async () => {
		client = await connect(on.node.url);
		expect(client.rpcVersion).toBe(rpcVersion);
	});

	afterAll(() => client?.disconnect());

	/** A salt of these tests' own, as the same contracts are made over each client. */
	const saltOf = (...words) => `0x${Buffer.from([kind, ...words].join()).toString('hex')}`;

	const deployerOf = (version, name, code) => {
		const { bundle } = inkContract(version, name);
		return new ContractDeployer(client, bundle, code ?? bundle.source.wasm, { defaultCaller: on.alice.address });
	};

	/** What is known of a transaction in a block; it must have succeeded. */
	async function included(sent) {
		const result = await sent.untilBestChainBlockIncluded();
		expect(result.dispatchError).toBe(undefined);
		return result;
	}

	async function deployed(version, name, ...args) {
		const result = await included(deployerOf(version, name).tx.new(...args).signAndSend(on.alice));
		return { result, contract: await result.contract() };
	}

	const account = ({ address }) => address;
	const addresses = (data) => Object.fromEntries(Object.entries(data).map(([name, value]) => (
		[name, typeof value?.address === 'function' ? value.address() : value]
	)));

	describe.each(INK_VERSIONS)('a flipper of ink! %s', (version) => {
		let contract;

		test('is deployed, to where the dry run said, and the transaction becomes final', async () => {
			const options = { salt: saltOf('flipper') };
			const deployer = deployerOf(version, 'flipper');
			const foretold = await deployer.query.new(true, options);
			expect(foretold.data).toEqual([]);
			expect(foretold.flags).toEqual({ bits: 0, revert: false });
			expect(foretold.raw.gasRequired.refTime).toBeGreaterThan(0n);
			expect(foretold.raw.storageDeposit.type).toBe('Charge');
			const { gasRequired: gasLimit } = foretold.raw;
			const result = await deployer.tx.new(true, { ...options, gasLimit }).signAndSend(on.alice).untilFinalized();
			expect(result.status.type).toBe('Finalized');
			expect(await result.contractAddress()).toBe(foretold.address);
			contract = await result.contract();
			expect((await contract.query.get()).data).toBe(true);
		});

		test('is deployed by the hash of its code', async () => {
			const { codeHash } = inkContract(version, 'flipper');
			const deployer = deployerOf(version, 'flipper', codeHash);
			const result = await included(deployer.tx.default({ salt: saltOf('hash') }).signAndSend(on.alice));
			const info = await client.query.contracts.contractInfoOf(await result.contractAddress());
			expect(info.codeHash).toBe(codeHash);
			expect((await (await result.contract()).query.get()).data).toBe(false);
		});

		test('is flipped, with gas of the client\'s own reckoning', async () => {
			const known = new Contract(client, inkContract(version, 'flipper').bundle, contract.address);
			const caller = on.bob.address;
			const gasLimit = { refTime: 10_000_000_000n, proofSize: 500_000n };
			expect((await known.query.get({ caller, gasLimit })).data).toBe(true);
			await included(known.tx.flip().signAndSend(on.bob));
			expect((await known.query.get({ caller })).data).toBe(false);
			const short = known.query.get({ caller, gasLimit: { refTime: 1n, proofSize: 1n } });
			await expect(short).rejects.toThrow('Contracts::OutOfGas');
		});
	});

	describe.each(INK_VERSIONS)('a token of ink! %s', (version) => {
		let token;
		let born;

		beforeAll(async () => {
			({ contract: token, result: born } = await deployed(version, 'token', 1_000_000n, { salt: saltOf('token') }));
		});

		test('is told of by its events', async () => {
			const [first] = token.decodeEvents(born.events);
			expect(first.name).toBe('Transfer');
			expect(addresses(first.data)).toEqual({ from: undefined, to: account(on.alice), value: 1_000_000n });
			const { events } = await included(token.tx.transfer(account(on.bob), 300n).signAndSend(on.alice));
			const transfer = token.events.Transfer.find(events);
			expect(addresses(transfer.data)).toEqual({ from: account(on.alice), to: account(on.bob), value: 300n });
			expect(token.events.Approval.filter(events)).toEqual([]);
			expect((await token.query.balanceOf(account(on.bob))).data).toBe(300n);
		});

		test('is watched', async () => {
			const seen = [];
			const unsubscribe = await token.events.Approval.watch((events) => seen.push(...events));
			await included(token.tx.approve(account(on.bob), 77n).signAndSend(on.alice));
			await expect.poll(() => seen.length, { timeout: 20_000 }).toBeGreaterThan(0);
			await unsubscribe();
			expect(addresses(seen[0].data)).toEqual({ owner: account(on.alice), spender: account(on.bob), value: 77n });
		});

		test('refuses with its own error', async () => {
			const { data, flags } = await token.query.transfer(account(on.alice), 301n, { caller: account(on.bob) });
			expect(flags.revert).toBe(true);
			expect(data).toEqual({ isOk: false, isErr: true, err: { type: 'BalanceTooLow', value: 300n } });
			const result = await token.tx.transfer(account(on.alice), 301n).signAndSend(on.bob).untilBestChainBlockIncluded();
			expect(client.registry.findErrorMeta(result.dispatchError).name).toBe('ContractReverted');
		});
	});

	test('storage is read as the metadata lays it out', async () => {
		const { contract: token } = await deployed('v5', 'token', 500n, { salt: saltOf('storage') });
		await included(token.tx.approve(account(on.charlie), 5n).signAndSend(on.alice));
		const root = await token.storage.root();
		expect(root.supply).toBe(500n);
		expect(await root.balances.get(account(on.alice))).toBe(500n);
		expect(await root.balances.get(account(on.bob))).toBe(undefined);
		const { allowances } = token.storage.lazy();
		expect(await allowances.get([account(on.alice), account(on.charlie)])).toBe(5n);
	});

	test('failures arrive as what they are', async () => {
		const deployer = deployerOf('v5', 'fallible');
		const refused = await deployer.query.new(7, { salt: saltOf('refused') });
		expect(refused.flags.revert).toBe(true);
		expect(refused.data.err).toEqual({ type: 'Asked', value: 7 });
		const error = await deployer.query.panicking({ salt: saltOf('refused') }).catch((caught) => caught);
		expect(isContractInstantiateDispatchError(error)).toBe(true);
		expect(error.message).toContain('Contracts::ContractTrapped');

		const { contract } = await deployed('v5', 'fallible', undefined, { salt: saltOf('fallible') });
		expect((await contract.query.fail(3)).data).toEqual({ isOk: false, isErr: true, err: { type: 'Asked', value: 3 } });
		expect((await contract.query.succeed()).data).toEqual({ isOk: true, isErr: false, value: 1 });
		const panic = await contract.query.panic().catch((caught) => caught);
		expect(isContractDispatchError(panic)).toBe(true);
		expect(panic.moduleError.name).toBe('ContractTrapped');
		expect(Buffer.from(panic.raw.debugMessage.slice(2), 'hex').toString()).toContain('unreachable');
	});

	test('value goes with a message', async () => {
		const { contract } = await deployed('v5', 'payable', { value: 40n, salt: saltOf('payable') });
		expect((await contract.query.transferredValue({ value: 5n })).data).toBe(5n);
		const { events } = await included(contract.tx.pay({ value: 2n }).signAndSend(on.bob));
		const [{ data }] = contract.events.Received.filter(events);
		expect(addresses(data)).toEqual({ from: account(on.bob), value: 2n });
		expect((await contract.query.received()).data).toBe(42n);
	});
});
