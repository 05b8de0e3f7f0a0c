// The files of `ops` for a service: the node is started as they say, and is what they say.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Chain } from '../lib/chain.mjs';
import { Folder, runCommand, startNode } from '../lib/node.mjs';

const read = (path) => readFileSync(fileURLToPath(new URL(`../../../ops/${path}`, import.meta.url)), 'utf8');

const [, command] = /^ExecStart=\S+ (.*)$/m.exec(read('systemd/caisson-node.service'));
const [validator, full, rpc] = [...read('systemd/node.env').matchAll(/^#?CAISSON_ARGS=(.*)$/gm)].map(([, args]) => args);

// Ports that are free, and nobody to be met.
const APART = ['--rpc-port=0', '--prometheus-port=0', '--listen-addr=/ip4/127.0.0.1/tcp/0', '--no-mdns'];

let folder;
let node;
let chain;

beforeAll(async () => {
	folder = new Folder();
	const { code, stderr } = await runCommand(folder, ['export-chain-spec', '--chain=local', '--raw', '--output', folder.file('chain.json')]);
	if (code !== 0) throw new Error(stderr);
});
afterEach(async ({ task }) => {
	if (task.result?.state === 'fail') console.error(`the node's log ends:\n${node?.logTail}`);
	await chain?.disconnect();
	await node?.stop();
	[node, chain] = [null, null];
});
afterAll(() => folder?.remove());

/** The service's arguments, with the machine's folders in `folder`. */
const service = (name, kind) => [
	...command.replace('$CAISSON_ARGS', kind).replaceAll('/var/lib/caisson', folder.file(name)).replaceAll('/etc/caisson', folder.path).split(' '),
	...APART,
];

async function start(name, kind) {
	node = await startNode(service(name, kind), folder);
	chain = await Chain.connect(node.url);
	const { rpc: { system } } = chain.api;
	const [role] = await system.nodeRoles();
	return { role: role.type, name: (await system.name()).toString(), peer: (await system.localPeerId()).toString() };
}

/** What the node can be asked; those of the archive where it keeps all states. */
const methods = async () => (await chain.api.rpc.rpc.methods()).methods.map(String);

describe('a validator', () => {
	test('does not start without its network key', async () => {
		const { code, stderr } = await runCommand(folder, service('validator', validator));
		expect(code).not.toBe(0);
		expect(stderr).toMatch(/NetworkKeyNotFound/);
	});

	test('is one, under the name of its key, and takes session keys over a local connection', async () => {
		const key = await runCommand(folder, ['key', 'generate-node-key', '--file', folder.file('node.key')]);
		expect(key.code).toBe(0);
		const found = await start('validator', validator);
		expect(found).toMatchObject({ role: 'Authority', peer: key.stderr.trim().split('\n').at(-1) });
		const keys = await chain.api.rpc.author.rotateKeys();
		expect((await chain.api.rpc.author.hasSessionKeys(keys)).isTrue).toBe(true);
	});
});

test('a full node is one, and keeps no old states', async () => {
	expect(await start('full', full)).toMatchObject({ role: 'Full' });
	expect(await methods()).not.toContain('archive_v1_storage');
});

test('an RPC node answers everybody, and only what is safe', async () => {
	expect(await start('rpc', rpc)).toMatchObject({ role: 'Full' });
	expect(node.log).toMatch('addr=0.0.0.0:');
	await expect(chain.api.rpc.author.rotateKeys()).rejects.toThrow(/unsafe/);
	expect(await methods()).toContain('archive_v1_storage');
});
