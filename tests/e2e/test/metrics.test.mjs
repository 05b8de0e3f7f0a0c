// What contracts do, as Prometheus is told of it; and what those who ask for it by name will find.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { u8aToHex } from '@polkadot/util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Chain, weightOf } from '../lib/chain.mjs';
import { AMPLE_GAS, deploy } from '../lib/contracts.mjs';
import { counter } from '../lib/counters.mjs';
import { assemble, rustGuest } from '../lib/guests.mjs';
import { metricsOf, withMetrics } from '../lib/metrics.mjs';
import { Folder, QUIET_ARGS, startNode } from '../lib/node.mjs';

const PREFIX = 'caisson_contracts_';
const PICOSECONDS = 1e12;
const DELAY = { timeout: 10_000, interval: 100 };

// Ends itself when it is called, in favour of the account of 32 zeros.
const MORTAL = `(module
	(import "env" "memory" (memory 1 16))
	(import "seal1" "terminate" (func $terminate (param i32)))
	(func (export "deploy"))
	(func (export "call") (call $terminate (i32.const 0)))
)`;

let folder;
beforeAll(() => { folder = new Folder(); });
afterAll(() => folder?.remove());

/** The metrics of contracts by the rest of their names, without those that are zero. */
async function counted(node) {
	const ours = [...await metricsOf(node)].filter(([name, value]) => name.startsWith(PREFIX) && value !== 0);
	return Object.fromEntries(ours.map(([name, value]) => [name.slice(PREFIX.length), value]));
}

