// The counter, written once for each ABI: what the heads of their sources promise.

import { toNumber, toSigned, u64 } from './codec.mjs';

/** What is the same in all of them: functions `increment`, `add`, `get`, `fail`; the entry `count`. */
export const COUNTERS = [
	{
		abi: 'baals',
		guest: 'counter-baals',
		start: 5n,
		initArgs: [u64(5)],
		read: toNumber,
		gas: { init: 200n, increment: 300n, add: 300n, get: 100n, fail: 200n },
		logs: { init: [], increment: [] },
		emits: null,
		failure: { error: 'contracts.ContractReverted', revertMessage: 'failed on purpose' },
	},
	{
		abi: 'aureon',
		guest: 'counter-aureon',
		start: 0n,
		initArgs: [],
		read: toSigned,
		gas: { init: 40n, increment: 65n, add: 45n, get: 15n, fail: 30n },
		logs: { init: ['counter ready'], increment: ['increment', 'incremented'] },
		emits: null,
		failure: { error: 'contracts.ContractTrapped', revertMessage: null },
	},
	{
		abi: 'dytallix',
		guest: 'counter-dytallix',
		start: 7n,
		initArgs: [u64(7)],
		read: toNumber,
		gas: { init: 5_000n, increment: 5_575n, add: 5_575n, get: 200n, fail: 5_000n },
		logs: { init: [], increment: [] },
		emits: 'updated',
		failure: { error: 'contracts.ContractTrapped', revertMessage: null },
	},
];

/** The counter of an ABI. */
export const counter = (abi) => COUNTERS.find((entry) => entry.abi === abi);
