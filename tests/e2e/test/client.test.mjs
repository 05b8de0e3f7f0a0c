// The classic contract client, `@polkadot/api-contract`, against contracts of our ABIs. Its calls are a
// selector of four bytes and arguments in SCALE; the input of a call by name begins with the length and
// the letters of the name, so a name of three letters is such a selector.

import { CodePromise } from '@polkadot/api-contract';
import { u8aConcat, u8aToHex } from '@polkadot/util';
import { blake2AsHex } from '@polkadot/util-crypto';
import { beforeAll, expect, test } from 'vitest';
import { text, u64 } from '../lib/codec.mjs';
import { AMPLE_GAS } from '../lib/contracts.mjs';
import { counter } from '../lib/counters.mjs';
import { useChain } from '../lib/fixture.mjs';
import { rustGuest } from '../lib/guests.mjs';

const on = useChain();

const TYPES = [
	{ id: 0, type: { def: { primitive: 'u8' } } },
	{ id: 1, type: { def: { primitive: 'u64' } } },
	{ id: 2, type: { def: { sequence: { type: 0 } } } },
	{ id: 3, type: { def: { sequence: { type: 2 } } } },
	{ id: 4, type: { def: { array: { len: 7, type: 0 } } } },
];
const [NUMBER, BYTES, ARGUMENTS, REST] = [1, 2, 3, 4].map((type) => ({ type, displayName: [] }));

const selector = (name) => u8aToHex(u8aConcat(Uint8Array.of(name.length << 2), text(name)));
const message = (name, mutates) => ({
	label: name,
	selector: selector(name),
	args: [{ label: 'args', type: ARGUMENTS }],
	returnType: NUMBER,
	mutates,
	payable: true,
	default: false,
	docs: [],
});

/** What a compiler of contracts would write for the client. */
const METADATA = {
	version: 5,
	source: { hash: `0x${'00'.repeat(32)}`, language: 'wat 1', compiler: 'wabt 1' },
	contract: { name: 'counter', version: '1.0.0', authors: [] },
	types: TYPES,
	spec: {
		// A constructor has no name: its input begins with an empty one, the number of arguments, and the
		// length of the first, of which the selector takes what it can get.
		constructors: [{
			label: 'new',
			selector: '0x00042007',
			args: [{ label: 'rest', type: REST }],
			returnType: null,
			payable: true,
			default: false,
			docs: [],
		}],
		messages: [message('get', false), message('add', true)],
		events: [{
			label: 'updated',
			module_path: 'counter',
			signature_topic: blake2AsHex('updated'),
			args: [
				{ label: 'topic', type: BYTES, indexed: false, docs: [] },
				{ label: 'data', type: BYTES, indexed: false, docs: [] },
			],
			docs: [],
		}],
		docs: [],
		environment: { maxEventTopics: 4 },
	},
};

/** Sends a transaction of the client's and waits for its block. */
const included = (tx) => new Promise((resolve, reject) => {
	tx.signAndSend(on.alice, (result) => {
		if (result.dispatchError) reject(new Error(on.chain.error(result.dispatchError).text));
		else if (result.status.isInBlock) resolve(result);
	}).catch(reject);
});

const { guest } = counter('dytallix');
let contract;

beforeAll(async () => {
	const { api } = on.chain;
	const code = new CodePromise(api, METADATA, rustGuest(guest));
	const gasLimit = api.registry.createType('WeightV2', AMPLE_GAS);
	const result = await included(code.tx.new({ gasLimit, value: 0 }, new Uint8Array(7)));
	contract = result.contract;
});

test('deploys a contract by its code', async () => {
	expect(Object.keys(contract.query)).toEqual(['get', 'add']);
	const known = await on.chain.api.query.contracts.contractInfoOf(contract.address);
	expect(known.unwrap().codeHash.toHex()).toBe(on.chain.codeHash(rustGuest(guest)));
});

test('asks a contract with a gas limit of -1', async () => {
	const answer = await contract.query.get(on.alice.address, { gasLimit: -1 }, []);
	expect(answer.result.isOk).toBe(true);
	expect(answer.output.toNumber()).toBe(7);
	expect(answer.gasRequired.refTime.toNumber()).toBeGreaterThan(0);
});

test('calls a contract with what its dry run required, and decodes the event', async () => {
	const args = [[u8aToHex(u64(35))]];
	const foretold = await contract.query.add(on.alice.address, { gasLimit: -1, storageDepositLimit: null }, ...args);
	expect(foretold.output.toNumber()).toBe(42);
	const result = await included(contract.tx.add({ gasLimit: foretold.gasRequired }, ...args));
	expect(result.contractEvents).toHaveLength(1);
	const [{ event, args: [topic, data] }] = result.contractEvents;
	expect(event.identifier).toContain('updated');
	expect(topic.toUtf8()).toBe('updated');
	expect(data.toHex()).toBe(u8aToHex(u64(42)));
	expect((await contract.query.get(on.bob.address, { gasLimit: -1 }, [])).output.toNumber()).toBe(42);
});

test('is told why a call fails', async () => {
	const args = [[u8aToHex(u64(2n ** 64n - 1n))]];
	const foretold = await contract.query.add(on.alice.address, { gasLimit: -1 }, ...args);
	expect(foretold.result.isErr).toBe(true);
	expect(on.chain.error(foretold.result.asErr).name).toBe('contracts.ContractTrapped');
	expect(foretold.debugMessage.toUtf8()).toContain('unreachable');
	const gasLimit = on.chain.api.registry.createType('WeightV2', AMPLE_GAS);
	await expect(included(contract.tx.add({ gasLimit }, ...args))).rejects.toThrow('contracts.ContractTrapped');
});
