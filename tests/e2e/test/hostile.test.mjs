// Code that nobody should be able to upload, and code that may be uploaded but must not do harm.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hexToU8a, u8aConcat, u8aToHex } from '@polkadot/util';
import { afterEach, describe, expect, test } from 'vitest';
import { account, text, u32 } from '../lib/codec.mjs';
import { AMPLE_GAS, checkCode, deploy, deployTx } from '../lib/contracts.mjs';
import { useChain } from '../lib/fixture.mjs';
import { assemble, rustGuest, watGuest } from '../lib/guests.mjs';
import { watGuests } from '../lib/paths.mjs';

const on = useChain();

// Whatever a test did: the node lives and makes the next block.
afterEach(async () => {
	expect(on.node.isRunning).toBe(true);
	const before = await on.chain.height();
	await on.chain.send(on.chain.api.tx.system.remark('0x00'), on.alice);
	expect(await on.chain.height()).toBeGreaterThan(before);
});

const HEAD = hexToU8a('0x0061736d01000000');

/** The number in the form that Wasm's binary format has for it. */
function leb(value) {
	const bytes = [];
	for (let rest = value; ;) {
		const byte = rest & 0x7f;
		rest >>>= 7;
		if (rest === 0) return Uint8Array.of(...bytes, byte);
		bytes.push(byte | 0x80);
	}
}

const section = (id, body) => u8aConcat(Uint8Array.of(id), leb(body.length), body);
const custom = (name, body) => section(0, u8aConcat(leb(name.length), text(name), body));
const repeat = (count, part) => Array.from({ length: count }, (_, index) => (typeof part === 'function' ? part(index) : part)).join('\n');

/** A `baals` contract with `parts` in it. */
const baals = (parts) => `(module
	(import "env" "baals_storage_remove" (func $remove (param i32 i32)))
	${parts}
	(func (export "main") (param i32 i32) (result i32) (i32.const 0)))`;
const withMemory = (parts) => baals(`(memory (export "memory") 1) ${parts}`);
const body = (instructions) => withMemory(`(func ${instructions})`);

/** A module of these bytes, made when its test runs. */
const wat = (source) => () => assemble(source);

