// The scripts by which an operator upgrades the runtime. That contracts survive an upgrade is another matter: the
// upgrades here are to the same runtime with another version written on it.

import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compare, read } from '../../../scripts/diff-metadata.mjs';
import { BadRuntime, runtimeVersion } from '../../../scripts/runtime-wasm.mjs';
import { useChain } from '../lib/fixture.mjs';
import { assemble } from '../lib/guests.mjs';
import { Folder } from '../lib/node.mjs';
import { runtimeWasm, scripts } from '../lib/paths.mjs';
import { NAME, plain, relabelled } from '../lib/relabel.mjs';

const compressed = readFileSync(runtimeWasm['compact.compressed']);

/** What is in the way of reading compressed files here, if anything is. */
const unpacker = (() => {
	if (zlib.zstdCompressSync) return 'zlib';
	try {
		execFileSync('zstd', ['--version']);
		return 'zstd';
	} catch {
		return null;
	}
})();

/** As a build compresses it. */
function packed(wasm) {
	const stream = unpacker === 'zlib'
		? zlib.zstdCompressSync(wasm)
		: execFileSync('zstd', ['--stdout'], { input: wasm, maxBuffer: wasm.length });
	return Buffer.concat([compressed.subarray(0, 8), stream]);
}

let folder;
beforeAll(() => { folder = new Folder(); });
afterAll(() => folder?.remove());

/** Where a file with that content lies. */
function file(name, content) {
	const path = folder.file(name);
	writeFileSync(path, content);
	return path;
}

/** Runs a script to its end. */
const run = (script, ...args) => new Promise((resolve) => {
	execFile(process.execPath, [join(scripts, script), ...args], (error, stdout, stderr) => {
		resolve({ code: error?.code ?? 0, stdout, stderr });
	});
});

const upgrade = (...args) => run('upgrade-runtime.mjs', ...args);

describe('the version in a runtime', () => {
	const built = { specName: NAME, implName: NAME, specVersion: 1, transactionVersion: 1, unpackedBytes: plain.length };

	test('is read from Wasm', () => {
		expect(runtimeVersion(plain)).toMatchObject({ ...built, isCompressed: false });
	});

	test.skipIf(!unpacker)('is read from compressed Wasm', () => {
		expect(runtimeVersion(compressed)).toMatchObject({ ...built, isCompressed: true });
	});

	test.each([
		['nothing', Buffer.alloc(0), /not Wasm/],
		['text', Buffer.from('a runtime, honestly'), /not Wasm/],
		['a module that is no runtime', assemble('(module)'), /no runtime/],
		['half a runtime', plain.subarray(0, plain.length >> 1), /ends where/],
	])('is not found in %s', (_, bytes, reason) => {
		expect(() => runtimeVersion(bytes)).toThrow(BadRuntime);
		expect(() => runtimeVersion(bytes)).toThrow(reason);
	});

	test('is not found in half a compressed runtime', () => {
		expect(() => runtimeVersion(compressed.subarray(0, compressed.length >> 1))).toThrow(BadRuntime);
	});
});

describe('the comparison of metadata', () => {
	const on = useChain();
	const diff = (...urls) => run('diff-metadata.mjs', ...urls);

	test('finds no difference between a chain and itself', async () => {
		const { code, stdout } = await diff(on.node.url, on.node.url);
		expect(stdout).toMatch(/^- caisson-solo 1, transactions 1\n\+ caisson-solo 1, transactions 1\n0 of \d{3,} differ\n$/);
		expect(code).toBe(0);
	});

	test('says so where nobody answers, and how to use it', async () => {
		expect(await diff(on.node.url, 'ws://127.0.0.1:1')).toMatchObject({ code: 1, stderr: expect.stringContaining('nobody answers') });
		expect(await diff(on.node.url)).toMatchObject({ code: 2, stderr: expect.stringContaining('usage') });
	});

	describe('of what was changed', () => {
		let chain;
		beforeAll(async () => { chain = await read(on.node.url); });

		/** Compares the chain with itself where something was changed. */
		const changed = (change, transactionVersion = 1) => {
			const seen = new Map(chain.seen);
			change(seen);
			return compare(chain, { seen, version: { ...chain.version, transactionVersion } });
		};

		test('knows what clients know', () => {
			const { seen } = chain;
			expect(seen.get('pallet Contracts')).toBe('index 40');
			expect(seen.get('call Contracts.remove_code')).toBe('index 4 (code_hash: primitive_types::H256)');
			expect(seen.get('error Contracts.OutOfGas')).toBe('index 2 ()');
			expect(seen.get('storage Contracts.Nonce')).toBe('Default u64');
			expect(seen.get('constant System.SS58Prefix')).toBe('u16 = 0x2a00');
			expect(seen.get('type primitive_types::H256')).toBe('([u8; 32])');
			expect([...seen.keys()]).toContain('event Contracts.Executed');
			expect([...seen.values()].filter((what) => what.startsWith('CheckMetadataHash: '))).toHaveLength(1);
		});

		test('lists what goes, what comes and what is another', () => {
			const { lines, isBroken } = changed((seen) => {
				seen.delete('event Contracts.Terminated');
				seen.set('storage Contracts.Nonce', 'Default u32');
				seen.set('call Contracts.newer', 'index 12 ()');
			});
			expect(lines.map((line) => line.replace(/:.*/, ''))).toEqual([
				'+ call Contracts.newer',
				'- event Contracts.Terminated',
				'- storage Contracts.Nonce',
				'+ storage Contracts.Nonce',
			]);
			expect(isBroken).toBe(false);
		});

		test.each([
			['a call that goes', (seen) => seen.delete('call Contracts.call')],
			['a call of another index', (seen) => seen.set('call Contracts.call', 'index 7 ()')],
			['a pallet of another index', (seen) => seen.set('pallet Contracts', 'index 41')],
			['a transaction that carries more', (seen) => seen.set('transaction extension 99', 'More: (), signs ()')],
		])('wants another transaction version for %s', (_, change) => {
			expect(changed(change).isBroken).toBe(true);
			expect(changed(change, 2).isBroken).toBe(false);
		});
	});
});

