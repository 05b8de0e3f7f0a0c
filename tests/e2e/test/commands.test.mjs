// The node's subcommands, on keys, chain specifications, and the database that a node has left.

import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Keyring } from '@polkadot/keyring';
import { hexToU8a, u8aToHex } from '@polkadot/util';
import { blake2AsHex, cryptoWaitReady, mnemonicValidate } from '@polkadot/util-crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Chain } from '../lib/chain.mjs';
import { u64 } from '../lib/codec.mjs';
import { Contract, deploy } from '../lib/contracts.mjs';
import { counter } from '../lib/counters.mjs';
import { rustGuest } from '../lib/guests.mjs';
import { Folder, QUIET_ARGS, runCommand, startNode } from '../lib/node.mjs';

// Blocks of the chain under test: one for the deployment and one for each call; then some that are not final.
const CALLS = 3;
const FINAL = 1 + CALLS;
const OPEN = 3;
const HEIGHT = FINAL + OPEN;

const { guest, initArgs, start, read } = counter('baals');

let folder;

beforeAll(async () => {
	folder = new Folder();
	await cryptoWaitReady();
});
afterAll(() => folder?.remove());

/** Alice's public key of a kind, as the client derives it. */
const alice = (type) => u8aToHex(new Keyring({ type }).addFromUri('//Alice').publicKey);

/** Runs a subcommand, which must succeed. */
async function run(...args) {
	const result = await runCommand(folder, args);
	if (result.code !== 0) throw new Error(`\`${args.join(' ')}\` ${result.how}:\n${result.stderr}`);
	return result;
}

/** Runs a subcommand, which must fail by itself, and gives what it said. */
async function refused(...args) {
	const result = await runCommand(folder, args);
	expect(result.how, result.stderr).toBe('ended with code 1');
	// A panic of the node's own; one of the runtime's, which is how it refuses a block, names no thread.
	expect(result.stderr).not.toMatch(/Thread '.*' panicked/);
	return result.stderr;
}

/** The file with a chain's raw specification, made when it is first asked for. */
async function rawSpec(chain) {
	const path = folder.file(`${chain}-raw.json`);
	if (!existsSync(path)) await run('export-chain-spec', '--chain', chain, '--raw', '--output', path);
	return path;
}

describe('key', () => {
	const key = async (...args) => JSON.parse((await run('key', ...args, '--output-type', 'json')).stdout);

	test('generates another account each time, which it knows again', async () => {
		const [one, other] = [await key('generate'), await key('generate')];
		expect(one.secretPhrase).not.toBe(other.secretPhrase);
		expect(mnemonicValidate(one.secretPhrase)).toBe(true);
		expect(await key('inspect', one.secretPhrase)).toMatchObject({
			publicKey: one.publicKey,
			ss58Address: one.ss58Address,
		});
	});

	test.each(['sr25519', 'ed25519', 'ecdsa'])('tells the %s key of a development account', async (scheme) => {
		expect((await key('inspect', '--scheme', scheme, '//Alice')).publicKey).toBe(alice(scheme));
	});

	test('tells the address of a public key, and refuses what is neither', async () => {
		const publicKey = alice('sr25519');
		const { ss58Address } = await key('inspect', '--public', publicKey);
		expect(ss58Address).toBe(new Keyring().encodeAddress(publicKey, 42));
		expect((await key('inspect', ss58Address)).publicKey).toBe(publicKey);
		expect(await refused('key', 'inspect', '--public', '0x12')).toMatch(/public key/);
		// The SDK says so, but ends with 0.
		expect(await runCommand(folder, ['key', 'inspect', 'not a phrase'])).toMatchObject({
			stdout: expect.stringContaining('Invalid phrase/URI given'),
		});
	});
});

describe('a specification', () => {
	const spec = async (...args) => JSON.parse((await run(...args)).stdout);
	const CHAINS = [
		{ chain: 'dev', name: 'Caisson Development', id: 'caisson_dev', chainType: 'Development', authorities: 1 },
		{ chain: 'local', name: 'Caisson Local Testnet', id: 'caisson_local', chainType: 'Local', authorities: 2 },
	];
	// `System.Account`, to which an account's own part is added.
	const ACCOUNT = '0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9';
	// `Aura.Authorities`.
	const AUTHORITIES = '0x57f8dc2f5ab09467896f47300f0424385e0621c4869aa60c02be9adcc98a0d1d';
	const CODE = '0x3a636f6465';

	test.each(CHAINS)('of $chain says what the chain is and how it begins', async ({ chain, name, id, chainType, authorities }) => {
		const plain = await spec('export-chain-spec', '--chain', chain);
		expect(plain).toMatchObject({
			name, id, chainType, protocolId: 'caisson', properties: { tokenSymbol: 'CSN', ss58Format: 42 },
		});
		expect(plain.genesis.runtimeGenesis.patch.session.keys).toHaveLength(authorities);
		expect(await spec('build-spec', '--chain', chain, '--disable-default-bootnode')).toEqual(plain);
	});

	test.each(CHAINS)('of $chain in raw form has the storage that the chain begins with', async ({ chain, authorities }) => {
		const path = await rawSpec(chain);
		const raw = JSON.parse(readFileSync(path, 'utf8'));
		const { top } = raw.genesis.raw;
		const account = ACCOUNT + blake2AsHex(alice('sr25519'), 128).slice(2) + alice('sr25519').slice(2);
		expect(Object.keys(top)).toEqual(expect.arrayContaining([account, CODE]));
		// A length of one byte, and a key of 32 for each.
		expect(hexToU8a(top[AUTHORITIES])).toHaveLength(1 + authorities * 32);
		// What is raw already stays as it is.
		expect(await spec('export-chain-spec', '--chain', path, '--raw')).toEqual(raw);
		expect(await spec('build-spec', '--chain', path, '--raw', '--disable-default-bootnode')).toEqual(raw);
	});

	test('of an unknown chain is refused', async () => {
		expect(await refused('export-chain-spec', '--chain', folder.file('no-such-chain.json'))).toMatch(/no-such-chain/);
	});
});

