// polkadot-api and its ink! SDK, as their users have them: descriptors from the command line, a typed API
// over the new JSON-RPC, `createInkV5Sdk` for chains with the contracts pallet.

import { createInkV5Sdk } from '@polkadot-api/sdk-ink';
import { WsProvider } from '@polkadot/api';
import { Binary, CompatibilityLevel, createClient } from 'polkadot-api';
import { getWsProvider } from 'polkadot-api/ws-provider/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useChain } from '../../lib/fixture.mjs';
import { INK_VERSIONS, inkContract } from '../../lib/ink.mjs';
import { generateDescriptors, papiSigner } from '../../lib/papi.mjs';

const on = useChain();

let client;
let api;
let signers;

/** The RPC methods that the client has called. */
const called = new Set();

/** A provider that notes what is called. */
const noted = (provider) => (onMessage) => {
	const { send, ...rest } = provider(onMessage);
	return {
		...rest,
		send(message) {
			called.add(JSON.parse(message).method);
			send(message);
		},
	};
};

beforeAll(async () => {
	// On the first block of a chain no event is recorded, not even that of a dry run.
	await on.chain.api.rpc.engine.createBlock(true, true);
	const { caisson } = await generateDescriptors(on.node.url);
	client = createClient(noted(getWsProvider(on.node.url)));
	api = client.getTypedApi(caisson);
	signers = Object.fromEntries(['alice', 'bob'].map((name) => [name, papiSigner(on[name])]));
});

afterAll(() => client?.destroy());

const sdkOf = (version, name, overApi = api) => (
	createInkV5Sdk(overApi, { metadata: inkContract(version, name).bundle }, { atBest: true })
);
const deployerOf = (sdk, version, name) => sdk.getDeployer(Binary.fromHex(inkContract(version, name).bundle.source.wasm));

/** Waits until a transaction is in a block, which it must be with success. */
function included(tx, signer = signers.alice) {
	return new Promise((resolve, reject) => {
		const subscription = tx.signSubmitAndWatch(signer).subscribe({
			next(event) {
				if (event.type !== 'txBestBlocksState' || !event.found) return;
				subscription.unsubscribe();
				if (event.ok) resolve(event);
				else reject(new Error(JSON.stringify(event.dispatchError)));
			},
			error: reject,
		});
	});
}

/** Deploys with what the dry run requires. */
async function deployed(version, name, data = {}, args = {}) {
	const sdk = sdkOf(version, name);
	const origin = on.alice.address;
	const foretold = await deployerOf(sdk, version, name).dryRun('new', { origin, data, ...args });
	expect(foretold.success).toBe(true);
	const { events } = await included(foretold.value.deploy());
	const [{ address, contractEvents }] = sdk.readDeploymentEvents(events);
	expect(address).toBe(foretold.value.address);
	return { contract: sdk.getContract(address), contractEvents, foretold: foretold.value, address };
}

test('the pallet and the runtime API are what the descriptors say', async () => {
	const { Identical } = CompatibilityLevel;
	expect(await api.tx.Contracts.instantiate_with_code.isCompatible(Identical)).toBe(true);
	expect(await api.tx.Contracts.call.isCompatible(Identical)).toBe(true);
	expect(await api.apis.ContractsApi.call.isCompatible(Identical)).toBe(true);
	expect(await api.query.Contracts.ContractInfoOf.isCompatible(Identical)).toBe(true);
	expect(await api.constants.Contracts.DepositPerItem()).toBe(on.chain.constant('depositPerItem').toBigInt());
});

