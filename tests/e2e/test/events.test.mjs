import { blake2AsHex } from '@polkadot/util-crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { text, u64 } from '../lib/codec.mjs';
import { AMPLE_GAS, deploy, emitted } from '../lib/contracts.mjs';
import { counter } from '../lib/counters.mjs';
import { useChain } from '../lib/fixture.mjs';
import { rustGuest, workbench } from '../lib/guests.mjs';

const on = useChain();

const topicOf = (topic) => blake2AsHex(text(topic));

describe('events of a baals contract', () => {
	let contract;

	beforeAll(async () => {
		({ contract } = await deploy(on.chain, on.alice, workbench()));
	});

	test('carry topic and data, and the hash of the topic on the record', async () => {
		const receipt = await contract.invoke(on.bob, 'emit', ['transfer', 'from me to you']);
		expect(emitted(on.chain, receipt.events)).toEqual([
			{
				contract: contract.address,
				topic: 'transfer',
				data: text('from me to you'),
				topics: [topicOf('transfer')],
			},
		]);
	});

	test('are found again in the block by whoever looks for the topic', async () => {
		const { blockHash } = await contract.invoke(on.bob, 'emit', ['rare', 'found']);
		const at = await on.chain.api.at(blockHash);
		const records = (await at.query.system.events()).filter(({ topics }) => topics.some((topic) => topic.eq(topicOf('rare'))));
		expect(emitted(on.chain, records.map((record) => on.chain.event(record)))).toMatchObject([{ data: text('found') }]);
		// The chain's own index by topic has it as well.
		expect((await at.query.system.eventTopics(topicOf('rare'))).length).toBe(1);
	});

	test('may be empty, and any bytes', async () => {
		const odd = Uint8Array.of(0, 0xff, 0x80, 0);
		const [empty] = emitted(on.chain, (await contract.invoke(on.bob, 'emit', ['', ''])).events);
		expect(empty).toMatchObject({ topic: '', data: new Uint8Array(0), topics: [topicOf('')] });
		const [any] = emitted(on.chain, (await contract.invoke(on.bob, 'emit', [odd, odd])).events);
		expect(any).toMatchObject({ data: odd, topics: [blake2AsHex(odd)] });
	});

	test('are told by a dry run, which emits none', async () => {
		const report = await contract.dryRun(on.bob, 'emit', ['dry', 'run']);
		expect(emitted(on.chain, report.events)).toMatchObject([{ topic: 'dry', data: text('run') }]);
		const snippet = await contract.snippetRun(on.bob, 'emit', ['dry', 'run']);
		expect(emitted(on.chain, snippet.events)).toMatchObject([{ topic: 'dry', data: text('run') }]);
		expect((await on.chain.api.query.system.eventTopics(topicOf('dry'))).length).toBe(0);
	});

	test('are undone with the call', async () => {
		const receipt = await contract.tryInvoke(on.bob, 'stop', ['no']);
		expect(receipt.error.name).toBe('contracts.ContractReverted');
		expect(emitted(on.chain, receipt.events)).toEqual([]);
		expect(await contract.entries()).toEqual([]);
	});

	test('end at a limit, whatever the gas', async () => {
		const report = await contract.dryRun(on.bob, 'emit_many', ['again', 'and again']);
		expect(report.ok).toBe(false);
		expect(['contracts.LimitExceeded', 'contracts.OutOfGas']).toContain(report.error.name);
		const receipt = await contract.tryInvoke(on.bob, 'emit_many', ['again', 'and again'], { gas: AMPLE_GAS });
		expect(receipt.error).not.toBe(null);
		expect(emitted(on.chain, receipt.events)).toEqual([]);
	});

	test('over a limit end the call', async () => {
		const longTopic = await contract.dryRun(on.bob, 'emit', [new Uint8Array(257), '']);
		expect(longTopic.error.name).toBe('contracts.LimitExceeded');
		expect(longTopic.trap.reason).toContain('256');
		const largeData = await contract.dryRun(on.bob, 'emit', ['', new Uint8Array(16 * 1024 + 1)]);
		expect(largeData.error.name).toBe('contracts.LimitExceeded');
	});
});

describe('events of a dytallix contract', () => {
	const { start, emits } = counter('dytallix');
	let contract;

	beforeAll(async () => {
		const { initArgs, guest } = counter('dytallix');
		({ contract } = await deploy(on.chain, on.alice, rustGuest(guest), { args: initArgs }));
	});

	test('are in the same form', async () => {
		const receipt = await contract.invoke(on.bob, 'increment');
		expect(emitted(on.chain, receipt.events)).toEqual([
			{ contract: contract.address, topic: emits, data: u64(start + 1n), topics: [topicOf(emits)] },
		]);
	});

	test('are undone with the call', async () => {
		const receipt = await contract.tryInvoke(on.bob, 'add', [u64(2n ** 64n - 1n)]);
		expect(receipt.error.name).toBe('contracts.ContractTrapped');
		expect(emitted(on.chain, receipt.events)).toEqual([]);
	});
});
