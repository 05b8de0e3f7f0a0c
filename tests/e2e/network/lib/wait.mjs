// Waiting for what will be so.

import { setTimeout as sleep } from 'node:timers/promises';

const AGAIN_MS = 250;

/** Asks until the answer is a value, and gives it. How long that may take is the test's own limit of time. */
export async function eventually(ask, everyMs = AGAIN_MS) {
	for (;;) {
		const answer = await ask();
		if (answer) return answer;
		await sleep(everyMs);
	}
}

/** Does something again and again, one after the other, until it is told to stop; gives how to tell it. */
export function repeatedly(act, everyMs) {
	let stopped = false;
	let wake = () => {};
	const done = (async () => {
		while (!stopped) {
			await act();
			await new Promise((resolve) => {
				const timer = setTimeout(resolve, everyMs);
				wake = () => { clearTimeout(timer); resolve(); };
			});
		}
	})();
	// Whoever stops it learns of an error.
	done.catch(() => {});
	return async () => {
		stopped = true;
		wake();
		await done;
	};
}
