// What Caisson does, shown on a node of its own: contracts of three interfaces are deployed, called,
// made to call each other, and made to fail. Everything shown is read from the chain.

import { u8aToHex } from '@polkadot/util';
import { Chain } from './lib/chain.mjs';
import { account, text, toNumber, toSigned, toText, u64 } from './lib/codec.mjs';
import { checkCode, Contract, deployTx, dryDeploy, emitted, executed } from './lib/contracts.mjs';
import { COUNTERS } from './lib/counters.mjs';
import { assemble, rustGuest, workbench } from './lib/guests.mjs';
import { startNode } from './lib/node.mjs';
import { grouped, money, Names, Page, shortHex } from './lib/report.mjs';

const page = new Page();
const names = new Names();

/** Ends the demo if the chain did not do what it says of itself. */
function ensure(condition, what) {
	if (!condition) throw new Error(`the chain does not keep its word: ${what}`);
}

/** A reward per unit, as the pool keeps it: 32 binary digits behind the point. */
const perUnit = (bytes) => (Number(toNumber(bytes)) / 2 ** 32).toString();

/** How the entries of the pool read: what is staked, the reward so far, and up to where it was reckoned. */
const POOL_ENTRIES = {
	stake: (bytes) => {
		const [staked, earned] = [bytes.slice(0, 8), bytes.slice(8, 16)].map((part) => grouped(toNumber(part)));
		return `${staked} (earned ${earned}, reckoned at ${perUnit(bytes.slice(16))})`;
	},
	'per unit': perUnit,
};

/** The account that new tokens come from. */
const NOBODY = new Uint8Array(32);

const EVERY_CAPABILITY = 9;

class Demo {
	constructor(chain) {
		this.chain = chain;
		names.add('nobody', NOBODY);
		for (const name of ['Alice', 'Bob', 'Charlie']) {
			this[name.toLowerCase()] = chain.dev(name);
			names.add(name, chain.dev(name).address);
		}
	}

	money(amount, digits) {
		return money(amount, this.chain.token, digits);
	}

	/** Fee, weight and gas of what was done. */
	costs(receipt) {
		const ran = receipt.error ? null : executed(receipt.events);
		const { refTime, proofSize } = receipt.weight;
		const row = [this.money(receipt.fee), grouped(refTime), grouped(proofSize)];
		const head = ['fee', 'ref_time', 'proof_size'];
		if (ran) page.table('cost', [[...row, grouped(ran.abiGas)]], [...head, 'abi gas']);
		else page.table('cost', [row], head);
	}

	/** What changed in contracts' storage, as a dry run of the same foretold it. */
	changes(report, entries = {}) {
		const shown = (key, bytes) => {
			if (bytes === null) return '-';
			const [, form] = Object.entries(entries).find(([prefix]) => key.startsWith(prefix)) ?? [];
			return form ? form(bytes) : names.value(bytes);
		};
		if (report.changes.length === 0) return;
		page.table('storage', report.changes.map(({ contract, key, old, now }) => {
			const name = names.key(key);
			return [names.of(contract), name, `${shown(name, old)} -> ${shown(name, now)}`];
		}));
	}

	/** Which contracts a call called, if it called any. */
	tree({ calls }) {
		if (calls.length < 2) return;
		const said = ({ ok, reverted, output, error }) => {
			if (ok) return 'done';
			return reverted ? `"${toText(output)}"` : error.name;
		};
		page.table('calls', calls.map((node) => [
			`${'  '.repeat(node.depth - 1)}${names.of(node.contract)}.${node.fn}`,
			grouped(node.abiGas),
			said(node),
		]), ['', 'abi gas', '']);
	}

	/** What contracts said while they ran. */
	words(receipt) {
		const { logs } = executed(receipt.events);
		if (logs.length > 0) page.line('log', ...logs);
		const events = emitted(this.chain, receipt.events);
		if (events.length > 0) {
			page.table('events', events.map(({ contract, topic, data }) => [names.of(contract), topic, names.value(data)]));
		}
	}

	/** Balances before and after, of those whose balance is another one. */
	async balances(accounts, run) {
		const read = () => Promise.all(accounts.map((account) => this.chain.balance(account)));
		const before = await read();
		const result = await run();
		const after = await read();
		const rows = accounts.flatMap((who, index) => {
			const change = after[index] - before[index];
			const sign = change > 0n ? '+' : '';
			const address = who.address ?? who;
			return change === 0n ? [] : [[names.of(address), this.money(after[index]), sign + this.money(change)]];
		});
		return { result, rows };
	}

