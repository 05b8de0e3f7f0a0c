// What a chain did, read from its blocks one by one, and what its accounts and contracts must be after that.

export class Ledger {
	/** Every signed transaction in its order: `{ hash, signer, nonce, number, name, args, ok }`. */
	entries = [];
	/** Height up to which it was read. */
	height = 0;

	/** Reads on to a height, from `chain`, which must have that chain. */
	async readTo(chain, height) {
		while (this.height < height) {
			const number = this.height + 1;
			const hash = await chain.api.rpc.chain.getBlockHash(number);
			const [{ block }, events] = await Promise.all([
				chain.api.rpc.chain.getBlock(hash),
				chain.api.query.system.events.at(hash),
			]);
			const failed = new Set();
			for (const { phase, event } of events) {
				if (event.section === 'system' && event.method === 'ExtrinsicFailed') {
					failed.add(phase.asApplyExtrinsic.toNumber());
				}
			}
			block.extrinsics.forEach((extrinsic, index) => {
				if (!extrinsic.isSigned) return;
				this.entries.push({
					hash: extrinsic.hash.toHex(),
					signer: extrinsic.signer.toString(),
					nonce: extrinsic.nonce.toNumber(),
					number,
					name: `${extrinsic.method.section}.${extrinsic.method.method}`,
					args: extrinsic.method.args.map((arg) => arg.toString()),
					ok: !failed.has(index),
				});
			});
			this.height = number;
		}
	}

	/** The transactions that called this contract and did not fail. */
	callsOf(address) {
		return this.entries.filter(({ name, args, ok }) => (
			ok && (name === 'contracts.invoke' || name === 'contracts.call') && args[0] === address
		));
	}

	/** Transactions that have a nonce which is not their signer's next one: none, where each was applied once. */
	outOfTurn() {
		const next = new Map();
		return this.entries.filter(({ signer, nonce }) => {
			const due = next.get(signer) ?? 0;
			next.set(signer, Math.max(due, nonce + 1));
			return nonce !== due;
		});
	}

	/** What each signer's nonce must be by now, by address. */
	nonces() {
		const nonces = new Map();
		for (const { signer } of this.entries) nonces.set(signer, (nonces.get(signer) ?? 0) + 1);
		return nonces;
	}
}
