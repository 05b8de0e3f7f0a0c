// No node outlives whoever started it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startNode } from '../lib/node.mjs';
import { nodeBinary } from '../lib/paths.mjs';

const LIB = fileURLToPath(new URL('../lib/node.mjs', import.meta.url));

// What stands in for a node where only its life and death matter: it starts at once. One that does not
// listen to polite signals.
const STAND_IN = `#!/bin/sh
trap '' TERM INT HUP
mkdir "$TMPDIR/state"
echo 'Running JSON-RPC server: addr=127.0.0.1:1,[::1]:1' >&2
for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 5; done
`;

let folder;
let standIn;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'caisson-launcher-'));
	standIn = join(folder, 'node');
	writeFileSync(standIn, STAND_IN);
	chmodSync(standIn, 0o755);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isThere = (pid) => {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
};

async function within(seconds, fact) {
	for (let waited = 0; waited < seconds * 1000; waited += 100) {
		if (fact()) return true;
		await sleep(100);
	}
	return false;
}

/** A process that starts a node, says its id, and goes on with `then`. */
async function starter(then, binary) {
	const script = `
		const { startNode } = await import(${JSON.stringify(LIB)});
		const node = await startNode();
		console.log(node.pid);
		${then}`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
		stdio: ['ignore', 'pipe', 'ignore'],
		env: { ...process.env, CAISSON_NODE: binary, TMPDIR: folder },
	});
	const ended = once(child, 'exit');
	const early = ended.then(([code]) => { throw new Error(`the starter ended with code ${code} before it had a node`); });
	const [line] = await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'), early]);
	early.catch(() => {});
	return { child, ended, pid: Number(line) };
}

/** Folders that nodes left behind. */
const left = () => readdirSync(folder).filter((name) => name.startsWith('caisson-e2e-'));

/** A process that has a folder with two things of its own outside, goes on with `then`, and leaves tracks behind. */
function keeper(then, tracks) {
	const script = `
		const { Folder } = await import(${JSON.stringify(LIB)});
		const folder = new Folder();
		folder.atEnd("echo first >> '${tracks}'");
		folder.atEnd("false; echo second >> '${tracks}'");
		console.log(folder.path);
		${then}`;
	return spawn(process.execPath, ['--input-type=module', '-e', script], {
		stdio: ['ignore', 'pipe', 'ignore'],
		env: { ...process.env, TMPDIR: folder },
	});
}

describe('a node is gone, and so is what it wrote', () => {
	test('when it is stopped', async () => {
		const node = await startNode();
		expect(isThere(node.pid)).toBe(true);
		expect(await node.stop()).toBe('ended with code 0');
		expect(isThere(node.pid)).toBe(false);
	}, 240_000);

	test('when its starter is killed outright', async () => {
		const { child, pid, ended } = await starter('setInterval(() => {}, 1000);', nodeBinary);
		expect(isThere(pid)).toBe(true);
		child.kill('SIGKILL');
		await ended;
		expect(await within(15, () => !isThere(pid) && left().length === 0)).toBe(true);
	}, 240_000);

	test.each([
		['throws', 'throw new Error("on purpose");', 1],
		['leaves', 'process.exit(3);', 3],
		['rejects', 'Promise.reject(new Error("on purpose"));', 1],
	])('when its starter %s, even if it does not want to go', async (_, then, code) => {
		const { pid, ended } = await starter(then, standIn);
		expect((await ended)[0]).toBe(code);
		expect(await within(15, () => !isThere(pid) && left().length === 0)).toBe(true);
	});

	test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'])('when its starter gets %s, even if it does not want to go', async (signal) => {
		const { child, pid, ended } = await starter('setInterval(() => {}, 1000);', standIn);
		expect(isThere(pid)).toBe(true);
		child.kill(signal);
		await ended;
		expect(await within(15, () => !isThere(pid) && left().length === 0)).toBe(true);
	});
});

describe('what a folder has outside is taken back, the last first', () => {
	test.each([
		['it is removed', 'folder.remove();', null],
		['its owner leaves', 'process.exit(3);', null],
		['its owner is killed outright', 'setInterval(() => {}, 1000);', 'SIGKILL'],
	])('when %s', async (name, then, signal) => {
		const tracks = join(folder, `tracks of ${name}`);
		const child = keeper(then, tracks);
		const ended = once(child, 'exit');
		const [path] = await once(child.stdout.setEncoding('utf8'), 'data');
		if (signal) child.kill(signal);
		await ended;
		expect(await within(15, () => existsSync(tracks) && !existsSync(path.trim()))).toBe(true);
		expect(readFileSync(tracks, 'utf8')).toBe('second\nfirst\n');
	});
});

test('a node that does not start is reported with what it said', async () => {
	await expect(startNode(['--no-such-option'])).rejects.toThrow(/no-such-option/);
});