const REFUSED = [
	// What is no module.
	['no bytes at all', () => new Uint8Array(0), 'NotWasm', /not a Wasm module/],
	['text', () => text('#!/bin/sh\nexit 0\n'), 'NotWasm', /not a Wasm module/],
	['a Wasm module in text form', () => text('(module)'), 'NotWasm', /not a Wasm module/],
	['half of a header', () => HEAD.slice(0, 6), null, /./],
	['a format of the future', () => hexToU8a('0x0061736d02000000'), 'UnknownVersion', /version/],
	['a component', () => hexToU8a('0x0061736d0d000100'), 'Component', /component/],
	['a module that ends early', () => rustGuest('counter-baals').slice(0, -100), 'Invalid', /./],
	['a module with a byte too much', () => u8aConcat(rustGuest('counter-baals'), Uint8Array.of(1)), 'Invalid', /./],
	['a section that says it has 4 GiB', () => u8aConcat(HEAD, hexToU8a('0x01ffffffff0f00')), 'Invalid', /./],
	['a list that says it has four billion entries', () => u8aConcat(HEAD, section(1, leb(0xffff_ffff))), null, /./],
	['a function with four billion locals', () => u8aConcat(
		HEAD,
		section(1, hexToU8a('0x0160027f7f017f')),
		section(3, hexToU8a('0x0100')),
		section(10, u8aConcat(leb(1), leb(10), hexToU8a('0x01ffffffff0f7f41000b'))),
	), null, /local|body|valid/],
	['a module of more bytes than the limit', () => u8aConcat(assemble(withMemory('')), custom('padding', new Uint8Array(256 * 1024))), 'CodeTooLarge', /262144/],

	// What Wasm could do and contracts may not.
	['floating point', wat(body('(drop (f64.add (f64.const 1) (f64.const 2)))')), 'Float', /f64/],
	['a parameter of floating point', wat(withMemory('(func (param f32))')), 'Float', /f32/],
	['a conversion from floating point', wat(withMemory('(func (result i32) (i32.trunc_sat_f32_s (f32.const 1)))')), 'Float', /f32/],
	['a global of floating point', wat(withMemory('(global f64 (f64.const 1))')), 'Float', /f64/],
	['SIMD', wat(body('(drop (v128.const i64x2 1 2))')), 'Feature', /SIMD/i],
	['threads', wat(withMemory('(func (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1))))')), 'Feature', /thread/i],
	['shared memory', wat(baals('(memory (export "memory") 1 2 shared)')), null, /thread|shared/i],
	['a memory of 64 bits', wat(baals('(memory (export "memory") i64 1)')), null, /memory64|64/i],
	['two memories', wat(withMemory('(memory 1)')), null, /memor/i],
	['tail calls', wat(withMemory('(func $a (return_call $a))')), 'Feature', /tail/i],
	['two results', wat(withMemory('(func (result i32 i32) (i32.const 0) (i32.const 0))')), null, /multi.value|result/i],
	['reference types', wat(withMemory('(func (drop (ref.null extern)))')), null, /reference/i],
	['a table of external references', wat(withMemory('(table 1 externref)')), null, /reference/i],
	['exceptions', wat(withMemory('(tag) (func (throw 0))')), 'Feature', /exception/i],
	['a start function', wat(withMemory('(func $start) (start $start)')), 'StartFunction', /start/],

	// What is over a limit.
	['a memory over the limit', wat(baals('(memory (export "memory") 65)')), 'MemoryTooLarge', /65.*64/],
	['a memory of 4 GiB', wat(baals('(memory (export "memory") 65536)')), 'MemoryTooLarge', /65536/],
	['two tables', wat(withMemory('(table 1 funcref) (table 1 funcref)')), null, /table/i],
	['a table over the limit', wat(withMemory('(table 4097 funcref)')), 'TableTooLarge', /4097.*4096/],
	['a table of four billion elements', wat(withMemory('(table 0xffffffff funcref)')), 'TableTooLarge', /4096/],
	['many locals', wat(withMemory(`(func (local ${'i64 '.repeat(257)}))`)), 'TooManyLocals', /257.*256/],
	['many parameters', wat(withMemory(`(func (param ${'i32 '.repeat(65)}))`)), 'TooManyParameters', /65.*64/],
	['many globals', wat(withMemory(repeat(257, '(global i32 (i32.const 0))'))), 'TooManyGlobals', /256/],
	['many exports', wat(withMemory(repeat(300, (n) => `(func (export "f${n}") (param i32 i32) (result i32) (i32.const 0))`))), 'TooManyExports', /256/],
	['many functions', wat(withMemory(repeat(4100, '(func)'))), 'TooManyFunctions', /4096/],
	['a wide br_table', wat(body(`(block (br_table ${'0 '.repeat(1026)} (i32.const 0)))`)), 'BrTableTooLarge', /1024/],
	['a long function', wat(body('(drop (i32.const 1))'.repeat(30_000))), 'FunctionTooLarge', /65536/],
	['a long name', wat(withMemory(`(func (export "${'n'.repeat(129)}") (param i32 i32) (result i32) (i32.const 0))`)), 'NameTooLong', /128/],
	['data behind the memory', wat(withMemory('(data (i32.const 65535) "ab")')), 'DataOutOfBounds', /65537/],
	['elements behind the table', wat(withMemory('(table 1 funcref) (elem (i32.const 1) $remove)')), 'ElementsOutOfBounds', /./],

	// What does not fit the interfaces.
	['an import that no interface has', wat('(module (import "env" "system" (func (param i32))) (memory (export "memory") 1))'), 'UnknownImport', /"system"/],
	['an import from another module', wat('(module (import "wasi_snapshot_preview1" "proc_exit" (func (param i32))) (memory (export "memory") 1))'), 'UnknownImport', /proc_exit/],
	['a known import of another type', wat('(module (import "env" "baals_revert" (func (param i64))) (memory (export "memory") 1))'), 'ImportType', /baals_revert/],
	['imports of two interfaces', wat('(module (import "env" "baals_revert" (func (param i32 i32))) (import "env" "consume_gas" (func (param i32) (result i32))) (memory (export "memory") 1))'), 'MixedAbis', /baals.*dytallix/],
	['an imported memory', wat(baals('(import "env" "memory" (memory 1))')), 'ImportKind', /memory/],
	['an imported global', wat(withMemory('').replace('(memory', '(import "env" "__stack_pointer" (global i32)) (memory')), 'ImportKind', /global/],
	['an imported table', wat(withMemory('').replace('(memory', '(import "env" "table" (table 1 funcref)) (memory')), 'ImportKind', /table/],
	['nothing that tells an interface', () => HEAD, 'NoAbi', /caisson\.abi/],
	['a section that names no interface', () => u8aConcat(assemble('(module (memory (export "memory") 1))'), custom('caisson.abi', text('evm'))), 'UnknownAbi', /evm/],
	['a section that names another interface', () => u8aConcat(assemble(withMemory('')), custom('caisson.abi', text('aureon'))), 'MixedAbis', /baals.*aureon|aureon.*baals/],
	['no memory', wat(baals('')), 'NoMemory', /memory/],
	['a memory of its own', wat(baals('(memory 1)')), 'MemoryNotExported', /memory/],
	['no function to call', wat('(module (import "env" "log" (func (param i32 i32))) (memory (export "memory") 1))'), 'NoEntryPoint', /export/],
	['an entry point of another type', wat(withMemory('(func (export "other") (param i32) (result i32) (i32.const 0))')), 'ExportType', /"other"/],
	['a host function as its entry point', wat('(module (import "env" "log" (func $log (param i32 i32))) (memory (export "memory") 1) (export "run" (func $log)))'), 'ExportedImport', /"run"/],

	// What is no valid Wasm.
	['a stack without its operand', wat(withMemory('(func (result i32) (i32.add (i32.const 1)))')), 'Invalid', /./],
	['the wrong type on its stack', wat(withMemory('(func (result i32) (i64.const 1))')), 'Invalid', /./],
	['one name exported twice', wat(withMemory('(func (export "main") (param i32 i32) (result i32) (i32.const 1))')), 'Invalid', /./],
];