describe('a development node', () => {
	const args = withMetrics(['--dev', ...QUIET_ARGS, '--port=0', '--seal=instant']);
	const on = {};
	const receipts = [];
	const start = async () => {
		on.node = await startNode([...args, '--base-path', folder.file('dev')], folder);
		on.chain = await Chain.connect(on.node.url);
	};
	const stop = async () => {
		await on.chain?.disconnect();
		await on.node?.stop();
	};

	/** A transaction's receipt, which is remembered; it may have failed. */
	async function submit(tx, signer) {
		const receipt = await on.chain.submit(tx, signer);
		receipts.push(receipt);
		return receipt;
	}

	const events = (name) => receipts.flatMap((receipt) => receipt.events).filter((event) => event.name === `contracts.${name}`);

	beforeAll(start);
	afterAll(stop);

	test('has counted nothing before the first call', async () => {
		await expect.poll(() => counted(on.node), DELAY).toEqual({ blocks_total: 1 });
	});

	test('counts calls, failures by error, codes, contracts and events', async () => {
		const { chain } = on;
		const [alice, bob] = [chain.dev('Alice'), chain.dev('Bob')];
		const { contracts } = chain.api.tx;

		// Two contracts of one code that emits.
		const { guest, initArgs } = counter('dytallix');
		const made = await deploy(chain, alice, rustGuest(guest), { args: initArgs });
		const other = await deploy(chain, alice, rustGuest(guest), { args: initArgs });
		receipts.push(made.receipt, other.receipt);
		for (const signer of [alice, bob, alice]) await submit(made.contract.tx('increment'), signer);

		// One that fails by itself, twice; and one that fails for want of gas.
		for (const signer of [alice, bob]) await submit(made.contract.tx('fail'), signer);
		await submit(made.contract.tx('increment', [], { gas: { refTime: 1, proofSize: 1 } }), alice);
		// And a failure that is not of contracts.
		await submit(chain.api.tx.sudo.sudo(chain.api.tx.system.remark('x')), bob);

		// A contract that ends, whose code goes, but not for one who has not brought it: not an error of the pallet's own.
		const code = assemble(MORTAL);
		const born = await submit(contracts.instantiateWithCode(0, AMPLE_GAS, null, u8aToHex(code), '0x', '0x'), alice);
		expect(born.error).toBe(null);
		const [{ fields }] = born.events.filter(({ name }) => name === 'contracts.Instantiated');
		await submit(contracts.call(fields.contract, 0, AMPLE_GAS, null, '0x'), bob);
		for (const signer of [bob, alice]) await submit(contracts.removeCode(chain.codeHash(code)), signer);

		const failed = receipts.filter(({ error }) => error && !error.name.startsWith('sudo.'));
		expect(failed).toHaveLength(4);
		const weights = {
			executed: events('Executed').map((event) => weightOf(event.fields.gasConsumed)),
			failed: failed.map(({ weight }) => weight),
		};
		const sum = (outcome, part) => Number(weights[outcome].reduce((total, weight) => total + weight[part], 0n));
		const seconds = (outcome) => expect.closeTo(sum(outcome, 'refTime') / PICOSECONDS, 9);

		await expect.poll(() => counted(on.node), DELAY).toEqual({
			blocks_total: 1 + receipts.length,
			executed_total: 7,
			'extrinsics_failed_total{error="ContractTrapped"}': 2,
			'extrinsics_failed_total{error="OutOfGas"}': 1,
			'extrinsics_failed_total{error="BadOrigin"}': 1,
			'ref_time_seconds_total{outcome="executed"}': seconds('executed'),
			'ref_time_seconds_total{outcome="failed"}': seconds('failed'),
			'proof_size_bytes_total{outcome="executed"}': sum('executed', 'proofSize'),
			'proof_size_bytes_total{outcome="failed"}': sum('failed', 'proofSize'),
			codes_stored_total: 2,
			codes_removed_total: 1,
			instantiated_total: 3,
			terminated_total: 1,
			events_total: events('ContractEmitted').length,
			contracts_deployed: 2,
			codes_deployed: 1,
		});
		expect(events('Executed')).toHaveLength(7);
		expect(events('ContractEmitted').length).toBeGreaterThanOrEqual(3);
	});

	test('knows again what is on chain when it starts again, and counts on from there', async () => {
		await stop();
		await start();
		await expect.poll(() => counted(on.node), DELAY).toEqual({ contracts_deployed: 2, codes_deployed: 1 });
		const { guest, initArgs } = counter('baals');
		const { contract } = await deploy(on.chain, on.chain.dev('Alice'), rustGuest(guest), { args: initArgs });
		const { error } = await contract.tryInvoke(on.chain.dev('Alice'), 'fail');
		expect(error.name).toBe('contracts.ContractReverted');
		await expect.poll(() => counted(on.node), DELAY).toMatchObject({
			blocks_total: 2,
			executed_total: 1,
			'extrinsics_failed_total{error="ContractReverted"}': 1,
			contracts_deployed: 3,
			codes_deployed: 2,
		});
	});
});

describe('a node of a network', () => {
	const FILES = ['grafana/caisson.json', 'prometheus/alerts.yml'];
	let node;
	beforeAll(async () => {
		node = await startNode(withMetrics([
			'--chain=local', '--alice', '--base-path', folder.file('local'), ...QUIET_ARGS,
			'--listen-addr=/ip4/127.0.0.1/tcp/0', '--no-mdns', '--unsafe-force-node-key-generation',
		]), folder);
	});
	afterAll(() => node?.stop());

	/** Names of metrics, as they stand in the expressions of a file of `ops`. */
	function asked(file) {
		const text = readFileSync(fileURLToPath(new URL(`../../../ops/${file}`, import.meta.url)), 'utf8');
		return [...new Set(text.match(/\b(substrate|caisson)_\w+/g))].sort();
	}

	// A metric with labels is there when one of its values is.
	const LATER = ['caisson_contracts_extrinsics_failed_total', 'substrate_proposer_end_proposal_reason'];

	test.each(FILES)('tells all that ops/%s asks for', async (file) => {
		const names = asked(file);
		expect(names.length).toBeGreaterThan(3);
		await expect.poll(async () => {
			const told = new Set([...(await metricsOf(node)).keys()].map((name) => name.replace(/\{.*/, '')));
			return names.filter((name) => !told.has(name) && !LATER.includes(name));
		}, { timeout: 60_000, interval: 500 }).toEqual([]);
	});
});
