import { u8aToHex } from '@polkadot/util';
import { beforeEach, describe, expect, test } from 'vitest';
import { account, text, toSigned, u64 } from '../lib/codec.mjs';
import { deploy } from '../lib/contracts.mjs';
import { counter } from '../lib/counters.mjs';
import { useChain } from '../lib/fixture.mjs';
import { rustGuest } from '../lib/guests.mjs';

const on = useChain();

let contract;
let endowment;
const own = () => account(contract.address);

beforeEach(async () => {
	endowment = 10n * on.chain.unit;
	({ contract } = await deploy(on.chain, on.alice, rustGuest('counter-aureon'), { value: endowment }));
});

/** What the contract's `transfer` returned, foretold and then done. */
async function sendFunds(from, to, amount) {
	const args = [from, to, u64(amount)];
	const foretold = await contract.dryRun(on.bob, 'send_funds', args);
	expect(foretold.abiGas).toBe(50n);
	const receipt = await contract.invoke(on.bob, 'send_funds', args);
	return { code: toSigned(foretold.output), receipt };
}

describe('value that is sent along', () => {
	test('with a deployment and with a call is the contract\'s', async () => {
		expect(await on.chain.balance(contract.address)).toBeGreaterThanOrEqual(endowment);
		const before = await on.chain.balance(contract.address);
		const free = await on.chain.balance(on.bob);
		const value = 3n * on.chain.unit;
		const receipt = await contract.invoke(on.bob, 'increment', [], { value });
		expect(await on.chain.balance(contract.address)).toBe(before + value);
		expect(await on.chain.balance(on.bob)).toBe(free - value - receipt.fee);
	});

	test('comes back where the call fails', async () => {
		const before = await on.chain.balance(contract.address);
		const free = await on.chain.balance(on.bob);
		const receipt = await contract.tryInvoke(on.bob, 'fail', [], { value: on.chain.unit });
		expect(receipt.error.name).toBe('contracts.ContractTrapped');
		expect(await on.chain.balance(contract.address)).toBe(before);
		expect(await on.chain.balance(on.bob)).toBe(free - receipt.fee);
	});

	test('cannot be more than the caller has', async () => {
		const value = (await on.chain.balance(on.charlie)) + 1n;
		const receipt = await contract.tryInvoke(on.charlie, 'increment', [], { value });
		expect(receipt.error.name).toMatch(/TransferFailed|FundsUnavailable|InsufficientBalance/);
		expect(counter('aureon').read(await contract.storage('count'))).toBe(0n);
	});
});

describe('a transfer by the contract', () => {
	test('moves its own money', async () => {
		const amount = 2n * on.chain.unit;
		const [mine, theirs] = await Promise.all([on.chain.balance(contract.address), on.chain.balance(on.charlie)]);
		const { code, receipt } = await sendFunds(own(), account(on.charlie.address), amount);
		expect(code).toBe(0n);
		expect(await on.chain.balance(contract.address)).toBe(mine - amount);
		expect(await on.chain.balance(on.charlie)).toBe(theirs + amount);
		const [moved] = receipt.events.filter(({ name }) => name === 'balances.Transfer');
		expect(moved.fields.from.toString()).toBe(contract.address);
		expect(moved.fields.to.toString()).toBe(on.charlie.address);
		expect(moved.fields.amount.toBigInt()).toBe(amount);
	});

	test('knows accounts as bytes, as SS58 and as hexadecimal text', async () => {
		const bytes = account(on.charlie.address);
		const hex = u8aToHex(bytes);
		for (const to of [bytes, text(on.charlie.address), text(hex), text(hex.slice(2))]) {
			const theirs = await on.chain.balance(on.charlie);
			const { code } = await sendFunds(text(contract.address), to, on.chain.unit);
			expect(code).toBe(0n);
			expect(await on.chain.balance(on.charlie)).toBe(theirs + on.chain.unit);
		}
	});

	test('moves nobody else\'s money', async () => {
		const [alices, bobs] = await Promise.all([on.chain.balance(on.alice), on.chain.balance(on.bob)]);
		for (const from of [on.alice, on.bob]) {
			const { code, receipt } = await sendFunds(account(from.address), own(), 1n);
			expect(code).toBe(2n);
			expect(receipt.events.filter(({ name }) => name === 'balances.Transfer')).toEqual([]);
		}
		expect(await on.chain.balance(on.alice)).toBe(alices);
		expect(await on.chain.balance(on.bob)).toBeLessThan(bobs);
	});

	test('of more than it has is refused with a code', async () => {
		const mine = await on.chain.balance(contract.address);
		for (const amount of [mine + 1n, 2n ** 63n, 2n ** 64n - 1n]) {
			const { code } = await sendFunds(own(), account(on.charlie.address), amount);
			expect(code).toBe(1n);
		}
		expect(await on.chain.balance(contract.address)).toBe(mine);
	});

	test('never takes what is held for its storage, nor ends its account', async () => {
		const held = await on.chain.held(contract.address);
		expect(held).toBeGreaterThan(0n);
		await sendFunds(own(), account(on.charlie.address), await on.chain.balance(contract.address));
		expect(await on.chain.held(contract.address)).toBe(held);
		expect((await contract.query(on.bob, 'get')).ok).toBe(true);
	});

	test('to what is no address ends the call', async () => {
		for (const to of ['', 'nobody', `0x${'zz'.repeat(32)}`, on.charlie.address.slice(0, -1), new Uint8Array(31)]) {
			const receipt = await contract.tryInvoke(on.bob, 'send_funds', [own(), to, u64(1)]);
			expect(receipt.error?.name).toBe('contracts.ContractTrapped');
		}
	});

	test('is not made in a query', async () => {
		const answer = await contract.query(on.bob, 'send_funds', [own(), account(on.bob.address), u64(1)]);
		expect(answer.error.name).toBe('contracts.StateChangeDenied');
	});

	test('is not made by a contract that may not', async () => {
		const bound = await deploy(on.chain, on.alice, rustGuest('counter-aureon'), {
			value: endowment,
			capabilities: ['StorageRead', 'StorageWrite'],
		});
		const args = [account(bound.contract.address), account(on.bob.address), u64(1)];
		expect((await bound.contract.tryInvoke(on.bob, 'send_funds', args)).error?.name).toBe('contracts.CapabilityDenied');
		expect((await bound.contract.invoke(on.bob, 'increment')).error).toBe(null);
	});
});

describe('a balance that the contract sees', () => {
	const seen = async (who) => toSigned((await contract.query(on.bob, 'check_balance', [who])).output);

	test('is the account\'s, up to what its type holds', async () => {
		const cap = (balance) => BigInt.asIntN(64, balance > 2n ** 64n - 1n ? 2n ** 64n - 1n : balance);
		expect(await seen(own())).toBe(cap(await on.chain.balance(contract.address)));
		expect(await seen(text(on.charlie.address))).toBe(cap(await on.chain.balance(on.charlie)));
	});

	test('of an unknown account is 0', async () => {
		expect(await seen(account(on.chain.dev('Nobody').address))).toBe(0n);
	});
});