describe('code is refused', () => {
	test.each(REFUSED)('that is or has %s', async (_, make, code, words) => {
		const module = make();

		const check = await checkCode(on.chain, module);
		expect(check.accepted).toBe(false);
		expect(check.reason).toMatch(words);
		expect(check.offset).toBeLessThanOrEqual(module.length);

		const { api } = on.chain;
		const upload = await on.chain.submit(api.tx.contracts.uploadCode(u8aToHex(module), null, 'Enforced'), on.alice);
		expect(upload.error.name).toMatch(/^contracts\.(CodeRejected|CodeTooLarge)$/);
		if (code && upload.error.name === 'contracts.CodeRejected') expect(upload.error.detail).toBe(code);
		expect(upload.fee).toBeGreaterThan(0n);

		const deployment = await on.chain.submit(deployTx(on.chain, module), on.alice);
		expect(deployment.error.name).toBe(upload.error.name);
		expect((await api.query.contracts.pristineCode(on.chain.codeHash(module))).isNone).toBe(true);

		// The client that only knows the dry run of an instantiation gets the reason as well.
		const run = await api.call.contractsApi.instantiate(
			on.alice.address, 0, null, null, { Upload: u8aToHex(module) }, '0x', '0x',
		);
		expect(on.chain.error(run.result.asErr).name).toBe(upload.error.name);
		if (upload.error.name === 'contracts.CodeRejected') expect(run.debugMessage.toUtf8()).toContain(check.reason);
	});
});

describe('code is accepted', () => {
	test.each(['baals', 'aureon', 'dytallix'])('that names its interface %s in a section, without imports', async (abi) => {
		const entry = abi === 'dytallix' ? 'contract_run' : 'run';
		const plain = assemble(`(module (memory (export "memory") 1)
			(func (export "${entry}") (param i32 i32) (result i32) (i32.const 0)))`);
		const code = u8aConcat(plain, custom('caisson.abi', text(abi)));
		expect(await checkCode(on.chain, code)).toEqual({ accepted: true, abi, hash: on.chain.codeHash(code) });
		const { contract } = await deploy(on.chain, on.alice, code);
		expect((await contract.info()).abi).toBe(abi);
	});

	test('with the instructions that compilers of today emit', async () => {
		const code = assemble(withMemory(`
			(data $passive "bytes")
			(global $counter (export "counter") (mut i32) (i32.const 0))
			(func (export "modern") (param i32 i32) (result i32)
				(memory.fill (i32.const 100) (i32.const 7) (i32.const 10))
				(memory.copy (i32.const 200) (i32.const 100) (i32.const 10))
				(memory.init $passive (i32.const 300) (i32.const 0) (i32.const 5))
				(data.drop $passive)
				(global.set $counter (i32.extend8_s (i32.load8_u (i32.const 204))))
				(i32.store (i32.const 0) (global.get $counter))
				(i32.const 4))`));
		expect((await checkCode(on.chain, code)).accepted).toBe(true);
		const { contract } = await deploy(on.chain, on.alice, code);
		const answer = await contract.query(on.alice, 'modern');
		expect(answer.output).toEqual(Uint8Array.of(7, 0, 0, 0));
		// A global is as it was in every call.
		expect((await contract.query(on.alice, 'modern')).output).toEqual(answer.output);
	});
});

