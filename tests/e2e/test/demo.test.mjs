import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const DEMO = fileURLToPath(new URL('../demo.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'caisson-demo-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function demo(env = {}) {
	const child = spawn(process.execPath, [DEMO], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, TMPDIR: folder, ...env },
	});
	let [out, err] = ['', ''];
	child.stdout.setEncoding('utf8').on('data', (text) => { out += text; });
	child.stderr.setEncoding('utf8').on('data', (text) => { err += text; });
	const [code] = await once(child, 'close');
	return { code, out, err };
}

test('the demo shows every contract and ends well', async () => {
	const { code, out, err } = await demo();
	expect(err).toBe('');
	expect(code).toBe(0);
	for (const guest of ['counter-baals', 'counter-aureon', 'counter-dytallix', 'token', 'pool', 'bridge']) {
		expect(out).toContain(`Alice deploys ${guest}\n`);
	}
	for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
	expect(out).not.toMatch(/undefined|NaN|\[object/);
	// The node took all that it wrote with it.
	expect(readdirSync(folder)).toEqual([]);
}, 240_000);

test('the demo without a node says so and ends badly', async () => {
	const { code, err } = await demo({ CAISSON_NODE: join(folder, 'no-node') });
	expect(code).toBe(1);
	expect(err).toContain('The demo failed: no node to test at');
	expect(err).not.toMatch(/^\s+at /m);
});
