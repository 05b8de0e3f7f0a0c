// Calls that change everything the contracts pallet keeps: entries come and go, contracts are made and ended,
// codes are uploaded and removed.

import { Abi } from '@polkadot/api-contract';
import { compactAddLength, compactStripLength, stringToU8a, u8aConcat, u8aToHex } from '@polkadot/util';
import { blake2AsU8a } from '@polkadot/util-crypto';
import { text, u32 } from '../../lib/codec.mjs';
import { AMPLE_GAS, deploy, deployTx } from '../../lib/contracts.mjs';
import { counter } from '../../lib/counters.mjs';
import { assemble, workbench } from '../../lib/guests.mjs';
import { inkContract } from '../../lib/ink.mjs';
import { Counter, Flipper } from './targets.mjs';

/** The calls repeat after so many, of which the last sender's are the rare ones. */
const ROUND = 32;
/** Senders that a mix is for: what one makes, it ends itself, in the order of its nonces. */
export const MIX_SENDERS = 4;

const KEYS = 40;
const VALUE_BYTES = 200;
const ITEMS = 5;
const ITEM_BYTES = 50;

const { initArgs } = counter('baals');

/** A module that differs from others by a number and does nothing. */
const variant = (number) => assemble(`(module
	(import "env" "memory" (memory 1 1))
	(func (export "deploy"))
	(func (export "call"))
	(data (i32.const 0) "${number}"))`);

/** The address of a contract, as the chain derives it. */
const addressOf = (deployer, codeHash, input, salt) => blake2AsU8a(u8aConcat(
	stringToU8a('contract_addr_v1'), deployer, codeHash, compactAddLength(input), compactAddLength(salt),
));

export class Mix {
	#random;
	#abi;

	/** Puts the contracts on a chain that the rest is about; `random` chooses keys and values. */
	static async prepare(chain, signer, random) {
		const mix = new Mix();
		mix.#random = random;
		mix.counter = (await Counter.deploy(chain, signer)).target;
		mix.flipper = (await Flipper.deploy(chain, signer)).target;
		mix.workbench = (await deploy(chain, signer, workbench())).contract;
		mix.counterCode = (await mix.counter.contract.info()).codeHash;

		const { bundle, code, codeHash } = inkContract('v5', 'terminating');
		await chain.send(chain.api.tx.contracts.uploadCode(u8aToHex(code), null, 'Enforced'), signer);
		mix.#abi = new Abi(bundle, chain.api.registry.getChainProperties());
		mix.endingCode = codeHash;
		return mix;
	}

	#input(message, args) {
		return compactStripLength(message.toU8a(args))[1];
	}

	/** The contracts whose state follows from how often they were called. */
	get targets() {
		return [this.counter, this.flipper];
	}

	/** The call of a turn, by the sender whose turn it is. */
	next(turn, sender) {
		const { tx } = this.counter.contract.chain.api;
		const round = turn - (turn % ROUND);
		const salt = u32(round);
		switch (turn % ROUND) {
			case 3:
				return { what: 'deploy', tx: deployTx(this.counter.contract.chain, this.counterCode, { args: initArgs, salt }) };
			case 7:
				return {
					what: 'instantiate',
					tx: tx.contracts.instantiate(0, AMPLE_GAS, null, this.endingCode, u8aToHex(this.#newInput()), u8aToHex(salt)),
				};
			case 15:
				return { what: 'upload', tx: tx.contracts.uploadCode(u8aToHex(variant(round)), null, 'Enforced') };
			case 27:
				return { what: 'remove', tx: tx.contracts.removeCode(u8aToHex(blake2AsU8a(variant(round)))) };
			case 31: {
				const address = addressOf(sender.publicKey, this.endingCode, this.#newInput(), salt);
				const input = this.#input(this.#abi.findMessage('terminate'), [sender.address]);
				return { what: 'terminate', tx: tx.contracts.call(address, 0, AMPLE_GAS, null, u8aToHex(input)) };
			}
			default:
				return this.#everyday(turn);
		}
	}

	#newInput() {
		return this.#input(this.#abi.findConstructor('new'), [ITEMS, ITEM_BYTES]);
	}

	#everyday(turn) {
		const key = text(`key ${this.#random(KEYS)}`);
		switch (turn % 4) {
			case 1: return this.flipper.call();
			case 2: {
				const value = new Uint8Array(this.#random(VALUE_BYTES)).fill(turn);
				return { what: 'put', tx: this.workbench.tx('put', [key, value]) };
			}
			case 3: return { what: 'del', tx: this.workbench.tx('del', [key]) };
			default: return this.counter.call();
		}
	}
}