describe.each(INK_VERSIONS)('a flipper of ink! %s', (version) => {
	let contract;

	test('is deployed, to where it was foretold, and becomes final', async () => {
		const sdk = sdkOf(version, 'flipper');
		const deployer = deployerOf(sdk, version, 'flipper');
		const args = { origin: on.alice.address, data: { value: true } };
		const address = await deployer.estimateAddress('new', args);
		const result = await deployer.deploy('new', args).signAndSubmit(signers.alice);
		expect(result.ok).toBe(true);
		expect(sdk.readDeploymentEvents(result.events)).toEqual([{ address, contractEvents: [] }]);
		contract = sdk.getContract(address);
		expect(await contract.isCompatible()).toBe(true);
		expect(await contract.getBalance()).toBe(await on.chain.balance(address));
		// There it is, and is not made again.
		expect(await deployer.estimateAddress('new', args)).toBe(null);
	});

	test('is asked and flipped', async () => {
		const origin = on.bob.address;
		const asked = await contract.query('get', { origin });
		expect(asked.success).toBe(true);
		expect(asked.value.response).toBe(true);
		expect(asked.value.gasRequired.ref_time).toBeGreaterThan(0n);
		await included(contract.send('flip', { origin }), signers.bob);
		expect((await contract.query('get', { origin })).value.response).toBe(false);
		const options = { gasLimit: { ref_time: 1n, proof_size: 1n } };
		expect(await contract.query('get', { origin, options })).toEqual({
			success: false,
			value: { type: 'Module', value: { type: 'Contracts', value: { type: 'OutOfGas', value: undefined } } },
		});
	});

	test('is deployed once more from the one that is there', async () => {
		const args = { origin: on.alice.address, data: { value: false }, options: { salt: Binary.fromText('again') } };
		const foretold = await contract.dryRunRedeploy('new', args);
		const { events } = await included(foretold.value.deploy());
		expect(events.filter(({ type, value }) => type === 'Contracts' && value.type === 'CodeStored')).toEqual([]);
		const other = sdkOf(version, 'flipper').getContract(foretold.value.address);
		expect((await other.query('get', { origin: on.alice.address })).value.response).toBe(false);
		const info = await api.query.Contracts.ContractInfoOf.getValue(foretold.value.address, { at: 'best' });
		expect(info.code_hash.asHex()).toBe(inkContract(version, 'flipper').codeHash);
	});

	test('is read from storage', async () => {
		expect(await contract.getStorage().getRoot()).toEqual({ success: true, value: false });
	});
});

describe.each(INK_VERSIONS)('a token of ink! %s', (version) => {
	let token;
	let born;
	const transfer = (from, to, value) => ['transfer', { origin: from.address, data: { to: to.address, value } }];

	beforeAll(async () => {
		born = await deployed(version, 'token', { supply: 1000n });
		token = born.contract;
	});

	test('tells in events what it did and would do', async () => {
		const event = (from, to, value) => ({ type: 'Transfer', value: { from, to, value } });
		expect(born.contractEvents).toEqual([event(undefined, on.alice.address, 1000n)]);
		expect(born.foretold.events).toEqual(born.contractEvents);
		const foretold = await token.query(...transfer(on.alice, on.bob, 30n));
		expect(foretold.value.storageDeposit).toBeGreaterThan(0n);
		const expected = [event(on.alice.address, on.bob.address, 30n)];
		expect(foretold.value.events).toEqual(expected);
		const { events } = await included(foretold.value.send());
		expect(token.filterEvents(events)).toEqual(expected);
		const { value } = await token.query('balance_of', { origin: on.bob.address, data: { owner: on.bob.address } });
		expect(value.response).toBe(30n);
		expect((await token.query(...transfer(on.alice, on.bob, 30n))).value.storageDeposit).toBe(0n);
	});

	test('refuses with its own error, which undoes a transaction', async () => {
		const refused = await token.query(...transfer(on.bob, on.alice, 31n));
		expect(refused.success).toBe(false);
		expect(refused.value.type).toBe('FlagReverted');
		// `Ok(Err(BalanceTooLow { balance: 30 }))`.
		expect(refused.value.value.raw.asHex()).toBe(`0x0001001e${'00'.repeat(15)}`);
		await expect(included(token.send(...transfer(on.bob, on.alice, 31n)), signers.bob)).rejects.toThrow('ContractReverted');
	});

	test('is read from storage', async () => {
		const root = await token.getStorage().getRoot();
		expect(root.value.supply).toBe(1000n);
		// The metadata of ink! 4 does not say what the keys of a mapping are.
		if (version === 'v4') return;
		expect(await root.value.balances(on.bob.address)).toEqual({ success: true, value: 30n });
		const none = await token.getStorage().getNested('balances', on.charlie.address);
		expect(none).toEqual({ success: true, value: undefined });
	});
});

