// A development node whose disk is full, may not be written to, or breaks: what it says, and that what was final is
// there when the disk is as it should be again.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { Folder } from '../lib/node.mjs';
import { DevRun } from './lib/dev.mjs';
import { Disk } from './lib/disk.mjs';
import { chooseSeed, randomFrom } from './lib/random.mjs';
import { inSequence, logsOf } from './lib/sequence.mjs';

const MIB = 1024 * 1024;
const DISK_MIB = 256;
// What the node wants to have free, and what it gets when it is short of it.
const THRESHOLD_MIB = 48;
const SHORT_MIB = 24;
// Blocks that show that the node works.
const SOME_BLOCKS = 10;

const WATCHFUL = [`--db-storage-threshold=${THRESHOLD_MIB}`, '--db-storage-polling-period=1'];
const HEEDLESS = ['--db-storage-threshold=0'];

let folder;
let disk;
let run;

/** Waits until the node has ended by itself, and gives how. */
async function ending() {
	const how = await run.peer.node.ended;
	await run.peer.stop();
	return how;
}

/** Starts the node, which must end before it serves anybody, and gives how it did and what it said. */
async function refused(...args) {
	const node = run.peer.launch(...args);
	const how = await Promise.race([node.ended, node.ready().then(() => 'it runs', () => node.ended)]);
	await node.stop();
	return { how, log: node.log };
}

/** Starts the node, which must have all that was final, and go on from there. */
async function expectItGoesOn(...args) {
	await run.peer.start(...args);
	expect((await run.inspect()).faults).toEqual([]);
	await run.goOn(SOME_BLOCKS);
	expect((await run.inspect()).faults).toEqual([]);
}

beforeAll(async () => {
	folder = new Folder();
	if (process.env.CAISSON_NO_MOUNTS) return;
	disk = new Disk(folder, 'disk', DISK_MIB);
	run = new DevRun(folder, randomFrom(chooseSeed()), disk.file('base'));
	await run.begin(...WATCHFUL);
});

inSequence(() => logsOf(run ? [run.peer] : []));

afterAll(async () => {
	await run?.end();
	folder?.remove();
});

const onDisk = test.skipIf(process.env.CAISSON_NO_MOUNTS);

onDisk('a node that runs short of disk says so and stops, and starts when there is enough again', async () => {
	await run.goOn(SOME_BLOCKS);
	disk.fill(SHORT_MIB * MIB);
	expect(await ending()).toBe('ended with code 1');
	const complaint = new RegExp(
		`(\\d+) MiB are free on the disk of ${disk.file('base')}/\\S+, and ${THRESHOLD_MIB} must be`,
	);
	expect(run.peer.node.log).toMatch(complaint);

	const { how, log } = await refused(...WATCHFUL);
	expect(how).toBe('ended with code 1');
	expect(log).toMatch(complaint);

	disk.clear();
	await expectItGoesOn(...WATCHFUL);
});

onDisk('a disk that is full at once costs nothing that was final', async () => {
	await run.peer.stop();
	await run.peer.start(...HEEDLESS);
	await run.goOn(SOME_BLOCKS);
	disk.fill(0);
	await ending();
	disk.clear();
	await expectItGoesOn(...WATCHFUL);
});

onDisk('a database that may not be written is refused with the reason, and not touched', async () => {
	await run.peer.stop();
	disk.setReadOnly(true);
	const { how, log } = await refused(...WATCHFUL);
	expect(how).toBe('ended with code 1');
	expect(log).toMatch(/Read-only file system/);

	disk.setReadOnly(false);
	await expectItGoesOn(...WATCHFUL);
});

onDisk('a disk that breaks under the node costs nothing that was final', async () => {
	await run.goOn(SOME_BLOCKS);
	disk.break();
	await ending();
	expect(run.peer.node.log).toMatch(/Read-only file system/);
	disk.repair();
	await expectItGoesOn(...WATCHFUL);
});
