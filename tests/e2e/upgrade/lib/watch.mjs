// A chain followed block by block while it is upgraded.

import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is a value; the test's limit of time ends it. */
export async function eventually(ask) {
	for (;;) {
		const answer = await ask();
		if (answer) return answer;
		await sleep(250);
	}
}

/** Number of a block. */
export const numberOf = async (chain, hash) => (await chain.api.rpc.chain.getHeader(hash)).number.toNumber();

/** Waits until a polkadot.js connection has learned of a runtime. */
export const untilKnown = (chain, version) => eventually(() => chain.api.runtimeVersion.specVersion.eq(version));

/** Whether a migration of `pallet-migrations` goes on. */
export const isMigrating = async (chain) => (await chain.api.query.multiBlockMigrations.cursor()).isSome;

/** Whether the contracts pallet looks at codes again. */
export const isPreparing = async (chain) => (await chain.api.query.contracts.migration()).isSome;

/** What is in the blocks from `from` to `to`: extrinsics that are no inherents, and the names of events. */
export async function story(chain, from, to) {
	const blocks = [];
	for (let number = from; number <= to; number += 1) {
		const hash = await chain.api.rpc.chain.getBlockHash(number);
		const { block } = await chain.api.rpc.chain.getBlock(hash);
		const events = (await chain.api.query.system.events.at(hash)).map((record) => chain.event(record));
		const isPreparing = (await chain.api.query.contracts.migration.at(hash)).isSome;
		const signed = block.extrinsics.filter(({ isSigned }) => isSigned).length;
		blocks.push({ number, signed, names: events.map(({ name }) => name), isPreparing });
	}
	return blocks;
}
