// Contract calls without end: sent by several accounts at a steady rate, and offered again until they are final.

import { repeatedly } from './wait.mjs';

const MEND_MS = 3_000;
// How long a call may be on its way before it is offered to the nodes that do not have it.
const PATIENCE_MS = 4_000;

/** An account that sends calls in the order of its nonces. */
class Sender {
	/** Calls that are not known to be final, by their nonces. */
	open = new Map();

	constructor(pair, nonce) {
		this.pair = pair;
		this.nonce = nonce;
	}
}

export class Load {
	/** Every call that was sent: what it was, by its hash. */
	sent = new Map();
	/** How often nodes refused one, by what they said. */
	refusals = new Map();
	/** Offers of calls that a node did not have. */
	offeredAgain = 0;
	#stops = [];
	#turn = 0;

	/**
	 * `chain` signs; `route(turn)` gives the nodes that a call is sent to, and `peers` all that it may be offered to
	 * later; `next(turn)` is the next call, as `{ what, tx }`; `witness` knows what is final.
	 */
	constructor({ chain, peers, route, next, witness }) {
		Object.assign(this, { chain, peers, route, next, witness });
	}

	/** Makes these key pairs its senders. */
	async enlist(peer, pairs) {
		this.senders = await Promise.all(pairs.map(async (pair) => (
			new Sender(pair, await peer.rpc('system_accountNextIndex', pair.address))
		)));
	}

	/** Begins to send a call each `everyMs`. */
	start(everyMs) {
		this.#stops = [repeatedly(() => this.#send(), everyMs), repeatedly(() => this.#mend(), MEND_MS)];
	}

	/** Sends nothing new; `settled` is for what is still open. */
	async pause() {
		const stops = this.#stops;
		this.#stops = [];
		await Promise.all(stops.map((stop) => stop()));
	}

	/** Whether all that was sent is final; offers again what is not. */
	async settled() {
		await this.#mend();
		return this.senders.every(({ open }) => open.size === 0);
	}

	async #send() {
		const turn = this.#turn;
		this.#turn += 1;
		const { api } = this.chain;
		const sender = this.senders[turn % this.senders.length];
		const { what, tx } = await this.next(turn, sender.pair);
		// Without a mark of time, so that it is as good on one branch of the chain as on another.
		tx.sign(sender.pair, {
			nonce: sender.nonce,
			blockHash: api.genesisHash,
			genesisHash: api.genesisHash,
			runtimeVersion: api.runtimeVersion,
		});
		const call = { hash: tx.hash.toHex(), bytes: tx.toHex(), nonce: sender.nonce, what, sentAt: Date.now() };
		sender.open.set(call.nonce, call);
		sender.nonce += 1;
		this.sent.set(call.hash, what);
		await Promise.all(this.route(turn).map((peer) => this.#offer(peer, call)));
	}

	async #offer(peer, call) {
		if (!peer.isUp) return;
		try {
			await peer.rpc('author_submitExtrinsic', call.bytes);
		} catch (error) {
			this.#refused(error);
		}
	}

	#refused({ message }) {
		this.refusals.set(message, (this.refusals.get(message) ?? 0) + 1);
	}

	/** Forgets what is final, and offers each node what it has neither in its pool nor in its chain. */
	async #mend() {
		for (const sender of this.senders) {
			for (const call of sender.open.values()) {
				if (this.witness.calls.has(call.hash)) sender.open.delete(call.nonce);
			}
		}
		await Promise.all(this.peers.map((peer) => this.#fill(peer)));
	}

	async #fill(peer) {
		for (const sender of this.senders) {
			if (!peer.isUp) return;
			const old = [...sender.open.values()].filter(({ sentAt }) => Date.now() - sentAt > PATIENCE_MS);
			if (old.length === 0) continue;
			try {
				const next = await peer.rpc('system_accountNextIndex', sender.pair.address);
				for (const call of old.filter(({ nonce }) => nonce >= next)) {
					this.offeredAgain += 1;
					await this.#offer(peer, call);
				}
			} catch (error) {
				this.#refused(error);
			}
		}
	}
}