describe('a contract cannot hurt the chain', () => {
	const attempts = {
		'that never ends': '(loop $again (br $again))',
		'that calls itself for ever': '(drop (call $main (i32.const 0) (i32.const 0)))',
		'that takes all memory': '(loop $again (drop (memory.grow (i32.const 1))) (br $again))',
		'that takes all memory at once': '(drop (memory.grow (i32.const 0x7fffffff))) (i32.store (i32.const 0x7ffffff0) (i32.const 1))',
		'that fills all memory for ever': '(loop $again (memory.fill (i32.const 0) (i32.const 1) (i32.const 65536)) (br $again))',
		'that copies memory for ever': '(loop $again (memory.copy (i32.const 0) (i32.const 1) (i32.const 65535)) (br $again))',
		'that writes for ever': '(loop $again (i32.store (i32.const 0) (i32.add (i32.const 1) (i32.load (i32.const 0)))) (drop (call $write (i32.const 0) (i32.const 4) (i32.const 0) (i32.const 16384))) (br $again))',
		'that hashes for ever': '(loop $again (call $hash (i32.const 0) (i32.const 65000) (i32.const 0)) (br $again))',
		'that hashes what it does not have': '(call $hash (i32.const 1) (i32.const 0x7fffffff) (i32.const 0)) unreachable',
		'that checks signatures for ever': '(loop $again (drop (call $verify (i32.const 0) (i32.const 32) (i32.const 0) (i32.const 60000) (i32.const 0) (i32.const 64))) (br $again))',
		'that calls itself as a contract for ever': '(call $id (i32.const 0)) (loop $again (drop (call $call (i32.const 0) (i32.const 32) (i32.const 100) (i32.const 0) (i32.const 0) (i32.const 0) (i64.const 0))) (br $again))',
		'that jumps through a table for ever': '(loop $again (call_indirect (type $nothing) (i32.const 0)) (br $again))',
		'that reads an empty place of its table': '(call_indirect (type $nothing) (i32.const 9))',
		'that calls a function of another type': '(drop (call_indirect (type $entry) (i32.const 0) (i32.const 0) (i32.const 0)))',
	};
	const attempt = (instructions) => assemble(`(module
		(type $nothing (func))
		(type $entry (func (param i32 i32) (result i32)))
		(import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
		(import "env" "baals_hash_sha256" (func $hash (param i32 i32 i32)))
		(import "env" "baals_verify_signature" (func $verify (param i32 i32 i32 i32 i32 i32) (result i32)))
		(import "env" "baals_get_contract_id" (func $id (param i32)))
		(import "env" "baals_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i64) (result i32)))
		(memory (export "memory") 1)
		(table 10 funcref)
		(elem (i32.const 0) $nothing)
		(func $nothing (type $nothing))
		(func $main (export "main") (type $entry) ${instructions} (i32.const 0)))`);

	test.each(Object.entries(attempts))('by code %s', async (_, instructions) => {
		const { contract } = await deploy(on.chain, on.alice, attempt(instructions));
		const started = Date.now();
		const receipt = await contract.tryInvoke(on.bob, 'main');
		expect(Date.now() - started).toBeLessThan(30_000);
		expect(receipt.error.name).toMatch(/^contracts\.(OutOfGas|ContractTrapped|OutOfBounds|LimitExceeded|StorageDepositLimitExhausted)$/);
		expect(receipt.weight.refTime).toBeLessThan(BigInt(AMPLE_GAS.refTime) * 2n);
		expect(await contract.entries()).toEqual([]);
	});

	test.each([
		['holds all memory that a stack may, in sixteen frames', 16, 16],
		// 64 pages each: the sixth frame has no room for the pages that it begins with.
		['asks for more memory than a stack may hold, in each of its frames', 60, 5],
	])('by a chain of calls that %s', async (_, pages, frames) => {
		const code = assemble(`(module
			(import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32)))
			(import "env" "baals_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
			(import "env" "baals_call_contract" (func $call (param i32 i32 i32 i32 i32 i32 i64) (result i32)))
			(import "env" "baals_read_call_result" (func $result (param i32 i32) (result i32)))
			(memory (export "memory") 4)
			(data (i32.const 1024) "next")
			(data (i32.const 1032) "go")
			(func (export "link") (param i32 i32) (result i32)
				;; Behind the number of arguments and the length of the first.
				(call $write (i32.const 1024) (i32.const 4) (i32.const 16) (i32.const 32))
				(i32.const 0))
			(func (export "go") (param i32 i32) (result i32)
				(drop (memory.grow (i32.const ${pages})))
				(if (i32.eq (call $read (i32.const 1024) (i32.const 4) (i32.const 2048) (i32.const 32)) (i32.const 32))
					(then
						(drop (call $call (i32.const 2048) (i32.const 32) (i32.const 1032) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const 0)))
						(drop (call $result (i32.const 3000) (i32.const 4)))))
				;; How many frames ran below this one, and itself.
				(i32.store (i32.const 0) (i32.add (i32.const 1) (i32.load (i32.const 3000))))
				(i32.const 4)))`);
		const { contract: last } = await deploy(on.chain, on.alice, code);
		let first = last;
		for (let depth = 1; depth < 16; depth += 1) {
			const { contract } = await deploy(on.chain, on.alice, on.chain.codeHash(code));
			await contract.invoke(on.alice, 'link', [account(first.address)]);
			first = contract;
		}
		await first.invoke(on.bob, 'go');
		expect((await first.query(on.bob, 'go')).output).toEqual(u32(frames));
	});

	test('by the sum of many uploads', async () => {
		const grown = (index) => u8aConcat(assemble(withMemory(repeat(400, '(func (drop (i32.const 1)))'))), custom('n', leb(index)));
		for (let index = 0; index < 10; index += 1) {
			const { contract } = await deploy(on.chain, on.alice, grown(index));
			expect((await contract.query(on.alice, 'main')).ok).toBe(true);
		}
	});
});

