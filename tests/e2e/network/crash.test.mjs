// A development node that is killed at random moments under load, again and again, on one database.
//
// CAISSON_SEED repeats a run's choices, CAISSON_KILLS changes how many there are.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Folder } from '../lib/node.mjs';
import { DevRun } from './lib/dev.mjs';
import { report } from './lib/figures.mjs';
import { contractsState } from './lib/invariants.mjs';
import { chooseSeed, randomFrom } from './lib/random.mjs';
import { complaintsOf, inSequence, logsOf } from './lib/sequence.mjs';

const KILLS = Number(process.env.CAISSON_KILLS || 50);

// The longest that a node is left to work, and to start, before it is killed.
const LIFE_MS = 3_000;
const START_MS = 1_500;
// At each so manyth kill the node is killed once more, before it has started.
const START_KILL_EVERY = 5;

const seed = chooseSeed();
const random = randomFrom(seed);
const figures = { seed, kills: 0, 'kills while starting': 0 };
let folder;
let run;

beforeAll(async () => {
	process.stdout.write(`crash: CAISSON_SEED=${seed}\n`);
	folder = new Folder();
	run = new DevRun(folder, random);
	await run.begin();
});

inSequence(() => [
	`seed ${seed}, after ${figures.kills} kills`, logsOf([run.peer]), complaintsOf(run.witness, run.load),
].join('\n'));

afterAll(async () => {
	await run?.end();
	folder?.remove();
});

test(`starts again after each of ${KILLS} kills, and has kept all that was final`, async () => {
	const { peer, witness } = run;
	while (figures.kills < KILLS) {
		await sleep(random(LIFE_MS));
		const height = witness.height;
		await peer.kill();
		figures.kills += 1;
		if (figures.kills % START_KILL_EVERY === 0) {
			const starting = peer.launch();
			await sleep(random(START_MS));
			await starting.kill();
			figures['kills while starting'] += 1;
		}
		await peer.start();
		// What was there after the kill before was looked at then, and is looked at again in the end.
		expect((await run.inspect(height - 100)).faults).toEqual([]);
	}
});

test('every call that was sent was applied once, over all the kills', async () => {
	await run.settle();
	const { faults, contracts, codes } = await run.inspect();
	expect(faults).toEqual([]);

	const { ledger, load, witness } = run;
	const entries = new Map(ledger.entries.map((entry) => [entry.hash, entry]));
	const sent = [...load.sent.keys()];
	Object.assign(figures, {
		blocks: ledger.height,
		'calls sent': sent.length,
		included: sent.filter((call) => entries.has(call)).length,
		finalised: sent.filter((call) => witness.calls.has(call)).length,
		failed: sent.filter((call) => !entries.get(call)?.ok).length,
		lost: run.lost().length,
		'offered again': load.offeredAgain,
		contracts,
		codes,
	});
	report('crash', figures);
	expect(figures).toMatchObject({ included: sent.length, finalised: sent.length, failed: 0, lost: 0 });
	expect(ledger.outOfTurn()).toEqual([]);
	// The load did what it is there for.
	expect([...new Set(load.sent.values())].sort()).toEqual([
		'del', 'deploy', 'flip', 'increment', 'instantiate', 'put', 'remove', 'terminate', 'upload',
	]);
});

test('a state that does not hold together is told from one that does', async () => {
	const { peer, mix } = run;
	const chain = await peer.chain();
	const alice = chain.dev('Alice');
	const { contracts, balances } = chain.api.query;
	const { setStorage, killStorage } = chain.api.tx.system;
	const faults = async () => (await contractsState(peer, await peer.rpc('chain_getBlockHash'))).faults;
	const tamper = async (call) => {
		await chain.send(chain.api.tx.sudo.sudo(call), alice);
		return faults();
	};
	expect(await faults()).toEqual([]);

	// One more byte, and one more entry, than there is: behind the trie's id and the code's hash.
	const { address } = mix.workbench;
	const key = contracts.contractInfoOf.key(address);
	const info = Buffer.from((await peer.rpc('state_getStorage', key)).slice(2), 'hex');
	const restore = setStorage([[key, `0x${info.toString('hex')}`]]);
	const counts = 1 + 32 + 32;
	for (const [offset, what] of [[0, 'bytes'], [4, 'entries']]) {
		const wrong = Buffer.from(info);
		wrong.writeUInt32LE(info.readUInt32LE(counts + offset) + 1, counts + offset);
		expect(await tamper(setStorage([[key, `0x${wrong.toString('hex')}`]]))).toEqual([
			expect.stringMatching(`^contract ${address} has \\d+ ${what}, not \\d+$`),
		]);
		expect(await tamper(restore)).toEqual([]);
	}

	// A contract less than its code counts, whose trie is still there.
	const codeHash = `0x${info.subarray(1 + 32, 1 + 32 + 32).toString('hex')}`;
	expect(await tamper(killStorage([key]))).toEqual([
		`code ${codeHash} is used 0 times, not 1`,
		expect.stringMatching('is no contract\'s and does not wait'),
	]);
	expect(await tamper(restore)).toEqual([]);

	expect(await tamper(killStorage([contracts.pristineCode.key(codeHash)]))).toEqual([
		`code ${codeHash} has info and no bytes`,
	]);
	expect(await tamper(killStorage([balances.holds.key(address)]))).toContainEqual(
		expect.stringMatching(`^0 is held of contract ${address}, not \\d+$`),
	);
});
