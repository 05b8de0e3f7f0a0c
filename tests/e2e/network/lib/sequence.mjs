// Tests that go on from where the one before them ended.

import { afterEach, beforeEach } from 'vitest';

/**
 * Leaves out the tests of a file that come after one that failed: what they would begin with is not there. `tell`
 * gives what helps to understand the failure.
 */
export function inSequence(tell) {
	let failed = null;

	beforeEach(({ skip }) => skip(failed !== null, `"${failed}" failed`));

	afterEach(({ task }) => {
		if (task.result?.state !== 'fail') return;
		failed = task.name;
		console.error(tell());
	});
}

/** The ends of nodes' logs. */
export const logsOf = (peers) => peers
	.filter(({ node }) => node)
	.map(({ name, node }) => `the log of ${name} ends:\n${node.logTail}`)
	.join('\n');

/** What nodes did not do that they were asked for. */
export const complaintsOf = (witness, load) => [
	`no answer: ${JSON.stringify(witness.troubles.slice(-10))}`,
	`calls refused: ${JSON.stringify([...load?.refusals ?? []])}`,
].join('\n');
