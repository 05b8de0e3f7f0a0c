// What most test files begin with: a node of their own and people with money on it.

import { afterAll, afterEach, beforeAll } from 'vitest';
import { Chain } from './chain.mjs';
import { startNode } from './node.mjs';

/**
 * Starts a node for the file that calls this and stops it afterwards.
 *
 * The result is filled before the first test: `chain`, `node`, and the key pairs `alice`, `bob` and
 * `charlie`. When a test fails, the end of the node's log is printed.
 */
export function useChain(args) {
	const fixture = {};

	beforeAll(async () => {
		fixture.node = await startNode(args);
		fixture.chain = await Chain.connect(fixture.node.url);
		for (const name of ['Alice', 'Bob', 'Charlie']) fixture[name.toLowerCase()] = fixture.chain.dev(name);
	});

	afterEach(({ task }) => {
		if (task.result?.state === 'fail') console.error(`the node's log ends:\n${fixture.node?.logTail}`);
	});

	afterAll(async () => {
		await fixture.chain?.disconnect();
		await fixture.node?.stop();
	});

	return fixture;
}