	/** Deploys a guest and shows what came of it. */
	async deploy(name, code, signer, options = {}, about = '') {
		page.step(`${names.of(signer.address)} deploys ${name}${about}`);
		const foretold = await dryDeploy(this.chain, signer, code, options);
		ensure(foretold.ok, `the dry run of ${name} fails: ${foretold.error?.text ?? foretold.revertMessage}`);
		const tx = deployTx(this.chain, code, { ...options, gas: foretold.gasRequired });
		const receipt = await this.chain.send(tx, signer);
		const contract = new Contract(this.chain, executed(receipt.events).contract);
		names.add(name, contract.address);

		const [info, codeInfo] = [await contract.info(), await contract.codeInfo()];
		const stored = receipt.events.some((event) => event.name === 'contracts.CodeStored');
		page.line('address', contract.address);
		page.line('code', `${info.codeHash}`);
		page.line('', `${info.abi}, ${grouped(codeInfo.codeLen)} bytes, ${codeInfo.imports.length} host functions`);
		if (info.capabilities.length < EVERY_CAPABILITY) page.line('may', info.capabilities.join(', '));
		this.costs(receipt);
		const forCode = stored ? `, ${this.money(codeInfo.deposit)} for its code` : '';
		page.line('held', `${this.money(info.deposit)} for the contract and its storage${forCode}`);
		this.changes(foretold);
		this.words(receipt);
		return contract;
	}

	/** Calls a function and shows what came of it; the output. */
	async call(contract, fn, args = [], options = {}) {
		const { signer = this.bob, value = 0n, show = (bytes) => names.value(bytes), entries, said = '' } = options;
		const along = value ? ` with ${this.money(value)}` : '';
		page.step(`${names.of(signer.address)} calls ${names.of(contract.address)}.${fn}(${said})${along}`);
		const foretold = await contract.dryRun(signer, fn, args, { value });
		ensure(foretold.ok, `the dry run of ${fn} fails: ${foretold.error?.text ?? foretold.revertMessage}`);
		const { result: receipt, rows } = await this.balances([signer, contract.address], () => (
			contract.invoke(signer, fn, args, { value, gas: foretold.gasRequired })
		));
		const ran = executed(receipt.events);
		ensure(ran.gasConsumed.refTime === foretold.gasConsumed.refTime, `${fn} used another weight than its dry run`);
		ensure(ran.abiGas === foretold.abiGas, `${fn} used other gas than its dry run`);

		if (foretold.output.length > 0) page.line('result', show(foretold.output));
		this.tree(foretold);
		this.costs(receipt);
		this.changes(foretold, entries);
		this.words(receipt);
		page.table('balance', rows);
		return foretold.output;
	}

	/** Calls a function that must fail, and shows why it did. */
	async fail(contract, fn, args, error, { signer = this.bob, said = '' } = {}) {
		page.step(`${names.of(signer.address)} calls ${names.of(contract.address)}.${fn}(${said})`);
		const foretold = await contract.dryRun(signer, fn, args);
		ensure(!foretold.ok, `${fn} should fail`);
		const before = await contract.entries();
		const receipt = await contract.tryInvoke(signer, fn, args);
		ensure(receipt.error?.name === error, `${fn} should fail with ${error}, it says ${receipt.error?.name}`);
		const after = await contract.entries();
		const shown = (entries) => JSON.stringify(entries.map((pair) => pair.map((bytes) => u8aToHex(bytes))));
		ensure(shown(before) === shown(after), `${fn} failed and left something behind`);

		page.line('failed', receipt.error.text);
		if (foretold.revertMessage !== null) page.line('message', `"${foretold.revertMessage}"`);
		if (foretold.trap) {
			const { reason, fn: index, offset } = foretold.trap;
			page.line('reason', offset === null ? reason : `${reason}, in function ${index} at byte ${grouped(offset)}`);
		}
		this.tree(foretold);
		this.costs(receipt);
		page.line('storage', 'as before');
	}

	/** Asks a function and shows the answer. */
	async ask(contract, fn, args = [], { said = '' } = {}) {
		const answer = await contract.query(this.alice, fn, args);
		ensure(answer.ok, `the query ${fn} fails`);
		return [
			`${names.of(contract.address)}.${fn}(${said})`,
			names.value(answer.output),
			grouped(answer.gasConsumed.refTime),
			'ref_time, free of charge',
		];
	}

