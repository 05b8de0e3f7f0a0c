// Remembers what nodes have ever called final, to hold them to it.

import { blake2AsHex } from '@polkadot/util-crypto';
import { repeatedly } from './wait.mjs';

const OFTEN_MS = 250;

export class Witness {
	/** Hash of the final block at each height. */
	blocks = new Map();
	/** Height of the block in which each final transaction is, by its hash. */
	calls = new Map();
	/** What cannot be: two final blocks at a height, a transaction in two final blocks. */
	contradictions = [];
	/** Why a node that is up did not answer: each reason, the latest last. */
	troubles = [];
	#heights = new Map();

	/** The highest final block that anybody told of. */
	get height() {
		return Math.max(0, ...this.#heights.values());
	}

	/** The highest final block that this node told of. */
	heightOf(peer) {
		return this.#heights.get(peer.name) ?? 0;
	}

	/** Asks a node what is final for it. */
	async look(peer) {
		const final = await peer.final();
		for (let number = this.heightOf(peer) + 1; number <= final; number += 1) {
			const hash = await peer.hashAt(number);
			// After a warp sync a node fetches what lies before.
			if (hash === null) return;
			await this.#note(peer, number, hash);
			this.#heights.set(peer.name, number);
		}
	}

	async #note(peer, number, hash) {
		const known = this.blocks.get(number);
		if (known === hash) return undefined;
		if (known) return this.contradictions.push(`block ${number} is ${hash} for ${peer.name}, and was ${known}`);
		const { block } = await peer.rpc('chain_getBlock', hash);
		// Another node may have told of it meanwhile.
		if (this.blocks.has(number)) return this.#note(peer, number, hash);
		this.blocks.set(number, hash);
		// The first of a block's are inherents, which are no calls and may be the same in two blocks.
		for (const bytes of block.extrinsics.filter(isSigned)) {
			const call = blake2AsHex(bytes);
			const other = this.calls.get(call);
			if (other !== undefined) this.contradictions.push(`${call} is in block ${other} and in block ${number}`);
			this.calls.set(call, number);
		}
		return undefined;
	}

	/** Looks at nodes all the time, at those of them that are up; gives what ends that. */
	watch(peers, everyMs = OFTEN_MS) {
		const stops = peers.map((peer) => repeatedly(async () => {
			try {
				if (peer.isUp) await this.look(peer);
			} catch (error) {
				// One that was ended meanwhile has nothing more to say.
				if (peer.isUp) this.troubles.push(`${peer.name}: ${error.message}`);
			}
		}, everyMs));
		return () => Promise.all(stops.map((stop) => stop()));
	}

	/** What a node has in place of the blocks that were called final: a list, empty if it has them all. */
	async missingAt(peer, from = 1) {
		const missing = [];
		for (const [number, hash] of this.blocks) {
			if (number < from) continue;
			const found = await peer.hashAt(number);
			if (found !== hash) missing.push({ number, hash, found });
		}
		return missing;
	}
}

/** Whether an extrinsic, as hexadecimal text with its length in front, has a signature. */
function isSigned(hex) {
	const bytes = Buffer.from(hex.slice(2), 'hex');
	// The length is a compact number, whose two lowest bits tell how long it is itself.
	const lengthBytes = [1, 2, 4][bytes[0] & 3];
	return (bytes[lengthBytes] & 0x80) !== 0;
}