describe('the database of a development node', () => {
	let specification;
	let address;
	let head;
	let finalHead;

	const base = 'made';
	const at = (name) => ['--base-path', folder.file(name)];
	// The chain by its name, and by its raw specification. It is the same chain; of the latter a command need not
	// make the beginning from the preset first, which takes seconds.
	const dev = (name) => ['--dev', ...at(name)];
	const raw = (name) => ['--dev', '--chain', specification, ...at(name)];
	const info = async (name) => JSON.parse((await run('chain-info', ...dev(name))).stdout);

	/** Starts a node on a base path, and stops it whatever `use` does. */
	async function withNode(name, use) {
		const node = await startNode([...dev(name), ...QUIET_ARGS, '--seal=manual'], folder);
		let chain;
		try {
			chain = await Chain.connect(node.url);
			return await use(chain);
		} finally {
			await chain?.disconnect();
			expect(await node.stop()).toBe('ended with code 0');
		}
	}

	const createBlock = (chain, final) => chain.api.rpc('engine_createBlock', false, final);

	/** Sends a transaction, and makes its block as soon as the pool has it. */
	async function sealed(chain, sending, final = true) {
		const done = sending();
		while ((await chain.api.rpc.author.pendingExtrinsics()).length === 0) await sleep(20);
		await createBlock(chain, final);
		return done;
	}

	const countOf = async (chain) => {
		const { ok, output } = await new Contract(chain, address).query(chain.dev('Alice'), 'get');
		expect(ok).toBe(true);
		return read(output);
	};

	const headOf = async (chain) => {
		const header = await chain.api.rpc.chain.getHeader();
		return {
			hash: header.hash.toHex(),
			number: header.number.toNumber(),
			stateRoot: header.stateRoot.toHex(),
			final: (await chain.api.rpc.chain.getFinalizedHead()).toHex(),
			count: await countOf(chain),
		};
	};

	beforeAll(async () => {
		specification = await rawSpec('dev');
		await withNode(base, async (chain) => {
			const signer = chain.dev('Alice');
			const { contract } = await sealed(chain, () => deploy(chain, signer, rustGuest(guest), { args: initArgs }));
			({ address } = contract);
			for (let call = 0; call < CALLS; call += 1) await sealed(chain, () => contract.invoke(signer, 'add', [u64(10)]));
			finalHead = await headOf(chain);
			for (let call = 0; call < OPEN; call += 1) await sealed(chain, () => contract.invoke(signer, 'increment'), false);
			head = await headOf(chain);
		});
		expect(finalHead).toMatchObject({ number: FINAL, final: finalHead.hash, count: start + BigInt(CALLS) * 10n });
		expect(head).toMatchObject({ number: HEIGHT, final: finalHead.hash, count: finalHead.count + BigInt(OPEN) });
	});

	test('is described by chain-info', async () => {
		expect(await info(base)).toMatchObject({
			best_hash: head.hash,
			best_number: HEIGHT,
			finalized_hash: finalHead.hash,
			finalized_number: FINAL,
		});
	});

	test('has blocks that check-block accepts, and says which it has not', async () => {
		expect((await run('check-block', ...raw(base), '1')).stdout).toMatch(/Completed in/);
		expect((await run('check-block', ...raw(base), head.hash)).stderr).toMatch(/Imported 1 blocks/);
		expect(await refused('check-block', ...raw(base), '99')).toMatch(/Unknown block/);
	});

	test('has a state that export-state writes as a specification', async () => {
		const exported = async (block) => JSON.parse((await run('export-state', ...raw(base), block)).stdout).genesis.raw;
		const [before, then] = [await exported('0'), await exported(String(FINAL))];
		expect(before).toEqual(JSON.parse(readFileSync(specification, 'utf8')).genesis.raw);
		expect(before.childrenDefault).toEqual({});
		const [entries] = Object.values(then.childrenDefault);
		expect(Object.values(entries)).toContain(u8aToHex(u64(finalHead.count)));
		expect(await refused('export-state', ...raw(base), '99')).toMatch(/99/);
	});

	test('gives its blocks as JSON and as bytes, or some of them', async () => {
		await run('export-blocks', ...dev(base), folder.file('blocks.json'));
		await run('export-blocks', ...raw(base), '--binary', folder.file('blocks.bin'));
		await run('export-blocks', ...raw(base), '--to', '2', folder.file('first.json'));
		const [all, first] = ['blocks.json', 'first.json'].map((name) => readFileSync(folder.file(name), 'utf8'));
		expect(all.match(/"parentHash"/g)).toHaveLength(HEIGHT);
		expect(first.match(/"parentHash"/g)).toHaveLength(2);
		expect(all.startsWith(first)).toBe(true);
		expect(await refused('export-blocks', ...raw(base), '--from', '99', folder.file('none.json'))).toMatch(/Invalid block range/);
	});

	test('gives blocks of which another becomes the same chain', async () => {
		await run('import-blocks', ...dev('json'), folder.file('blocks.json'));
		await run('import-blocks', ...raw('bytes'), '--binary', folder.file('blocks.bin'));
		expect(await info('bytes')).toMatchObject({ best_hash: head.hash, best_number: HEIGHT });
		await withNode('json', async (chain) => {
			expect(await headOf(chain)).toEqual({ ...head, final: chain.api.genesisHash.toHex() });
			// It goes on from there, and all of it becomes final.
			const contract = new Contract(chain, address);
			await sealed(chain, () => contract.invoke(chain.dev('Bob'), 'increment'));
			const next = await headOf(chain);
			expect(next).toEqual({
				...next, number: HEIGHT + 1, final: next.hash, count: head.count + 1n,
			});
		});
	});

	test('imports again what it has, and no harm is done', async () => {
		await run('import-blocks', ...raw('bytes'), folder.file('blocks.json'));
		expect(await info('bytes')).toMatchObject({ best_hash: head.hash, best_number: HEIGHT });
	});

	test('is unharmed by blocks that are none', async () => {
		const before = await info('bytes');
		const garbage = folder.file('garbage');
		writeFileSync(garbage, Uint8Array.from({ length: 4_096 }, (_, index) => (index * 167 + 13) & 0xff));
		const cut = folder.file('cut.json');
		writeFileSync(cut, readFileSync(folder.file('blocks.json')).subarray(0, -10));
		expect(await refused('import-blocks', ...raw('bytes'), folder.file('nowhere'))).toMatch(/No such file/);
		expect(await refused('import-blocks', ...raw('bytes'), garbage)).toMatch(/Error reading block #1/);
		expect(await refused('import-blocks', ...raw('bytes'), '--binary', garbage)).toMatch(/Error/);
		expect(await refused('import-blocks', ...raw('bytes'), cut)).toMatch(/Error reading block/);
		expect(await info('bytes')).toEqual(before);
	});

	test('refuses a block that was tampered with', async () => {
		const forged = readFileSync(folder.file('blocks.json'), 'utf8')
			.replace(/"stateRoot":"0x../, (root) => root.slice(0, -2) + (root.endsWith('00') ? '11' : '00'));
		writeFileSync(folder.file('forged.json'), forged);
		expect(await refused('import-blocks', ...raw('forged'), folder.file('forged.json')))
			.toMatch(/Stopping after #\d+ blocks because of an error/);
		expect(await info('forged')).toMatchObject({ best_number: 0, finalized_number: 0 });
	});

	test('takes back blocks that are not final, and no others', async () => {
		expect((await run('revert', ...raw(base), '1')).stderr).toMatch(`Reverted 1 blocks. Best: #${HEIGHT - 1} `);
		expect(await info(base)).toMatchObject({ best_number: HEIGHT - 1, finalized_number: FINAL });
		expect((await run('revert', ...raw(base))).stderr).toMatch(`Reverted ${OPEN - 1} blocks. Best: #${FINAL} `);
		expect((await run('revert', ...raw(base), '2')).stderr).toMatch("There aren't any non-finalized blocks to revert.");
		expect(await info(base)).toMatchObject({
			best_hash: finalHead.hash,
			best_number: FINAL,
			finalized_hash: finalHead.hash,
			finalized_number: FINAL,
		});
		await withNode(base, async (chain) => {
			expect(await headOf(chain)).toEqual(finalHead);
			await sealed(chain, () => new Contract(chain, address).invoke(chain.dev('Alice'), 'increment'));
			expect(await countOf(chain)).toBe(finalHead.count + 1n);
		});
	});

	test('is removed by purge-chain, and by nothing less', async () => {
		const chains = () => readdirSync(folder.file(`${base}/chains/caisson_dev`));
		expect(chains()).toContain('paritydb');
		// Without an answer to its question it does nothing.
		expect((await run('purge-chain', ...dev(base))).stdout).toMatch(/Aborted/);
		expect(chains()).toContain('paritydb');
		expect((await run('purge-chain', ...dev(base), '-y')).stdout).toMatch(/removed/);
		expect(chains()).not.toContain('paritydb');
		expect((await run('purge-chain', ...dev(base), '-y')).stderr).toMatch(/did not exist/);
	});
});
