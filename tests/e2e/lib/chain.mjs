// One connection to a node: transactions that are awaited, events and errors in words.

import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { u8aToHex } from '@polkadot/util';
import { cryptoWaitReady } from '@polkadot/util-crypto';

const CONNECT_LIMIT_MS = 30_000;
const INCLUSION_LIMIT_MS = 60_000;

/** A transaction that was included and failed. */
export class TransactionFailed extends Error {
	constructor(receipt) {
		super(receipt.error.text);
		this.name = 'TransactionFailed';
		this.receipt = receipt;
	}
}

/** Rejects if `promise` takes too long. */
async function within(limit, what, promise) {
	let timer;
	const late = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error(`${what} took more than ${limit / 1000} s`)), limit);
	});
	return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A weight as plain numbers. */
export const weightOf = (weight) => ({
	refTime: weight.refTime.toBigInt(),
	proofSize: weight.proofSize.toBigInt(),
});

/** The account a call or query is signed or sent as: a key pair's or an address. */
export const addressOf = (account) => account.address ?? account.toString();

export class Chain {
	/** Connects to the node at `url`. */
	static async connect(url) {
		await cryptoWaitReady();
		const provider = new WsProvider(url, 500);
		const api = new ApiPromise({ provider, noInitWarn: true });
		try {
			await within(CONNECT_LIMIT_MS, `connecting to ${url}`, api.isReadyOrError);
		} catch (error) {
			await api.disconnect();
			throw error;
		}
		return new Chain(api);
	}

	constructor(api) {
		this.api = api;
		this.keyring = new Keyring({ type: 'sr25519', ss58Format: api.registry.chainSS58 });
		const [symbol] = api.registry.chainTokens;
		const [decimals] = api.registry.chainDecimals;
		/** The token's symbol and the number of digits behind its point. */
		this.token = { symbol, decimals };
		/** One whole token, in its smallest unit. */
		this.unit = 10n ** BigInt(decimals);
	}

	/** The key pair of a development account, as `Alice`. */
	dev(name) {
		return this.keyring.addFromUri(`//${name}`);
	}

	disconnect() {
		return this.api.disconnect();
	}

	/** Height of the best block. */
	async height() {
		return (await this.api.rpc.chain.getHeader()).number.toNumber();
	}

	/** Free balance of an account. */
	async balance(account) {
		return (await this.api.query.system.account(addressOf(account))).data.free.toBigInt();
	}

	/** Balance of an account that is held for a reason. */
	async held(account) {
		return (await this.api.query.system.account(addressOf(account))).data.reserved.toBigInt();
	}

	/**
	 * Signs and sends, and waits for the block; a receipt, also of a transaction that failed. Its `result` is
	 * what polkadot.js makes of the transaction.
	 *
	 * Rejects if the pool does not take it.
	 */
	submit(tx, signer) {
		const included = new Promise((resolve, reject) => {
			let unsubscribe = () => {};
			let done = false;
			const finish = (settle, value) => {
				done = true;
				unsubscribe();
				settle(value);
			};
			tx.signAndSend(signer, { nonce: -1 }, (result) => {
				if (done) return;
				if (result.status.isInBlock) finish(resolve, result);
				else if (result.isError) finish(reject, new Error(`the pool says ${result.status.type}`));
			}).then((unsub) => {
				unsubscribe = unsub;
				if (done) unsub();
			}, reject);
		});
		return within(INCLUSION_LIMIT_MS, 'inclusion', included).then((result) => this.#receipt(result));
	}

	/** As `submit`, but rejects with [`TransactionFailed`] if the transaction failed. */
	async send(tx, signer) {
		const receipt = await this.submit(tx, signer);
		if (receipt.error) throw new TransactionFailed(receipt);
		return receipt;
	}

	#receipt(result) {
		const events = result.events.map((record) => this.event(record));
		const outcome = events.find(({ name }) => name === 'system.ExtrinsicSuccess' || name === 'system.ExtrinsicFailed');
		const paid = events.find(({ name }) => name === 'transactionPayment.TransactionFeePaid');
		return {
			result,
			hash: result.txHash.toHex(),
			blockHash: result.status.asInBlock.toHex(),
			events,
			fee: paid ? paid.fields.actualFee.toBigInt() : 0n,
			weight: weightOf(outcome.fields.dispatchInfo.weight),
			error: result.dispatchError ? this.error(result.dispatchError) : null,
		};
	}

	/** An event record with its fields by name. */
	event({ event, topics }) {
		const names = event.data.names ?? [];
		const fields = Object.fromEntries(event.data.map((value, index) => [names[index] ?? index, value]));
		return {
			name: `${event.section}.${event.method}`,
			fields,
			topics: (topics ?? []).map((topic) => topic.toHex()),
		};
	}

	/** A dispatch error as its name, `pallet.Error`, and as text with what its documentation says. */
	error(dispatchError) {
		if (!dispatchError.isModule) {
			const kind = dispatchError.type;
			const inner = dispatchError.value?.type ?? dispatchError.value?.toString() ?? '';
			const name = inner ? `${kind}.${inner}` : kind;
			return { name, text: name };
		}
		const meta = this.api.registry.findMetaError(dispatchError.asModule);
		const detail = this.#errorDetail(meta, dispatchError.asModule.error);
		const name = `${meta.section}.${meta.name}`;
		const docs = meta.docs.join(' ').trim();
		return { name, detail, text: `${detail ? `${name}(${detail})` : name}: ${docs}` };
	}

	/** The field that a module error carries behind its index, if it carries one. */
	#errorDetail(meta, error) {
		const field = meta.fields?.[0];
		if (!field) return undefined;
		const typeName = this.api.registry.createLookupType(field.type);
		const value = this.api.registry.createType(typeName, error.toU8a().slice(1));
		return value.type ?? value.toString();
	}

	/** A constant of the contracts pallet. */
	constant(name) {
		return this.api.consts.contracts[name];
	}

	/** The Blake2-256 hash that the chain calls a code by. */
	codeHash(code) {
		return u8aToHex(this.api.registry.hash(code));
	}
}