describe('a guest of tests/wat/hostile', () => {
	const texts = readdirSync(join(watGuests, 'hostile')).filter((name) => name.endsWith('.wat'));
	const [refused, accepted] = [true, false].map((refuse) => texts.filter((name) => name.startsWith('refuse_') === refuse));

	test.each(refused)('%s does not get onto the chain', async (name) => {
		const code = watGuest(join('hostile', name));
		const check = await checkCode(on.chain, code);
		expect(check).toMatchObject({ accepted: false, reason: expect.stringMatching(/\w+ \w+/) });
		const receipt = await on.chain.submit(deployTx(on.chain, code), on.alice);
		expect(receipt.error.name).toBe('contracts.CodeRejected');
		expect((await on.chain.api.query.contracts.pristineCode(on.chain.codeHash(code))).isNone).toBe(true);
	});

	test.each(accepted)('%s is harmless, whichever of its functions is called', async (name) => {
		const code = watGuest(join('hostile', name));
		expect(await checkCode(on.chain, code)).toMatchObject({ accepted: true });
		const { contract } = await deploy(on.chain, on.alice, code, { value: on.chain.unit });
		const functions = WebAssembly.Module.exports(new WebAssembly.Module(code)).filter(({ kind }) => kind === 'function');
		expect(functions.length).toBeGreaterThan(0);
		const others = await on.chain.balance(on.charlie);

		for (const { name: exported } of functions) {
			for (const args of [[], [u32(1)], [u32(0xffff_ffff), 'two'], [account(contract.address), 'main', '']]) {
				const receipt = await contract.tryInvoke(on.bob, exported.replace(/^contract_/, ''), args);
				expect(receipt.weight.refTime).toBeLessThan(BigInt(AMPLE_GAS.refTime) * 2n);
				if (receipt.error) expect(receipt.error.name).toMatch(/^contracts\./);
			}
		}
		expect(on.node.isRunning).toBe(true);
		expect(await on.chain.balance(on.charlie)).toBe(others);
	});
});