	async intro() {
		const { api, token } = this.chain;
		const [name, version] = await Promise.all([api.rpc.system.name(), api.rpc.system.version()]);
		page.title('Caisson', 'Contracts of several guest interfaces on one chain, each metered, isolated and undone as a whole.');
		page.step('A node of its own');
		const { specName, specVersion } = api.runtimeVersion;
		page.line('chain', `${api.runtimeChain}, ${name} ${String(version).split('-')[0]}, runtime ${specName} ${specVersion}`);
		page.line('money', `${token.symbol} with ${token.decimals} digits`);
		page.table('people', [this.alice, this.bob, this.charlie].map(({ address }) => [names.of(address), address]));
	}

	async counters() {
		page.chapter('1  One counter, three interfaces', 'The same counter, written for each interface by the rules of that interface.');
		const contracts = {};
		for (const { abi, guest, initArgs, start, read, gas } of COUNTERS) {
			const contract = await this.deploy(guest, rustGuest(guest), this.alice, { args: initArgs });
			const output = await this.call(contract, 'increment');
			ensure(read(output) === start + 1n, `${guest} counts`);
			ensure(read(await contract.storage('count')) === start + 1n, `${guest} stores what it counts`);
			ensure((await contract.dryRun(this.bob, 'increment')).abiGas === gas.increment, `${guest} costs the gas of its table`);
			contracts[abi] = contract;
		}
		page.step('Anybody asks all of them');
		const rows = [];
		for (const { abi } of COUNTERS) rows.push(await this.ask(contracts[abi], 'get'));
		page.table('answers', rows);
		return contracts;
	}

	async transfers({ aureon }) {
		page.chapter('2  Money', 'A contract owns what it is sent, and moves that and nothing else.');
		const { unit } = this.chain;
		await this.call(aureon, 'increment', [], { value: 5n * unit });
		const own = account(aureon.address);
		const code = (output) => (toSigned(output) === 0n ? '0: done' : `${toSigned(output)}: refused`);
		const before = await this.chain.balance(this.charlie);
		await this.call(aureon, 'send_funds', [own, text(this.charlie.address), u64(2n * unit)], {
			show: code,
			said: `itself, Charlie, ${this.money(2n * unit)}`,
		});
		ensure((await this.chain.balance(this.charlie)) === before + 2n * unit, 'Charlie got what was sent');
		page.line('', `Charlie has ${this.money(await this.chain.balance(this.charlie))}`);
		const refused = await this.call(aureon, 'send_funds', [account(this.alice.address), text(this.bob.address), u64(unit)], {
			show: code,
			said: `Alice, Bob, ${this.money(unit)}`,
		});
		ensure(toSigned(refused) === 2n, 'a contract cannot move Alice\'s money');
	}

	async token() {
		page.chapter('3  A token and a pool that stakes it', 'The pool calls the token; both are undone together or not at all.');
		const token = await this.deploy('token', rustGuest('token'), this.alice, { args: [u64(1_000_000)] });
		const pool = await this.deploy('pool', rustGuest('pool'), this.alice, { args: [account(token.address)] });
		const [bob, own] = [account(this.bob.address), account(pool.address)];
		await this.call(token, 'transfer', [bob, u64(10_000)], { signer: this.alice, said: 'Bob, 10,000' });
		await this.call(token, 'approve', [own, u64(4_000)], { said: 'pool, 4,000' });
		await this.call(pool, 'stake', [u64(3_000)], { entries: POOL_ENTRIES, said: '3,000' });
		await this.call(token, 'approve', [own, u64(1_500)], { signer: this.alice, said: 'pool, 1,500' });
		await this.call(pool, 'fund', [u64(1_500)], { signer: this.alice, entries: POOL_ENTRIES, said: '1,500' });
		const claimed = await this.call(pool, 'claim', [], { entries: POOL_ENTRIES });
		ensure(toNumber(claimed) === 1_500n, 'all rewards are Bob\'s');
		page.step('Anybody asks');
		page.table('answers', [
			await this.ask(token, 'balance_of', [bob], { said: 'Bob' }),
			await this.ask(token, 'balance_of', [own], { said: 'pool' }),
			await this.ask(pool, 'staked_of', [bob], { said: 'Bob' }),
			await this.ask(pool, 'total_staked'),
		]);
		return { token, pool };
	}