test('failures arrive as what they are', async () => {
	const origin = on.alice.address;
	const trapped = { type: 'Module', value: { type: 'Contracts', value: { type: 'ContractTrapped', value: undefined } } };
	const deployer = deployerOf(sdkOf('v5', 'fallible'), 'v5', 'fallible');
	expect(await deployer.dryRun('new', { origin, data: { code: 7 } }))
		.toEqual({ success: false, value: { type: 'Asked', value: { code: 7 } } });
	expect(await deployer.dryRun('panicking', { origin })).toEqual({ success: false, value: trapped });
	const { contract } = await deployed('v5', 'fallible', { code: undefined });
	const failed = await contract.query('fail', { origin, data: { code: 3 } });
	expect([failed.value.type, failed.value.value.raw.asHex()]).toEqual(['FlagReverted', '0x00010003000000']);
	expect((await contract.query('succeed', { origin })).value.response).toBe(1);
	expect(await contract.query('panic', { origin })).toEqual({ success: false, value: trapped });
});

test('value goes with a constructor and a message', async () => {
	const { contract } = await deployed('v5', 'payable', {}, { value: 40n });
	const { events } = await included(contract.send('pay', { origin: on.bob.address, value: 2n }), signers.bob);
	expect(contract.filterEvents(events)).toEqual([{ type: 'Received', value: { from: on.bob.address, value: 2n } }]);
	expect((await contract.query('received', { origin: on.bob.address })).value.response).toBe(42n);
});

test('events are watched, and what was is read at its block', async () => {
	const { contract, address } = await deployed('v5', 'flipper', { value: false }, {
		options: { salt: Binary.fromText('watched') },
	});
	const seen = [];
	const subscription = api.event.Contracts.Called.watch(({ contract: whose }) => whose === address)
		.subscribe((event) => seen.push(event));
	const origin = on.alice.address;
	const flips = [];
	for (let flip = 0; flip < 2; flip += 1) {
		flips.push(await contract.send('flip', { origin }).signAndSubmit(signers.alice));
	}
	await expect.poll(() => seen.length, { timeout: 20_000 }).toBe(2);
	subscription.unsubscribe();
	// The client lets go of a block when it is final and another one is behind it, and asks the archive then.
	await included(api.tx.System.remark({ remark: Binary.fromText('behind') }));
	called.delete('archive_v1_call');
	const get = inkContract('v5', 'flipper').bundle.spec.messages.find(({ label }) => label === 'get');
	const at = flips[0].block.hash;
	const then = await api.apis.ContractsApi.call(origin, address, 0n, undefined, undefined, Binary.fromHex(get.selector), { at });
	expect(then.result.value.data.asHex()).toBe('0x0001');
	expect(called).toContain('archive_v1_call');
	const now = await contract.query('get', { origin });
	expect(now.value.response).toBe(false);
});

test('the new JSON-RPC was what carried this', () => {
	expect([...called].filter((method) => !/^(archive|chainHead|chainSpec|transaction)_v1_/.test(method))).toEqual([]);
	expect([...called]).toEqual(expect.arrayContaining([
		'chainHead_v1_follow', 'chainHead_v1_call', 'chainHead_v1_storage', 'chainHead_v1_body', 'transaction_v1_broadcast',
	]));
});

// What neither this client nor dedot calls by itself.
test('a transaction is watched by the new JSON-RPC', async () => {
	const transaction = await on.chain.api.tx.system.remark('0x01').signAsync(on.bob, { nonce: -1 });
	const provider = new WsProvider(on.node.url);
	await provider.isReady;
	const seen = [];
	await provider.subscribe(
		'transactionWatch_v1_watchEvent',
		'transactionWatch_v1_submitAndWatch',
		[transaction.toHex()],
		(error, event) => seen.push(error ?? event),
	);
	await expect.poll(() => seen.at(-1)?.event, { timeout: 20_000 }).toBe('finalized');
	await provider.disconnect();
	expect(seen.map(({ event }) => event)).toEqual(['validated', 'bestChainBlockIncluded', 'finalized']);
	const [, included, final] = seen;
	expect(final.block).toEqual(included.block);
	const body = await client.getBlockBody(final.block.hash);
	expect(body[final.block.index]).toBe(transaction.toHex());
});

test('the SDK works on an untyped API too', async () => {
	const sdk = sdkOf('v5', 'flipper', client.getUnsafeApi());
	const args = { origin: on.alice.address, data: { value: true }, options: { salt: Binary.fromText('untyped') } };
	const foretold = await deployerOf(sdk, 'v5', 'flipper').dryRun('new', args);
	await included(foretold.value.deploy());
	const { value } = await sdk.getContract(foretold.value.address).query('get', { origin: on.alice.address });
	expect(value.response).toBe(true);
});
