// An upgrade whose migration stops half-way, and the one that repairs the chain.

import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { useChain } from '../lib/fixture.mjs';
import { devArgs } from '../lib/node.mjs';
import { rehearsals } from '../lib/paths.mjs';
import { specVersion, upgrade } from '../lib/upgrade.mjs';
import { deployMany, preparation, rewritten, snapshot } from './lib/crowd.mjs';
import { specimens } from './lib/specimens.mjs';
import { eventually, isMigrating, isPreparing, numberOf, story, untilKnown } from './lib/watch.mjs';

const [FAILING, NEXT] = [2, 3];
const CONTRACTS = 40;
/** Contracts that the failing migration gets to. */
const HALF = 24;
const BLOCK_MS = 1_000;

const made = specimens();
const on = useChain(devArgs(BLOCK_MS));
let before;
let values;

const namesOf = (blocks) => blocks.flatMap(({ names }) => names)
	.filter((name) => /^(multiBlockMigrations|safeMode)\./.test(name));

beforeAll(async () => {
	for (const specimen of made) await specimen.deploy(on.chain, on.alice, null);
	await deployMany(on.chain, on.alice, CONTRACTS);
	values = await Promise.all(made.map((specimen) => specimen.value(on.chain, on.alice)));
	before = await snapshot(on.chain);
});

test('the migration stops, and the chain says so and goes on', async () => {
	const { blockHash } = await upgrade(on.chain, on.alice, readFileSync(rehearsals.failing));
	const applied = await numberOf(on.chain, blockHash);
	await untilKnown(on.chain, FAILING);
	await eventually(async () => (await on.chain.api.query.safeMode.enteredUntil()).isSome);
	const names = namesOf(await story(on.chain, applied + 1, await on.chain.height()));
	expect(names).toEqual([
		'multiBlockMigrations.UpgradeStarted',
		...Array(3).fill('multiBlockMigrations.MigrationAdvanced'),
		'multiBlockMigrations.MigrationFailed',
		'multiBlockMigrations.UpgradeFailed',
		'safeMode.Entered',
	]);
	expect(await isMigrating(on.chain)).toBe(false);
	expect(await rewritten(on.chain)).toEqual({ [FAILING]: HALF });
	const height = await on.chain.height();
	await eventually(async () => await on.chain.height() > height + 1);
});

test('nobody\'s call builds on what is half done, and each is told so', async () => {
	const { balances, utility } = on.chain.api.tx;
	const transfer = balances.transferKeepAlive(on.bob.address, on.chain.unit);
	for (const tx of [...made.map((specimen) => specimen.changeTx(on.chain)), transfer]) {
		const { error } = await on.chain.submit(tx, on.alice);
		expect(error?.name).toBe('system.CallFiltered');
	}
	expect((await on.chain.submit(utility.batchAll([transfer]), on.alice)).error.name).toBe('system.CallFiltered');
	// Nor does anybody but the administration end that.
	expect((await on.chain.submit(on.chain.api.tx.safeMode.forceExit(), on.bob)).error.name).toBe('BadOrigin');
	expect(await snapshot(on.chain)).toEqual(before);
});

test('an upgrade to the repaired version goes on where the other has stopped', async () => {
	const { blockHash } = await upgrade(on.chain, on.alice, readFileSync(rehearsals.next));
	const applied = await numberOf(on.chain, blockHash);
	await untilKnown(on.chain, NEXT);
	await eventually(async () => (
		namesOf(await story(on.chain, applied + 1, await on.chain.height())).at(-1) === 'multiBlockMigrations.UpgradeCompleted'
	));
	await eventually(async () => !(await isPreparing(on.chain)));
	expect(await specVersion(on.chain)).toBe(NEXT);
	expect(await rewritten(on.chain)).toEqual({ [FAILING]: HALF, [NEXT]: CONTRACTS + made.length - HALF });
	// The administration looks first, and opens then.
	expect((await on.chain.submit(made[0].changeTx(on.chain), on.alice)).error.name).toBe('system.CallFiltered');
	const { sudo, safeMode } = on.chain.api.tx;
	const { events } = await on.chain.send(sudo.sudo(safeMode.forceExit()), on.alice);
	expect(events.map(({ name }) => name)).toContain('safeMode.Exited');
});

test('every contract has its record, its code and its storage, and works', async () => {
	expect(await snapshot(on.chain)).toEqual(before);
	expect((await preparation(on.chain)).refused).toBe(0);
	for (const [index, specimen] of made.entries()) {
		expect(await specimen.value(on.chain, on.alice), specimen.name).toEqual(values[index]);
		const receipt = await on.chain.send(specimen.changeTx(on.chain), on.alice);
		expect(specimen.emitted(on.chain, receipt), specimen.name).toEqual(specimen.emits);
		expect(await specimen.value(on.chain, on.alice), specimen.name).toEqual(specimen.next(values[index]));
	}
});