	async bridge(counters) {
		page.chapter('4  Across interfaces', 'One contract calls contracts of all three, in one transaction.');
		const args = COUNTERS.map(({ abi }) => account(counters[abi].address));
		const bridge = await this.deploy('bridge', rustGuest('bridge'), this.alice, { args });
		const three = (output) => [0, 8, 16].map((at) => grouped(toNumber(output.slice(at, at + 8)))).join(', ');
		const before = await bridge.query(this.alice, 'get_all');
		const output = await this.call(bridge, 'add_all', [u64(100)], { show: three, said: '100' });
		const sum = (bytes) => [0, 8, 16].reduce((all, at) => all + toNumber(bytes.slice(at, at + 8)), 0n);
		ensure(sum(output) === sum(before.output) + 300n, 'each counter counted 100');
		await this.call(bridge, 'fail_all', [], {
			show: (bytes) => {
				const codes = [0, 4, 8].map((at) => toSigned(bytes.slice(at, at + 4)));
				return `codes ${codes.join(', ')}; then counts ${three(bytes.slice(12))}`;
			},
		});
		return bridge;
	}

	async failures(counters, { pool }) {
		page.chapter('5  What goes wrong', 'A call that fails is undone as a whole, and its caller is told why and where.');
		await this.fail(counters.baals, 'fail', [], 'contracts.ContractReverted');
		await this.fail(pool, 'stake', [u64(1_000_000)], 'contracts.ContractReverted', { said: '1,000,000' });
		await this.fail(counters.dytallix, 'fail', [], 'contracts.ContractTrapped');

		const code = workbench();
		const bench = await this.deploy('workbench', code, this.alice, {
			capabilities: ['StorageRead', 'StorageWrite', 'StorageRemove', 'Revert'],
		}, ', without leave to emit events');
		await this.fail(bench, 'emit', ['topic', 'data'], 'contracts.CapabilityDenied', { said: 'topic, data' });
		await this.fail(bench, 'spin', [], 'contracts.OutOfGas');
		await this.fail(bench, 'divide', [], 'contracts.ContractTrapped');
	}

	async refusals() {
		page.chapter('6  Code that is refused', 'An upload is checked in full; a refusal names what and where.');
		const parts = {
			'floating point': '(memory (export "memory") 1) (func (drop (f64.sqrt (f64.const 2))))',
			'a start function': '(memory (export "memory") 1) (func $start) (start $start)',
			'a memory of 1 GiB': '(memory (export "memory") 16384)',
			'a function that no chain has': '(import "env" "read_file" (func (param i32 i32))) (memory (export "memory") 1)',
			'host functions of two interfaces': '(import "env" "log" (func (param i32 i32))) (memory (export "memory") 1)',
		};
		for (const [what, part] of Object.entries(parts)) {
			const code = assemble(`(module (import "env" "baals_revert" (func (param i32 i32))) ${part}
				(func (export "main") (param i32 i32) (result i32) (i32.const 0)))`);
			page.step(`Charlie uploads code with ${what}`);
			const check = await checkCode(this.chain, code);
			const upload = this.chain.api.tx.contracts.uploadCode(u8aToHex(code), null, 'Enforced');
			const receipt = await this.chain.submit(upload, this.charlie);
			ensure(!check.accepted && receipt.error?.name === 'contracts.CodeRejected', `code with ${what} is refused`);
			page.line('refused', receipt.error.text);
			page.line('reason', `${check.reason}, at byte ${grouped(check.offset)} of ${grouped(code.length)}`);
			page.line('fee', this.money(receipt.fee));
		}
	}

	async run() {
		await this.intro();
		const counters = await this.counters();
		await this.transfers(counters);
		const staking = await this.token();
		await this.bridge(counters);
		await this.failures(counters, staking);
		await this.refusals();
		const best = await this.chain.api.rpc.chain.getHeader();
		const blocks = grouped(best.number.toNumber());
		page.text(`All of it is in ${blocks} blocks, the last of them ${shortHex(best.hash.toHex())}. The node is stopped and forgotten.`);
	}
}

let node;
let chain;
try {
	node = await startNode();
	chain = await Chain.connect(node.url);
	await new Demo(chain).run();
} catch (error) {
	console.error(`\nThe demo failed: ${error.message}`);
	if (process.env.CAISSON_DEBUG) console.error(error.stack);
	if (node && !node.isRunning) console.error(`The node is gone; its log ends:\n${node.logTail}`);
	process.exitCode = 1;
} finally {
	await chain?.disconnect();
	await node?.stop();
}