describe('the script that upgrades', () => {
	const on = useChain();
	const at = () => ['--url', on.node.url];
	const alice = ['--suri', '//Alice'];

	test.each([
		['without a file', ['--url', 'ws://127.0.0.1:1']],
		['without a key', ['--url', 'ws://127.0.0.1:1', '--wasm', 'x']],
		['with an option that there is not', ['--url', 'ws://127.0.0.1:1', '--wasm', 'x', '--force']],
	])('tells how to use it when it is called %s', async (_, args) => {
		expect(await upgrade(...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('usage:') });
	});

	test('refuses an address where nobody answers', async () => {
		const { code, stderr } = await upgrade('--url', 'ws://127.0.0.1:1', '--wasm', runtimeWasm.compact, '--dry-run');
		expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('refused: nobody answers') });
	});

	test.each([
		['that is not Wasm', () => Buffer.from('no Wasm'), /refused: this is not Wasm/],
		['of another chain', () => relabelled({ name: 'caisson-sold', spec: 2 }), /runtime of caisson-sold, the chain's is caisson-solo/],
		['of the same version', () => plain, /version 1 is not higher than the chain's 1/],
		['of a lower version', () => relabelled({ spec: 0 }), /version 0 is not higher/],
		['of a lower transaction version', () => relabelled({ spec: 2, transactions: 0 }), /lower transaction version/],
		['that fits no block', () => Buffer.concat([relabelled({ spec: 2 }), customSection(6_000_000)]), /does not fit into a block/],
	])('refuses a file %s, and sends nothing', async (_, content, reason) => {
		const height = await on.chain.height();
		const { code, stderr } = await upgrade(...at(), '--wasm', file('bad.wasm', content()), ...alice);
		expect(stderr).toMatch(reason);
		expect(code).toBe(1);
		expect(await on.chain.height()).toBe(height);
	});

	/** A section that means nothing, of so many bytes. */
	function customSection(length) {
		const leb128 = [0, 7, 14, 21, 28].map((shift) => ((length >> shift) & 0x7f) | (shift < 28 ? 0x80 : 0));
		return Buffer.concat([Buffer.of(0, ...leb128, 1, 0x78), Buffer.alloc(length - 2)]);
	}

	test('refuses a key that is not the administrator\'s', async () => {
		const wasm = file('next.wasm', relabelled({ spec: 2 }));
		const { code, stderr } = await upgrade(...at(), '--wasm', wasm, '--suri', '//Bob');
		expect(stderr).toMatch(`the chain's sudo account is ${on.alice.address}`);
		expect(code).toBe(1);
	});

	test('compares and sends nothing in a dry run', async () => {
		const height = await on.chain.height();
		const { code, stdout } = await upgrade(...at(), '--wasm', file('next.wasm', relabelled({ spec: 2 })), '--dry-run');
		expect(stdout).toMatch('Caisson Development: caisson-solo 1, transactions 1');
		expect(stdout).toMatch('file   caisson-solo 2, transactions 1');
		expect(stdout).toMatch('nothing was sent');
		expect(code).toBe(0);
		expect(await on.chain.height()).toBe(height);
	});

	test('upgrades the chain, and says what happened', async () => {
		const next = relabelled({ spec: 2 });
		const content = unpacker ? packed(next) : next;
		const key = file('key', '//Alice\n');
		const { code, stdout, stderr } = await upgrade(...at(), '--wasm', file('next.wasm', content), '--suri-file', key);
		expect(stderr).not.toMatch(/failed|refused/);
		expect(stdout.split('\n').filter((line) => line.startsWith('done')).map((line) => line.replace(/\d+$/, 'N'))).toEqual([
			'done   authorised in block N',
			'done   applied in block N',
			'done   caisson-solo 2 is the runtime of final block N',
		]);
		expect(code).toBe(0);
		const { rpc } = on.chain.api;
		const { specVersion } = await rpc.state.getRuntimeVersion(await rpc.chain.getFinalizedHead());
		expect(specVersion.toNumber()).toBe(2);
		expect((await rpc.state.getStorageHash('0x3a636f6465')).toHex()).toBe(on.chain.codeHash(content));
	});

	test('refuses to do it again', async () => {
		const { code, stderr } = await upgrade(...at(), '--wasm', folder.file('next.wasm'), ...alice);
		expect(stderr).toMatch("version 2 is not higher than the chain's 2");
		expect(code).toBe(1);
	});
});

describe('the script that upgrades, where it was interrupted', () => {
	const on = useChain();

	test('applies what is authorised, and authorises nothing', async () => {
		const next = relabelled({ spec: 2 });
		const { sudo, system } = on.chain.api.tx;
		await on.chain.send(sudo.sudo(system.authorizeUpgrade(on.chain.codeHash(next))), on.alice);
		const args = ['--url', on.node.url, '--wasm', file('next.wasm', next), '--suri', '//Alice'];
		const { code, stdout } = await upgrade(...args);
		expect(stdout).toMatch('it is authorised already');
		expect(stdout).not.toMatch('done   authorised');
		expect(stdout).toMatch('caisson-solo 2 is the runtime of final block');
		expect(code).toBe(0);
	});
});
