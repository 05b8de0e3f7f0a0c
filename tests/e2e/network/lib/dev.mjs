// A development node on a database of its own under a load that changes everything the contracts pallet keeps,
// with whatever is needed to tell afterwards what of it is lost.

import { contractsState } from './invariants.mjs';
import { Ledger } from './ledger.mjs';
import { Load } from './load.mjs';
import { Mix, MIX_SENDERS } from './mix.mjs';
import { Peer } from './peer.mjs';
import { eventually } from './wait.mjs';
import { Witness } from './witness.mjs';

const SEAL_MS = 200;
const CALL_EVERY_MS = 60;
// So that what is final is known as soon as anybody could know it.
const LOOK_MS = 25;
const SENDERS = ['Alice', 'Bob', 'Charlie', 'Dave'].slice(0, MIX_SENDERS);

const HOST = { within: [], args: ['--rpc-port=0'] };

export class DevRun {
	witness = new Witness();
	ledger = new Ledger();
	#stopWatching = null;

	/** A node in `folder`, with its database there or at `basePath`. */
	constructor(folder, random, basePath) {
		this.peer = new Peer(folder, HOST, 'dev', ['--dev', `--seal=${SEAL_MS}`], basePath);
		this.random = random;
	}

	/** Starts the node, and the load. */
	async begin(...args) {
		const { peer, witness } = this;
		await peer.start(...args);
		const chain = await peer.chain();
		this.mix = await Mix.prepare(chain, chain.dev('Alice'), this.random);
		// Only what is final outlives the node, and nobody would deploy these again.
		await peer.settled();
		this.load = new Load({
			// It only signs, for which it needs no node.
			chain,
			witness,
			peers: [peer],
			route: () => [peer],
			next: (turn, sender) => this.mix.next(turn, sender),
		});
		await this.load.enlist(peer, SENDERS.map((name) => chain.dev(name)));
		this.#stopWatching = witness.watch([peer], LOOK_MS);
		this.load.start(CALL_EVERY_MS);
	}

	/** Waits until so many more blocks are final. */
	async goOn(blocks) {
		const goal = this.witness.height + blocks;
		await eventually(() => {
			this.peer.ensureAlive();
			return this.witness.height >= goal;
		});
	}

	/** Sends nothing more, and waits until all that was sent is final. */
	async settle() {
		await this.load.pause();
		await eventually(() => {
			this.peer.ensureAlive();
			return this.load.settled();
		});
		await this.witness.look(this.peer);
	}

	/** Ends the load and the node, whatever state they are in. */
	async end() {
		await this.load?.pause();
		await this.#stopWatching?.();
		await this.peer.stop();
	}

	/**
	 * What a node that was started again has not kept, in words: none, if every block that was final is there, from
	 * height `since` on, and the state of the last final one holds together. Beside that, what it counted.
	 */
	async inspect(since = 1) {
		const { peer, witness, ledger, mix } = this;
		const faults = [...witness.contradictions];
		const known = witness.height;
		const height = await peer.final();
		if (height < known) faults.push(`block ${known} was final, and now block ${height} is the last one`);
		for (const { number, hash, found } of await witness.missingAt(peer, since)) {
			faults.push(`block ${number} was ${hash}, and is ${found}`);
		}
		const chain = await peer.chain();
		await ledger.readTo(chain, height);
		const at = await peer.hashAt(height);
		const state = await contractsState(peer, at);
		faults.push(...state.faults);
		for (const target of mix.targets) {
			const fault = await target.fault(chain, at, ledger.callsOf(target.address).length);
			if (fault) faults.push(fault);
		}
		return { ...state, faults };
	}

	/** The calls that were final and are not in the chain any more, as the ledger has read it. */
	lost() {
		const entries = new Map(this.ledger.entries.map((entry) => [entry.hash, entry]));
		return [...this.witness.calls].filter(([call, number]) => entries.get(call)?.number !== number);
	}
}
