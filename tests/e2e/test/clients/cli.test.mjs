// `polkadot-js-api`, the command line of polkadot.js, as a process: what the scripts of chains with contracts
// are written in. A contract's life from its file on, with nothing but that command.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { stringCamelCase, u8aToHex } from '@polkadot/util';
import { expect, test } from 'vitest';
import { AMPLE_GAS } from '../../lib/contracts.mjs';
import { useChain } from '../../lib/fixture.mjs';
import { inkCode, inkContract } from '../../lib/ink.mjs';

const on = useChain();

const COMMAND = fileURLToPath(new URL('../../node_modules/@polkadot/api-cli/runcli.mjs', import.meta.url));
const COMMAND_LIMIT_MS = 60_000;

/** Runs the command and gives what it printed: objects in JSON, one behind the other. */
async function run(...args) {
	const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, '--ws', on.node.url, ...args], {
		timeout: COMMAND_LIMIT_MS,
	});
	return stdout.trimEnd().split(/(?<=^\})\n/m).map((text) => JSON.parse(text));
}

/** What a look-up prints behind its name. */
async function read(path, ...args) {
	const [printed, ...more] = await run(path, ...args);
	expect(more).toEqual([]);
	expect(Object.keys(printed)).toEqual([path.split('.').at(-1)]);
	return Object.values(printed)[0];
}

/** Signs and sends as Alice; the data of the events of the transaction, by their names. */
async function send(call, ...args) {
	const printed = await run('--seed', '//Alice', `tx.contracts.${call}`, ...args);
	const { status, events } = printed.at(-1)[call];
	expect(Object.keys(status)).toEqual(['inBlock']);
	return Object.fromEntries(events.map(({ event: { index, data } }) => [eventNames().get(index), data]));
}

/** The names of events by the numbers of pallet and event that the command prints for them. */
function eventNames() {
	const { pallets } = on.chain.api.runtimeMetadata.asLatest;
	return new Map(pallets.flatMap(({ name, index }) => {
		const section = stringCamelCase(name);
		return Object.entries(on.chain.api.events[section] ?? {}).map(([method, { meta }]) => (
			[u8aToHex(Uint8Array.of(index.toNumber(), meta.index.toNumber())), `${section}.${method}`]
		));
	}));
}

const { bundle, codeHash } = inkContract('v5', 'flipper');
const selector = (kind, name) => bundle.spec[kind].find(({ label }) => label === name).selector;
const GAS = JSON.stringify(AMPLE_GAS);
const NO_LIMIT = 'null';
let address;

test('code is uploaded from its file', async () => {
	const events = await send('uploadCode', `@${inkCode('v5', 'flipper')}`, NO_LIMIT, 'Enforced');
	const [hash, deposit, owner] = events['contracts.CodeStored'];
	expect([hash, owner]).toEqual([codeHash, on.alice.address]);
	const info = await read('query.contracts.codeInfoOf', codeHash);
	expect(info.owner).toBe(on.alice.address);
	expect(info.deposit.replaceAll(',', '')).toBe(String(deposit));
});

test('a contract is instantiated and looked up', async () => {
	const events = await send('instantiate', '0', GAS, NO_LIMIT, codeHash, `${selector('constructors', 'new')}01`, '0x07');
	const [deployer, contract] = events['contracts.Instantiated'];
	expect(deployer).toBe(on.alice.address);
	address = contract;
	const lookUp = (account) => read('query.contracts.contractInfoOf', account);
	const [info, none] = await Promise.all([address, on.bob.address].map(lookUp));
	expect(info.codeHash).toBe(codeHash);
	expect([info.storageItems, info.storageBytes]).toEqual(['1', '1']);
	expect(none).toBe(null);
});

test('it is called', async () => {
	const events = await send('call', address, '0', GAS, NO_LIMIT, selector('messages', 'flip'));
	expect(events['contracts.Called']).toEqual([{ signed: on.alice.address }, address]);
	expect(events['system.ExtrinsicFailed']).toBe(undefined);
	const key = on.chain.api.createType('(AccountId, Bytes)', [address, '0x00000000']).toHex();
	// `Ok(Some([false]))`.
	expect(await read('rpc.state.call', 'ContractsApi_get_storage', key)).toBe('0x00010400');
});

test('a call that the contract does not know is undone', async () => {
	const events = await send('call', address, '0', GAS, NO_LIMIT, '0xdeadbeef');
	const error = on.chain.api.createType('DispatchError', events['system.ExtrinsicFailed'][0]);
	expect(on.chain.error(error).name).toBe('contracts.ContractReverted');
});

test('blocks and constants are read', async () => {
	const [header, perItem] = await Promise.all(['rpc.chain.getHeader', 'consts.contracts.depositPerItem'].map((path) => read(path)));
	expect(header.number).toBe(String(await on.chain.height()));
	expect(perItem.replaceAll(',', '')).toBe(on.chain.constant('depositPerItem').toString());
});
